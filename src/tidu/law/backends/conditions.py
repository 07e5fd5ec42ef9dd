"""Conditions over the columns in which their values stand.

A quotient that several comparisons share is held in two columns of its own, its numerator and its denominator
(open unless every denominator on the way is above zero), both over one common denominator of the limits.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Generic, TypeVar

from tidu.law.backends.dialect import Dialect
from tidu.law.backends.layout import AS_OF, LEAST, MOST, YEAR
from tidu.law.backends.steps import Read
from tidu.law.backends.whole import Whole, WholeNumbers
from tidu.law.expressions.quotients import crossed, quotient, raised
from tidu.law.expressions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    Constant,
    DayComparison,
    DayName,
    FactValue,
    Membership,
    Moment,
    Negation,
    Number,
    Operator,
    Ratio,
    Stated,
    comparisons_in,
)
from tidu.law.expressions.widths import MOST_BITS, bits_needed, bits_of_multiples
from tidu.law.standards.bands import StandardError

T = TypeVar("T")

NARROW_BITS = 63
"""Value bits of a signed 64-bit integer."""
_YES = "yes"
_RISING = (Operator.AT_LEAST, Operator.ABOVE)


@dataclass(frozen=True)
class _Shared(Generic[T]):
    """A held quotient: its numerator times `scale` and its denominator, None if that is 1."""

    above: T
    below: T | None
    scale: int
    wide: bool


class Conditions(Generic[T]):
    """The conditions of one step. `held` are columns to make before the terms are asked for."""

    def __init__(
        self, name: str, dialect: Dialect[T], reads: Mapping[FactValue, Read], asked: Iterable[Condition]
    ) -> None:
        self.held: dict[str, T] = {}
        self._say = dialect
        self._reads = reads
        self._shared = {
            left: self._hold(f"~{name}.{place}", left, limits)
            for place, (left, limits) in enumerate(_shared_quotients(asked).items())
        }

    def term(self, condition: Condition) -> T:
        """The condition as a term. StandardError for a comparison that does not fit 128 bits."""
        match condition:
            case AllOf():
                return self._say.all_of([self.term(part) for part in condition.parts])
            case AnyOf():
                return self._say.any_of([self.term(part) for part in condition.parts])
            case Negation():
                return self._say.negated(self.term(condition.part))
            case Comparison():
                return self._comparison(condition)
            case _:
                return self._of_other_kinds(condition)

    def _of_other_kinds(self, condition: DayComparison | Membership | Stated) -> T:
        match condition:
            case DayComparison():
                left, right = self._day(condition.left), self._day(condition.right)
                return self._say.compare(left, condition.operator, right)
            case Membership():
                return self._membership(condition)
            case Stated():
                column = self._say.column(self._reads[condition.fact].least)
                return self._say.among(column, [_YES]) if condition.fact.symbol.options else column

    def _comparison(self, comparison: Comparison) -> T:
        """Its answer, of a bare number known within limits by what it is at both ends."""
        left, operator = comparison.left, comparison.operator
        if left in self._shared:
            return self._with_shared(comparison, self._shared[left])
        if not isinstance(left, FactValue) or self._reads[left].is_exact:
            return self._at(comparison, LEAST)
        if operator is Operator.NOT_EQUAL:
            return self._say.negated(self._comparison(replace(comparison, operator=Operator.EQUAL)))
        if operator is Operator.EQUAL:
            surely = self._say.all_of([self._at(comparison, end) for end in (LEAST, MOST)])
            around = ((Operator.AT_MOST, LEAST), (Operator.AT_LEAST, MOST))
            inside = [self._at(replace(comparison, operator=other), end) for other, end in around]
            return self._say.known_within(surely, self._say.all_of(inside))
        ends = (LEAST, MOST) if operator in _RISING else (MOST, LEAST)
        surely, possibly = (self._at(comparison, end) for end in ends)
        return self._say.known_within(surely, possibly)

    def _at(self, comparison: Comparison, end: str) -> T:
        """The comparison with its bare left number at one end; open unless denominators are above zero."""
        bits = bits_needed(comparison)
        if bits > MOST_BITS:
            raise StandardError(f"a comparison needs {bits} bits: {comparison}")
        whole = WholeNumbers(self._say, self._reads, comparison.left, end, wide=bits > NARROW_BITS)
        left, right, guards = crossed(comparison.left, comparison.right, whole)
        answer = self._say.compare(whole.term(left), comparison.operator, whole.term(right))
        return self._guarded(answer, guards)

    def _guarded(self, term: T, guards: Iterable[tuple[Ratio, Whole[T]]]) -> T:
        ratios = {guard: ratio for ratio, guard in guards}
        above = [self._above_zero(ratio) for ratio in ratios.values()]
        return self._say.only_if(self._say.all_of(above), term) if above else term

    def _above_zero(self, ratio: Ratio) -> T:
        """Whether the denominator is, asked in 64 bits if it fits them, whatever the comparison needs."""
        wide = bits_of_multiples(ratio.denominator, 1, 1) > NARROW_BITS
        whole = WholeNumbers(self._say, self._reads, ratio, LEAST, wide=wide)
        below = quotient(ratio.denominator, whole).numerator
        return self._say.compare(whole.term(below), Operator.ABOVE, whole.term(whole.constant(0)))

    def _hold(self, name: str, left: Number, limits: list[Fraction]) -> _Shared[T]:
        """Hold a quotient in columns, ready to be compared with these limits."""
        scale, most = _scale(limits)
        wide = bits_of_multiples(left, scale, most) > NARROW_BITS
        whole = WholeNumbers(self._say, self._reads, left, LEAST, wide=wide)
        pair = quotient(left, whole)
        self.held[f"{name}.above"] = whole.term(whole.multiply(pair.numerator, whole.constant(scale)))
        if pair.denominator is None:
            return _Shared(self._say.column(f"{name}.above"), None, scale, wide)
        self.held[f"{name}.below"] = self._guarded(whole.term(pair.denominator), pair.guards)
        return _Shared(self._say.column(f"{name}.above"), self._say.column(f"{name}.below"), scale, wide)

    def _with_shared(self, comparison: Comparison, shared: _Shared[T]) -> T:
        factor = int(_limit(comparison) * shared.scale)
        right = self._say.number(factor, wide=shared.wide)
        if shared.below is not None:
            right = shared.below if factor == 1 else self._say.multiply(shared.below, right)
        return self._say.compare(shared.above, comparison.operator, right)

    def _membership(self, condition: Membership) -> T:
        read = self._reads[condition.fact]
        if not read.options:
            term = self._say.among(self._say.column(read.least), condition.options)
            return self._say.negated(term) if condition.negated else term
        inside = self._say.any_of([self._say.column(read.option(name)) for name in condition.options])
        others = [name for name in read.options if name not in condition.ids]
        outside = self._say.any_of([self._say.column(read.option(name)) for name in others])
        if condition.negated:
            inside, outside = outside, inside
        return self._say.known_within(self._say.negated(outside), inside)

    def _day(self, moment: Moment) -> T:
        match moment.base:
            case DayName.AS_OF:
                base = self._say.column(AS_OF)
            case DayName.YEAR_END:
                base = self._say.year_end(self._say.column(YEAR))
            case FactValue():
                base = self._say.column(self._reads[moment.base].least)
            case _:
                base = self._say.day(moment.base)
        return self._say.moved(base, moment.months) if moment.months else base


def _shared_quotients(asked: Iterable[Condition]) -> dict[Number, list[Fraction]]:
    """The left sides that several comparisons with plain limits share, with their limits, if they fit."""
    found = [c for condition in asked for c in comparisons_in(condition)]
    bare = (FactValue, Constant)
    plain = [c for c in found if isinstance(c.right, Constant) and not isinstance(c.left, bare)]
    times = Counter(c.left for c in plain)
    limits: dict[Number, list[Fraction]] = {}
    for comparison in plain:
        if times[comparison.left] > 1:
            limits.setdefault(comparison.left, []).append(_limit(comparison))
    return {left: row for left, row in limits.items() if bits_of_multiples(left, *_scale(row)) <= MOST_BITS}


def _limit(comparison: Comparison) -> Fraction:
    """What the left side's pair is compared with."""
    limit = raised(comparison.left, comparison.right)
    if not isinstance(limit, Constant):
        raise TypeError(f"not a plain limit: {limit}")
    return limit.value


def _scale(limits: Iterable[Fraction]) -> tuple[int, int]:
    """The common denominator of the limits, and the most that a limit is over it."""
    scale = lcm(*(limit.denominator for limit in limits))
    return scale, max(abs(int(limit * scale)) for limit in limits)
