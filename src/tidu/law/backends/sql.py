"""The emitter's words as SQL, and the query that judges a population.

Only standard SQL is written (CASE, AND, OR, IS TRUE, a subquery over VALUES); what engines say otherwise,
the wide integer and days, stands in methods of `Sql` that another engine's dialect replaces.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tidu.law.backends.deriving import derivation_layers, derived_of
from tidu.law.backends.dialect import Dialect
from tidu.law.backends.emitter import emitted, together
from tidu.law.backends.steps import Plan
from tidu.law.expressions.tree import Operator
from tidu.law.standards.definition import StandardText

_OPERATORS = {operator: operator.value for operator in Operator} | {Operator.NOT_EQUAL: "<>"}


class Sql(Dialect[str]):
    """SQL as DuckDB reads it."""

    wide_type = "HUGEINT"
    narrow_type = "BIGINT"
    points_type = "SMALLINT"

    def column(self, name: str) -> str:
        return quoted(name)

    def wide(self, term: str) -> str:
        return f"CAST({term} AS {self.wide_type})"

    def number(self, value: int, *, wide: bool = False) -> str:
        return f"CAST({value} AS {self.wide_type if wide else self.narrow_type})"

    def truth(self, value: bool | None) -> str:
        return {True: "TRUE", False: "FALSE", None: "NULL"}[value]

    def add(self, left: str, right: str) -> str:
        return f"({left} + {right})"

    def subtract(self, left: str, right: str) -> str:
        return f"({left} - {right})"

    def multiply(self, left: str, right: str) -> str:
        return f"({left} * {right})"

    def compare(self, left: str, operator: Operator, right: str) -> str:
        return f"({left} {_OPERATORS[operator]} {right})"

    def among(self, term: str, options: Sequence[str]) -> str:
        return self.any_of([f"{term} = {_text(option)}" for option in options])

    def all_of(self, parts: Sequence[str]) -> str:
        return f"({' AND '.join(parts)})"

    def any_of(self, parts: Sequence[str]) -> str:
        return f"({' OR '.join(parts)})"

    def negated(self, part: str) -> str:
        return f"(NOT {part})"

    def decided(self, part: str, *, if_open: bool) -> str:
        return f"({part} IS NOT FALSE)" if if_open else f"({part} IS TRUE)"

    def first(self, cases: Sequence[tuple[str, str]], otherwise: str) -> str:
        whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in cases)
        return f"CASE {whens} ELSE {otherwise} END"

    def known_within(self, surely: str, possibly: str) -> str:
        return f"CASE WHEN {surely} THEN TRUE WHEN NOT {possibly} THEN FALSE END"

    def only_if(self, condition: str, value: str) -> str:
        return f"CASE WHEN {condition} THEN {value} END"

    def banded(self, truths: Sequence[str], points: Sequence[int]) -> str:
        worth = [self.points(one) for one in points]
        return self.first([*zip(truths, worth[:-1], strict=True)], worth[-1]) if truths else worth[-1]

    def most_banded(self, truths: Sequence[str], points: Sequence[int], fewest: str) -> str:
        most = self.banded([self.decided(truth, if_open=True) for truth in truths], points)
        return self._if_open(truths, most, fewest)

    def summed(self, truths: Sequence[str], points: Sequence[int], full: int) -> str:
        pairs = zip(truths, points, strict=True)
        items = [self.first([(truth, self.points(one))], self.points(0)) for truth, one in pairs]
        return f"LEAST({self.total(items)}, {self.points(full)})"

    def most_summed(self, truths: Sequence[str], points: Sequence[int], full: int, fewest: str) -> str:
        most = self.summed([self.decided(truth, if_open=True) for truth in truths], points, full)
        return self._if_open(truths, most, fewest)

    def _if_open(self, truths: Sequence[str], most: str, fewest: str) -> str:
        """What few firms have open is reckoned for them alone."""
        return self.first([(" OR ".join(f"{truth} IS NULL" for truth in truths), most)], fewest)

    def total(self, terms: Sequence[str]) -> str:
        return " + ".join(terms) or self.points(0)

    def points(self, value: int) -> str:
        """Points as a constant; scores stay below 1,000."""
        return f"CAST({value} AS {self.points_type})"

    def day(self, value: date) -> str:
        return f"DATE '{value.isoformat()}'"

    def year_end(self, year: str) -> str:
        return f"make_date({year}, 12, 31)"

    def moved(self, day: str, months: int) -> str:
        return f"CAST({day} + INTERVAL ({months}) MONTH AS DATE)"

    def year_of(self, day: str) -> str:
        return f"EXTRACT(YEAR FROM {day})"

    def is_first_of_year(self, day: str) -> str:
        return f"(EXTRACT(MONTH FROM {day}) = 1 AND EXTRACT(DAY FROM {day}) = 1)"

    def prefix(self, text: str, length: int) -> str:
        return f"SUBSTRING({text}, 1, {length})"

    def looked_up(self, term: str, found: Mapping[str, int] | Mapping[int, int]) -> str:
        keys = (_text(key) if isinstance(key, str) else str(key) for key in found)
        rows = ", ".join(f"({key}, {value})" for key, value in zip(keys, found.values(), strict=True))
        return f"(SELECT said FROM (VALUES {rows}) AS entries(asked, said) WHERE asked = {term})"  # noqa: S608


def deriving_query(source: str, say: Sql, *standards: StandardText) -> str:
    """The query that adds what follows from stated columns to a relation in the layout of these standards."""
    layers = derivation_layers(derived_of(*standards), say)
    return _with(f"SELECT * FROM {source}", layers)  # noqa: S608 - names of the program and of the rulebook


def judging_query(plan: Plan, source: str, say: Sql, *, keep: Sequence[str] = ()) -> str:
    """The query over a derived relation; columns of `keep` stand beside the results."""
    layers = (terms for layer in plan.layers for terms in together(emitted(step, say) for step in layer))
    query = _with(f"SELECT * FROM {source}", layers)  # noqa: S608 - names of the program and of the rulebook
    return f"SELECT {_names((*keep, *plan.results))} FROM ({query})"  # noqa: S608


def _with(query: str, layers: Iterable[Mapping[str, str]]) -> str:
    """The query with the terms of each layer added, each layer around the one before."""
    for terms in layers:
        added = ",\n  ".join(f"{term} AS {quoted(name)}" for name, term in terms.items())
        query = f"SELECT *,\n  {added}\nFROM ({query})"
    return query


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(quoted, names))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
