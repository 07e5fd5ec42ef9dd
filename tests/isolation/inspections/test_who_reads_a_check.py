"""Checks, samples and look-ups: the route's offices read them; the firm its own result and no notes."""

import pytest
from tests import cases
from tests.plugins.beginnings import beginning

from tidu.applications.actions import receive
from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, Actor, scope
from tidu.inspections.actions import Found, Photo, Visit, draw_sample, record_inspection
from tidu.inspections.enums import InspectionResult
from tidu.inspections.models import (
    CreditCheck,
    Inspection,
    InspectionFinding,
    InspectionNote,
    InspectionPhoto,
    Sample,
    SampleMember,
)
from tidu.inspections.queries import inspections_of, sample_record
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.records.models import Entry
from tidu.records.queries import timeline

pytestmark = pytest.mark.commits

NOTES = "门卫登记与企业所述有出入"
TABLES = (
    Inspection,
    InspectionFinding,
    InspectionNote,
    InspectionPhoto,
    CreditCheck,
    Sample,
    SampleMember,
)


@beginning
def round_() -> cases.Round:
    return cases.open_round()


@beginning
def case(round_: cases.Round) -> Case:
    """The eastern firm's case with everything that hangs on it; the second firm's case stands beside it."""
    case = cases.submitted(round_, 1)
    other = cases.submitted(round_, 2)
    for one in (case, other):
        receive(actor=round_.east, case_id=one.pk, expected_version=None, at=round_.at)
    draw_sample(
        actor=round_.east,
        batch_id=round_.batch.pk,
        stage="county-review",
        rate_percent="100",
        at=round_.at,
    )
    cases.checked(round_, round_.east, case)
    visit = Visit(
        visited_on=legal_day(round_.at),
        inspectors=("股长", "科员"),
        result=InspectionResult.CONSISTENT,
        findings=(Found("从业人员", "86人", "86人", is_consistent=True),),
        notes=NOTES,
        photos=(Photo(cases.scan(round_.east, "jpeg")),),
    )
    record_inspection(actor=round_.east, case_id=case.pk, visit=visit, at=round_.at)
    return case


def rows_of(actor: Actor) -> dict[str, int]:
    with scope(actor):
        return {table.__name__: table.objects.count() for table in TABLES if table.objects.exists()}


EVERYTHING = {
    "Inspection": 2,
    "InspectionFinding": 1,
    "InspectionNote": 1,
    "InspectionPhoto": 1,
    "CreditCheck": 2,
    "Sample": 1,
    "SampleMember": 2,
}


def test_the_offices_of_the_route_read_everything(round_: cases.Round, case: Case) -> None:
    for actor in (round_.east, round_.city, round_.province):
        assert rows_of(actor) == EVERYTHING


def test_their_auditors_do_as_well(round_: cases.Round, case: Case) -> None:
    auditor = Actor(kind="auditor", account_id=1, office_id=round_.city.office_id)
    assert rows_of(auditor) == EVERYTHING


def test_the_firm_reads_its_own_check_and_findings_and_no_more(round_: cases.Round, case: Case) -> None:
    assert rows_of(round_.firms[1]) == {"Inspection": 1, "InspectionFinding": 1}
    with scope(round_.firms[1]):
        (own,) = inspections_of(case)
        assert (own.case_id, own.result) == (case.pk, "consistent")
        assert not hasattr(own, "note")


@pytest.mark.parametrize("who", ["west", "public"])
def test_a_neighbour_and_the_public_read_nothing(round_: cases.Round, case: Case, who: str) -> None:
    assert rows_of({"west": round_.west, "public": PUBLIC}[who]) == {}


def test_the_inspectors_notes_are_in_no_entry_of_any_chain(round_: cases.Round, case: Case) -> None:
    with scope(round_.firms[1]):
        seen = [entry for entry in timeline(case.chain) if entry.verb == "record_inspection"]
        assert len(seen) == 1
    with scope(Actor(kind="system")):
        assert not [entry for entry in Entry.objects.all() if NOTES in str(entry.content)]


def test_the_record_of_a_draw_is_read_by_its_office_and_those_above(round_: cases.Round, case: Case) -> None:
    with scope(round_.east):
        sample = Sample.objects.get()
    for actor in (round_.east, round_.city, round_.province):
        with scope(actor):
            assert case.number.encode() in sample_record(sample.pk)
            assert [entry.verb for entry in timeline(sample.chain)] == ["draw_sample"]
    for actor in (round_.west, round_.firms[1], PUBLIC):
        with scope(actor), pytest.raises(Refused) as refused:
            sample_record(sample.pk)
        assert refused.value.code == "sample_unknown"
        with scope(actor):
            assert not timeline(sample.chain)
