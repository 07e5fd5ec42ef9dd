"""What a person types becomes an exact value, or a refusal that says what to do."""

from datetime import date

import pytest

from tidu.law.facts import format_value, load_vocabulary, parse_row, parse_value
from tidu.law.refusals import Refused, sentence

VOCABULARY = load_vocabulary()
REVENUE = VOCABULARY.fact("revenue")
STAFF = VOCABULARY.fact("employees")
SHARE = VOCABULARY.fact("equity_financing").column("shares_given")
DAY = VOCABULARY.fact("registered_on")
FLAG = VOCABULARY.fact("contact_is_employee")
CHOICE = VOCABULARY.fact("ownership")
LEVEL = VOCABULARY.fact("digital_level")
CODE = VOCABULARY.fact("industry_code")
NAME = VOCABULARY.fact("enterprise_name")
PROFIT = VOCABULARY.fact("net_profit")


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("1250.5", 1_250_500_000),
        ("1,250.50", 1_250_500_000),
        ("１，２５０．５", 1_250_500_000),
        (" 1250.5 万元 ", 1_250_500_000),
        ("12505000元", 1_250_500_000),
        ("0.12505亿元", 1_250_500_000),
        ("0.12505亿", 1_250_500_000),
        ("0.000001", 1),
        ("0", 0),
        ("+3", 3_000_000),
    ],
)
def test_money_is_read_to_the_fen(typed: str, fen: int) -> None:
    assert parse_value(REVENUE, typed) == fen


def test_a_loss_is_negative() -> None:
    assert parse_value(PROFIT, "-12.3") == -12_300_000
    assert parse_value(PROFIT, "−12.3") == -12_300_000
    assert format_value(PROFIT, -12_300_000) == "-12.30"


@pytest.mark.parametrize("typed", ["", "  ", "　"])
def test_nothing_typed_is_missing_and_not_zero(typed: str) -> None:
    assert parse_value(REVENUE, typed) is None


@pytest.mark.parametrize(
    "typed", ["2025-03-01", "2025/3/1", "2025.03.01", "2025年3月1日", "20250301", "２０２５－０３－０１"]
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert parse_value(DAY, typed) == date(2025, 3, 1)


def test_other_kinds_are_read() -> None:
    assert parse_value(STAFF, "1,200人") == 1200
    assert parse_value(SHARE, "12.5%") == 125_000
    assert parse_value(SHARE, "12.3456") == 123_456
    assert parse_value(FLAG, "是") is True
    assert parse_value(FLAG, "无") is False
    assert parse_value(CHOICE, "民营") == "private"
    assert parse_value(CHOICE, "private") == "private"
    assert parse_value(NAME, " 示例公司 ") == "示例公司"


@pytest.mark.parametrize(
    ("fact", "typed", "said"),
    [
        (
            REVENUE,
            "一百",
            "营业收入总额“一百”不是金额。请填写以万元为单位的数字，例如 1250.5；也可以写明“元”或“亿元”。",
        ),
        (
            REVENUE,
            "12,34",
            "营业收入总额“12,34”不是金额。请填写以万元为单位的数字，例如 1250.5；也可以写明“元”或“亿元”。",
        ),
        (
            REVENUE,
            "5人",
            "营业收入总额“5人”不是金额。请填写以万元为单位的数字，例如 1250.5；也可以写明“元”或“亿元”。",
        ),
        (
            REVENUE,
            "1.0000001",
            "营业收入总额“1.0000001”比一分钱还小。以万元为单位最多填写六位小数，请按报表金额核对后重填。",
        ),
        (REVENUE, "-5", "营业收入总额“-5”小于允许的最小值 0.00万元。请核对正负号和单位后重填。"),
        (
            REVENUE,
            "1000000000.000001",
            (
                "营业收入总额“1000000000.000001”大于允许的最大值 1,000,000,000.00万元。"
                "请核对单位（是否把元当作万元）后重填。"
            ),
        ),
        (STAFF, "三十", "从业人员数“三十”不是整数。请填写以“人”为单位的整数，例如 35。"),
        (STAFF, "3.5", "从业人员数“3.5”带有小数。该项只能是整数，请核对后重填。"),
        (SHARE, "三成", "出让股权比例“三成”不是百分比。请填写百分数，例如 12.5 或 12.5%。"),
        (SHARE, "12.34567", "出让股权比例“12.34567”小数过多。百分比最多填写四位小数，请核对后重填。"),
        (SHARE, "101", "出让股权比例“101”大于允许的最大值 100%。请核对单位（是否把元当作万元）后重填。"),
        (DAY, "2025-02-30", "注册时间“2025-02-30”不是有效日期。请按“2025-03-01”的样式填写。"),
        (DAY, "去年", "注册时间“去年”不是有效日期。请按“2025-03-01”的样式填写。"),
        (FLAG, "大概", "联系人为本企业职工“大概”无法识别。请填写“是”或“否”。"),
        (
            CHOICE,
            "国有的",
            "企业类型“国有的”不在可选项内，是否要填“国有”？可选项为：国有、合资、民营、外资。",
        ),
        (CHOICE, "xyz", "企业类型“xyz”不在可选项内。请从以下选项中选择：国有、合资、民营、外资。"),
        (LEVEL, "2级", "数字化水平“2级”不在可选项内，是否要填“二级”？可选项为：一级、二级、三级、四级。"),
        (LEVEL, "３级", "数字化水平“３级”不在可选项内，是否要填“三级”？可选项为：一级、二级、三级、四级。"),
        (LEVEL, "5级", "数字化水平“5级”不在可选项内。请从以下选项中选择：一级、二级、三级、四级。"),
        (CODE, "C35", "所属行业代码“C35”的写法不对：应为四位数字的行业小类代码，例如 3515。请核对后重填。"),
        (NAME, "字" * 101, "企业名称共 101 字，超过 100 字的上限。请精简后重填。"),
        (NAME, "示例\x00公司", "企业名称中含有无法显示的字符。请删去后重新录入，不要从其他软件直接粘贴。"),
    ],
)
def test_a_refusal_names_field_value_rule_and_remedy(fact: object, typed: str, said: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_value(fact, typed)  # type: ignore[arg-type]
    assert sentence(caught.value) == said
    assert caught.value.field == fact.id  # type: ignore[attr-defined]


def test_a_row_is_read_cell_by_cell() -> None:
    table = VOCABULARY.fact("awards")
    assert parse_row(table, {"name": "示例奖", "level": "省级", "awarded_on": "2025-06-01", "rank": ""}) == {
        "name": "示例奖",
        "level": "provincial",
        "awarded_on": date(2025, 6, 1),
    }
    with pytest.raises(KeyError):
        parse_row(table, {"prize": "示例奖"})


@pytest.mark.parametrize(
    "typed", ["9" * 5_000, "1." + "9" * 5_000, "1" + " " * 5_000 + "1"], ids=["digits", "decimals", "gap"]
)
def test_no_number_is_too_long_to_be_refused(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_value(REVENUE, typed)
    assert refusal.value.code == "money_unreadable"
    assert len(sentence(refusal.value)) < 120
