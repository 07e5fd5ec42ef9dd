"""Everything that the rule language can say, whether a standard of today says it or not, in both engines."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from tests.unit.law_backends.firms_at_random import Found, firms, frame, judged_alone
from tests.unit.law_backends.test_engines_agree import by_duckdb, by_polars

from tidu.law.backends.conditions import Conditions
from tidu.law.backends.layout import Layout
from tidu.law.backends.population import Population
from tidu.law.backends.sql import Sql
from tidu.law.backends.steps import Read
from tidu.law.expressions.tree import Comparison, Constant, FactValue, Operator, Product, symbol_of
from tidu.law.standards import Standard, StandardError, load
from tidu.law.standards.trials import what_if

RULES = [
    "非(营业收入总额[上年] >= 1000万元)",
    "营业收入总额[上年] = 研发费用总额[上年] 或 营业收入总额[上年] != 净利润总额[上年] + 1元",
    "Ⅰ类知识产权有效数 = 2项",
    "Ⅰ类知识产权有效数 != 2项",
    "Ⅰ类知识产权有效数 < 2项",
    "Ⅰ类知识产权有效数 <= 2项 且 Ⅱ类知识产权有效数 > 2项",
    "Ⅰ类知识产权有效数 + Ⅱ类知识产权有效数 >= 4项",
    "Ⅰ类知识产权有效数 >= Ⅱ类知识产权有效数",
    "3项 <= Ⅰ类知识产权有效数",
    "企业规模 不属于 (大型企业、中型企业)",
    "企业规模 = 小型企业",
    "企业规模 != 微型企业",
    "数字化水平 != 二级",
    "从事特定细分市场起始日期 + 6个月 <= 截至日",
    "从事特定细分市场起始日期 > 上年末 - 3年",
    "从事特定细分市场起始日期 >= 2015-02-28",
    "近两年复合增长率(主营业务收入总额) >= 5% 且 近两年复合增长率(主营业务收入总额) < 10%",
    "研发费用总额[上年] / 营业收入总额[上年] > 研发费用总额[上上年] / 主营业务收入总额[上上年]",
    "(营业收入总额[上年] - 研发费用总额[上年]) / (营业收入总额[上年] - 净利润总额[上年]) >= 1",
    "营业收入总额[上年] / 研发费用总额[上年] >= 10000 或 营业收入总额[上年] / 研发费用总额[上年] >= 20000",
    "研发费用总额[上年] * 2 / 营业收入总额[上年] <= 0%",
    "Ⅰ类知识产权有效数 / Ⅱ类知识产权有效数 >= 50%",
]


@pytest.fixture(scope="module")
def standard() -> Standard:
    """63号专精特新 with a clause for each of the rules."""
    clauses = [
        {"id": f"rule_{place}", "label": rule, "rule": rule, "citation": "试", "certainty": "unknown"}
        for place, rule in enumerate(RULES)
    ]
    base = load("2022-specialised")
    parts = [part.id for part in base.root.parts] + [str(clause["id"]) for clause in clauses]
    return what_if(base, "语言", {"clause": [{"id": base.root.id, "any": parts}, *clauses]})


@pytest.fixture(scope="module")
def told(
    standard: Standard, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Found], list[Found], list[Found]]:
    """What the interpreter, Polars and DuckDB say of the same firms."""
    rows = firms(standard, 400, seed=11)
    table, layout = frame(rows), Layout.of(standard)
    alone = [judged_alone(standard, layout, row) for row in rows]
    folder: Path = tmp_path_factory.mktemp("population")
    return alone, by_polars(Population.of(table, standard), standard), by_duckdb(table, standard, folder)


@pytest.mark.parametrize("place", range(len(RULES)), ids=lambda place: RULES[place])
def test_a_rule_means_the_same_in_every_engine(told: tuple[list[Found], ...], place: int) -> None:
    alone, polars, duckdb = ([found[f"clause.rule_{place}"] for found in one] for one in told)
    assert polars == alone
    assert duckdb == alone
    assert {True, False, None} == set(alone)


def test_what_does_not_fit_128_bits_is_refused_and_never_emitted() -> None:
    revenue = FactValue(symbol_of(load("2022-specialised").vocabulary.facts["revenue"]), 0)
    cube = Product(Product(revenue, revenue, ()), revenue, ())
    comparison = Comparison(cube, Operator.ABOVE, Constant(Fraction(1), (), "1"))
    with pytest.raises(StandardError, match="bits"):
        Conditions("x", Sql(), {revenue: Read("revenue.0", "revenue.0")}, [comparison]).term(comparison)


def test_a_day_of_a_month_that_has_none_is_the_months_last() -> None:
    say = Sql()
    assert (
        say.moved(say.day(date(2024, 2, 29)), -12) == "CAST(DATE '2024-02-29' + INTERVAL (-12) MONTH AS DATE)"
    )
