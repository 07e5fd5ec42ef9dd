"""The rule language: what can be said, what it means, and how a mistake is pointed at."""

from datetime import date
from fractions import Fraction

import pytest
from tests.unit.law.firms import AS_OF, WAN, YEAR, firm
from tests.unit.law.readings import truth_of, value_of

from tidu.law.calendars import months_after
from tidu.law.expressions import RuleError, parse_condition, parse_number, symbol_of
from tidu.law.expressions.tree import Comparison, Growth, facts_in
from tidu.law.expressions.widths import MOST_BITS, bits_needed
from tidu.law.facts import Facts, load_vocabulary
from tidu.law.firm import FirmView

VOCABULARY = load_vocabulary()
SYMBOLS = {label: symbol_of(entry) for label, entry in VOCABULARY.by_label.items()}


def truth(rule: str, facts: Facts | None = None) -> bool | None:
    return truth_of(parse_condition(rule, SYMBOLS), FirmView(facts or firm(), VOCABULARY))


def value(number: str) -> Fraction | None:
    return value_of(parse_number(number, SYMBOLS), FirmView(firm(), VOCABULARY))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("研发费用总额[上年] >= 250万元", True),
        ("研发费用总额[上年] > 250万元", False),
        ("研发费用总额[上年] <= 250万元", True),
        ("研发费用总额[上年] < 250万元", False),
        ("研发费用总额[上年] = 2500000元", True),
        ("研发费用总额[上年] != 0.025亿元", False),
        ("研发费用总额［上年］ ≥ 250万元", True),
        ("主营业务收入总额[上年] > 主营业务收入总额[上上年]", True),
        ("研发费用总额[上年] / 营业收入总额[上年] >= 2.5%", True),
        ("研发费用总额[上年] / 营业收入总额[上年] > 2.5%", False),
        ("(研发费用总额[上年] + 研发费用总额[上年]) / 2 >= 250万元", True),
        ("营业收入总额[上年] / 从业人员数[上年] <= 10000万元 / 1人", True),
        ("营业收入总额[上年] * 2 > 主营业务收入总额[上年] × 2", True),
        ("营业收入总额[上年] * 2元 / (营业收入总额[上年] * 1元) = 200%", True),
        ("从业人员数[上年] >= 100人 且 研发费用总额[上年] >= 1万元", True),
        ("从业人员数[上年] < 100人 或 研发费用总额[上年] >= 1万元", True),
        ("非(从业人员数[上年] < 100人)", True),
        ("企业规模 属于 (小型企业、微型企业)", True),
        ("企业规模 不属于 (小型企业、微型企业)", False),
        ("主导产品所属领域 = 高端装备制造产业", True),
        ("主导产品所属领域 != “高端装备制造产业”", False),
        ("产品服务不在禁限淘汰之列", True),
        ("截至日 >= 2026-03-01 且 上年末 = 2025-12-31", True),
        ("截至日 - 2个月 > 上年末 + 1个月", False),
    ],
)
def test_a_rule_says_what_an_officer_reads(rule: str, expected: bool) -> None:
    assert truth(rule) is expected


def test_and_binds_tighter_than_or() -> None:
    rule = "从业人员数[上年] > 0人 或 从业人员数[上年] > 0人 且 从业人员数[上年] < 0人"
    assert truth(rule) is True
    assert truth(f"({rule.split(' 且 ', maxsplit=1)[0]}) 且 从业人员数[上年] < 0人") is False


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("净利润总额[上年] > 0万元 且 从业人员数[上年] > 0人", None),
        ("净利润总额[上年] > 0万元 且 从业人员数[上年] < 0人", False),
        ("净利润总额[上年] > 0万元 或 从业人员数[上年] > 0人", True),
        ("净利润总额[上年] > 0万元 或 从业人员数[上年] < 0人", None),
        ("非(净利润总额[上年] > 0万元)", None),
    ],
)
def test_missing_is_a_third_value(rule: str, expected: bool | None) -> None:
    assert truth(rule) is expected


def test_a_size_class_is_certain_for_a_rule_as_soon_as_the_possible_ones_decide() -> None:
    facts = firm(employees={})
    assert truth("企业规模 属于 (中型企业、小型企业、微型企业)", facts) is True
    assert truth("企业规模 = 中型企业", facts) is None
    assert truth("企业规模 = 大型企业", facts) is False


def test_arithmetic_is_exact() -> None:
    assert value("研发费用总额[上年] / 营业收入总额[上年]") == Fraction(1, 40)
    growth = "(主营业务收入总额[上年] - 主营业务收入总额[上上年]) / 主营业务收入总额[上上年]"
    assert value(growth) == Fraction(1, 10)
    assert value(f"({growth} + {growth}) / 2 * 3") == Fraction(3, 10)
    assert value("研发费用总额[上年] / (营业收入总额[上年] / 2)") == Fraction(1, 20)
    assert value("净利润总额[上年] / 2") is None


@pytest.mark.parametrize(
    ("rule", "message", "pointed"),
    [
        (
            "研发费用总鹅[上年] >= 1万元",
            "没有名为“研发费用总鹅”的事实，是否为“研发费用总额”。",
            "研发费用总鹅",
        ),
        (
            "从业人员数[上年] > 0人 且 研发费用总鹅[上年] >= 1万元",
            "没有名为“研发费用总鹅”的事实，是否为“研发费用总额”。",
            "研发费用总鹅",
        ),
        ("“天气” >= 1万元", "没有名为“天气”的事实，请查对词汇表。", "“天气”"),
        ("天气 >= 1万元", "没有名为“天气”的事实，请查对词汇表。", "天气"),
        (
            "研发费用总额 >= 1万元",
            "“研发费用总额”逐年填写，请写明年度，例如“研发费用总额[上年]”。",
            "研发费用总额",
        ),
        ("注册资本[上年] >= 1万元", "“注册资本”不分年度，请去掉方括号。", "注册资本"),
        ("研发费用总额[上年] + 3人 >= 1元", "单位不一致：左边是金额，此处是“人”。", "3人"),
        ("研发费用总额[上年] >= 100人", "单位不一致：左边是金额，此处是“人”。", "100人"),
        (
            "营业收入总额[上年] / 从业人员数[上年] >= 3%",
            "单位不一致：左边是金额每人，此处是没有单位的数或比率。",
            "3%",
        ),
        (
            "研发费用总额[上年]",
            "此处应为条件（能回答是或否），例如“营业收入总额[上年] >= 1000万元”。",
            "研发费用总额[上年]",
        ),
        ("企业规模 = 小企业", "“企业规模”没有选项“小企业”，是否为“小型企业”。", "小企业"),
        ("企业规模 = 甲", "“企业规模”没有选项“甲”，应为：大型企业、中型企业、小型企业、微型企业。", "甲"),
        ("企业规模 > 小型企业", "选项只能用 =、!= 或“属于”比较。", ">"),
        ("注册资本 属于 (小型企业)", "“属于”前面应为有选项的事实。", "注册资本"),
        ("注册时间 > 3年", "日期只能与日期比较。", "3年"),
        ("注册时间 > 截至日 - 3人", "日期只能加减整年或整月，例如“截至日 - 3年”。", "3人"),
        ("注册时间 > 2025-02-30", "没有这一天。", "2025-02-30"),
        ("从业人员数[上年] / 0 > 3人", "不能除以零。", "0"),
        ("(从业人员数[上年] > 3人) + 1 > 2", "此处应为数。", "(从业人员数[上年] > 3人)"),
    ],
)
def test_a_mistake_is_said_and_pointed_at(rule: str, message: str, pointed: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_condition(rule, SYMBOLS)
    assert caught.value.message == message
    assert rule[caught.value.start : caught.value.end] == pointed


@pytest.mark.parametrize(
    ("rule", "message", "before"),
    [
        (
            "研发费用总额[上年] >=",
            "规则在此处中断，应为“(”、事实名称、加引号的选项、数字、日期。",
            "研发费用总额[上年] >=",
        ),
        ("研发费用总额[今年] >= 1万元", "此处不能写“今年”，应为上年、上上年之类的年度。", "研发费用总额["),
        ("企业规模 属于 小型企业", "此处不能写“小型企业”，应为“(”。", "企业规模 属于 "),
        (
            "）从业人员数[上年] >= 1人",
            "此处不能写“）”，应为“(”、“非(”、事实名称、加引号的选项、数字、日期。",
            "",
        ),
        (
            "？从业人员数[上年] >= 1人",
            "此处不能写“？”，应为“(”、“非(”、事实名称、加引号的选项、数字、日期。",
            "",
        ),
    ],
)
def test_a_mistake_of_form_names_what_was_expected(rule: str, message: str, before: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_condition(rule, SYMBOLS)
    assert caught.value.message == message
    assert rule[: caught.value.start] == before
    pointed = rule[caught.value.start : caught.value.end]
    assert not pointed or message.startswith(f"此处不能写“{pointed}”")


@pytest.mark.parametrize("rule", ["从业人员数[上年] >= 1人 @", "从业人员数[上年] >= 1人 >= 2人"])
def test_what_follows_a_whole_rule_is_refused_where_it_begins(rule: str) -> None:
    with pytest.raises(RuleError, match=r"应为.*“且”、.*“或”") as caught:
        parse_condition(rule, SYMBOLS)
    assert rule[: caught.value.start] == "从业人员数[上年] >= 1人 "


@pytest.mark.parametrize("before", ["从业人员数[上年] > 0人 且", ""])
def test_the_printed_mistake_points_below_the_words(before: str) -> None:
    with pytest.raises(RuleError) as caught:
        parse_condition(f"{before}\n研发费用总额[上年] >= 100人", SYMBOLS)
    assert str(caught.value).split("\n")[1:] == [
        "  研发费用总额[上年] >= 100人",
        "  　　　　　　 　　     ^^^＾",
    ]


def test_widths_are_proved_from_the_bounds_of_the_facts() -> None:
    growth = "(主营业务收入总额[上年] - 主营业务收入总额[上上年]) / 主营业务收入总额[上上年]"
    before = growth.replace("上上年", "上上上年").replace("[上年]", "[上上年]")
    comparison = parse_condition(f"({growth} + {before}) / 2 >= 10%", SYMBOLS)
    assert isinstance(comparison, Comparison)
    assert 100 < bits_needed(comparison) <= MOST_BITS
    with pytest.raises(RuleError, match="位整数，超过 127 位"):
        parse_condition(f"({growth} + {before}) / 2 * {growth} >= 10%", SYMBOLS)


def test_the_last_bit_of_a_machine_integer_may_be_used() -> None:
    """The revenue goes up to ten trillion yuan, that is 10^15 分."""
    most = 2**MOST_BITS // 10**15
    widest = parse_condition(f"营业收入总额[上年] * {most} >= 0元", SYMBOLS)
    assert isinstance(widest, Comparison)
    assert bits_needed(widest) == MOST_BITS
    with pytest.raises(RuleError, match="最多需要 128 位整数"):
        parse_condition(f"营业收入总额[上年] * {most + 1} >= 0元", SYMBOLS)


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 12, 31), -36, date(2022, 12, 31)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (AS_OF, 0, AS_OF),
        (date(9999, 12, 31), 0, date(9999, 12, 31)),
        (date(9999, 1, 15), 0, date(9999, 1, 15)),
        (date(1, 3, 31), -2, date(1, 1, 31)),
        (date(9999, 12, 31), 12, date.max),
        (date(1, 1, 31), -12, date.min),
    ],
)
def test_terms_end_on_the_corresponding_day(day: date, months: int, moved: date) -> None:
    assert months_after(day, months) == moved


def test_bounds_of_a_count_decide_a_comparison() -> None:
    rule = "Ⅰ类知识产权有效数 >= 1项"
    assert truth(rule, firm(defence_patents=None)) is True
    assert truth(rule, firm(intellectual_property=None, defence_patents=1)) is True
    assert truth(rule, firm(intellectual_property=None)) is None
    assert truth("Ⅰ类知识产权有效数 = 0项", firm(defence_patents=None)) is False
    assert truth("Ⅰ类知识产权有效数 != 0项", firm(defence_patents=None)) is True
    assert truth("Ⅰ类知识产权有效数 = 3项", firm(defence_patents=None)) is None
    assert firm().number("revenue", YEAR) == 10_000 * WAN


# 复合增长率：不开方，按整数次方比较


def growing(last: int, first: int) -> Facts:
    return Facts.of({"revenue": {YEAR: last, YEAR - 2: first}}, year=YEAR)


GROWTH = parse_condition("近两年复合增长率(营业收入总额) >= 5%", SYMBOLS)


@pytest.mark.parametrize(
    ("last", "first", "truth"),
    [
        (11_025, 10_000, True),
        (11_024, 10_000, False),
        # the root of 1.1025 is 1.05 exactly; in binary fractions it is not
        (11_025 * 10**10, 10_000 * 10**10, True),
        (11_025 * 10**10 - 1, 10_000 * 10**10, False),
        (10_000, 0, None),
        (0, 10_000, False),
    ],
)
def test_compound_growth_is_compared_by_powers(last: int, first: int, truth: bool | None) -> None:
    view = FirmView(growing(last, first), load_vocabulary())
    assert truth_of(GROWTH, view) is truth


def test_compound_growth_reads_three_years_and_shows_its_root() -> None:
    assert isinstance(GROWTH, Comparison)
    assert [value.years_back for value in facts_in(GROWTH)] == [0, 2]
    growth = parse_number("近两年复合增长率(营业收入总额)", SYMBOLS)
    assert isinstance(growth, Growth)
    assert growth.text == "近两年复合增长率(营业收入总额)"
    view = FirmView(growing(12_100, 10_000), load_vocabulary())
    assert value_of(GROWTH.left, view) == Fraction(1, 10)
    almost = FirmView(growing(11_025 * 10**10 - 1, 10_000 * 10**10), load_vocabulary())
    shown = value_of(GROWTH.left, almost)
    assert shown is not None
    assert shown < Fraction(5, 100)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("近两年复合增长率(企业名称) >= 5%", "此处应为逐年填写的数"),
        ("近两年复合增长率(营业收入) >= 5%", "此处应为逐年填写的数"),
        ("近两年复合增长率(营业收入总额) >= 5万元", "单位不一致"),
        (
            "近两年复合增长率(营业收入总额) >= 研发费用总额[上年] / 营业收入总额[上年]",
            "只能写在比较的左边，与一个百分数比较",
        ),
        ("近两年复合增长率(营业收入总额) * 2 >= 10%", "只能写在比较的左边"),
        ("5% <= 近两年复合增长率(营业收入总额)", "只能写在比较的左边"),
    ],
)
def test_a_mistake_about_growth_is_pointed_at(rule: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        parse_condition(rule, SYMBOLS)


def test_points_are_not_money() -> None:
    with pytest.raises(RuleError, match="左边是金额，此处是“分”"):
        parse_condition("研发费用总额[上年] >= 60分", SYMBOLS)
