"""The self-check: typed, judged, told, forgotten."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook
from tests.conformance.cases import cases_of
from tests.flows.portals_public.conftest import text_of
from tests.isolation.asking import contents

from tidu.__main__ import main
from tidu.law.facts import FactKind, Facts, format_value
from tidu.law.standards import load, standard_ids
from tidu.portals.public.selfcheck.reading import columns_read

pytestmark = pytest.mark.django_db

STANDARD = load("2022-specialised")
FACTS = cases_of("2022-specialised")[0].facts
ADDRESS = "/check/2022-specialised/"
RESEARCH = "rd_expense.2025"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 March 2026, so that 上年 is 2025."""
    from datetime import UTC, datetime

    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 3, 1, 2, tzinfo=UTC))


def typed(**changed: str) -> dict[str, str]:
    """The firm of the conformance cases as a visitor types it."""
    found: dict[str, str] = {}
    for need in STANDARD.needed_facts():
        for fact_id, period in need.keys(2025):
            value = FACTS.known(fact_id, period)
            name = fact_id if period is None else f"{fact_id}.{period}"
            if not isinstance(value, tuple):
                found[name] = format_value(need.fact, value)
                continue
            found |= {f"{name}.rows": str(len(value))} if value else {f"{name}.none": "1"}
            for number, row in enumerate(value, start=1):
                for column in columns_read(STANDARD, need.fact):
                    found[f"{name}.{number}.{column.id}"] = format_value(column, row.get(column.id))
    return found | changed


def rows_of_everything() -> dict[str, object]:
    """How many rows every table of the database holds, and a fingerprint of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname")
        names = [name for (name,) in cursor.fetchall()]
    return contents(names)


@pytest.mark.parametrize("standard_id", standard_ids())
def test_every_standard_has_a_form_that_asks_what_it_reads_and_nobodys_name(
    standard_id: str, visitor: Client
) -> None:
    shown = text_of(visitor.get(f"/check/{standard_id}/"))
    for need in load(standard_id).needed_facts():
        is_list = need.fact.kind is FactKind.TABLE
        for fact_id, period in need.keys(2025):
            name = f"{fact_id}.none" if is_list else fact_id if period is None else f"{fact_id}.{period}"
            assert f'name="{name}"' in shown
    for asked_elsewhere in ("enterprise_name", "credit_code", ".investor", '.number"'):
        assert f'name="{asked_elsewhere}' not in shown
    assert "自测结果不具任何效力" in shown
    # The vocabulary also cites one city's notice; a national standard does not rest on it.
    assert "大连市通知" not in shown
    assert ("依据：2号 总则" in shown) == standard_id.startswith("2026-")


def test_the_verdict_is_that_of_the_law_and_what_was_typed_comes_back(visitor: Client) -> None:
    answer = visitor.post(ADDRESS, typed())
    judged = STANDARD.judge(FACTS).as_json()
    assert answer.context["verdict"]["outcome"] == judged["outcome"] == "met"
    assert answer.context["verdict"]["points"] == judged["points"]
    shown = text_of(answer)
    assert f'value="{typed()[RESEARCH]}"' in shown
    assert 'href="/standards/2022-specialised/"' in shown


def test_an_almost_empty_form_is_told_first_how_much_is_not_filled_yet(visitor: Client) -> None:
    shown = text_of(visitor.post(ADDRESS, {RESEARCH: "350"}))
    facts = Facts.of({"rd_expense": {2025: 350_000_000}}, year=2025, as_of=date(2026, 3, 1))
    count = len(STANDARD.judge(facts).open_points)
    assert count > 1
    assert f"还有 {count} 项待补充，请先补齐" in shown


def test_what_is_short_is_said_with_the_next_step(visitor: Client) -> None:
    shown = text_of(visitor.post(ADDRESS, typed(**{RESEARCH: "99"})))
    assert "不符合" in shown
    assert "2025年研发费用总额再增加" in shown


def test_what_cannot_be_read_is_said_at_its_field_and_stays(visitor: Client) -> None:
    shown = text_of(visitor.post(ADDRESS, typed(**{RESEARCH: "三百五十"})))
    assert "研发费用总额“三百五十”不是金额" in shown
    assert 'value="三百五十"' in shown
    assert "待补充" in shown


def test_a_list_grows_without_scripts_and_keeps_its_rows(visitor: Client) -> None:
    answer = visitor.post(ADDRESS, typed(more="intellectual_property"))
    listing = next(
        one
        for section in answer.context["parts"]
        for one in section.listings
        if one.fact.id == "intellectual_property"
    )
    rows = FACTS.rows("intellectual_property")
    assert rows
    assert len(listing.rows) == len(rows) + 3
    assert "verdict" not in answer.context
    most = typed(more="intellectual_property", **{"intellectual_property.rows": "100000000"})
    assert text_of(visitor.post(ADDRESS, most)).count('name="intellectual_property.60.kind"') == 1


def test_nothing_is_kept_no_row_no_session_no_cookie_but_the_forms_own(visitor: Client) -> None:
    visitor.get(ADDRESS)
    before = rows_of_everything()
    answers: list[Any] = [
        visitor.post(ADDRESS, typed(**more)) for more in ({}, {"save": "xlsx"}, {"save": "json"})
    ]
    assert len(before) > 50
    assert rows_of_everything() == before
    assert set(visitor.cookies) <= {"csrftoken"}
    for answer in answers:
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Location" not in answer.headers
        assert not answer.wsgi_request.GET


def test_nothing_typed_reaches_a_log(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    visitor.post(ADDRESS, typed(**{RESEARCH: "8765.4321"}))
    assert "8765.4321" not in caplog.text


def test_a_secrecy_mark_is_refused_and_not_shown_again(visitor: Client) -> None:
    shown = text_of(visitor.post(ADDRESS, typed(industry_code="机密★10年")))
    assert "机密★10年" not in shown.replace("“机密★10年”", "")
    assert 'value="机密' not in shown


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_what_is_taken_home_gets_the_same_verdict_from_the_command(
    form: str, visitor: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"自测.{form}"
    path.write_bytes(visitor.post(ADDRESS, typed(save=form)).content)
    day = ["--year", "2025", "--as-of", "2026-03-01"]
    assert main(["check", str(path), "--json", *day]) == 0
    said = json.loads(capsys.readouterr().out)
    judged = STANDARD.judge(FACTS).as_json()
    assert (said["outcome"], said["points"], said["problems"]) == (judged["outcome"], judged["points"], [])


def test_the_table_says_that_it_proves_nothing(visitor: Client) -> None:
    book = load_workbook(io.BytesIO(visitor.post(ADDRESS, typed(save="xlsx")).content))
    lines = [row[0] for row in book["结论"].iter_rows(values_only=True)]
    assert "自测结果不具任何效力，以主管部门的审核认定为准。" in lines
    assert "结论：符合。" in lines
