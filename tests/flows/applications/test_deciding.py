"""What an office decides on: what was submitted to it, and what it found itself."""

import pytest
from tests.journeys.city import City, moment
from tests.plugins.beginnings import beginning

from tidu.applications.actions import (
    receive,
    record_finding,
    refuse,
    resubmit,
    return_for_mending,
    save_field,
)
from tidu.applications.contents import Submitted
from tidu.applications.models import Case, CaseField, EvidenceItem, Snapshot
from tidu.database.scope import SYSTEM, scope
from tidu.law.facts import Value
from tidu.portals.office.casepage import case_page
from tidu.records.queries import thaw

pytestmark = pytest.mark.django_db

WAN = 1_000_000
SUBMITTED, RETURNED, OVER = "2026-03-02 09:00", "2026-03-03 09:00", "2026-03-20 09:00"
RD = ("rd_expense", 2025)
STATED, FOUND, MENDED = 42_390 * WAN // 100, 100 * WAN, 430 * WAN
"""研发费用总额: as first stated (423.90万元), as an officer found it, as mended."""


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


@beginning
def case(opened_city: City) -> Case:
    """Submitted and received by the county."""
    case = opened_city.apply(1, 1, SUBMITTED)
    return receive(actor=opened_city.east, case_id=case.pk, expected_version=None, at=moment(RETURNED))


def returned(city: City, case: Case, at: str = RETURNED, *fields: str) -> None:
    return_for_mending(
        actor=city.east,
        case_id=case.pk,
        expected_version=None,
        comment="研发费用与审计报告不一致。",
        fields=fields or ["rd_expense:2025"],
        evidence=["audit_report"],
        at=moment(at),
    )


def typed(city: City, case: Case, raw: str, at: str, fact: str = "rd_expense") -> None:
    _, actor = city.firms[1]
    with scope(SYSTEM):
        version = CaseField.objects.get(case=case, fact=fact, period=2025).version
    save_field(
        actor=actor,
        case_id=case.pk,
        fact=fact,
        period=2025,
        raw=raw,
        expected_version=version,
        at=moment(at),
    )


def submitted_again(city: City, case: Case, at: str) -> Case:
    _, actor = city.firms[1]
    return resubmit(actor=actor, case_id=case.pk, expected_version=None, declared=True, at=moment(at))


def found(city: City, case: Case, value: int, at: str, fact: str = "rd_expense") -> None:
    record_finding(
        actor=city.east,
        case_id=case.pk,
        fact=fact,
        period=2025,
        value=value,
        reason="与审计报告附注不符。",
        at=moment(at),
    )


def counts(city: City, case: Case, at: str, fact: str = "rd_expense") -> Value | None:
    """The value on which the office would decide."""
    with scope(city.east):
        return Submitted(city.now(case), at=moment(at)).found.known(fact, 2025)


def bodies(case: Case, kind: str) -> list[dict[str, object]]:
    with scope(SYSTEM):
        rows = Snapshot.objects.filter(case=case, kind=kind).order_by("round", "at")
        return [thaw(row.digest) for row in rows]


def test_what_is_not_submitted_again_is_not_what_the_office_sees(city: City, case: Case) -> None:
    returned(city, case)
    typed(city, case, "430", "2026-03-04 09:00")
    with scope(city.east):
        page = case_page(city.east, city.now(case), moment("2026-03-04 10:00"))
        cells = {(c.fact.id, c.period): c.stated for row in page.rows for c in row.cells}
    assert cells[RD] == "423.90"
    assert counts(city, case, "2026-03-04 10:00") == STATED


def test_a_paper_added_while_mending_is_shown_when_it_is_submitted(city: City, case: Case) -> None:
    before = len(_papers(city, case))
    returned(city, case)
    _, actor = city.firms[1]
    with scope(SYSTEM):
        EvidenceItem.objects.filter(case=case, item="audit_report").update(removed_at=moment(RETURNED))
    assert len(_papers(city, case)) == before
    city.attach(case, actor, "audit_report", "2026-03-04 09:00")
    old = {one.pk for one in _papers(city, case)}
    submitted_again(city, case, "2026-03-04 10:00")
    new = {one.pk for one in _papers(city, case)}
    assert len(old - new) == len(new - old) == 1


def _papers(city: City, case: Case) -> list[EvidenceItem]:
    with scope(city.east):
        return Submitted(city.now(case), at=moment(OVER)).papers


def test_a_refusal_after_the_time_to_mend_freezes_what_was_submitted(city: City, case: Case) -> None:
    returned(city, case)
    typed(city, case, "1", "2026-03-04 09:00")
    refuse(actor=city.east, case_id=case.pk, expected_version=None, comment="逾期未补正。", at=moment(OVER))
    (submission,), (decision,) = bodies(case, "submission"), bodies(case, "decision")
    assert decision["facts"] == submission["facts"]
    assert decision["evidence"] == submission["evidence"]
    assert decision["verdict"] == submission["verdict"]
    assert counts(city, case, "2027-01-01 09:00") == STATED


def test_a_finding_while_the_firm_mends_is_judged_on_what_was_submitted(city: City, case: Case) -> None:
    met = city.now(case).verdict
    returned(city, case)
    typed(city, case, "1", "2026-03-04 09:00")
    found(city, case, 6_800 * WAN, "2026-03-04 10:00", fact="revenue")
    assert (met, city.now(case).verdict) == ("met", "met")


def test_a_finding_counts_until_the_firm_states_the_fact_otherwise(city: City, case: Case) -> None:
    found(city, case, FOUND, "2026-03-03 10:00")
    found(city, case, 99, "2026-03-03 10:00", fact="employees")
    assert counts(city, case, "2026-03-03 11:00") == FOUND
    returned(city, case, "2026-03-03 11:00")
    typed(city, case, "430", "2026-03-04 09:00")
    assert counts(city, case, "2026-03-04 09:30") == FOUND
    submitted_again(city, case, "2026-03-04 10:00")
    assert counts(city, case, "2026-03-04 11:00") == MENDED
    assert counts(city, case, "2026-03-04 11:00", fact="employees") == 99
    assert [one["fact"] for one in bodies(case, "submission")[1]["findings"]] == ["employees"]  # type: ignore[attr-defined]


def test_a_finding_once_answered_does_not_come_back_in_a_later_round(city: City, case: Case) -> None:
    found(city, case, FOUND, "2026-03-03 10:00")
    returned(city, case, "2026-03-03 11:00")
    typed(city, case, "430", "2026-03-04 09:00")
    submitted_again(city, case, "2026-03-04 10:00")
    receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-03-05 09:00"))
    returned(city, case, "2026-03-05 09:00", "rd_staff:2025")
    submitted_again(city, case, "2026-03-06 09:00")
    assert counts(city, case, "2026-03-06 10:00") == MENDED


def test_an_officer_may_find_the_same_again_after_the_mending(city: City, case: Case) -> None:
    found(city, case, FOUND, "2026-03-03 10:00")
    returned(city, case, "2026-03-03 11:00")
    typed(city, case, "430", "2026-03-04 09:00")
    submitted_again(city, case, "2026-03-04 10:00")
    found(city, case, FOUND, "2026-03-04 11:00")
    assert counts(city, case, "2026-03-04 12:00") == FOUND


def test_the_same_value_saved_again_does_not_end_a_finding(city: City, case: Case) -> None:
    found(city, case, FOUND, "2026-03-03 10:00")
    returned(city, case, "2026-03-03 11:00")
    typed(city, case, "423.90", "2026-03-04 09:00")
    submitted_again(city, case, "2026-03-04 10:00")
    assert counts(city, case, "2026-03-04 11:00") == FOUND
