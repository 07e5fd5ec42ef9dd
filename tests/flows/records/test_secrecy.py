"""国家秘密 comes into no act: whatever a person says in one is looked through, and the field is named."""

from collections.abc import Callable
from typing import Any

import pytest
from tests import cases, scene
from tests.flows.publicity.publishing import OBJECTOR, announced, object_to, publish

from tidu.applications import actions
from tidu.applications.acts import Offline
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.enterprises.actions import NewMember, add_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm
from tidu.inspections.actions import Found, Photo, Visit, record_credit_check, record_inspection
from tidu.inspections.enums import CreditResult, CreditSource, InspectionResult
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused, sentence
from tidu.offices.actions import open_account
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_code
from tidu.publicity.actions import Content, accept_objection, dismiss_objection
from tidu.records.actions import open_chain, record
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

SECRET = "见军品合同（机密★10年）"


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


def refused(field: str, act: Callable[..., object], **said: Any) -> None:
    """The act is refused, the field named, the secret not repeated beyond its mark, and nothing kept."""
    with scope(SYSTEM):
        before = Entry.objects.count()
    with pytest.raises(Refused) as found:
        act(**said)
    assert (found.value.code, found.value.field) == ("secrecy_mark_in_text", field)
    assert "机密★10年" in sentence(found.value)
    assert "军品" not in sentence(found.value)
    with scope(SYSTEM):
        assert Entry.objects.count() == before


def test_the_ledger_takes_no_mark_whatever_the_act(db: None) -> None:
    with scope(SYSTEM):
        chain = open_chain(kind="case")
        for body, field in (
            ({"comment": SECRET}, "comment"),
            ({"offline": {"event_on": "2026-03-16", "source": SECRET}}, "source"),
            ({"marks": ["plain", SECRET]}, "marks"),
        ):
            refused(field, record, chain=chain, verb="x", actor=SYSTEM, at=cases.SUBMITTED, body=body)
        assert record(chain=chain, verb="x", actor=SYSTEM, at=cases.SUBMITTED, body={"comment": "商业秘密"})


def test_what_an_office_says_of_a_case(round_: cases.Round, subtests: pytest.Subtests) -> None:
    case = cases.submitted(round_)
    actions.receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    cases.checked(round_, round_.east, case)
    said: dict[str, Any] = {
        "actor": round_.east, "case_id": case.pk, "expected_version": None, "at": round_.at,
    }  # fmt: skip
    with subtests.test("returned"):
        refused(
            "comment", actions.return_for_mending, comment=SECRET, fields=["revenue"], evidence=[], **said
        )
    with subtests.test("refused"):
        refused("comment", actions.refuse, comment=SECRET, **said)
    with subtests.test("passed on paper"):
        refused(
            "source",
            actions.pass_review,
            comment="符合",
            offline=Offline(legal_day(round_.at), SECRET, cases.scan(round_.east)),
            **said,
        )
    about = {"actor": round_.east, "case_id": case.pk, "at": round_.at}
    with subtests.test("found"):
        given = {"fact": "revenue", "period": 2025, "value": 1, "reason": SECRET}
        refused("reason", actions.record_finding, **given, **about)
        given = {"fact": "product_summary", "period": 0, "value": SECRET, "reason": "现场核实"}
        refused("value", actions.record_finding, **given, **about)
    with subtests.test("on the national platform"):
        refused("status", actions.note_national_platform, status=SECRET, receipt="", **about)
        refused("receipt", actions.note_national_platform, status="已提交", receipt=SECRET, **about)
    with subtests.test("withdrawn"):
        refused("comment", actions.withdraw, **{**said, "actor": round_.firms[1]}, reason=SECRET)
    with scope(SYSTEM):
        assert Case.objects.get(pk=case.pk).status == "in_review"


def test_what_is_seen_on_site(round_: cases.Round, subtests: pytest.Subtests) -> None:
    case = cases.submitted(round_)
    found = Found(item="厂房", stated="自有", seen="自有", is_consistent=True)
    visit: dict[str, Any] = {
        "visited_on": legal_day(round_.at), "inspectors": ("科长", "经办"),
        "result": InspectionResult.CONSISTENT, "findings": (found,),
    }  # fmt: skip
    for field, changed in (
        ("summary", {"summary": SECRET}),
        ("notes", {"notes": SECRET}),
        ("seen", {"findings": (Found("厂房", "自有", SECRET, is_consistent=True),)}),
        ("caption", {"photos": (Photo(1, SECRET),)}),
    ):
        with subtests.test(field):
            refused(
                field, record_inspection, actor=round_.east, case_id=case.pk,
                visit=Visit(**{**visit, **changed}), at=round_.at,
            )  # fmt: skip
    with subtests.test("credit"):
        refused(
            "note", record_credit_check, actor=round_.east, case_id=case.pk, source=CreditSource.CREDIT_CHINA,
            checked_on=legal_day(round_.at), result=CreditResult.ABNORMAL, note=SECRET, at=round_.at,
        )  # fmt: skip


def test_what_is_published_objected_and_decided(round_: cases.Round, subtests: pytest.Subtests) -> None:
    (case,) = cases.to_publicity(round_)
    for field in ("title", "contact"):
        with subtests.test(field):
            refused(field, publish, round_=round_, listed=[case], **{field: SECRET})
    publish(round_, [case])
    for field in ("name", "contact", "text"):
        with subtests.test(f"objection {field}"):
            content = Content(**{**vars(OBJECTOR), field: SECRET})
            refused(field, object_to, round_=round_, case=case, content=content)
    objection = object_to(round_, case)
    accept_objection(actor=round_.city, objection_id=objection.pk, at=round_.at)
    about = {"actor": round_.city, "objection_id": objection.pk, "at": round_.at}
    refused("decision", dismiss_objection, decision=SECRET, **about)


def test_what_an_announcement_is_called(round_: cases.Round) -> None:
    refused("title", announced, round_=round_, listed=[], title=SECRET, scan_id=0)


def test_what_people_and_posts_are_called(round_: cases.Round) -> None:
    actor = scene.firm_actor(7)
    with scope(SYSTEM):
        firm, office = Firm.objects.get(pk=actor.firm_id or 0), office_by_code(scene.EAST)
    colleague = NewMember(username="seven", name=SECRET, role=MemberRole.EDITOR, is_employee=True)
    refused("name", add_member, actor=actor, firm=firm, colleague=colleague, at=round_.at)
    administrator: Actor = scene.office_actor(scene.EAST, Role.ADMINISTRATOR)
    refused(
        "post", open_account, actor=administrator, office=office, username="new-clerk", name=SECRET,
        role=Role.CLERK, at=round_.at,
    )  # fmt: skip
