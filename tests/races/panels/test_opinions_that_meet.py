"""A panel's experts, a case that arrives, one who clicks twice: each waits his turn, and none for ever."""

from functools import partial

import pytest
from tests import panels
from tests.races.together import at_once

from tidu.database.scope import SYSTEM, scope
from tidu.panels.actions import dispatch_case, submit_opinion
from tidu.panels.enums import HandState
from tidu.panels.models import Opinion
from tidu.records.models import Entry

pytestmark = pytest.mark.commits


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
