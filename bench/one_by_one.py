"""The interpreter, firm by firm: what is right on a sample of a population, and what an explanation takes."""

import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import polars as pl

from tidu.law.backends.layout import Layout
from tidu.law.backends.steps import plan_of
from tidu.law.facts import Facts
from tidu.law.standards import Standard, Verdict, load
from tidu.law.standards.judging import judge_view
from tidu.law.standards.reading import TOTAL_SCORE, score_id

EXPLAINED = 300
TIMES = 5
WORKERS = 2
TABLES = ("awards", "contests", "quality_awards", "quality_systems", "standards_made", "equity_financing")

Row = dict[str, Any]


def differing(ours: pl.DataFrame, other: pl.DataFrame) -> int:
    """Values that differ, over all columns."""
    return sum(int(ours[name].ne_missing(other[name].cast(ours[name].dtype)).sum()) for name in ours.columns)


def interpreter(path: Path, standard: Standard, results: pl.DataFrame, sample: int) -> Row:
    """The interpreter over a sample spread over the population, in processes of their own."""
    step = results.height // sample
    places = [range(start * step, results.height, WORKERS * step) for start in range(WORKERS)]
    began = time.perf_counter()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(judged_one_by_one, str(path), standard.id, one) for one in places]
        answers = [job.result() for job in jobs]
    seconds = time.perf_counter() - began
    wrong = sum(
        differing(results[pl.Series(list(one))], pl.DataFrame(found, schema=results.schema, orient="row"))
        for one, found in zip(places, answers, strict=True)
    )
    return {"way": "interpreter", "firms": sample, "seconds": round(seconds, 1), "differs_from_polars": wrong}


def judged_one_by_one(path: str, standard_id: str, places: Sequence[int]) -> list[list[Any]]:
    """What the interpreter says of these rows, in the order of the results' columns."""
    standard = load(standard_id)
    layout, columns = Layout.of(standard), plan_of(standard).results
    answers = []
    for row in pl.read_parquet(path)[pl.Series(list(places))].iter_rows(named=True):
        judged = judge_view(standard, layout.view(row, standard.vocabulary))
        found: Row = {"outcome": judged.root.truth}
        clauses = [judged.root]
        for clause in clauses:
            found[f"clause.{clause.clause.id}"] = clause.truth
            clauses.extend(clause.parts)
        spans = {f"indicator.{one.indicator.id}": one.points for one in judged.indicators}
        spans |= {TOTAL_SCORE if k == TOTAL_SCORE else score_id(k): v for k, v in judged.scores.items()}
        for name, span in spans.items():
            found |= {f"{name}.least": span.low, f"{name}.most": span.high}
        answers.append([found[name] for name in columns])
    return answers


def explanation(path: Path, standard: Standard) -> Row:
    """One firm after the other: judged alone, explained as objects, and put into words as JSON."""
    layout = Layout.of(standard)
    rows = pl.read_parquet(path, n_rows=EXPLAINED).iter_rows(named=True)
    facts = [layout.view(row, standard.vocabulary).facts for row in rows]
    for name in TABLES:
        facts = [one.with_value(name, None, []) for one in facts]
    return {
        "way": "explained",
        "firms": EXPLAINED,
        "judged": _each(facts, standard.judge),
        "with_what_would_turn_it": _each(facts, lambda one: standard.judge(one).turning),
        "milliseconds_each": _each(facts, lambda one: explained(standard.judge(one))),
        "in_words": _each(facts, lambda one: standard.judge(one).as_json()),
    }


def explained(verdict: Verdict) -> list[Any]:
    """All that explains a verdict: for each clause and indicator, and the changes that would turn it.

    Values, limits, operators, articles, evidence, gaps and what is open; points and what would gain more.
    """
    checks = [
        (check.outcome, check.number, check.operator, check.limit, check.steps)
        for clause in verdict.root
        for check in clause.checks
    ]
    clauses = [(one.outcome, one.citation, one.evidence, one.open_points) for one in verdict.root]
    indicators = [(one.points, one.citation, one.evidence, one.next_band) for one in verdict.indicators]
    return [verdict.outcome, verdict.points, verdict.dimensions, clauses, checks, indicators, verdict.turning]


def _each(facts: Sequence[Facts], work: Callable[[Facts], Any]) -> float:
    """The milliseconds that a firm takes: of each firm the best of several times, of these the median."""
    best = [min(timed(partial(work, one))[0] for _ in range(TIMES)) for one in facts]
    return round(1_000 * statistics.median(best), 2)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that it took, and what came of it."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found
