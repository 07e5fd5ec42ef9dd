"""Draws as everybody may know them: their records, re-run by anybody from nothing but the file."""

from typing import Any

from django.db.models import QuerySet

from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.panels.drawing import drawn_of, events_of, input_of
from tidu.panels.enums import DrawState
from tidu.panels.models import Draw, Hand
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


def record_of(draw: Draw) -> dict[str, Any]:
    """The record (抽取笔录). Until the draw is published its events stand in it as salted digests alone.

    Read in the scope of the system, since who may read it need not be able to read the events.
    """
    with scope(SYSTEM):
        is_drawn = draw.state in (DrawState.DRAWN, DrawState.PUBLISHED)
        committed = draw.witnesses.exclude(commitment="").values_list("name", "commitment")
        return kernel.record_document(
            input_of(draw),
            witnesses=dict(committed),
            reveals=kernel.reveals_from(draw.reveals) if is_drawn and draw.reveals else None,
            drawn=drawn_of(draw) if is_drawn else None,
            events=events_of(draw) if is_drawn else (),
            withheld_until=None if draw.published_at or not is_drawn else _last_day(draw),
        )


def fairness_of(draw: Draw) -> kernel.Fairness:
    """Chances and loads of everybody in a draw, as far as it has come; for offices and auditors."""
    return kernel.fairness(input_of(draw), bytes.fromhex(draw.seed), drawn_of(draw), events_of(draw))


def _last_day(draw: Draw) -> str:
    """The day on which the last opinion is due, as far as is known now."""
    due = Hand.objects.filter(draw=draw).order_by("-due_at").values_list("due_at", flat=True).first()
    return legal_day(due or draw.drawn_at or draw.frozen_at).isoformat()
