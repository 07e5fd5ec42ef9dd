"""Many workers follow the same entries at once: each consequence is drawn once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests import cases

from tidu.aftermath.actions import follow, unfollowed
from tidu.aftermath.models import HandledEntry
from tidu.database.scope import SYSTEM, scope
from tidu.messages.models import Message
from tidu.records.models import Entry

pytestmark = pytest.mark.commits

WORKERS = 6


def test_an_entry_followed_by_many_at_once_is_told_once() -> None:
    round_ = cases.open_round()
    case = cases.submitted(round_)
    with scope(SYSTEM):
        entry = Entry.objects.get(chain=case.chain, verb="submit")
    barrier = Barrier(WORKERS)

    def work(_: int) -> None:
        try:
            barrier.wait()
            follow(entry_id=entry.pk, at=round_.at)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    with scope(SYSTEM):
        assert Message.objects.filter(entry=entry).count() == 2
        assert HandledEntry.objects.filter(entry=entry).count() == 2
        assert not unfollowed().filter(pk=entry.pk).exists()
