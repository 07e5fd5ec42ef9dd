"""A notice published by many at once is published once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.rounds import publish, publisher
from tests.scene import open_offices

from tidu.database.scope import SYSTEM, scope
from tidu.law.refusals import Refused
from tidu.programmes.models import Batch, Notice
from tidu.records.models import Chain

pytestmark = pytest.mark.commits

PUBLISHERS = 4


def test_one_publishes_and_the_others_are_told() -> None:
    open_offices()
    leader = publisher()
    barrier = Barrier(PUBLISHERS)

    def work(_: int) -> Notice | str:
        try:
            barrier.wait()
            return publish(leader)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(PUBLISHERS) as pool:
        results = list(pool.map(work, range(PUBLISHERS)))
    assert sum(isinstance(result, Notice) for result in results) == 1
    assert results.count("notice_published_already") == PUBLISHERS - 1
    with scope(SYSTEM):
        assert (Notice.objects.count(), Batch.objects.count()) == (1, 4)
        assert Chain.objects.filter(kind="notice").count() == 1
