"""Procedures: the stages a case goes through, and the one table of what may be done in each."""

from tidu.law.procedures.diagram import diagram
from tidu.law.procedures.loading import from_json, load, load_bytes
from tidu.law.procedures.model import NEED_LABELS, Inspection, Level, Need, Position, Procedure, Stage
from tidu.law.procedures.moves import (
    ACTIONS,
    MOVES,
    TERMINAL,
    Action,
    ActionRule,
    Kind,
    Move,
    Status,
    actions_allowed,
    allows,
    status_label,
)

__all__ = [
    "ACTIONS",
    "MOVES",
    "NEED_LABELS",
    "TERMINAL",
    "Action",
    "ActionRule",
    "Inspection",
    "Kind",
    "Level",
    "Move",
    "Need",
    "Position",
    "Procedure",
    "Stage",
    "Status",
    "actions_allowed",
    "allows",
    "diagram",
    "from_json",
    "load",
    "load_bytes",
    "status_label",
]
