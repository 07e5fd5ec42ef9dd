"""How far the overseer has handed over his chain."""

from dataclasses import dataclass

from tidu.panels.drawing import input_of
from tidu.panels.enums import EventKind
from tidu.panels.models import Draw, DrawEvent
from tidu.panels.secrets import open_secrets


@dataclass(frozen=True)
class Custody:
    """Links handed over, links used, and how many there are; `holder` keeps the rest."""

    holder: str
    handed: int
    used: int
    length: int


def custody_of(draw: Draw) -> Custody | None:
    """None where both chains lie sealed on this server."""
    kept, chain = open_secrets(draw), input_of(draw).chains[1]
    if kept.chains[1]:
        return None
    used = DrawEvent.objects.filter(draw=draw, kind=EventKind.DISPATCH).count()
    return Custody(chain.holder, kept.stretch.number if kept.stretch else 0, used, chain.length)
