"""An expert who cannot go on: from a single case (回避), or from a draw altogether (退出)."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from tidu.applications.queries import case_for
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.panels.actions.closing import close_if_whole
from tidu.panels.actions.conflicts import say_conflict
from tidu.panels.actions.dispatch import SALT, call_back, send_or_wait
from tidu.panels.actions.happening import keep_event, kernels_words, lock_draw
from tidu.panels.drawing import CASE, due_of_substitute, field_of, members_of, standing_of
from tidu.panels.enums import DrawState, ExpertState, Ground, TaskEnd
from tidu.panels.locks import lock_self, reason_given, require_keeping
from tidu.panels.models import Draw, Expert, Hand, PoolMember, Task
from tidu.panels.queries.tasks import task_for
from tidu.panels.secrets import open_secrets
from tidu.proof import draw as kernel

DECLARED, GONE = "本人申报回避", "已退出专家库"
"""What the record of a draw says of somebody who does not go on of his own."""


def recuse(*, actor: Actor, case_id: int, reason: str, at: datetime) -> None:
    """The expert declares a conflict with a case before him: it goes to another panel at once.

    Where no other panel can take it, it waits. What he says stays in his own ledger; the record of the draw,
    which is public one day, says that he did. Refused("expert_needed"), ("task_unknown"),
    ("panel_reason_missing").
    """
    with scope(actor):
        expert = lock_self(actor)
        task = task_for(expert, case_id)
        say_conflict(actor, expert, task.case.firm, Ground.DECLARED, reason, at)
        with scope(SYSTEM):
            draw = lock_draw(task.hand.draw_id)
            task = task_for(expert, case_id)
            Task.objects.filter(pk=task.pk).update(ended_at=at, end=TaskEnd.CONFLICT)
            _conflict_found(draw, expert.pk, task.hand, at)


def withdraw_expert(*, actor: Actor, draw_id: int, expert_id: int, reason: str, at: datetime) -> str | None:
    """An expert takes part in a draw no more; the next substitute of the same stream takes his seat.

    Returns the substitute's pseudonym, None if nobody is left: then the panel's cases go to other panels.
    The reason is published with the record of the draw. Refused("panel_act_not_allowed"), ("draw_unknown"),
    ("draw_moved_on"), ("draw_refused"), ("panel_reason_missing").
    """
    with scope(actor):
        office_id, said = require_keeping(actor), reason_given(reason)
        refuse_marked({"reason": said})
        with scope(SYSTEM):
            draw = lock_draw(draw_id, office_id=office_id)
            if draw.state != DrawState.DRAWN:
                raise Refused("draw_moved_on", state=draw.get_state_display())
            return replace_expert(draw, expert_id, said, actor, at)


def leave_draws(expert: Expert, actor: Actor, at: datetime) -> None:
    """Who has left the pool leaves every draw that still sends cases, his seat or his place in waiting."""
    with scope(SYSTEM):
        mine = PoolMember.objects.filter(expert=expert, draw__state=DrawState.DRAWN).order_by("draw_id")
        for draw_id in mine.values_list("draw_id", flat=True):
            draw = lock_draw(draw_id)
            if draw.state == DrawState.DRAWN and _takes_part(draw, expert.pk):
                replace_expert(draw, expert.pk, GONE, actor, at)


def replace_gone(draw: Draw, actor: Actor, at: datetime) -> None:
    """Who has left the pool since it was frozen is replaced right after the draw."""
    with scope(SYSTEM):
        gone = PoolMember.objects.filter(draw=draw, expert__state=ExpertState.LEFT).order_by("pseudonym")
        for expert_id in gone.values_list("expert_id", flat=True):
            if _takes_part(draw, expert_id):
                replace_expert(draw, expert_id, GONE, actor, at)


def replace_expert(draw: Draw, expert_id: int, reason: str, actor: Actor, at: datetime) -> str | None:
    """The withdrawal itself; in the scope of the system, the draw locked."""
    standing, members = standing_of(draw), members_of(draw)
    with kernels_words():
        event = kernel.withdraw(
            standing, expert=_pseudonym(draw, expert_id), reason=reason, at=at, salt=secrets.token_bytes(SALT)
        )
    keep_event(draw, actor, "withdraw_expert", event, at)
    name: str | None = event.document["panel"]
    substitute: str | None = event.document["substitute"]
    if name is None:
        return None
    hands, panel = _taken_from(draw, expert_id, at), standing.panels[name]
    if substitute is not None:
        seat = next(seat for seat in panel.members if seat.expert == substitute)
        _give(hands, members[substitute], seat, draw, at)
    elif panel.is_complete:
        for hand in hands:
            close_if_whole(hand.pk, at)
    else:
        _send_elsewhere(draw, hands, at)
    return substitute


def _taken_from(draw: Draw, expert_id: int, at: datetime) -> list[Hand]:
    """The cases of which he still owed an opinion, and owes it no more."""
    mine = Task.objects.filter(
        hand__draw=draw, expert_id=expert_id, ended_at__isnull=True, answered_at__isnull=True
    )
    hands = [task.hand for task in mine.select_related("hand")]
    mine.update(ended_at=at, end=TaskEnd.REPLACED)
    return hands


def _takes_part(draw: Draw, expert_id: int) -> bool:
    """Whether he sits on a panel of the draw, or waits to."""
    standing, pseudonym = standing_of(draw), _pseudonym(draw, expert_id)
    waits = any(pseudonym in order for order in standing.waiting.values())
    return waits or standing.panel_of(pseudonym) is not None


def _conflict_found(draw: Draw, expert_id: int, hand: Hand, at: datetime) -> None:
    """The draw learns of it, and the case goes to another panel; it waits where none can take it."""
    standing, kept = standing_of(draw), open_secrets(draw)
    with kernels_words():
        event = kernel.declare_conflict(
            standing,
            expert=_pseudonym(draw, expert_id),
            case=kept.pseudonym(CASE, hand.case_id),
            reason=DECLARED,
            at=at,
            salt=secrets.token_bytes(SALT),
        )
    keep_event(draw, SYSTEM, "declare_conflict", event, at)
    _send_elsewhere(draw, [hand], at)


def _send_elsewhere(draw: Draw, hands: Iterable[Hand], at: datetime) -> None:
    for hand in hands:
        call_back(hand, at)
        send_or_wait(draw, case_for(SYSTEM, hand.case_id), at=at)


def _give(hands: Iterable[Hand], member: PoolMember, seat: kernel.Seat, draw: Draw, at: datetime) -> None:
    """Who takes a seat gets what was not answered yet, with as much time as everybody has."""
    for hand in hands:
        due = due_of_substitute(draw, hand, at)
        Task.objects.create(
            hand=hand,
            case_id=hand.case_id,
            expert=member.expert,
            field=field_of(seat),
            given_at=at,
            due_at=due,
        )
        Hand.objects.filter(pk=hand.pk).update(due_at=due)


def _pseudonym(draw: Draw, expert_id: int) -> str:
    found = PoolMember.objects.filter(draw=draw, expert_id=expert_id).first()
    if found is None:
        raise Refused("expert_unknown")
    return found.pseudonym
