"""A corrigendum that gives a closed batch more time undoes the lapses that only its close brought about."""

from tidu.aftermath.lapses import restore_given_time
from tidu.programmes.models import Batch
from tidu.records.models import Entry

FOLLOWS = frozenset({("notice", "issue_corrigendum")})


def run(entry: Entry) -> None:
    """Every batch of the notice, whichever time was moved."""
    because = f"更正（{entry.content['corrigendum']}）延长了复核申请时间，原失效登记撤销"
    batches = Batch.objects.filter(notice__chain=entry.chain).select_related("notice__office")
    for batch in batches:
        restore_given_time(batch, because=because, at=entry.at)
