"""Judging a population in columns: every clause, every indicator's points and the outcome of every firm."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from tidu.law.backends.emitter import emitted, together
from tidu.law.backends.layout import AS_OF, YEAR
from tidu.law.backends.polars_engine import Columns
from tidu.law.backends.population import Population, PopulationError
from tidu.law.backends.steps import Plan, plan_of
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
        fresh = _run([self.population.frame, self.results], plan, touched)
        kept = [name for name in plan.results if name not in touched]
        return Judged(
            self.population, plan, self.results.select(kept).with_columns(fresh).select(plan.results)
        )


def judge_population(population: Population, standard: StandardText) -> Judged:
    """Judge every firm. PopulationError if the population was not made for this standard, among others."""
    plan = plan_of(standard)
    return Judged(population, plan, _run([population.frame], plan, frozenset(plan.results)))


def _run(frames: Sequence[pl.DataFrame], plan: Plan, wanted: frozenset[str]) -> pl.DataFrame:
    """The wanted results, layer by layer, from columns of the frames and results made before them."""
    frame = pl.DataFrame(_columns(frames, plan, wanted)).lazy()
    for layer in plan.layers:
        asked = (step for step in layer if not wanted.isdisjoint(step.makes))
        for terms in together(emitted(step, Columns()) for step in asked):
            frame = frame.with_columns(**terms)
    return frame.select([name for name in plan.results if name in wanted]).collect()


def _columns(frames: Sequence[pl.DataFrame], plan: Plan, wanted: frozenset[str]) -> list[pl.Series]:
    """The columns that the wanted steps read and do not make themselves."""
    needed: dict[str, None] = {YEAR: None, AS_OF: None}
    for step in plan.steps:
        if not wanted.isdisjoint(step.makes):
            needed |= dict.fromkeys(name for name in step.needs if name not in wanted)
    there = {name: frame for frame in frames for name in frame.columns}
    if missing := [name for name in needed if name not in there]:
        raise PopulationError(f"not made for {plan.standard.id}: there is no column {missing[0]}")
    return [there[name].get_column(name) for name in needed]
