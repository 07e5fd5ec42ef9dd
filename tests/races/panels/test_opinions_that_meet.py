"""A panel's experts, a case that arrives, one who clicks twice: each waits his turn, and none for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from tests import panels

from tidu.database.scope import SYSTEM, scope
from tidu.law.refusals import Refused
from tidu.panels.actions import dispatch_case, submit_opinion
from tidu.panels.enums import HandState
from tidu.panels.models import Opinion
from tidu.records.models import Entry

pytestmark = pytest.mark.commits


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each on a connection of its own, started together; "done" or the code of the refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            barrier.wait()
            act()
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_last_opinion_is_the_last_whoever_comes_first() -> None:
    round_ = panels.open_round()
    panels.experts(round_)
    panels.drawn(round_)
    hand, arriving = panels.handed(round_), panels.arrived(round_, 2)
    handing_in = [
        partial(submit_opinion, actor=actor, case_id=hand.case_id, text=panels.opinion(task), at=round_.at)
        for task, actor in panels.tasks_of(hand)
    ]
    arrives = partial(dispatch_case, case_id=arriving.pk, at=round_.at)
    results = at_once(*handing_in, handing_in[0], arrives, arrives)
    assert sorted(results)[:5] == ["done"] * 5
    assert sorted(results)[5] in ("opinion_given_before", "task_unknown")
    assert panels.hand_of(hand.case).state == HandState.JOINED
    assert panels.hand_of(arriving).state == HandState.OPEN
    with scope(SYSTEM):
        assert Opinion.objects.filter(hand=hand).count() == 3
        assert Entry.objects.filter(verb="join_opinion").count() == 1
