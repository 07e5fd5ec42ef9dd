"""Reading cases. Every function expects to run inside `with scope(actor)`."""

from tidu.applications.queries.board import BoardRow, board
from tidu.applications.queries.cases import case_for, firm_cases, last_submission, visible_cases
from tidu.applications.queries.changes import Change, changes_since_last_round
from tidu.applications.queries.consequences import (
    desk_of,
    desks_reached_by,
    letter_of_chain,
    re_reviews_of,
)
from tidu.applications.queries.queue import Filters, next_case, queue, queue_counts
from tidu.applications.queries.stages import open_stage, route_offices

__all__ = [
    "BoardRow",
    "Change",
    "Filters",
    "board",
    "case_for",
    "changes_since_last_round",
    "desk_of",
    "desks_reached_by",
    "firm_cases",
    "last_submission",
    "letter_of_chain",
    "next_case",
    "open_stage",
    "queue",
    "queue_counts",
    "re_reviews_of",
    "route_offices",
    "visible_cases",
]
