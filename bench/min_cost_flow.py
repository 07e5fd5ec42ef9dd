"""Run by draw.py in an environment that has or-tools: the same seats by min-cost flow with random costs."""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from random import Random
from typing import Any

OFFERED = 40
"""Suitable experts offered to each seat; more makes it slower and no fairer."""

World = dict[str, Any]


def main() -> None:
    world = json.load(sys.stdin)
    taken, built, loads = [], [], []
    for number in range(world["rounds"]):
        random = Random(number)  # noqa: S311 (costs of the peer)
        began = time.perf_counter()
        flow, experts = built_flow(world, random)
        ready = time.perf_counter()
        if flow.solve() != flow.OPTIMAL:
            raise RuntimeError(number)
        taken.append(time.perf_counter() - ready)
        built.append(ready - began)
        loads = [flow.flow(arc) for arc in range(flow.num_arcs()) if flow.tail(arc) < experts]
    found = {
        "solve_seconds": round(statistics.median(taken), 2),
        "build_seconds": round(statistics.median(built), 2),
        "offered": OFFERED,
        "spread": max(loads) - min(loads),
    }
    print(json.dumps(found))  # noqa: T201


def built_flow(world: World, random: Random) -> tuple[Any, int]:
    """Seats of each case and kind, experts, one sink; and how many experts.

    Conflicts and cities are kept; employers within a case are beyond a flow.
    """
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    by_kind: dict[str, list[int]] = {}
    for expert, kind in enumerate(world["kinds"]):
        by_kind.setdefault(kind, []).append(expert)
    wanted = dict.fromkeys(by_kind, 0)
    experts = len(world["kinds"])
    sink = node = experts
    cities, places = world["cities"], world["places"]
    conflicts = [frozenset(each) for each in world["conflicts"]]
    for case, kind, seats in wanted_seats(world):
        node += 1
        wanted[kind] += seats
        flow.set_node_supply(node, seats)
        away, named = places[case], conflicts[case]
        able = [each for each in by_kind[kind] if cities[each] != away and each not in named]
        for expert in random.sample(able, min(OFFERED, len(able))):
            flow.add_arc_with_capacity_and_unit_cost(node, expert, 1, random.randrange(1000))
    for kind, some in by_kind.items():
        for expert in some:
            flow.add_arc_with_capacity_and_unit_cost(expert, sink, -(-wanted[kind] // len(some)) + 1, 0)
    flow.set_node_supply(sink, -sum(wanted.values()))
    return flow, experts


def wanted_seats(world: World) -> Iterator[tuple[int, str, int]]:
    """Case, kind and number of seats."""
    industry, finance = world["seats"]
    for case, sector in enumerate(world["sectors"]):
        yield case, sector, industry
        yield case, "finance", finance


main()
