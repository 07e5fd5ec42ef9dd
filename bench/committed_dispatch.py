"""Part of draw.py: the whole act of dispatching one case, committed: draw held, event, ledger, tasks."""

import statistics
import time
from contextlib import ExitStack
from typing import Any

import psycopg

CASES, PANELS = 40, 20
WARMING = 5
"""Dispatches before those that count."""


def committed_dispatch() -> dict[str, Any]:
    """Milliseconds for one dispatch in a database of its own, as the role that serves; 20 panels."""
    from tidu.database.roles import ensure_database
    from tidu.deployment import site

    with ExitStack() as stack:
        addresses = stack.enter_context(site.database_up())
        with psycopg.connect(addresses.owner.conninfo(), autocommit=True) as owner:
            owner.execute("DROP OWNED BY CURRENT_USER")
        ensure_database(addresses)
        site.ready()
        site.migrate()
        taken = sorted(_dispatches())
    return {
        "committed dispatches": len(taken),
        "panels": PANELS,
        "median_ms": round(statistics.median(taken), 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 1),
    }


def _dispatches() -> list[float]:
    from tests import panels

    from tidu.database.scope import SYSTEM, scope
    from tidu.panels.actions import dispatch_case
    from tidu.panels.enums import Field
    from tidu.proof import draw as kernel

    round_ = panels.open_round()
    panels.experts(round_, (*(Field.INDUSTRY,) * 3 * PANELS, *(Field.FINANCE,) * 2 * PANELS))
    division = kernel.Division("甲", PANELS, {"industry": 2, "finance": 1})
    panels.drawn(round_, divisions=(division,), most_dispatches=2000, cap=CASES)
    waiting = [panels.arrived(round_, number) for number in range(1, CASES + 1)]
    taken = []
    for case in waiting:
        began = time.perf_counter()
        with scope(SYSTEM):
            hand = dispatch_case(case_id=case.pk, at=round_.at)
        taken.append((time.perf_counter() - began) * 1000)
        if hand is None:
            raise RuntimeError(case.number)
    return taken[WARMING:]
