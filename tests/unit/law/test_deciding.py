"""What decides a verdict, and says why it is open, where no case of a standard happens to stand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from tests.unit.law.firms import YEAR, financing, firm, patent
from tests.unit.law.readings import reasons_of, truth_of, value_of

from tidu.law.calendars import months_after
from tidu.law.derivation import check_derived
from tidu.law.expressions import Reason, Span, parse_condition, parse_number, symbol_of
from tidu.law.expressions.polynomials import Terms, sum_of, total
from tidu.law.expressions.quotients import nearest_root
from tidu.law.expressions.tree import Comparison, comparisons_in
from tidu.law.expressions.widths import bits_needed
from tidu.law.facts import Facts, VocabularyError, load_vocabulary
from tidu.law.firm import FirmView, Supposed
from tidu.law.standards import Outcome, load

VOCABULARY = load_vocabulary()
SYMBOLS = {label: symbol_of(entry) for label, entry in VOCABULARY.by_label.items()}


def truth(rule: str, facts: Facts) -> bool | None:
    return truth_of(parse_condition(rule, SYMBOLS), FirmView(facts, VOCABULARY))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # a day that is not moved keeps its place, also at the end of a long month
        ("截至日 > 2026-01-30", True),
        ("截至日 <= 2026-01-30", False),
        ("截至日 - 1个月 = 2025-12-31", True),
        ("截至日 - 2年 = 2024-01-31", True),
        ("截至日 + 14个月 = 2027-03-31", True),
        ("截至日 - 2年 - 1个月 + 3个月 = 2024-03-31", True),
        ("非(截至日 > 2026-01-30)", False),
    ],
)
def test_a_term_is_moved_by_exactly_what_is_written(rule: str, expected: bool) -> None:
    """民法典第二百零二条."""
    assert truth(rule, replace(firm(), as_of=date(2026, 1, 31))) is expected


@pytest.mark.parametrize(
    "rule",
    [
        "从业人员数[上年] - 20人 + 1人 - 30人 + 2人 = 73人",
        "从业人员数[上年] / 2 * 3 / 4 * 5 = 225人",
    ],
)
def test_a_long_sum_or_product_is_reckoned_from_left_to_right(rule: str) -> None:
    assert truth(rule, firm()) is True


def test_the_last_day_of_a_month_is_of_its_own_year() -> None:
    """2100 is no leap year, 2076 is."""
    assert months_after(date(2076, 1, 31), 1) == date(2076, 2, 29)


@pytest.mark.parametrize(
    "rule",
    [
        "(0元 - 营业收入总额[上年] - 营业收入总额[上上年]) * 1000 >= 0元",
        "(营业收入总额[上年] - (0元 - 营业收入总额[上上年])) * 1000 >= 0元",
        "(营业收入总额[上年] + 营业收入总额[上上年]) * 1000 >= 0元",
        "(营业收入总额[上年] - 净利润总额[上年]) * 1000 >= 0元",
        "((0元 - 营业收入总额[上年]) + (0元 - 营业收入总额[上上年])) * 1000 >= 0元",
    ],
)
def test_the_width_is_that_of_the_widest_value_on_either_side_of_zero(rule: str) -> None:
    comparison = parse_condition(rule, SYMBOLS)
    most = VOCABULARY.fact("revenue").at_most
    assert isinstance(comparison, Comparison)
    assert most is not None
    assert bits_needed(comparison) == (2 * most * 1000).bit_length()


def test_the_width_of_a_product_is_that_of_its_largest_value() -> None:
    square = "营业收入总额[上年] * 营业收入总额[上上年]"
    comparison = parse_condition(f"{square} >= {square}", SYMBOLS)
    most = VOCABULARY.fact("revenue").at_most
    assert isinstance(comparison, Comparison)
    assert most is not None
    assert bits_needed(comparison) == (most * most).bit_length()


def test_what_a_negation_compares_is_found_too() -> None:
    rule = parse_condition("非(从业人员数[上年] < 100人 且 研发费用总额[上年] < 1万元)", SYMBOLS)
    assert len(list(comparisons_in(rule))) == 2


def test_a_derived_fact_by_an_unknown_rule_is_refused() -> None:
    derived = replace(VOCABULARY.derived["enterprise_size"], by="tea-leaves")
    with pytest.raises(VocabularyError, match="there is no rule tea-leaves"):
        check_derived(VOCABULARY, derived)


def test_a_derived_sum_is_of_a_number() -> None:
    derived = replace(VOCABULARY.derived["recent_financing"], sum_of="investor")
    with pytest.raises(VocabularyError, match="has no number investor"):
        check_derived(VOCABULARY, derived)


def test_a_check_says_what_was_compared_with_what() -> None:
    verdict = load("2022-innovative").judge(firm())
    checks = [check for name in ("score_total", "size", "lists") for check in verdict.clause(name).checks]
    assert [(check.text, check.value, check.threshold) for check in checks] == [
        ("评价得分 >= 60分", "75 分", "60分"),
        ("企业规模 属于 中型企业、小型企业、微型企业", "小型企业", "中型企业、小型企业、微型企业"),
        ("未列入经营异常名录及严重失信名单", "是", "是"),
    ]
    assert [(check.number, check.limit) for check in checks] == [(75, 60), (None, None), (None, None)]


def test_a_frozen_standard_holds_the_facts_of_its_form_and_their_sections() -> None:
    standard = load("2022-innovative")
    vocabulary = standard.body["vocabulary"]
    asked = [field.fact.id for section in standard.form() for field in section.fields]
    assert {fact["id"] for fact in vocabulary["facts"]} == set(asked)
    assert {section["id"] for section in vocabulary["sections"]} == {
        fact["section"] for fact in vocabulary["facts"]
    }


@pytest.mark.parametrize("count", [1, 2])
def test_a_count_that_may_stand_on_either_of_its_limits_is_open(count: int) -> None:
    """One invention counts, one lacks its date: one or two, so that neither is certain nor excluded."""
    rows = [patent(), patent(granted_on=None)]
    facts = firm(intellectual_property=rows)
    assert truth(f"Ⅰ类知识产权有效数 = {count}项", facts) is None
    assert truth(f"Ⅰ类知识产权有效数 != {count}项", facts) is None


def test_a_denominator_of_one_fen_is_above_zero() -> None:
    rule = "研发费用总额[上年] / 营业收入总额[上年] >= 100%"
    assert truth(rule, firm(revenue={YEAR: 1}, rd_expense={YEAR: 1})) is True
    assert truth(rule, firm(revenue={YEAR: 0}, rd_expense={YEAR: 1})) is None
    alone = "1000人 / 从业人员数[上年] >= 300%"
    for employees, expected in ((333, True), (334, False), (1, True), (0, None)):
        assert truth(alone, firm(employees={YEAR: employees})) is expected
    share = parse_number("研发费用总额[上年] / 营业收入总额[上年]", SYMBOLS)
    for revenue, shown in ((1, 1), (0, None), (-1, None)):
        view = FirmView(firm(revenue={YEAR: revenue}, rd_expense={YEAR: 1}), VOCABULARY)
        assert value_of(share, view) == shown


def test_a_changed_fact_moves_what_is_derived_from_it() -> None:
    """300号: with 300 people a small manufacturer is of medium size."""
    small, medium = (parse_condition(f"企业规模 = {name}型企业", SYMBOLS) for name in ("小", "中"))
    view = FirmView(firm(), VOCABULARY)
    assert truth_of(small, view) is True
    assert truth_of(medium, view.with_fact("employees", YEAR, 300)) is True


def test_a_count_within_limits_is_compared_with_another_fact_as_far_as_the_limits_decide() -> None:
    """One invention or two of Class Ⅰ, none of Class Ⅱ; what stands to the right must be exact."""
    facts = firm(intellectual_property=[patent(), patent(granted_on=None)])
    assert truth("Ⅰ类知识产权有效数 > Ⅱ类知识产权有效数", facts) is True
    assert truth("Ⅰ类知识产权有效数 <= Ⅱ类知识产权有效数", facts) is False
    assert truth("Ⅱ类知识产权有效数 < Ⅰ类知识产权有效数", facts) is None
    assert truth("Ⅰ类知识产权有效数 > 自主研发Ⅰ类知识产权有效数", facts) is None


def test_what_is_added_to_a_count_is_added_to_both_its_ends() -> None:
    """Two patents of defence, and one invention that lacks its date."""
    facts = firm(defence_patents=2, intellectual_property=[patent(granted_on=None)])
    assert truth("Ⅰ类知识产权有效数 >= 2项", facts) is True
    assert truth("Ⅰ类知识产权有效数 >= 3项", facts) is None
    assert truth("Ⅰ类知识产权有效数 >= 4项", facts) is False


def test_a_firm_moves_only_what_it_can_strive_for_and_only_of_the_last_year() -> None:
    """注册资本 says of no direction that it improves it."""
    rule = "营业收入总额[上年] + 注册资本 >= 营业收入总额[上上年] + 研发费用总额[上年]"
    comparison = parse_condition(rule, SYMBOLS)
    assert isinstance(comparison, Comparison)
    levers = [(lever.value.symbol.id, lever.value.years_back) for lever in comparison.apart.levers]
    assert levers == [("revenue", 0), ("rd_expense", 0)]


@pytest.mark.parametrize(
    "terms",
    [
        ((7, ()),),
        ((7, (0,)),),
        ((7, (0,)), (-3, ())),
        ((7, (0,)), (-3, (1,))),
        ((7, (0, 1)), (-3, ())),
        ((7, (0,)), (-3, (1,)), (2, (0, 0))),
        (),
    ],
)
def test_a_polynomial_is_the_sum_of_its_terms_in_whatever_form(terms: Terms) -> None:
    assert sum_of(terms)([11, 13]) == total(terms, [11, 13])


def test_a_fact_multiplied_by_itself_is_no_line() -> None:
    rule = "营业收入总额[上年] * 营业收入总额[上年] >= 营业收入总额[上年] * 5000万元"
    assert truth(rule, firm()) is True
    assert truth(rule, firm(revenue={YEAR: 1})) is False
    comparison = parse_condition(rule, SYMBOLS)
    assert isinstance(comparison, Comparison)
    assert comparison.apart.levers == ()
    loss = firm(net_profit={YEAR: -5})
    assert truth("净利润总额[上年] * 净利润总额[上年] > 0元 * 1元", loss) is True


@pytest.mark.parametrize(
    ("since", "years"),
    [(date(2026, 2, 1), 0), (date(2026, 1, 1), 0), (date(2025, 1, 1), 1), (date(2025, 1, 2), 0)],
)
def test_years_are_whole_and_never_fewer_than_none(since: date, years: int) -> None:
    assert truth(f"从事特定细分市场年限 = {years}年", firm(niche_since=since)) is True


def test_a_supposed_number_stands_beside_everything_else_as_it_is() -> None:
    view = Supposed(FirmView(firm(), VOCABULARY), ("employees", 0), Span(300, 300))
    rule = parse_condition("从业人员数[上年] = 300人 且 截至日 = 2026-03-01 且 上年末 = 2025-12-31", SYMBOLS)
    assert truth_of(rule, view) is True
    lacking = parse_condition("净利润总额[上年] > 0元", SYMBOLS)
    assert reasons_of(lacking, view) == (Reason("fact_missing", "net_profit", YEAR),)


def why(rule: str, facts: Facts) -> tuple[Reason, ...]:
    return reasons_of(parse_condition(rule, SYMBOLS), FirmView(facts, VOCABULARY))


def test_a_sum_names_the_amount_that_it_lacks() -> None:
    facts = firm(equity_financing=[financing(paid_amount=None)])
    lacking = Reason("cell_missing", "equity_financing", None, 1, "paid_amount")
    assert why("近三年新增股权融资总额 >= 500万元", facts) == (lacking,)
    assert truth("近三年新增股权融资总额 > 0元", facts) is None


def test_a_size_says_why_it_cannot_be_told() -> None:
    unknown, elsewhere = (firm(industry_code=code) for code in ("9999", "6620"))
    rule = "企业规模 = 小型企业"
    assert why(rule, unknown) == (Reason("industry_code_unknown", "industry_code"),)
    assert why(rule, elsewhere) == (Reason("size_not_covered", "industry_code"),)


@pytest.mark.parametrize(
    ("number", "root"),
    [(2, 1_414213562373), (3, 1_732050807568), (5, 2_236067977499), (4, 2_000000000000), (0, 0)],
)
def test_a_root_is_shown_to_twelve_decimals_rounded_down(number: int, root: int) -> None:
    assert nearest_root(Fraction(number), 2) == Fraction(root, 10**12)


def test_what_is_kept_in_smaller_units_is_shown_in_its_own() -> None:
    """A mark of 82.50 is kept as 8250."""
    mark = parse_number("本年度专精特新发展评价分 / 从业人员数[上年]", SYMBOLS)
    facts = firm(employees={YEAR: 10}, **{VOCABULARY.by_label["本年度专精特新发展评价分"].id: 8250})
    assert value_of(mark, FirmView(facts, VOCABULARY)) == Fraction(825, 100)


def test_what_is_missing_is_named_with_its_own_year() -> None:
    rule = "营业收入总额[上年] > 营业收入总额[上上年]"
    assert why(rule, firm(revenue={YEAR: 1})) == (Reason("fact_missing", "revenue", YEAR - 1),)


SHARES = "研发费用总额[上年] / 营业收入总额[上年] + 净利润总额[上年] / 资产总额[上年] >= 10%"


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        # a denominator of one 分 is above zero: only the missing number is named
        (
            {"revenue": {YEAR: 1}, "net_profit": {}},
            (Reason("fact_missing", "net_profit", YEAR),),
        ),
        # the first denominator is above zero, the second is not
        (
            {"net_profit": {YEAR: 1}, "total_assets": {YEAR: 0}},
            (Reason("denominator_not_positive", "total_assets", YEAR),),
        ),
        # a missing denominator is missing, not zero
        (
            {"revenue": {}, "net_profit": {YEAR: 1}},
            (Reason("fact_missing", "revenue", YEAR),),
        ),
    ],
)
def test_an_open_share_names_exactly_what_keeps_it_open(
    changes: dict[str, dict[int, int]], reasons: tuple[Reason, ...]
) -> None:
    assert truth(SHARES, firm(**changes)) is None
    assert why(SHARES, firm(**changes)) == reasons


def test_a_reckoned_denominator_that_is_zero_leaves_a_share_open() -> None:
    rule = "研发费用总额[上年] / (营业收入总额[上年] - 主营业务收入总额[上年]) >= 10%"
    facts = firm(revenue={YEAR: 5}, main_revenue={YEAR: 5})
    assert truth(rule, facts) is None
    assert why(rule, facts) == (Reason("denominator_not_positive"),)
    # of half of it nothing can be said
    assert why(rule, firm(revenue={}, main_revenue={YEAR: 5})) == (Reason("fact_missing", "revenue", YEAR),)


def test_one_open_band_above_the_one_that_surely_holds_says_why() -> None:
    """63号附件1 指标1: an own invention gives 15 points, 20 if it is of high value."""
    facts = firm(intellectual_property=[patent(high_value=None)], defence_patents=None)
    found = load("2022-innovative").judge(facts)
    shown = found.indicator("property")
    assert shown.points == Span(15, 20)
    assert [point.reason for point in shown.open_points] == [
        Reason("cell_missing", "intellectual_property", None, 1, "high_value")
    ]
    assert [band.outcome for band in shown.bands] == [
        Outcome.OPEN,
        Outcome.OPEN,
        Outcome.UNMET,
        Outcome.UNMET,
        Outcome.UNMET,
    ]


def test_every_open_band_says_why_in_its_own_words() -> None:
    """The table is missing for the first bands, the patents of defence only for the third."""
    facts = firm(intellectual_property=None, defence_patents=None)
    points = load("2022-innovative").judge(facts).indicator("property").open_points
    assert {point.reason.fact for point in points} == {"intellectual_property", "defence_patents"}
