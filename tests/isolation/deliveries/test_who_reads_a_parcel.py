"""Parcels: read by who received them and on the route of a case inside; a firm reads of its own papers."""

import pytest
from tests import cases, papers, scene
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case, CasePapers
from tidu.database.scope import PUBLIC, Actor, scope
from tidu.deliveries.models import Parcel, Receipt, ReceivedPaper
from tidu.deliveries.queries import parcel_for, parcels, receipts_in, receipts_of
from tidu.law.refusals import Refused
from tidu.records.queries import timeline

pytestmark = pytest.mark.commits

TABLES = (Parcel, Receipt, ReceivedPaper, CasePapers)
ENCLOSED = "示市工信函〔2026〕7号推荐文件"


@beginning
def round_() -> cases.Round:
    return papers.open_round()


@beginning
def cases_(round_: cases.Round) -> tuple[Case, Case]:
    """One of the eastern district, one of the western; their papers came to the city in one parcel."""
    eastern = cases.submitted(round_, 1)
    western = cases.submitted(round_, 2, area_code=scene.WEST)
    parcel = papers.arrived(round_, enclosed=ENCLOSED)
    for case in (eastern, western):
        papers.counted(round_, parcel, case)
    return eastern, western


def rows_of(actor: Actor) -> list[int]:
    with scope(actor):
        return [table.objects.count() for table in TABLES]


def test_who_reads_how_much(round_: cases.Round, cases_: tuple[Case, Case]) -> None:
    auditor = Actor(kind="auditor", account_id=1, office_id=round_.city.office_id)
    for actor in (round_.city, auditor, round_.province):
        assert rows_of(actor) == [1, 2, 4, 2]
    for actor in (round_.east, round_.west):
        assert rows_of(actor) == [1, 1, 2, 1]
    for actor in (round_.firms[1], round_.firms[2]):
        assert rows_of(actor) == [0, 1, 2, 1]
    assert rows_of(PUBLIC) == [0, 0, 0, 0]


def test_a_district_with_no_case_inside_reads_no_parcel(round_: cases.Round) -> None:
    papers.counted(round_, papers.arrived(round_), cases.submitted(round_, 1))
    assert rows_of(round_.west) == [0, 0, 0, 0]
    empty = papers.arrived(round_, "SF1000000002")
    with scope(round_.province):
        assert not Parcel.objects.filter(pk=empty.pk).exists()


def test_lists_are_of_the_own_office(round_: cases.Round, cases_: tuple[Case, Case]) -> None:
    with scope(round_.city):
        parcel = parcels(round_.city).get()
        assert (parcel.cases, receipts_in(parcel).count()) == (2, 2)
    for actor in (round_.east, round_.province):
        with scope(actor):
            assert not parcels(actor).exists()
            with pytest.raises(Refused, match="parcel_unknown"):
                parcel_for(actor, parcel.pk)


def test_a_firm_reads_when_its_papers_came_and_nothing_of_the_parcel(
    round_: cases.Round, cases_: tuple[Case, Case]
) -> None:
    firm, (own, other) = round_.firms[1], cases_
    with scope(firm):
        assert [receipt.case_id for receipt in Receipt.objects.all()] == [own.pk]
        assert not receipts_of(other).exists()
        told = " ".join(str(entry.content) for entry in timeline(own.chain))
    assert "'papers': 'complete'" in told
    assert ENCLOSED not in told
    assert other.number not in told
