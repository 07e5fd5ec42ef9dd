"""A firm that withdraws while it is listed: its entry on the list says so."""

from tidu.database.scope import SYSTEM
from tidu.publicity.actions import note_withdrawal
from tidu.records.models import Entry

FOLLOWS = frozenset({("case", "withdraw")})


def run(entry: Entry) -> None:
    """Note the withdrawal; nothing happens to a case that was on no list."""
    note_withdrawal(actor=SYSTEM, case_id=entry.content["case_id"], at=entry.at)
