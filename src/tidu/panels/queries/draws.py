"""Draws as everybody may know them: their records, re-run by anybody from nothing but the file."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, When

from tidu.applications.permissions import office_of
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.panels.drawing import drawn_of, events_of, field_of, input_of, members_of
from tidu.panels.enums import DrawState, HandState
from tidu.panels.models import Draw, Expert, Hand
from tidu.proof import draw as kernel


def draws() -> QuerySet[Draw]:
    """Every draw, the newest first."""
    return Draw.objects.select_related("office", "batch__notice", "chain").order_by("-frozen_at", "-pk")


def draw_by_token(token: str) -> Draw:
    """A draw by its public name. Refused("draw_unknown")."""
    found = draws().filter(chain__token=token).first()
    if found is None:
        raise Refused("draw_unknown")
    return found


def draw_of_chain(chain_id: int) -> Draw:
    """The draw whose ledger this is."""
    return draws().get(chain_id=chain_id)


def record_of(draw: Draw) -> dict[str, Any]:
    """The record (抽取笔录). While its panels work its events stand in it as salted digests alone.

    A draw that was replaced keeps the panels it had: whoever drew again shows what he did not take.
    Read in the scope of the system, since who may read it need not be able to read the events.
    """
    with scope(SYSTEM):
        is_drawn = bool(draw.drawn)
        committed = draw.witnesses.exclude(commitment="").values_list("name", "commitment")
        return kernel.record_document(
            input_of(draw),
            witnesses=dict(committed),
            reveals=kernel.reveals_from(draw.reveals) if is_drawn and draw.reveals else None,
            drawn=drawn_of(draw) if is_drawn else None,
            events=events_of(draw) if is_drawn else (),
            withheld_until=_last_day(draw) if draw.state == DrawState.DRAWN else None,
        )


def _last_day(draw: Draw) -> str:
    """The day on which the last opinion is due, as far as is known now; its 24:00 is the next day's first."""
    due = Hand.objects.filter(draw=draw).order_by("-due_at").values_list("due_at", flat=True).first()
    moment = due - timedelta(microseconds=1) if due else draw.drawn_at or draw.frozen_at
    return legal_day(moment).isoformat()


def office_draws(actor: Actor) -> QuerySet[Draw]:
    """The draws of the actor's own office."""
    return draws().filter(office_id=office_of(actor))


def draws_by_stage(actor: Actor) -> dict[tuple[int, str], tuple[Draw, bool]]:
    """The newest draw of the actor's office for each stage of a batch, and whether it has sent cases."""
    has_cases = Exists(Hand.objects.filter(draw=OuterRef("pk")))
    found = office_draws(actor).annotate(has_cases=has_cases).order_by("frozen_at", "pk")
    return {(draw.batch_id, draw.stage): (draw, draw.has_cases) for draw in found}


def draw_of_office(actor: Actor, draw_id: int) -> Draw:
    """One of them. Refused("draw_unknown")."""
    found = office_draws(actor).filter(pk=draw_id).first()
    if found is None:
        raise Refused("draw_unknown")
    return found


def hands_of(draw: Draw) -> QuerySet[Hand]:
    """The cases that its panels have or had, those to be talked over at the top.

    `asked` and `answered` count the experts of each.
    """
    found = Hand.objects.filter(draw=draw).select_related("case__firm")
    counted = found.annotate(asked=Count("tasks"), answered=Count("tasks__answered_at"))
    return counted.order_by(Case(When(state=HandState.MODERATION, then=0), default=1), "due_at", "pk")


@dataclass(frozen=True)
class Differing:
    """Cases of one draw about which their panels differ: they wait until the office has talked them over."""

    draw_id: int
    batch: str
    cases: int


def differing_cases(actor: Actor) -> list[Differing]:
    """Where cases wait to be talked over (待会商) in the draws of the actor's own office; one query."""
    waiting = Hand.objects.filter(draw__office_id=office_of(actor), state=HandState.MODERATION)
    by_draw = waiting.order_by("draw_id").values("draw_id", batch=F("draw__batch__title"))
    return [Differing(**row) for row in by_draw.annotate(cases=Count("pk"))]


def hand_of_office(actor: Actor, hand_id: int) -> Hand:
    """One case with a panel that the actor's office drew. Refused("hand_unknown")."""
    own = Hand.objects.filter(pk=hand_id, draw__office_id=office_of(actor))
    found = own.select_related("case__firm", "draw").first()
    if found is None:
        raise Refused("hand_unknown")
    return found


@dataclass(frozen=True)
class SeatNow:
    """Who sits on a panel now; for the office that drew."""

    panel: str
    expert: Expert
    field: str


@dataclass(frozen=True)
class Progress:
    """How a draw stands: every panel as it sits now, substitutes in their places; chances and loads."""

    seats: tuple[SeatNow, ...]
    fair: kernel.Fairness


def progress_of(draw: Draw) -> Progress:
    """How a drawn draw stands now; four queries. For offices and auditors."""
    frozen, drawn, events = input_of(draw), drawn_of(draw), events_of(draw)
    seed, members = bytes.fromhex(draw.seed), members_of(draw)
    standing = kernel.resume(frozen, seed, drawn, events)
    seats = tuple(
        SeatNow(panel.id, members[seat.expert].expert, field_of(seat).label)
        for panel in standing.panels.values()
        for seat in panel.members
    )
    return Progress(seats, kernel.fairness(frozen, seed, drawn, events))
