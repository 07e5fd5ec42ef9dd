"""退回补正: what the firm may change, and that it is never asked for what it may not."""

import pytest
from tests.journeys.city import City, moment
from tests.plugins.beginnings import beginning

from tidu.applications.actions import receive, resubmit, return_for_mending, save_field
from tidu.applications.models import Case, CaseField
from tidu.database.scope import SYSTEM, scope
from tidu.law.refusals import Refused

pytestmark = pytest.mark.django_db

SUBMITTED, RETURNED, MENDED = "2026-03-02 09:00", "2026-03-03 09:00", "2026-03-04 09:00"


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


@beginning
def case(opened_city: City) -> Case:
    """Submitted and received by the county."""
    case = opened_city.apply(1, 1, SUBMITTED)
    return receive(actor=opened_city.east, case_id=case.pk, expected_version=None, at=moment(RETURNED))


def returned(city: City, case: Case, *fields: str) -> Case:
    return return_for_mending(
        actor=city.east,
        case_id=case.pk,
        expected_version=None,
        comment="请核对。",
        fields=fields,
        evidence=[],
        at=moment(RETURNED),
    )


def typed(city: City, case: Case, fact: str, period: int, raw: object, at: str = MENDED) -> None:
    with scope(SYSTEM):
        row = CaseField.objects.filter(case=case, fact=fact, period=period).first()
    _, actor = city.firms[1]
    save_field(
        actor=actor,
        case_id=case.pk,
        fact=fact,
        period=period,
        raw=raw,
        expected_version=row.version if row else 0,
        at=moment(at),
    )


def submitted_again(city: City, case: Case, at: str = MENDED) -> Case:
    _, actor = city.firms[1]
    return resubmit(actor=actor, case_id=case.pk, expected_version=None, declared=True, at=moment(at))


def test_what_was_not_marked_stays_closed(city: City, case: Case) -> None:
    returned(city, case, "rd_expense:2025")
    typed(city, case, "rd_expense", 2025, "430")
    for fact, period in [("revenue", 2025), ("rd_expense", 2024)]:
        with pytest.raises(Refused, match="field_closed"):
            typed(city, case, fact, period, "1")


def test_a_field_that_is_missing_opens_though_nobody_marked_it(city: City, case: Case) -> None:
    returned(city, case, "rd_expense:2025")
    with scope(SYSTEM):
        CaseField.objects.filter(case=case, fact="employees", period=2025).update(value=None)
    with pytest.raises(Refused, match="case_incomplete"):
        submitted_again(city, case)
    typed(city, case, "employees", 2025, "12")
    typed(city, case, "employees", 2025, "120")
    assert submitted_again(city, case).status == "in_review"


def test_an_honour_newly_claimed_opens_the_item_for_its_certificate(city: City, case: Case) -> None:
    """认定为高新技术企业的，须附证书."""
    returned(city, case, "honours")
    honour = {"kind": "高新技术企业", "granted_on": "2024-11-05", "valid_until": "2027-11-04"}
    typed(city, case, "honours", 0, [honour])
    with pytest.raises(Refused, match="case_incomplete"):
        submitted_again(city, case)
    _, actor = city.firms[1]
    with pytest.raises(Refused, match="evidence_closed"):
        city.attach(case, actor, "audit_report", MENDED, b"")
    city.attach(case, actor, "honour_certificates", MENDED)
    assert submitted_again(city, case).status == "in_review"
