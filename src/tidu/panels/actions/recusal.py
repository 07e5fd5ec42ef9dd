"""An expert who cannot go on: from a single case (回避), or from a draw altogether (退出)."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from tidu.applications.queries import case_for
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.panels.actions.dispatch import SALT, call_back, send
from tidu.panels.actions.happening import keep_event, kernels_words, lock_draw
from tidu.panels.drawing import CASE, field_of, members_of, standing_of
from tidu.panels.enums import DrawState, Ground, TaskEnd
from tidu.panels.locks import lock_self, reason_given, require_keeping
from tidu.panels.models import Conflict, Draw, Hand, PoolMember, Task
from tidu.panels.secrets import open_secrets
from tidu.proof import draw as kernel


def recuse(*, actor: Actor, case_id: int, reason: str, at: datetime) -> None:
    """The expert declares a conflict with a case before him: it goes to another panel at once.

    Where no other panel can take it, it waits. Refused("expert_needed"), ("task_unknown"),
    ("panel_reason_missing").
    """
    with scope(actor):
        expert = lock_self(actor)
        said = reason_given(reason)
        refuse_marked({"reason": said})
        task = Task.objects.filter(case_id=case_id, expert=expert, ended_at__isnull=True).first()
        if task is None:
            raise Refused("task_unknown")
        firm_id = task.case.firm_id
        Conflict.objects.get_or_create(
            expert=expert, firm_id=firm_id, ground=Ground.DECLARED, defaults={"reason": said, "at": at}
        )
    with scope(SYSTEM):
        hand = Hand.objects.select_related("draw").get(pk=task.hand_id)
        draw = lock_draw(hand.draw_id)
        Task.objects.filter(pk=task.pk).update(ended_at=at, end=TaskEnd.CONFLICT)
        _conflict_found(draw, expert.pk, said, hand, at)


def withdraw_expert(*, actor: Actor, draw_id: int, expert_id: int, reason: str, at: datetime) -> str | None:
    """An expert takes part in a draw no more; the next substitute of the same stream takes his seat.

    Returns the substitute's pseudonym, None if nobody is left: then the panel's cases go to other panels.
    Refused("panel_act_not_allowed"), ("draw_unknown"), ("draw_moved_on"), ("draw_refused"),
    ("panel_reason_missing").
    """
    with scope(actor):
        office_id, said = require_keeping(actor), reason_given(reason)
        refuse_marked({"reason": said})
    with scope(SYSTEM):
        draw = lock_draw(draw_id, office_id=office_id)
        if draw.state != DrawState.DRAWN:
            raise Refused("draw_moved_on", state=draw.get_state_display())
        return replace_expert(draw, expert_id, said, actor, at)


def replace_expert(draw: Draw, expert_id: int, reason: str, actor: Actor, at: datetime) -> str | None:
    """The withdrawal itself; in the scope of the system, the draw locked."""
    standing, members = standing_of(draw), members_of(draw)
    pseudonym = _pseudonym(draw, expert_id)
    with kernels_words():
        event = kernel.withdraw(
            standing, expert=pseudonym, reason=reason, at=at, salt=secrets.token_bytes(SALT)
        )
    keep_event(draw, actor, "withdraw_expert", event, at)
    name, substitute = event.document["panel"], event.document["substitute"]
    if name is None:
        return None
    mine = Task.objects.filter(hand__draw=draw, expert_id=expert_id, ended_at__isnull=True)
    unanswered = list(mine.filter(answered_at__isnull=True).select_related("hand"))
    hands = [task.hand for task in unanswered]
    Task.objects.filter(pk__in=[task.pk for task in unanswered]).update(ended_at=at, end=TaskEnd.REPLACED)
    panel = standing.panels[name]
    if substitute is None and not panel.is_complete:
        _send_elsewhere(draw, hands, at, again=reason)
        return None
    if substitute is not None:
        seat = next(seat for seat in panel.members if seat.expert == substitute)
        _give(hands, members[substitute], seat, draw, at)
    found: str | None = substitute
    return found


def _conflict_found(draw: Draw, expert_id: int, reason: str, hand: Hand, at: datetime) -> None:
    """The draw learns of it, and the case goes to another panel; it waits where none can take it."""
    standing, kept = standing_of(draw), open_secrets(draw)
    with kernels_words():
        event = kernel.declare_conflict(
            standing,
            expert=_pseudonym(draw, expert_id),
            case=kept.pseudonym(CASE, hand.case_id),
            reason=reason,
            at=at,
            salt=secrets.token_bytes(SALT),
        )
    keep_event(draw, SYSTEM, "declare_conflict", event, at)
    _send_elsewhere(draw, [hand], at, again=reason)


def _send_elsewhere(draw: Draw, hands: Iterable[Hand], at: datetime, *, again: str) -> None:
    for hand in hands:
        call_back(hand, at)
        try:
            with scope(SYSTEM):
                send(draw, [case_for(SYSTEM, hand.case_id)], at, again=again)
        except Refused as refused:
            if refused.code != "draw_refused":
                raise


def _give(hands: Iterable[Hand], member: PoolMember, seat: kernel.Seat, draw: Draw, at: datetime) -> None:
    """Who takes a seat gets what was not answered yet, with as much time as everybody has."""
    due = at + timedelta(days=draw.days)
    for hand in hands:
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
