"""Judging a population in columns: every clause, every indicator's points and the outcome of every firm."""

from dataclasses import dataclass

import polars as pl

from tidu.law.backends.emitter import emitted, together
from tidu.law.backends.polars_engine import Columns
from tidu.law.backends.population import Population
from tidu.law.backends.steps import OUTCOME, Plan, plan_of
from tidu.law.standards.definition import StandardText


@dataclass(frozen=True, eq=False)
class Judged:
    """What a standard says of each firm of a population, row by row in its order.

    `results` has the columns of `plan.results`. `outcome` and `clause.<id>` are true, false or null, as the
    firm meets them, does not, or leaves them open. `indicator.<id>`, `score` and `score.<dimension>` have the
    fewest points in `.least` and the most in `.most`.
    """

    population: Population
    plan: Plan
    results: pl.DataFrame

    def under(self, standard: StandardText) -> "Judged":
        """The same firms under another standard; what it says alike is not judged again."""
        plan = plan_of(standard)
        touched = plan.touched_since(self.plan)
        kept = [name for name in plan.results if name not in touched]
        start = self.population.frame.hstack(self.results.select(kept))
        fresh = _run(start.lazy(), plan, touched)
        return Judged(self.population, plan, self.results.select(kept).hstack(fresh).select(plan.results))


def judge_population(population: Population, standard: StandardText) -> Judged:
    """Judge every firm. The population must have been made for this standard, among others."""
    plan = plan_of(standard)
    return Judged(population, plan, _run(population.frame.lazy(), plan, frozenset(plan.results)))


def _run(frame: pl.LazyFrame, plan: Plan, wanted: frozenset[str]) -> pl.DataFrame:
    """The wanted results, layer by layer."""
    for layer in plan.layers:
        touched = (step for step in layer if not wanted.isdisjoint(step.makes))
        for terms in together(emitted(step, Columns()) for step in touched):
            frame = frame.with_columns(**terms)
    return frame.select([name for name in plan.results if name in wanted]).collect()


__all__ = ["OUTCOME", "Judged", "judge_population"]
