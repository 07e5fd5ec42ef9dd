"""What holds for every firm: intervals only narrow, certainty stays, scores equal a naive reading of 63号."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.unit.law.firms import AS_OF, YEAR

from tidu.law.expressions import Span, compiled, known_value, trace
from tidu.law.expressions.comparing import HOLDS
from tidu.law.expressions.quotients import raised
from tidu.law.expressions.tree import Comparison, Growth, Ratio, comparisons_in, facts_in
from tidu.law.facts import Fact, FactKind, Facts, format_value, load_vocabulary, parse_value
from tidu.law.firm import FirmView
from tidu.law.standards import Outcome, Standard, Verdict, load

VOCABULARY = load_vocabulary()
STANDARD = load("2022-innovative")
NEEDS = STANDARD.needed_facts()

# Small amounts share many edges; whole percentages of round numbers hit the bands exactly.
MONEY = st.one_of(st.integers(0, 300), st.integers(0, 20).map(lambda n: n * 50), st.integers(0, 10**15))
DAYS = st.sampled_from([0, 1, -1, 364, 365, 366, 730, 731, -400, 3 * 365, 1155, 1156]).map(
    lambda days: AS_OF - timedelta(days=days)
)


def values_of(fact: Fact) -> st.SearchStrategy[Any]:
    """Any value of the fact's kind within its bounds."""
    if fact.kind.has_options:
        return st.sampled_from([option.id for option in fact.options])
    if fact.kind is FactKind.TABLE:
        return st.lists(rows_of(fact), max_size=2)
    if fact.kind in (FactKind.COUNT, FactKind.SHARE, FactKind.SCORE):
        least = fact.at_least or 0
        return st.one_of(st.integers(least, 3), st.integers(least, fact.at_most))
    industry = st.sampled_from(["3515", "6513", "6620", "5910"])
    of_kind: dict[FactKind, st.SearchStrategy[Any]] = {
        FactKind.MONEY: MONEY,
        FactKind.DATE: DAYS,
        FactKind.FLAG: st.booleans(),
        FactKind.TEXT: industry if fact.id == "industry_code" else st.just("示例"),
    }
    return of_kind[fact.kind]


def rows_of(table: Fact) -> st.SearchStrategy[dict[str, Any]]:
    """A row in which any cell may be missing."""
    return st.fixed_dictionaries({}, optional={column.id: values_of(column) for column in table.columns})


def stated(*, complete: bool) -> st.SearchStrategy[dict[tuple[str, int | None], Any]]:
    """Values for what the standard needs; all of them, or any part."""
    keys = {key: values_of(need.fact) for need in NEEDS for key in need.keys(YEAR)}
    return st.fixed_dictionaries(keys) if complete else st.fixed_dictionaries({}, optional=keys)


def facts_of(values: dict[tuple[str, int | None], Any]) -> Facts:
    return Facts.of(values, year=YEAR, as_of=AS_OF)


def inside(narrow: Span, wide: Span) -> bool:
    return wide.low <= narrow.low <= narrow.high <= wide.high


def spans(verdict: Verdict) -> list[Span]:
    return [
        verdict.points,
        *(dimension.points for dimension in verdict.dimensions),
        *(indicator.points for indicator in verdict.indicators),
    ]


@given(stated(complete=False), stated(complete=True))
def test_filling_in_what_is_missing_never_leaves_the_interval(
    known: dict[Any, Any], rest: dict[Any, Any]
) -> None:
    before, after = STANDARD.judge(facts_of(known)), STANDARD.judge(facts_of(rest | known))
    for narrow, wide in zip(spans(after), spans(before), strict=True):
        assert inside(narrow, wide)
    for clause in before.root:
        if clause.outcome is not Outcome.OPEN:
            assert after.clause(clause.id).outcome is clause.outcome


@given(stated(complete=False))
def test_an_open_result_says_why_and_a_certain_one_says_nothing(known: dict[Any, Any]) -> None:
    verdict = STANDARD.judge(facts_of(known))
    for clause in verdict.root:
        assert (clause.outcome is Outcome.OPEN) == bool(clause.open_points)
    for indicator in verdict.indicators:
        assert (
            not indicator.points.is_exact
            or not indicator.open_points
            or indicator.points.low == indicator.full
        )


@given(stated(complete=False))
def test_every_change_named_turns_the_verdict(known: dict[Any, Any]) -> None:
    facts = facts_of(known)
    verdict = STANDARD.judge(facts)
    for change in (step.change for step in verdict.turning):
        if change.fact not in VOCABULARY.facts:
            continue
        after = change.after[0] if isinstance(change.after, tuple) else change.after
        changed = facts.with_value(change.fact, change.period, after)
        assert STANDARD.judge(changed).outcome is Outcome.MET


@given(stated(complete=True))
def test_the_score_equals_a_naive_reading_of_the_text(values: dict[Any, Any]) -> None:
    verdict = STANDARD.judge(facts_of(values))
    expected = naive_points(values)
    for name, points in expected.items():
        assert verdict.indicator(name).points == (Span(points, points) if points is not None else Span(0, 20))


def naive_points(values: dict[Any, Any]) -> dict[str, int | None]:
    """The numeric indicators of 63号附件1 as one would write them by hand; None where a ratio has no base."""
    revenue, main, before = (
        values["revenue", YEAR],
        values["main_revenue", YEAR],
        values["main_revenue", YEAR - 1],
    )
    return {
        "research": banded(values["rd_expense", YEAR], revenue, (5, 3, 2, 1)),
        "main_growth": banded(main - before, before, (15, 10, 5, 0)),
        "main_share": banded(main, revenue, (70, 60, 55, 50)),
    }


def banded(above: int, below: int, edges: tuple[int, ...]) -> int | None:
    if below <= 0:
        return None
    share = Fraction(above, below)
    reached = [
        points for edge, points in zip(edges, (20, 15, 10, 5), strict=True) if share >= Fraction(edge, 100)
    ]
    return max(reached, default=0)


@given(stated(complete=False))
def test_a_snapshot_of_facts_is_read_back_equal(known: dict[Any, Any]) -> None:
    facts = facts_of(known)
    assert Facts.from_json(facts.to_json()) == facts
    assert Facts.from_json(facts.to_json()).to_json() == facts.to_json()


FIELDS = [
    fact
    for table in VOCABULARY.facts.values()
    for fact in (table.columns or (table,))
    if fact.kind is not FactKind.TEXT
]


@given(st.sampled_from(FIELDS).flatmap(lambda fact: st.tuples(st.just(fact), values_of(fact))))
def test_what_is_shown_is_read_back_exactly(pair: tuple[Fact, Any]) -> None:
    fact, value = pair
    assert parse_value(fact, format_value(fact, value)) == value


@given(st.integers(-(10**15), 10**15))
def test_a_loss_is_shown_and_read_back_exactly(fen: int) -> None:
    profit = VOCABULARY.fact("net_profit")
    assert parse_value(profit, format_value(profit, fen)) == fen


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_shown_and_read_back_exactly(day: date) -> None:
    fact = VOCABULARY.fact("registered_on")
    assert parse_value(fact, format_value(fact, day)) == day


# 一次展开的多项式，与逐步通分的比较一致


def comparisons_of(standard: Standard) -> list[Comparison]:
    """Every comparison of its clauses and bands."""
    conditions = [clause.condition for clause in standard.root if clause.condition]
    conditions += [band.condition for i in standard.indicators for band in i.bands if band.condition]
    return [one for condition in conditions for one in comparisons_in(condition)]


NUMERIC = [
    comparison
    for standard in ("2017-technology", "2022-specialised", "2022-little-giant", "2026-little-giant")
    for comparison in comparisons_of(load(standard))
    if all(value.symbol.id in VOCABULARY.facts for value in facts_in(comparison))
]
AMOUNTS = {
    (value.symbol.id, None if value.years_back is None else YEAR - value.years_back): values_of(
        VOCABULARY.fact(value.symbol.id)
    )
    for comparison in NUMERIC
    for value in facts_in(comparison)
}


@given(st.fixed_dictionaries({}, optional=AMOUNTS))
def test_a_comparison_is_its_two_sides_compared_as_fractions(known: dict[Any, Any]) -> None:
    view = FirmView(facts_of(known), VOCABULARY)
    for comparison in NUMERIC:
        left = comparison.left
        if isinstance(left, Growth):
            left = Ratio(left.last, left.first, left.dimension)
        found, limit = known_value(left, view), known_value(raised(comparison.left, comparison.right), view)
        expected = None
        if found is not None and limit is not None:
            below = found.denominator * limit.denominator
            expected = HOLDS[comparison.operator](int(found * below), int(limit * below))
        assert compiled(comparison).truth(view) is expected
        assert trace(comparison, view).truth is expected
