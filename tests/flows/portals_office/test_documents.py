"""What an office takes along: forms, tables, lists and drafts of letters, before and after they are sent."""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.flows.portals_enterprise.test_printing import desk, footer
from tests.journeys.city import City
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case, Letter
from tidu.database.scope import SYSTEM, scope

pytestmark = pytest.mark.django_db
MORNING = "2026-03-02 09:00"


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


@beginning
def passed(opened_city: City) -> Case:
    return opened_city.review(opened_city.east, opened_city.apply(1, 1, MORNING), MORNING)


def waiting(city: City, paper: str, stage: str = "county-recommend") -> str:
    return f"/office/documents/batches/{city.batches[0].pk}/{stage}/{paper}"


def firms_in(content: bytes) -> list[str]:
    """The credit codes in a workbook."""
    page = load_workbook(BytesIO(content)).worksheets[0]
    return [row[2] for row in page.iter_rows(min_row=5, values_only=True) if isinstance(row[0], int)]


@pytest.mark.parametrize(
    "paper",
    [
        "recommendation-table.xlsx",
        "recommendation-table.csv",
        "re-review-table.xlsx",
        "letter.docx",
        "letter.pdf",
    ],
)
def test_every_paper_is_made_before_the_letter_has_a_number(city: City, passed: Case, paper: str) -> None:
    answer = desk(city.east).get(waiting(city, paper))
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_office_finds_only_what_waits_on_its_own_desk(city: City, passed: Case) -> None:
    table = waiting(city, "recommendation-table.xlsx")
    assert firms_in(desk(city.east).get(table).content) == [passed.firm.uscc]
    assert firms_in(desk(city.west).get(table).content) == []
    assert firms_in(desk(city.bureau).get(table).content) == []


def test_papers_of_a_letter_stay_with_those_who_read_it(city: City, passed: Case) -> None:
    city.recommend(city.east, [passed], MORNING)
    with scope(SYSTEM):
        address = f"/office/documents/letters/{Letter.objects.get().pk}/recommendation-table.xlsx"
    for reader in (city.east, city.bureau):
        assert firms_in(desk(reader).get(address).content) == [passed.firm.uscc]
    assert desk(city.west).get(address).status_code == 404


def test_form_is_printed_by_the_offices_of_its_route_alone(city: City, passed: Case) -> None:
    address = f"/office/documents/cases/{passed.pk}/form.pdf"
    assert passed.number in footer(desk(city.east).get(address).content)
    assert desk(city.west).get(address).status_code == 404
    assert desk(city.firms[1][1]).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_unknown_paper_and_stage_without_a_letter_are_not_found(city: City, passed: Case) -> None:
    east = desk(city.east)
    assert east.get(waiting(city, "seal.pdf")).status_code == 404
    assert east.get(waiting(city, "letter.pdf", "county-review")).status_code == 404
