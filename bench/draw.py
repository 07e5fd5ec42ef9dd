"""The double random draw at the size of a large province, beside min-cost flow on the same world.

The world: 1,500 experts (a quarter finance, the others in 12 sectors), 600 employers, 14 cities; 10,000
cases, each of a sector and a city, with none to eight experts in conflict. An expert judges nobody of his own
city, nor where he is in conflict; two of a case or a panel never share an employer.

- panels: experts into panels of four and one, one division per sector;
- dispatch: each case as it arrives, links, digests and event included; and the whole act, committed;
- cases: every case with experts of its own (two and one, three and two), for comparison with assignment
  programs; greedy alone, and with exchanges;
- flow: or-tools' min-cost flow for the same seats. It seeks the least cost where we seek equal chances, knows
  nothing of employers within a case, and its result depends on the program's version. It stands in an
  environment of its own (`bench/peers/environment.py`);
- chances: how far from uniform the exchanges leave a small world (exactly known) and a large one.
"""

import json
import os
import statistics
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

from bench.committed_dispatch import committed_dispatch
from bench.peers.environment import PeersMissing, peers_python
from tidu.proof import draw
from tidu.proof.stream import words

CASES, EXPERTS, SECTORS, CITIES, EMPLOYERS = 10_000, 1_500, 12, 14, 600
SEATS = {"2+1": (2, 1), "3+2": (3, 2)}
AIMS = {"2+1": 1.5, "3+2": 3.0}
"""Seconds for all cases, greedy alone."""
SWEEPS = (0, 5, 20)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
LENGTH = CASES
SECRETS = (b"1" * 32, b"2" * 32)


@dataclass(frozen=True)
class World:
    """Experts and cases by number: sector (the last is finance), city, employer; conflicts by case."""

    kinds: list[str]
    cities: list[int]
    employers: list[int]
    sectors: list[str]
    places: list[int]
    conflicts: list[frozenset[int]]

    def suits(self, case: int, expert: int, others: Sequence[int]) -> bool:
        """Whether an expert may have a case beside its others."""
        employers = self.employers
        mine = employers[expert]
        return (
            self.cities[expert] != self.places[case]
            and expert not in self.conflicts[case]
            and all(employers[other] != mine for other in others)
        )


def measure(*, rounds: int) -> dict[str, Any]:
    """Medians over the rounds; the chances once."""
    world = _world()
    rows = [_panels_and_dispatch(world, rounds)]
    rows += [_cases(world, name, sweeps, rounds) for name in SEATS for sweeps in SWEEPS]
    rows += [_flow(world, name, rounds) for name in SEATS]
    rows += [committed_dispatch(), _small_chances(), _large_chances()]
    return {
        "title": f"双随机：{CASES} 件 × {EXPERTS} 名专家（中位数，秒）",
        "machine": f"{os.cpu_count()} 核，单线程；{rounds} 轮",
        "rows": rows,
        "notes": [
            "目标：每件另配专家，2+1 在 1.5 秒内，3+2 在 3 秒内（不含交换）。",
            "最小费用流求的是总费用最小，不是机会均等；不管同一案件内的单位回避。",
        ],
    }


def _world() -> World:
    random = Random(20261201)  # noqa: S311 (a world, not a draw)
    kinds = ["finance" if n % 4 == 0 else f"s{random.randrange(SECTORS)}" for n in range(EXPERTS)]
    everybody = range(EXPERTS)
    return World(
        kinds,
        [random.randrange(CITIES) for _ in everybody],
        [random.randrange(EMPLOYERS) for _ in everybody],
        [f"s{random.randrange(SECTORS)}" for _ in range(CASES)],
        [random.randrange(CITIES) for _ in range(CASES)],
        [frozenset(random.sample(everybody, random.randrange(9))) for _ in range(CASES)],
    )


def _timed(rounds: int, work: Callable[[int], Any]) -> tuple[str, Any]:
    """The median of some rounds, with its range, and the last result."""
    taken, found = [], None
    for number in range(rounds):
        began = time.perf_counter()
        found = work(number)
        taken.append(time.perf_counter() - began)
    return f"{statistics.median(taken):.2f}（{min(taken):.2f}～{max(taken):.2f}）", found


def _cases(world: World, name: str, sweeps: int, rounds: int) -> dict[str, Any]:
    industry, finance = SEATS[name]
    cases = [
        draw.Wanting(str(n), (sector,) * industry + ("finance",) * finance)
        for n, sector in enumerate(world.sectors)
    ]
    takers = [draw.Taker(str(n), kind, 0, CASES) for n, kind in enumerate(world.kinds)]

    def work(number: int) -> list[list[int]]:
        return draw.allot(cases, takers, world.suits, words(number.to_bytes(2, "big")), sweeps)

    taken, given = _timed(max(1, rounds // 3) if sweeps else rounds, work)
    for case, mine in enumerate(given):
        for place, expert in enumerate(mine):
            if not world.suits(case, expert, mine[:place]):
                raise RuntimeError(f"{case}: {expert}")
    row: dict[str, Any] = {"each case": name, "sweeps": sweeps, "seconds": taken}
    return row | {"spread": _spread(world, given)} | ({} if sweeps else {"aim": AIMS[name]})


def _spread(world: World, given: Sequence[Sequence[int]]) -> int:
    """The most an expert has more than another of his kind."""
    loads = Counter(expert for mine in given for expert in mine)
    by_kind: dict[str, list[int]] = {}
    for number, kind in enumerate(world.kinds):
        by_kind.setdefault(kind, []).append(loads[number])
    return max(max(each) - min(each) for each in by_kind.values())


def _panels_and_dispatch(world: World, rounds: int) -> dict[str, Any]:
    frozen = _input(world)
    drawing, drawn = _timed(rounds, lambda number: draw.draw_panels(frozen, number.to_bytes(32, "big")))
    links = [_links(secret) for secret in SECRETS]
    arrivals = [
        draw.Arrival(
            draw.Case(
                f"{n:032x}",
                sector,
                (f"city{world.places[n]}",),
                tuple(f"{expert:032x}" for expert in world.conflicts[n]),
            ),
            f"{n:064x}",
            n,
            f"{n:064x}",
        )
        for n, sector in enumerate(world.sectors)
    ]
    each: list[float] = []

    def work(_: int) -> draw.Standing:
        standing = draw.Standing.begin(frozen, b"seed", drawn)
        each.clear()
        for number, arrival in enumerate(arrivals, start=1):
            began = time.perf_counter()
            shown = links[0][number], links[1][number]
            draw.dispatch(standing, [arrival], links=shown, at=NOW, salt=bytes(16))
            each.append(time.perf_counter() - began)
        return standing

    taken, standing = _timed(max(1, rounds // 3), work)
    loads: dict[str, list[int]] = {}
    for panel in standing.panels.values():
        loads.setdefault(panel.division, []).append(panel.load)
    return {
        "panels": len(drawn.panels),
        "panels_seconds": drawing,
        "deals": sum(drawn.tries.values()),
        "dispatch_seconds": taken,
        "dispatch_p99_ms": round(sorted(each)[int(len(each) * 0.99)] * 1000, 2),
        "spread": max(max(some) - min(some) for some in loads.values()),
    }


def _links(secret: bytes) -> list[str]:
    """Every link of a chain, the anchor first."""
    chain = [secret.hex()]
    for _ in range(LENGTH):
        chain.append(draw.link(bytes.fromhex(chain[-1]), 1, 0))
    return chain[::-1]


def _input(world: World) -> draw.DrawInput:
    """Experts of finance judge every sector; a panel has four of its sector and one of finance."""
    candidates = []
    for number, kind in enumerate(world.kinds):
        field = draw.Field("finance") if kind == "finance" else draw.Field("industry", kind)
        marks = f"employer{world.employers[number]}", f"city{world.cities[number]}"
        candidates.append(draw.Candidate(f"{number:032x}", (field,), marks[:1], marks[1:]))
    sizes = Counter(world.kinds)
    return draw.draw_input(
        draw="bench",
        purpose={},
        frozen_on="2026-11-20",
        mode="instant",
        candidates=tuple(candidates),
        divisions=tuple(
            draw.Division(kind, size // 4, {"industry": 4, "finance": 1}, (kind,))
            for kind, size in sizes.items()
            if kind != "finance"
        ),
        seed=draw.SeedPlan(draw.secret_commitment(b"secret"), ("witness",)),
        chains=tuple(
            draw.LinkChain(holder, draw.anchor(secret, LENGTH), LENGTH)
            for holder, secret in zip(("one", "other"), SECRETS, strict=True)
        ),
        cap=CASES,
    )


def _flow(world: World, name: str, rounds: int) -> dict[str, Any]:
    """The same seats by min-cost flow in an environment of its own."""
    try:
        python = peers_python()
    except PeersMissing as missing:
        return {"flow": name, "missing": str(missing)}
    asked = {
        "seats": SEATS[name],
        "rounds": rounds,
        "kinds": world.kinds,
        "cities": world.cities,
        "sectors": world.sectors,
        "places": world.places,
        "conflicts": [sorted(each) for each in world.conflicts],
    }
    script = Path(__file__).with_name("min_cost_flow.py")
    done = subprocess.run(
        [python, script], input=json.dumps(asked), capture_output=True, encoding="utf-8", check=True
    )
    return {"flow": name, **json.loads(done.stdout)}


def _small_chances() -> dict[str, Any]:
    """Six cases, three takers of two each, two conflicts: 42 outcomes, every one as likely."""
    barred, draws = {(0, 0), (3, 1)}, 20_000

    def suits(case: int, taker: int, _others: Sequence[int]) -> bool:
        return (case, taker) not in barred

    takers = [draw.Taker(name, "panel", 0, 2) for name in "abc"]
    cases = [draw.Wanting(str(n), ("panel",)) for n in range(6)]
    permitted = {
        each for each in permutations((0, 0, 1, 1, 2, 2)) if all(suits(c, t, ()) for c, t in enumerate(each))
    }
    seen = Counter(
        tuple(taker for (taker,) in draw.allot(cases, takers, suits, words(n.to_bytes(4, "big")), 20))
        for n in range(draws)
    )
    distance = sum(abs(seen[each] / draws - 1 / len(permitted)) for each in permitted) / 2
    floor = 0.4 * (len(permitted) / draws) ** 0.5
    return {
        "chances": "6 × 3",
        "draws": draws,
        "total_variation": round(distance, 4),
        "floor": round(floor, 4),
    }


def _large_chances() -> dict[str, Any]:
    """600 cases, 240 experts, up to eight conflicts each: chi-square of 40 cases over 400 draws."""
    random, draws, watched = Random(7), 400, 40  # noqa: S311 (a world, not a draw)
    barred = [frozenset(random.sample(range(240), random.randrange(9))) for _ in range(600)]
    takers = [draw.Taker(str(n), "expert", 0, 99) for n in range(240)]
    cases = [draw.Wanting(str(n), ("expert",)) for n in range(600)]
    seen = [Counter[int]() for _ in range(watched)]
    for number in range(draws):
        stream = words(number.to_bytes(4, "big"))
        given = draw.allot(cases, takers, lambda case, taker, _: taker not in barred[case], stream, 5)
        for case in range(watched):
            seen[case][given[case][0]] += 1
    unlikely = 0
    for case in range(watched):
        able = [n for n in range(240) if n not in barred[case]]
        expected = draws / len(able)
        chi = sum((seen[case][n] - expected) ** 2 / expected for n in able)
        unlikely += chi > _quantile(len(able) - 1)
    return {"chances": "600 × 240", "draws": draws, "cases": watched, "p_below_0.01": unlikely}


def _quantile(freedom: int) -> float:
    """The 99th percentile of chi-square (Wilson and Hilferty)."""
    spread = 2 / (9 * freedom)
    part: float = 1 - spread + 2.326 * spread**0.5
    return freedom * part**3
