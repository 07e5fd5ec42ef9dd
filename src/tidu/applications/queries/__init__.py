"""Reading cases. Every function expects to run inside `with scope(actor)`."""

from tidu.applications.queries.beside import Shared, findings_of, shared_values, snapshots_of
from tidu.applications.queries.board import BoardRow, board
from tidu.applications.queries.cases import case_for, firm_cases, last_submission, visible_cases
from tidu.applications.queries.changes import Change, changes_since_last_round
from tidu.applications.queries.consequences import (
    desk_of,
    desks_reached_by,
    letter_of_chain,
    re_reviews_of,
    unmended,
)
from tidu.applications.queries.desks import (
    Pile,
    batch_totals,
    batches_seen,
    letters_of,
    open_stages,
    piles,
    waiting_at,
)
from tidu.applications.queries.queue import Filters, next_case, queue, queue_counts
from tidu.applications.queries.stages import open_stage, route_offices

__all__ = [
    "BoardRow",
    "Change",
    "Filters",
    "Pile",
    "Shared",
    "batch_totals",
    "batches_seen",
    "board",
    "case_for",
    "changes_since_last_round",
    "desk_of",
    "desks_reached_by",
    "findings_of",
    "firm_cases",
    "last_submission",
    "letter_of_chain",
    "letters_of",
    "next_case",
    "open_stage",
    "open_stages",
    "piles",
    "queue",
    "queue_counts",
    "re_reviews_of",
    "route_offices",
    "shared_values",
    "snapshots_of",
    "unmended",
    "visible_cases",
    "waiting_at",
]
