"""The firm submits, mends and withdraws."""

from datetime import datetime
from decimal import Decimal

from tidu.applications.actions.mending import is_too_late
from tidu.applications.acts import Act, Held
from tidu.applications.completeness import Completeness
from tidu.applications.contents import Contents, notice_of
from tidu.applications.door import perform, settle, take
from tidu.applications.entering import require_entry
from tidu.applications.enums import CaseKind, SnapshotKind
from tidu.applications.models import Case, CaseStage, Snapshot
from tidu.applications.routing import Route, add_readers, route_from
from tidu.database.scope import Actor, scope
from tidu.enterprises.actions import append_statement
from tidu.enterprises.enums import Source
from tidu.law.identity import check_credit_code
from tidu.law.procedures import Action
from tidu.law.refusals import Refused, sentence
from tidu.law.standards import Outcome, Verdict
from tidu.records.actions import freeze


def submit(*, actor: Actor, case_id: int, expected_version: int | None, declared: bool, at: datetime) -> Case:
    """Submit a draft. Identity, window, required title and completeness block; an unmet standard does not.

    `declared`: the firm signs that what it states is accurate, true, lawful and valid
    (准确性、真实性、合法性、有效性). Raises Refused: declaration_missing, case_incomplete, any
    reason of `may_enter`, and those of the door.
    """
    with scope(actor):
        holding = take(case_id, Act(Action.SUBMIT, actor, at), expected_version)
        case = holding.case
        if not declared:
            raise Refused("declaration_missing")
        check_credit_code(case.firm.uscc, demonstration=case.firm.is_demonstration)
        route = route_from(case.firm.area.office, notice_of(case))
        require_entry(case.firm, case.batch, CaseKind(case.kind), at=at, above=route.above)
        contents = Contents(case, at=at)
        _require_complete(contents.completeness())
        case.submitted_at = case.declared_at = at
        add_readers(case, route, at)
        return _freeze_and_settle(holding, contents, route)


def resubmit(
    *, actor: Actor, case_id: int, expected_version: int | None, declared: bool, at: datetime
) -> Case:
    """Submit again after a request to mend; deadlines of the offices stay where they were.

    Raises Refused: mending_over, declaration_missing, case_incomplete, and those of the door.
    """
    with scope(actor):
        holding = take(case_id, Act(Action.RESUBMIT, actor, at), expected_version)
        correction = holding.case.corrections.get(answered_at__isnull=True)
        if is_too_late(correction, holding.case, at):
            raise Refused("mending_over", number=holding.case.number, value=at, by=correction.asked_by)
        if not declared:
            raise Refused("declaration_missing")
        contents = Contents(holding.case, at=at)
        _require_complete(contents.completeness())
        holding.case.declared_at = at
        correction.answered_at = at
        correction.save(update_fields=["answered_at"])
        return _freeze_and_settle(holding, contents)


def withdraw(*, actor: Actor, case_id: int, expected_version: int | None, reason: str, at: datetime) -> Case:
    """Take the application back; possible until it is recognised."""
    with scope(actor):
        case = perform(
            case_id=case_id,
            action=Action.WITHDRAW,
            actor=actor,
            at=at,
            expected_version=expected_version,
            comment=reason,
        )
        case.corrections.filter(answered_at__isnull=True).update(answered_at=at)
        return case


def _require_complete(found: Completeness) -> None:
    if not found.is_complete:
        raise Refused(
            "case_incomplete",
            facts=len(found.missing_facts),
            evidence=len(found.missing_evidence),
            errors=len(found.blocking),
            first=_first(found),
        )


def _first(found: Completeness) -> str:
    if found.blocking:
        finding = found.blocking[0]
        return sentence(Refused(finding.code, field=finding.field, **finding.values))
    return "请按表单左侧标出的未填项补齐。"


def _freeze_and_settle(holding: Held, contents: Contents, route: Route | None = None) -> Case:
    """Freeze what was submitted, keep the verdict for lists, and move."""
    case, act = holding.case, holding.act
    case.round += 1
    body = contents.snapshot_body({"declared_at": act.at.isoformat(), "by": act.actor.name})
    digest = freeze(body)
    Snapshot.objects.create(
        case=case, kind=SnapshotKind.SUBMISSION, round=case.round, digest=digest, at=act.at
    )
    keep_verdict(case, contents.verdict)
    append_statement(
        actor=act.actor,
        firm=case.firm,
        source=Source.FIRM,
        facts=body["facts"],
        references={"case": case.number},
        snapshot=digest,
        at=act.at,
    )
    settled = settle(holding, snapshot=digest, route=route)
    if act.action is Action.RESUBMIT:
        CaseStage.objects.filter(case=settled, left_at__isnull=True).update(
            received_at=None, received_by=None
        )
    return settled


def keep_verdict(case: Case, verdict: Verdict) -> None:
    """Set the verdict columns that lists show and sort by; the caller saves the case.

    A standard of conditions alone gives no points: that is not nought.
    """
    case.verdict = verdict.outcome.value
    case.score_least = case.score_most = None
    if verdict.full:
        case.score_least, case.score_most = Decimal(verdict.points.low), Decimal(verdict.points.high)
    case.direct_route = _direct_route(verdict)


def _direct_route(verdict: Verdict) -> str:
    """The first direct route that is met; empty where the standard has none or none is met."""
    direct = next((clause for clause in verdict.root if clause.id == "direct"), None)
    met = [part.label for part in direct.parts if part.outcome is Outcome.MET] if direct else []
    return met[0][:120] if met else ""
