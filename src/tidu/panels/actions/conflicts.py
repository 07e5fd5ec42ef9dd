"""Conflicts that somebody says (回避): an expert of himself, an office of an expert in its pool."""

from datetime import datetime

from tidu.database.scope import Actor, scope
from tidu.enterprises.queries import firm_by_uscc
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.panels.enums import Ground
from tidu.panels.locks import lock_expert, lock_self, reason_given
from tidu.panels.models import Conflict, Expert
from tidu.records.actions import record


def declare_conflict(*, actor: Actor, uscc: str, reason: str, at: datetime) -> Conflict:
    """The expert must not judge the firm of this code, and says why. Twice is once.

    Refused("expert_needed"), ("firm_unknown"), ("panel_reason_missing").
    """
    with scope(actor):
        return _say(actor, lock_self(actor), uscc, Ground.DECLARED, reason, at)


def name_conflict(*, actor: Actor, expert_id: int, uscc: str, reason: str, at: datetime) -> Conflict:
    """The office that keeps the pool keeps an expert from a firm, and says why. Twice is once.

    Refused("expert_unknown"), ("firm_unknown"), ("panel_reason_missing").
    """
    with scope(actor):
        return _say(actor, lock_expert(actor, expert_id), uscc, Ground.NAMED, reason, at)


def _say(actor: Actor, expert: Expert, uscc: str, ground: Ground, reason: str, at: datetime) -> Conflict:
    firm = firm_by_uscc(uscc.strip().upper())
    if firm is None:
        raise Refused("firm_unknown", field="uscc", value=uscc)
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
