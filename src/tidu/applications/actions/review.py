"""An office looks at one case: receives, asks to mend, passes, refuses, hands over, records what it found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tidu.applications.actions.mending import end_request_to_mend
from tidu.applications.actions.submission import keep_verdict
from tidu.applications.acts import Act, Held, Offline
from tidu.applications.contents import Submitted, notice_of, standard_of
from tidu.applications.door import lock, settle, take
from tidu.applications.enums import SnapshotKind
from tidu.applications.models import Case, CaseStage, Correction, Finding, Snapshot
from tidu.applications.permissions import may_act_in_office, office_of
from tidu.applications.routing import add_readers, route_from
from tidu.database.scope import Actor, scope
from tidu.law.notices import mending_deadline
from tidu.law.procedures import Action, Need
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.offices.models import Office, Post
from tidu.programmes.queries import notice_text, procedure_by_digest
from tidu.records.actions import freeze, record


def receive(
    *, actor: Actor, case_id: int, expected_version: int | None, at: datetime, offline: Offline | None = None
) -> Case:
    """Note that the office has taken the case up (受理), once in each round. Refused("received_already")."""
    with scope(actor):
        holding = take(case_id, Act(Action.RECEIVE, actor, at, offline=offline), expected_version)
        if holding.stage is not None and holding.stage.received_at is not None:
            received_at = holding.stage.received_at
            raise Refused("received_already", number=holding.case.number, at=received_at)
        case = settle(holding)
        CaseStage.objects.filter(case=case, left_at__isnull=True).update(
            received_at=at, received_by_id=actor.account_id
        )
        return case


def return_for_mending(  # noqa: PLR0913 - everything the request says
    *,
    actor: Actor,
    case_id: int,
    expected_version: int | None,
    comment: str,
    fields: Sequence[str],
    evidence: Sequence[str],
    at: datetime,
    asked_by: datetime | None = None,
    offline: Offline | None = None,
) -> Case:
    """Ask the firm to mend the marked fields and papers, in this batch; no upper deadline moves.

    `fields` are fact ids, or "fact:year" for one year of it; `evidence` are items of the notice's list;
    `asked_by` the moment until which it is awaited, else as the notice reads.
    Raises Refused: nothing_marked, field_unknown, evidence_item_unknown, comment_missing,
    mending_asked_in_the_past.
    """
    with scope(actor):
        asked_by = asked_by or mending_deadline(notice_text(lock(case_id).batch.notice), at)
        if asked_by <= at:
            raise Refused("mending_asked_in_the_past", field="asked_by", value=asked_by, now=at)
        act = Act(
            Action.RETURN_FOR_MENDING,
            actor,
            at,
            comment.strip(),
            frozenset({Need.MARKED_FIELDS} if fields or evidence else ()),
            {"fields": list(fields), "evidence": list(evidence), "asked_by": asked_by},
            offline=offline,
        )
        holding = take(case_id, act, expected_version)
        _check_marks(holding.case, fields, evidence)
        if not act.comment:
            raise Refused("comment_missing", action="退回补正")
        Correction.objects.create(
            case=holding.case,
            round=holding.case.round,
            office_id=office_of(actor),
            requested_at=at,
            comment=act.comment,
            fields=list(fields),
            evidence=list(evidence),
            asked_by=asked_by,
        )
        return settle(holding)


def _check_marks(case: Case, fields: Sequence[str], evidence: Sequence[str]) -> None:
    if not fields and not evidence:
        raise Refused("nothing_marked", number=case.number)
    known = standard_of(case).vocabulary.facts
    for mark in fields:
        if mark.split(":")[0] not in known:
            raise Refused("field_unknown", field=mark, value=mark)
    items = {item.id for item in notice_of(case).evidence}
    for mark in evidence:
        if mark not in items:
            raise Refused("evidence_item_unknown", value=mark)


def pass_review(
    *,
    actor: Actor,
    case_id: int,
    expected_version: int | None,
    comment: str,
    at: datetime,
    offline: Offline | None = None,
) -> Case:
    """Find that the case may go on; what the office saw is frozen with its decision."""
    return _decide(Action.PASS_REVIEW, actor, case_id, expected_version, comment, at, offline)


def refuse(
    *,
    actor: Actor,
    case_id: int,
    expected_version: int | None,
    comment: str,
    at: datetime,
    offline: Offline | None = None,
) -> Case:
    """Refuse with reasons (不予通过); final in this batch.

    A firm that was asked to mend is waited for until the time asked for is over.
    Raises Refused: comment_missing, mending_awaited.
    """
    if not comment.strip():
        raise Refused("comment_missing", action="不予通过")
    return _decide(Action.REFUSE, actor, case_id, expected_version, comment, at, offline)


def _decide(
    action: Action,
    actor: Actor,
    case_id: int,
    expected_version: int | None,
    comment: str,
    at: datetime,
    offline: Offline | None,
) -> Case:
    with scope(actor):
        holding = take(case_id, Act(action, actor, at, comment.strip(), offline=offline), expected_version)
        end_request_to_mend(holding.case, at)
        return settle(holding, snapshot=freeze_decision(holding))


def freeze_decision(holding: Held) -> str:
    """The digest of what the deciding office had before it."""
    case, act = holding.case, holding.act
    decision = {"action": act.action.value, "comment": act.comment, "office": act.actor.name}
    digest = freeze(Submitted(case, at=act.at).snapshot_body({"decision": decision}))
    Snapshot.objects.create(case=case, kind=SnapshotKind.DECISION, round=case.round, digest=digest, at=act.at)
    return digest


def hand_over(
    *,
    actor: Actor,
    case_id: int,
    expected_version: int | None,
    office_id: int,
    comment: str,
    at: datetime,
    offline: Offline | None = None,
) -> Case:
    """Move a case to the office it belongs to (属地移交), at the same level; both keep it in sight.

    Raises Refused: hand_over_to_nobody (none chosen, or closed), hand_over_impossible, comment_missing.
    """
    with scope(actor):
        if not comment.strip():
            raise Refused("comment_missing", action="移交")
        # held, so that it is not closed while the case is on its way
        open_offices = Office.objects.select_for_update(no_key=True).filter(closed_at__isnull=True)
        target = open_offices.filter(pk=office_id).first()
        if target is None:
            raise Refused("hand_over_to_nobody", field="office", number=lock(case_id).number)
        details = {"to_office": target.name}
        act = Act(Action.HAND_OVER, actor, at, comment.strip(), details=details, offline=offline)
        holding = take(case_id, act, expected_version)
        current = holding.case.office
        if (
            current is None
            or target == current
            or target.level != current.level
            or target.parent_id != current.parent_id
        ):
            raise Refused("hand_over_impossible", office=target.name)
        add_readers(holding.case, route_from(target, notice_of(holding.case)), at)
        return settle(holding, to_office=target)


def assign(*, actor: Actor, case_id: int, account_id: int | None, at: datetime) -> Case:
    """Put the case on one colleague's list, or on nobody's. Raises Refused: colleague_unknown."""
    with scope(actor):
        case = _held_by(actor, case_id, "分派")
        if (
            account_id is not None
            and not Post.objects.filter(
                account_id=account_id, office_id=office_of(actor), closed_at__isnull=True
            ).exists()
        ):
            raise Refused("colleague_unknown")
        case.assigned_to_id = account_id
        case.save(update_fields=["assigned_to"])
        record(
            chain=case.chain,
            verb="assign",
            actor=actor,
            at=at,
            body={"case": case.number, "case_id": case.pk},
        )
        return case


def record_finding(
    *, actor: Actor, case_id: int, fact: str, period: int, value: Any, reason: str, at: datetime
) -> Finding:
    """Record what the office found one fact to be, with its reason; the verdict follows it.

    Judgements (判断项) are decided this way and by no number. `value` is in stored form (分, ids).
    """
    with scope(actor):
        case = _held_by(actor, case_id, "认定")
        if fact not in standard_of(case).vocabulary.facts:
            raise Refused("field_unknown", field=fact, value=fact)
        if not reason.strip():
            raise Refused("comment_missing", action="认定")
        refuse_marked({"value": value, "reason": reason})
        finding = Finding.objects.create(
            case=case,
            fact=fact,
            period=period,
            value=value,
            reason=reason.strip(),
            office_id=office_of(actor),
            by_id=actor.account_id,
            at=at,
        )
        keep_verdict(case, Submitted(case, at=at).verdict)
        case.version += 1
        case.save()
        body: dict[str, Any] = {
            "case": case.number,
            "case_id": case.pk,
            "fact": fact,
            "period": period,
            "comment": finding.reason,
        }
        record(chain=case.chain, verb="record_finding", actor=actor, at=at, body=body)
        return finding


def _held_by(actor: Actor, case_id: int, action: str) -> Case:
    """The locked case, if this actor's office holds it. Raises Refused("act_not_allowed")."""
    case = lock(case_id)
    if case.office_id is None:
        raise Refused("act_not_allowed", number=case.number, action=action, why="案件不在办理中。")
    answer = may_act_in_office(actor, case, procedure_by_digest(case.procedure_digest))
    if not answer:
        raise Refused("act_not_allowed", number=case.number, action=action, why=answer.reason)
    return case
