"""A corrigendum moves deadlines also on the desks where cases of the notice already lie."""

from tidu.applications.actions import follow_deadlines
from tidu.programmes.models import Batch
from tidu.records.models import Entry

FOLLOWS = frozenset({("notice", "issue_corrigendum")})


def run(entry: Entry) -> None:
    """Every batch of the notice, whichever deadline was moved."""
    for batch_id in Batch.objects.filter(notice__chain=entry.chain).values_list("pk", flat=True):
        follow_deadlines(batch_id=batch_id)
