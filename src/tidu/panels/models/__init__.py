"""Tables of the panels room."""

from tidu.panels.models.draws import Draw, DrawEvent, Hand, Judgement, Opinion, PoolMember, Task, Witness
from tidu.panels.models.experts import ConductNote, Conflict, Expert, Undertaking

__all__ = [
    "ConductNote",
    "Conflict",
    "Draw",
    "DrawEvent",
    "Expert",
    "Hand",
    "Judgement",
    "Opinion",
    "PoolMember",
    "Task",
    "Undertaking",
    "Witness",
]
