"""Finding a firm by a part of its name or by its code."""

import pytest
from django.db import connection
from tests import scene

from tidu.database.scope import PUBLIC, scope
from tidu.enterprises.queries import firm_by_uscc, search
from tidu.law.identity import demonstration_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def firms() -> None:
    for number in (1, 2, 12):
        scene.register(number)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("精密", [1, 12, 2]),
        ("第1精", [1]),
        ("第12", [12]),
        ("示", [1, 12, 2]),
        (" 示例第2 ", [2]),
        ("密精", []),
        ("", []),
        ("  ", []),
        ("%", []),
        ("_", []),
        ("12", [12]),
        ("91990000", [1, 12, 2]),
    ],
)
def test_firms_are_found_by_name_or_code(text: str, found: list[int]) -> None:
    with scope(PUBLIC):
        names = {firm.name for firm in search(text)}
    assert names == {f"示例第{number}精密制造有限公司" for number in found}


def test_whole_code_finds_one_firm_in_small_letters_too() -> None:
    with scope(PUBLIC):
        assert [firm.name for firm in search(demonstration_code(2).lower())] == ["示例第2精密制造有限公司"]
        assert firm_by_uscc(demonstration_code(2)) == search(demonstration_code(2)).get()
        assert firm_by_uscc(demonstration_code(3)) is None


def test_two_characters_are_served_by_the_index() -> None:
    with scope(PUBLIC), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = search("精密").order_by().explain()
    assert "Bitmap Index Scan on firm_by_bigrams_of_its_name" in plan
