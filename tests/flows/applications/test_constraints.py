"""What the database itself refuses of a case and of all that hangs on it, whoever asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from tests import cases

from tidu.applications.enums import CaseStatus
from tidu.applications.models import (
    BulkAct,
    BulkItem,
    Case,
    CaseField,
    CasePapers,
    CaseReader,
    CaseStage,
    Correction,
    EvidenceItem,
    Finding,
    Letter,
    Reminder,
    ReminderTarget,
    Snapshot,
)
from tidu.database.scope import SYSTEM, scope
from tidu.offices.models import Account
from tidu.records.actions import open_chain

pytestmark = pytest.mark.django_db

AT = cases.SUBMITTED
Change = Callable[[Case], object]


def case_becomes(**changes: Any) -> Change:
    return lambda case: Case.objects.filter(pk=case.pk).update(**changes)


def stage_becomes(**changes: Any) -> Change:
    return lambda case: CaseStage.objects.filter(case=case).update(**changes)


def another_case(**changes: Any) -> Change:
    def add(case: Case) -> object:
        fields = {f.name: getattr(case, f.name) for f in Case._meta.concrete_fields if not f.primary_key}
        return Case.objects.create(
            **fields | {"number": "another", "chain": open_chain(kind="case")} | changes
        )

    return add


def another_stage(**changes: Any) -> Change:
    def add(case: Case) -> object:
        row = {
            "case": case,
            "batch": case.batch,
            "seq": 9,
            "stage": "x",
            "kind": "review",
            "office": case.office,
            "entered_at": AT,
        }
        return CaseStage.objects.create(**row | changes)

    return add


def field(**changes: Any) -> Change:
    row = {"fact": "revenue", "period": 2025, "saved_at": AT}
    return lambda case: [CaseField.objects.create(case=case, **row | changes) for _ in range(2)]


def correction(rounds: tuple[int, ...] = (1,), **changes: Any) -> Change:
    row = {"requested_at": AT, "comment": "请补正", "fields": ["revenue"]}

    def add(case: Case) -> object:
        return [
            Correction.objects.create(case=case, office_id=case.office_id or 0, round=one, **row | changes)
            for one in rounds
        ]

    return add


def evidence(count: int = 1, **changes: Any) -> Change:
    def add(case: Case) -> object:
        row = {
            "case": case,
            "item": "audit_report",
            "file_id": cases.scan(SYSTEM),
            "name": "报告.pdf",
            "added_at": AT,
        }
        return [EvidenceItem.objects.create(**row | changes) for _ in range(count)]

    return add


def letter(count: int = 1, **changes: Any) -> Change:
    def add(case: Case) -> object:
        row = {"office": case.office, "batch": case.batch, "kind": "recommend", "number": "1号"}
        when = {"issued_on": AT.date(), "sent_at": AT}
        return [
            Letter.objects.create(**row | when | {"chain": open_chain(kind="letter")} | changes)
            for _ in range(count)
        ]

    return add


def snapshot(count: int = 1, **changes: Any) -> Change:
    row = {"kind": "submission", "round": 1, "digest": "0" * 64, "at": AT}
    return lambda case: [Snapshot.objects.create(case=case, **row | changes) for _ in range(count)]


def papers(count: int = 1, **changes: Any) -> Change:
    row = {"state": "complete", "noted_at": AT}
    return lambda case: [
        CasePapers.objects.create(case=case, office_id=case.office_id or 0, **row | changes)
        for _ in range(count)
    ]


def finding(case: Case) -> object:
    return Finding.objects.create(
        case=case, fact="revenue", period=2025, value=1, reason="", office_id=case.office_id or 0, at=AT
    )


def reader(case: Case) -> object:
    row = {"office": case.office, "firm": case.firm, "batch": case.batch, "since": AT}
    return CaseReader.objects.create(case=case, **row)


def bulk_act(**changes: Any) -> Callable[[Case], BulkAct]:
    def add(case: Case) -> BulkAct:
        row = {"office": case.office, "roles": ["clerk"], "actor_name": "某局", "at": AT, "comment": "同意"}
        by = Account.objects.filter(posts__office=case.office).first()
        more = {"by": by, "action": "pass_review", "chain": open_chain(kind="bulk")}
        return BulkAct.objects.create(**row | more | changes)

    return add


def bulk_item(count: int = 1, **changes: Any) -> Change:
    def add(case: Case) -> object:
        bulk = bulk_act()(case)
        return [
            BulkItem.objects.create(bulk=bulk, case=case, seen_version=1, **changes) for _ in range(count)
        ]

    return add


def reminded(count: int = 1, *, of_the_firm: bool = True, **changes: Any) -> Change:
    def add(case: Case) -> object:
        chain = open_chain(kind="reminder")
        reminder = Reminder.objects.create(
            office_id=case.office_id or 0, batch=case.batch, at=AT, chain=chain
        )
        row = {"reminder": reminder, "batch": case.batch, "quiet": (AT, AT + timedelta(hours=12))}
        row |= {"firm": case.firm, "case": case} if of_the_firm else {"office": case.office}
        return [ReminderTarget.objects.create(**row | changes) for _ in range(count)]

    return add


ENDED = {"office": None, "stage_kind": ""}
EARLIER = AT - timedelta(days=1)

EXCLUSIONS = {"reminder_leaves_a_firm_alone", "reminder_leaves_an_office_alone"}
"""Written in SQL, since Django has no words for what they compare."""

REFUSED: list[tuple[str, Change]] = [
    ("case_status_known", case_becomes(status="lost", **ENDED)),
    ("case_kind_known", case_becomes(kind="third")),
    ("case_re_review_names_its_title", case_becomes(kind="re_review")),
    ("case_once_per_firm_and_batch", another_case(status="draft", submitted_at=None, round=0, **ENDED)),
    ("case_live_once_per_firm_and_title", another_case(status="in_review", batch=None)),
    ("case_submitted_with_declaration", case_becomes(declared_at=None)),
    ("case_submitted_with_declaration", case_becomes(submitted_at=None)),
    ("case_live_iff_an_office_holds_it", case_becomes(office=None)),
    ("case_with_its_panel_is_in_review", case_becomes(stage_kind="panel", status=CaseStatus.PASSED)),
    ("case_returned_iff_returned_at", case_becomes(status=CaseStatus.RETURNED)),
    ("case_returned_iff_returned_at", case_becomes(returned_at=AT)),
    ("case_recognised_iff_recognised_at", case_becomes(status=CaseStatus.RECOGNISED, **ENDED)),
    ("case_refused_iff_refused_at", case_becomes(status=CaseStatus.NOT_RECOGNISED, reason="理由", **ENDED)),
    ("case_refused_with_reason", case_becomes(status=CaseStatus.NOT_RECOGNISED, refused_at=AT, **ENDED)),
    ("case_withdrawn_iff_withdrawn_at", case_becomes(status=CaseStatus.WITHDRAWN, **ENDED)),
    ("case_lapsed_iff_lapsed_at", case_becomes(status=CaseStatus.LAPSED, **ENDED)),
    ("case_score_is_an_interval", case_becomes(score_least=61, score_most=60)),
    ("case_reader_once", reader),
    ("case_stage_seq_once", another_stage(seq=1, left_at=AT, outcome="passed")),
    ("case_stage_one_open", another_stage()),
    ("case_stage_kind_known", stage_becomes(kind="lottery")),
    ("case_stage_left_with_outcome", stage_becomes(left_at=AT)),
    ("case_stage_refused_with_comment", stage_becomes(left_at=AT, outcome="refused")),
    ("case_stage_recommended_by_letter", stage_becomes(left_at=AT, outcome="recommended")),
    ("case_stage_credit_check_has_a_day", stage_becomes(credit_is_clear=True)),
    ("case_stage_entered_later_only_when_left", stage_becomes(happened_on=AT.date())),
    ("case_stage_opined_iff_a_panel_did", stage_becomes(left_at=AT, outcome="opined", opinion="0" * 64)),
    ("case_stage_opined_iff_a_panel_did", stage_becomes(opinion="0" * 64)),
    ("case_stage_leaves_after_entering", stage_becomes(left_at=EARLIER, outcome="passed")),
    ("case_field_once", field()),
    ("case_field_version_positive", field(version=0)),
    ("case_field_page_of_some_evidence", field(page=2)),
    ("correction_once_per_round", correction((1, 1), answered_at=AT)),
    ("correction_one_open_per_case", correction((1, 2))),
    ("correction_carries_a_comment", correction(comment="")),
    ("correction_marks_something", correction(fields=[])),
    ("evidence_file_once_per_item", evidence(2)),
    ("evidence_removed_after_added", evidence(removed_at=EARLIER)),
    ("case_papers_once_per_office", papers(2)),
    ("case_papers_state_known", papers(state="lost", lacking="一份")),
    ("case_papers_say_what_is_lacking", papers(lacking="一份")),
    ("case_papers_say_what_is_lacking", papers(state="incomplete")),
    ("bulk_action_known", bulk_act(action="promote")),
    ("bulk_pass_has_an_opinion", bulk_act(comment="")),
    ("bulk_act_finishes_after_it_was_confirmed", bulk_act(finished_at=EARLIER)),
    ("bulk_item_once_per_case", bulk_item(2)),
    ("bulk_item_state_known", bulk_item(state="lost", done_at=AT)),
    ("bulk_item_refused_with_reason", bulk_item(state="refused", done_at=AT)),
    ("bulk_item_waits_or_is_through", bulk_item(state="done")),
    ("reminder_to_an_office_or_a_firm", reminded(firm=None)),
    ("reminder_is_followed_by_quiet", reminded(quiet=(AT, AT))),
    ("reminder_leaves_a_firm_alone", reminded(2)),
    ("reminder_leaves_an_office_alone", reminded(2, of_the_firm=False)),
    ("finding_carries_a_reason", finding),
    ("snapshot_kind_known", snapshot(kind="photo")),
    ("snapshot_once_per_submission", snapshot(2)),
    ("letter_has_a_number", letter(number="")),
    ("letter_kind_known", letter(kind="postcard")),
    ("letter_number_once_per_office", letter(2)),
]


@pytest.mark.parametrize(("constraint", "change"), REFUSED, ids=[name for name, _ in REFUSED])
def test_the_database_refuses(case: Case, round_: cases.Round, constraint: str, change: Change) -> None:
    if constraint == "case_live_once_per_firm_and_title":
        with scope(SYSTEM):
            other_batch = round_.batch.notice.batches.get(position=2)
        change = another_case(batch=other_batch)
    with scope(SYSTEM), pytest.raises(IntegrityError, match=f'"{constraint}"'):
        change(case)


def test_every_constraint_of_the_room_is_named_here() -> None:
    declared = {
        constraint.name
        for model in apps.get_app_config("applications").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint | models.UniqueConstraint)
    }
    assert declared | EXCLUSIONS == {name for name, _ in REFUSED}
