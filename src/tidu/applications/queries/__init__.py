"""Reading cases. Every function expects to run inside `with scope(actor)`."""

from tidu.applications.queries.board import BoardRow, board
from tidu.applications.queries.cases import case_for, firm_cases, last_submission, visible_cases
from tidu.applications.queries.changes import Change, changes_since_last_round
from tidu.applications.queries.queue import Filters, next_case, queue, queue_counts
from tidu.applications.queries.stages import open_stage, route_offices

__all__ = [
    "BoardRow",
    "Change",
    "Filters",
    "board",
    "case_for",
    "changes_since_last_round",
    "firm_cases",
    "last_submission",
    "next_case",
    "open_stage",
    "queue",
    "queue_counts",
    "route_offices",
    "visible_cases",
]
