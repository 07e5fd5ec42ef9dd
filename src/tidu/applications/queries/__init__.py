"""Reading cases. Every function expects to run inside `with scope(actor)`."""

from tidu.applications.queries.beside import Shared, opinion_body, shared_values, snapshots_of
from tidu.applications.queries.blocks import BLOCKS, Block, Standing, blocked, blocks_of, held_by, standings
from tidu.applications.queries.board import BoardRow, board, board_rows
from tidu.applications.queries.bulk import (
    Progress,
    Prospect,
    bulk_acts,
    bulk_by_id,
    progress_of,
    prospects,
    refused_items,
    unfinished_bulk_ids,
)
from tidu.applications.queries.calls import (
    firms_urged,
    is_left_alone,
    offices_urged,
    unfinished,
    unfinished_counts,
)
from tidu.applications.queries.cases import case_for, firm_cases, last_submission, visible_cases
from tidu.applications.queries.changes import Change, changes_since_last_round
from tidu.applications.queries.colleagues import (
    Workload,
    cases_of_colleague,
    colleagues,
    with_holder,
    workloads,
)
from tidu.applications.queries.consequences import (
    desk_of,
    desks_reached_by,
    letter_of_chain,
    re_reviews_of,
    reminder_of_chain,
    unmended,
)
from tidu.applications.queries.daily import Day, Pace, pace
from tidu.applications.queries.desks import (
    Pile,
    batch_totals,
    batches_seen,
    batches_under_way,
    letters_of,
    open_stages,
    piles,
    waiting_at,
)
from tidu.applications.queries.queue import Filters, lines, next_case, queue, queue_counts, todo_count
from tidu.applications.queries.stages import open_stage, route_offices

__all__ = [
    "BLOCKS",
    "Block",
    "BoardRow",
    "Change",
    "Day",
    "Filters",
    "Pace",
    "Pile",
    "Progress",
    "Prospect",
    "Shared",
    "Standing",
    "Workload",
    "batch_totals",
    "batches_seen",
    "batches_under_way",
    "blocked",
    "blocks_of",
    "board",
    "board_rows",
    "bulk_acts",
    "bulk_by_id",
    "case_for",
    "cases_of_colleague",
    "changes_since_last_round",
    "colleagues",
    "desk_of",
    "desks_reached_by",
    "firm_cases",
    "firms_urged",
    "held_by",
    "is_left_alone",
    "last_submission",
    "letter_of_chain",
    "letters_of",
    "lines",
    "next_case",
    "offices_urged",
    "open_stage",
    "open_stages",
    "opinion_body",
    "pace",
    "piles",
    "progress_of",
    "prospects",
    "queue",
    "queue_counts",
    "re_reviews_of",
    "refused_items",
    "reminder_of_chain",
    "route_offices",
    "shared_values",
    "snapshots_of",
    "standings",
    "todo_count",
    "unfinished",
    "unfinished_bulk_ids",
    "unfinished_counts",
    "unmended",
    "visible_cases",
    "waiting_at",
    "with_holder",
    "workloads",
]
