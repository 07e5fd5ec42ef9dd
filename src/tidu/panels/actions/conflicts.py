"""Conflicts that somebody says (回避): an expert of himself, an office of an expert in its pool."""

from datetime import datetime

from tidu.applications.models import Case
from tidu.database.scope import Actor, scope
from tidu.enterprises.models import Firm
from tidu.enterprises.queries import firm_by_uscc
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.panels.enums import Ground
from tidu.panels.locks import lock_expert, lock_self, reason_given
from tidu.panels.models import Conflict, Expert
from tidu.panels.queries.tasks import open_tasks
from tidu.records.actions import record


def declare_conflict(*, actor: Actor, uscc: str, reason: str, at: datetime) -> Conflict:
    """The expert must not judge the firm of this code, and says why. Twice is once.

    Refused("expert_needed"), ("firm_unknown"), ("panel_reason_missing"); ("conflict_case_before_you") where
    a case of the firm lies before him: that case is given back itself (`recuse`).
    """
    with scope(actor):
        expert, firm = lock_self(actor), _firm(uscc)
        if case := _case_in_hand(expert, firm):
            raise Refused("conflict_case_before_you", field="uscc", number=case.number)
        return say_conflict(actor, expert, firm, Ground.DECLARED, reason, at)


def name_conflict(*, actor: Actor, expert_id: int, uscc: str, reason: str, at: datetime) -> Conflict:
    """The office that keeps the pool keeps an expert from a firm, and says why. Twice is once.

    Refused("expert_unknown"), ("firm_unknown"), ("panel_reason_missing"); ("conflict_case_in_hand") where he
    judges a case of the firm: an office moves no case from one panel to another.
    """
    with scope(actor):
        expert, firm = lock_expert(actor, expert_id), _firm(uscc)
        if case := _case_in_hand(expert, firm):
            raise Refused("conflict_case_in_hand", field="uscc", expert=expert.number, number=case.number)
        return say_conflict(actor, expert, firm, Ground.NAMED, reason, at)


def say_conflict(
    actor: Actor, expert: Expert, firm: Firm, ground: Ground, reason: str, at: datetime
) -> Conflict:
    """Write the conflict down, and once in the expert's own ledger; in the actor's scope."""
    said = reason_given(reason)
    refuse_marked({"reason": said})
    conflict, is_new = Conflict.objects.get_or_create(
        expert=expert,
        firm=firm,
        ground=ground,
        defaults={"reason": said, "at": at, "office_id": actor.office_id if ground is Ground.NAMED else None},
    )
    if is_new:
        body = {"expert": expert.number, "uscc": firm.uscc, "ground": ground.value, "reason": said}
        record(chain=expert.chain, verb="say_conflict", actor=actor, at=at, body=body)
    return conflict


def _firm(uscc: str) -> Firm:
    firm = firm_by_uscc(uscc.strip().upper())
    if firm is None:
        raise Refused("firm_unknown", field="uscc", value=uscc)
    return firm


def _case_in_hand(expert: Expert, firm: Firm) -> Case | None:
    """The case of the firm that lies before the expert now."""
    task = open_tasks(expert).filter(case__firm=firm).first()
    return task.case if task else None
