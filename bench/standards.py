"""A million firms under 63号 专精特新: both backends, both engines by hand, the plain sum, other engines.

Every way gives all clauses, the points of every indicator as an interval, the scores and the verdict, in
memory, and must give the same; the interpreter says what is right on a sample. Ways take turns within each
round. What the processors did is told beside the time: a machine that others use as well slows every way.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from bench.by_hand import judged_by_hand
from bench.by_hand_sql import query_by_hand
from bench.one_by_one import differing, explanation, interpreter, timed
from bench.other_engines import other_engines
from bench.population import population
from tidu.law.backends.duckdb_engine import derive_relation, judge_relation, parquet
from tidu.law.backends.judged import Judged, judge_population
from tidu.law.backends.moves import moves
from tidu.law.backends.population import Population
from tidu.law.standards import load
from tidu.law.standards.trials import what_if

STANDARD = "2022-specialised"
FIRMS = 1_000_000
SAMPLE = 50_000
"""Firms that the interpreter judges one by one."""
CHANGES = {
    "research_share": "研发费用总额[上年] / 营业收入总额[上年] >= 4%",
    "score_total": "评价得分 >= 70分",
}

Row = dict[str, Any]


def measure(*, rounds: int) -> dict[str, Any]:
    """Medians over the rounds, differences between the ways, and what else was promised."""
    standard, load_before = load(STANDARD), os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        file = Path(folder) / "population.parquet"
        population(standard, FIRMS).with_row_index("firm").write_parquet(file)
        entered, firms = timed(lambda: Population.from_parquet(file, standard))
        derive_relation(connection, parquet(file), standard).create("population")
        judged = judge_population(firms, standard)
        rows = _rows(_in_turn(_ways(firms, connection), rounds))
        rows[0] |= _differences(judged.results, firms, connection, file.with_name("duckdb.parquet"))
        rows.append(interpreter(file, standard, judged.results, SAMPLE))
        rows.append(explanation(file, standard))
        rows += _trials(judged, rounds)
        rows += other_engines(Path(folder), firms.frame, judged.results)
    shared = f"{os.cpu_count()} 核，与其他工作共用；负载 {load_before:.1f} 至 {os.getloadavg()[0]:.1f}"
    return {
        "title": f"{standard.title}：{FIRMS:,} 户，逐条件、逐指标区间、得分区间、结论（秒，中位数）",
        "machine": f"{shared}；{rounds} 轮",
        "rows": rows,
        "notes": [
            f"读入 Parquet、核对上下限、推算规模和年限另需 {entered:.2f} 秒，一次即可反复判定。",
            "by_hand_sql 是同一引擎上手写的 SQL：与它相比是译文的代价，它与 by_hand 相比是引擎的代价。",
            "目标：不超过手写的 2 倍；与 DuckDB、与解释器零差异；改一条 10 毫秒以内；解释每户 0.5 毫秒以内。",
        ],
    }


def _ways(firms: Population, connection: duckdb.DuckDBPyConnection) -> dict[str, Callable[[], Any]]:
    """Each way to do the same work, and a bound on what is possible."""
    standard = load(STANDARD)
    sums = pl.col(pl.Int64, pl.Boolean).sum()
    return {
        "polars": lambda: judge_population(firms, standard),
        "duckdb": lambda: _by_duckdb(connection).materialize(),
        "by_hand": lambda: judged_by_hand(firms.frame),
        "by_hand_sql": lambda: connection.sql(query_by_hand("population")).materialize(),
        "sum": lambda: firms.frame.lazy().select(sums).collect(),
    }


def _by_duckdb(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    return judge_relation(connection, "population", load(STANDARD), keep=["firm"])


def _differences(
    results: pl.DataFrame, firms: Population, connection: duckdb.DuckDBPyConnection, file: Path
) -> Row:
    """How many values each other way gives otherwise."""
    found = {"differs_from_by_hand": differing(results, judged_by_hand(firms.frame))}
    by_hand = connection.sql(query_by_hand("population"))
    for name, relation in (("duckdb", _by_duckdb(connection)), ("by_hand_sql", by_hand)):
        relation.order("firm").write_parquet(str(file))
        found[f"differs_from_{name}"] = differing(results, pl.read_parquet(file).drop("firm"))
    return found


def _in_turn(ways: dict[str, Callable[[], Any]], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds, and seconds of all processors, of each way in each round, which begins with another way."""
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    names = list(ways)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            before = time.process_time()
            taken, _ = timed(ways[name])
            seconds[name].append((taken, time.process_time() - before))
    return seconds


def _rows(seconds: dict[str, list[tuple[float, float]]]) -> list[Row]:
    taken = {name: [one for one, _ in rounds] for name, rounds in seconds.items()}
    medians = {name: statistics.median(rounds) for name, rounds in taken.items()}
    processors = {name: statistics.median(one for _, one in rounds) for name, rounds in seconds.items()}
    return [
        {
            "way": name,
            "seconds": round(median, 3),
            "range": f"{min(taken[name]):.3f}～{max(taken[name]):.3f}",
            "processor_seconds": round(processors[name], 3),
            "firms_per_second": round(FIRMS / median),
            "to_by_hand": round(median / medians["by_hand"], 2),
            "processor_to_by_hand": round(processors[name] / processors["by_hand"], 2),
            "to_sum": round(median / medians["sum"], 1),
        }
        for name, median in medians.items()
    ]


def _trials(judged: Judged, rounds: int) -> list[Row]:
    """One changed clause, and the pass line, over all firms: only what is touched."""
    rows = []
    for clause, rule in CHANGES.items():
        trial = what_if(judged.plan.standard, "试", {"clause": [{"id": clause, "rule": rule}]})
        seconds = [1_000 * timed(lambda trial=trial: judged.under(trial))[0] for _ in range(rounds)]
        moved = [one for one in moves(judged, judged.under(trial)) if one.before is not one.after]
        rows.append(
            {
                "way": f"changed {clause}",
                "milliseconds": round(statistics.median(seconds), 1),
                "range": f"{min(seconds):.1f}～{max(seconds):.1f}",
                "moved": {f"{one.before}→{one.after}": one.firms for one in moved},
            }
        )
    return rows
