"""佐证材料: what the notice takes, and which values a firm may point from while it mends."""

import pytest
from django.conf import LazySettings
from tests import cases
from tests.journeys.city import City, moment
from tests.plugins.beginnings import beginning

from tidu.applications.actions import attach_evidence, point_to_evidence, receive, return_for_mending
from tidu.applications.models import Case, CaseField, EvidenceItem
from tidu.database.scope import SYSTEM, scope
from tidu.law.refusals import Refused

pytestmark = pytest.mark.django_db

MARCH, RETURNED = "2026-03-02 09:00", "2026-03-03 09:00"


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


@beginning
def draft(opened_city: City) -> Case:
    opened_city.firm(1)
    return opened_city.fill(1, 1, MARCH)


@beginning
def returned(opened_city: City, draft: Case) -> Case:
    """To be mended: 研发费用 of 2025 and the audit report."""
    case = opened_city.submit(1, draft, MARCH)
    receive(actor=opened_city.east, case_id=case.pk, expected_version=None, at=moment(MARCH))
    return return_for_mending(
        actor=opened_city.east,
        case_id=case.pk,
        expected_version=None,
        comment="请核对。",
        fields=["rd_expense:2025"],
        evidence=["audit_report"],
        at=moment(RETURNED),
    )


def attached(city: City, case: Case, kind: str) -> EvidenceItem:
    """A file of this kind under the audit report, whatever its name says."""
    _, actor = city.firms[1]
    return attach_evidence(
        actor=actor,
        case_id=case.pk,
        item="audit_report",
        file_id=cases.scan(actor, kind),
        name="审计报告.pdf",
        at=moment(MARCH),
    )


def paper(case: Case, item: str) -> EvidenceItem:
    with scope(SYSTEM):
        return EvidenceItem.objects.get(case=case, item=item)


def pointed(
    city: City, case: Case, fact: str, item: str, *, page: int | None = 1, period: int = 2025
) -> None:
    _, actor = city.firms[1]
    point_to_evidence(
        actor=actor,
        case_id=case.pk,
        fact=fact,
        period=period,
        evidence_id=paper(case, item).pk,
        page=page,
        at=moment(RETURNED),
    )


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_kind_that_the_notice_does_not_take_is_refused_by_its_content(
    city: City, draft: Case, kind: str
) -> None:
    with pytest.raises(Refused, match="file_type_not_accepted"):
        attached(city, draft, kind)


def test_a_file_larger_than_is_taken_is_refused(city: City, draft: Case, settings: LazySettings) -> None:
    settings.FILES_MEGABYTES = 0
    with pytest.raises(Refused, match="file_too_large"):
        attached(city, draft, "pdf")


def test_a_page_that_the_paper_does_not_have_is_no_proof(city: City, draft: Case) -> None:
    for page in (0, 99):
        with pytest.raises(Refused, match="page_not_viewable"):
            pointed(city, draft, "revenue", "audit_report", page=page)


def test_while_mending_only_open_values_are_pointed_anew(city: City, returned: Case) -> None:
    pointed(city, returned, "rd_expense", "product_note")
    pointed(city, returned, "revenue", "audit_report")
    with pytest.raises(Refused, match="field_closed"):
        pointed(city, returned, "revenue", "product_note")
    with scope(SYSTEM):
        row = CaseField.objects.select_related("evidence").get(case=returned, fact="revenue", period=2025)
    assert row.evidence is not None
    assert row.evidence.item == "audit_report"
