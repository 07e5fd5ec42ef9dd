"""Sending cases to panels (双随机 之二): the moment they arrive, or a batch of them at once."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from tidu.applications.models import Case
from tidu.applications.permissions import office_of
from tidu.applications.queries import last_submission
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.procedures.moves import Kind, Status
from tidu.law.refusals import Refused
from tidu.panels.actions.happening import keep_event, kernels_words, lock_draw
from tidu.panels.drawing import draw_case, due_from, field_of, members_of, standing_for
from tidu.panels.enums import DrawMode, DrawState, HandState, TaskEnd
from tidu.panels.models import Draw, Hand, PoolMember, Task
from tidu.panels.permissions import may_keep_pool
from tidu.panels.secrets import Secrets, open_secrets
from tidu.proof import draw as kernel
from tidu.records.queries import timeline

SALT = 16
WAITS = ("draw_refused", "links_not_handed_over", "calendar_year_unknown")
"""What keeps a case waiting: no panel can take it, the overseer has to hand over his next link first, or
nobody knows yet which days are worked until its opinion would be due."""
AGAIN = "原评审组不能继续评审"
"""Why a case that a panel had before is dispatched once more; what led to it stands in the event before."""


def dispatch_case(*, case_id: int, at: datetime) -> Hand | None:
    """Send a case that has just reached its panel stage to a panel drawn for it; twice is once.

    None where there is nothing to do yet: no panels are drawn, cases go in batches, or every panel has a
    conflict or no room. Such a case waits; `waiting_cases` lists it.
    """
    with scope(SYSTEM):
        case = _before_panels().filter(pk=case_id).select_related("firm", "chain").first()
        if case is None:
            return None
        draw = _current_draw(case)
        if draw is None or draw.mode != DrawMode.INSTANT:
            return None
        draw = lock_draw(draw.pk)
        if draw.state != DrawState.DRAWN or Hand.objects.filter(case=case, ended_at__isnull=True).exists():
            return None
        return next(iter(send_or_wait(draw, case, at=at)), None)


def take_back(*, case_id: int, at: datetime) -> None:
    """A case has left the panels otherwise (撤回): nobody has it before him any more. Twice is once."""
    with scope(SYSTEM):
        if is_before_panels(case_id):
            return
        for hand in Hand.objects.select_for_update(of=("self",)).filter(
            case_id=case_id, ended_at__isnull=True
        ):
            call_back(hand, at)


def dispatch_waiting(*, actor: Actor, draw_id: int, at: datetime) -> list[Hand]:
    """Send every case that waits for panels: one by one, or all at once where the draw sends batches.

    Refused("panel_act_not_allowed"), ("draw_unknown"); of a batch that cannot be placed, ("draw_refused").
    """
    answer = may_keep_pool(actor)
    if not answer:
        raise Refused("panel_act_not_allowed", why=answer.reason)
    with scope(SYSTEM):
        draw = lock_draw(draw_id, office_id=office_of(actor))
        waiting = list(waiting_cases(draw)) if draw.state == DrawState.DRAWN else []
        if draw.mode == DrawMode.BATCH:
            return send(draw, waiting, at) if waiting else []
        return [hand for case in waiting for hand in send_or_wait(draw, case, at=at)]


def send_waiting(draw: Draw, at: datetime) -> None:
    """Right after the draw, in the scope of the system: whoever came before it. What cannot go waits on."""
    waiting = list(waiting_cases(draw))
    for cases in [waiting] if draw.mode == DrawMode.BATCH else [[case] for case in waiting]:
        send_or_wait(draw, *cases, at=at)


def waiting_cases(draw: Draw) -> Sequence[Case]:
    """Cases at the draw's stage that no panel has, in the order of their numbers."""
    here = Case.objects.filter(
        batch_id=draw.batch_id, stage=draw.stage, office_id=draw.office_id, status=Status.IN_REVIEW.value
    )
    held = Hand.objects.filter(ended_at__isnull=True).values("case_id")
    return list(here.exclude(pk__in=held).select_related("firm", "chain").order_by("pk"))


def send_or_wait(draw: Draw, *cases: Case, at: datetime) -> list[Hand]:
    """Send one case, or a batch; what no panel can take waits."""
    try:
        with scope(SYSTEM):
            return send(draw, cases, at)
    except Refused as refused:
        if refused.code not in WAITS:
            raise
        return []


def send(draw: Draw, cases: Sequence[Case], at: datetime) -> list[Hand]:
    """Let the kernel choose a panel for each case, and put it before the panel's members.

    In the scope of the system, the draw locked. A case that has left its stage meanwhile is not sent, nor
    one of a batch that no panel can take, as long as there are others. Refused("draw_refused").
    """
    kept, due = open_secrets(draw), due_from(draw, at)
    standing = standing_for(draw, kept, [case.pk for case in cases])
    arrivals = {case: _arrival(case, draw, kept, standing) for case in _held_before_panels(cases)}
    sent = [case for case in arrivals if _can_be_placed(standing, arrivals[case].case)] or list(arrivals)
    if not sent:
        return []
    asked = [arrivals[case] for case in sent]
    request = kernel.request_digest(standing, asked)
    with kernels_words():
        event = kernel.dispatch(
            standing,
            asked,
            links=kept.links(standing.number + 1, standing.frozen.chains[0].length),
            at=at,
            salt=secrets.token_bytes(SALT),
        )
    keep_event(draw, SYSTEM, "dispatch", event, at, request=request)
    members = members_of(draw)
    panels = {case: standing.panels[standing.where[arrivals[case].case.id]] for case in sent}
    return [_hand_over(draw, case, panel, members, at, due) for case, panel in panels.items()]


def _hand_over(
    draw: Draw,
    case: Case,
    panel: kernel.PanelStanding,
    members: Mapping[str, PoolMember],
    at: datetime,
    due: datetime,
) -> Hand:
    """The case lies before every member of the panel from now on."""
    hand = Hand.objects.create(draw=draw, case=case, panel=panel.id, dispatched_at=at, due_at=due)
    Task.objects.bulk_create(
        Task(
            hand=hand,
            case=case,
            expert=members[seat.expert].expert,
            field=field_of(seat),
            given_at=at,
            due_at=due,
        )
        for seat in panel.members
    )
    return hand


def call_back(hand: Hand, at: datetime) -> None:
    """Take a case from its panel; whoever had it before him has it no more."""
    hand.state, hand.ended_at = HandState.CALLED_BACK, at
    hand.save(update_fields=["state", "ended_at"])
    hand.tasks.filter(ended_at__isnull=True).update(ended_at=at, end=TaskEnd.CALLED_BACK)


def is_before_panels(case_id: int) -> bool:
    """Whether the case is still at its panel stage."""
    return _before_panels().filter(pk=case_id).exists()


def _before_panels() -> QuerySet[Case]:
    return Case.objects.filter(status=Status.IN_REVIEW.value, stage_kind=Kind.PANEL.value)


def _current_draw(case: Case) -> Draw | None:
    found = Draw.objects.filter(batch_id=case.batch_id, stage=case.stage, office_id=case.office_id or 0)
    return found.filter(state=DrawState.DRAWN).first()


def _held_before_panels(cases: Sequence[Case]) -> list[Case]:
    """Those of them that are still there, held: none is withdrawn while it is sent."""
    held = _before_panels().select_for_update(of=("self",), no_key=True).order_by("pk")
    return list(held.filter(pk__in=[case.pk for case in cases]).select_related("firm", "chain"))


def _can_be_placed(standing: kernel.Standing, case: kernel.Case) -> bool:
    """Whether a panel of its division has room and no conflict; no division, no panel."""
    try:
        panels = list(standing.panels_for(case))
    except kernel.DrawRefused:
        return False
    return any(panel.room and not standing.has_conflict(panel, case) for panel in panels)


def _arrival(case: Case, draw: Draw, kept: Secrets, standing: kernel.Standing) -> kernel.Arrival:
    """The case with what was frozen of it and its place in the ledger, before any link is shown."""
    submitted, entry = last_submission(case), timeline(case.chain).last()
    if submitted is None or entry is None:
        raise Refused("case_unknown")
    said = draw_case(case, draw, kept)
    return kernel.Arrival(
        case=said,
        snapshot=submitted.digest,
        ledger_seq=entry.seq,
        ledger_digest=entry.digest,
        again=AGAIN if said.id in standing.where else "",
    )
