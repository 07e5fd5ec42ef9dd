"""Who moves: the firms whose outcome is another under another standard, or under a trial of the same."""

from dataclasses import dataclass

import polars as pl

from tidu.law.backends.judged import Judged
from tidu.law.backends.steps import OUTCOME
from tidu.law.standards.results import Outcome

_BEFORE, _AFTER = "before", "after"


@dataclass(frozen=True)
class Move:
    """So many firms whose outcome was `before` and is `after`; the two may be the same."""

    before: Outcome
    after: Outcome
    firms: int


def moves(before: Judged, after: Judged) -> tuple[Move, ...]:
    """From each outcome to each, those that occur, most firms first. ValueError for other firms."""
    pairs = [(was, now) for was in Outcome for now in Outcome]
    asked = {f"{was}-{now}": (_is(_BEFORE, was) & _is(_AFTER, now)).sum() for was, now in pairs}
    counts = _paired(before, after).lazy().select(**asked).collect().row(0)
    found = (Move(was, now, firms) for (was, now), firms in zip(pairs, counts, strict=True) if firms)
    return tuple(sorted(found, key=lambda move: -move.firms))


def who_moves(before: Judged, after: Judged, *, was: Outcome, now: Outcome) -> tuple[int, ...]:
    """The rows of the population, from 0, whose outcome moved so."""
    pairs = _paired(before, after).with_row_index()
    moved = pairs.filter(_is(_BEFORE, was) & _is(_AFTER, now))
    return tuple(moved["index"])


def _paired(before: Judged, after: Judged) -> pl.DataFrame:
    if before.population is not after.population:
        raise ValueError("the firms of one population are compared with themselves")
    return pl.DataFrame({_BEFORE: before.results[OUTCOME], _AFTER: after.results[OUTCOME]})


def _is(column: str, outcome: Outcome) -> pl.Expr:
    truth = {Outcome.MET: True, Outcome.UNMET: False, Outcome.OPEN: None}[outcome]
    return pl.col(column).eq_missing(pl.lit(truth, dtype=pl.Boolean))
