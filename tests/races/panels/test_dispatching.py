"""Cases reach the panels at the same moment, some told of twice: each goes to one panel, and once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from tests import panels

from tidu.database.scope import SYSTEM, scope
from tidu.panels.actions import dispatch_case
from tidu.panels.drawing import standing_of
from tidu.panels.models import Draw, DrawEvent, Hand, Task
from tidu.panels.queries.draws import record_of
from tidu.proof.draw import record_breaks

pytestmark = pytest.mark.commits

CASES, TOLD = 3, 3
"""So many cases, each told of so many times at once."""


def test_cases_that_arrive_at_once_go_to_one_panel_each() -> None:
    round_ = panels.open_round()
    panels.experts(round_)
    draw = panels.drawn(round_)
    arrived = [panels.arrived(round_, number).pk for number in range(1, CASES + 1)]
    at, barrier = round_.at + timedelta(minutes=1), Barrier(CASES * TOLD)

    def tell(case_id: int) -> bool:
        try:
            barrier.wait()
            return dispatch_case(case_id=case_id, at=at) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(CASES * TOLD) as pool:
        sent = Counter(
            case
            for case, is_sent in zip(arrived * TOLD, pool.map(tell, arrived * TOLD), strict=True)
            if is_sent
        )
    assert sent == dict.fromkeys(arrived, 1)
    with scope(SYSTEM):
        draw = Draw.objects.select_related("chain").get(pk=draw.pk)
        assert sorted(Hand.objects.values_list("case_id", flat=True)) == sorted(arrived)
        assert Task.objects.count() == 3 * CASES
        assert list(DrawEvent.objects.values_list("seq", flat=True)) == [1, 2, 3]
        loads = Counter(Hand.objects.values_list("panel", flat=True))
        assert {panel.id: panel.load for panel in standing_of(draw).panels.values() if panel.load} == loads
        assert record_breaks_in_full(draw) == []


def record_breaks_in_full(draw: Draw) -> list[object]:
    """Whether the events hold, shown as they will be once opinions have closed."""
    with scope(SYSTEM):
        Draw.objects.filter(pk=draw.pk).update(state="published", published_at=draw.drawn_at)
        return list(record_breaks(record_of(Draw.objects.select_related("chain").get(pk=draw.pk))))
