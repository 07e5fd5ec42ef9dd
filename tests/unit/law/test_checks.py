"""Checks across the facts: each finding names field, value, rule and remedy; the silent cases stay silent."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.unit.law.firms import WAN, YEAR, financing, firm, honour, patent

from tidu.law.checks import check, unread
from tidu.law.facts import Facts

AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


def found(at: datetime = AT, **changes: Any) -> list[tuple[str, str, str]]:
    return [(f.level, f.field, f.sentence()) for f in check(firm(**changes), at)]


def test_a_sound_firm_has_no_findings() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (
            {"main_revenue": {2025: 10_000 * WAN + 1}},
            (
                "block",
                "main_revenue.2025",
                (
                    "2025年主营业务收入总额 10,000.000001 万元 大于营业收入总额 10,000.00 万元。"
                    "主营业务收入是营业收入的一部分，请按审计报告改正其中一项。"
                ),
            ),
        ),
        (
            {"rd_staff": {2025: 121}},
            (
                "block",
                "rd_staff.2025",
                (
                    "2025年研发人员数 121 人 大于从业人员数 120 人。"
                    "研发人员是从业人员的一部分，请核对两项的口径后改正。"
                ),
            ),
        ),
        (
            {"rd_expense": {2025: 10_001 * WAN}},
            (
                "warn",
                "rd_expense.2025",
                (
                    "2025年研发费用总额 10,001.00 万元 大于营业收入总额 10,000.00 万元。"
                    "这种情况少见，请核对单位和口径；属实的可以保留。"
                ),
            ),
        ),
        (
            {"total_liabilities": {2025: 10_001 * WAN}},
            (
                "warn",
                "total_liabilities.2025",
                (
                    "2025年负债总额 10,001.00 万元 大于资产总额 10,000.00 万元，即资不抵债。"
                    "请按资产负债表核对；属实的可以保留。"
                ),
            ),
        ),
        (
            {"total_assets": {2025: -1}, "total_liabilities": {}},
            (
                "block",
                "total_assets.2025",
                "资产总额“-0.000001”小于允许的最小值 0.00万元。请核对正负号和单位后重填。",
            ),
        ),
        (
            {"registered_on": date(2026, 3, 2)},
            (
                "block",
                "registered_on",
                "注册时间“2026-03-02”晚于今天（2026年3月1日）。该日期不能在将来，请核对后重填。",
            ),
        ),
        (
            {"intellectual_property": [patent(granted_on=date(2026, 3, 2))]},
            (
                "block",
                "intellectual_property.1.granted_on",
                "授权日期“2026-03-02”晚于今天（2026年3月1日）。该日期不能在将来，请核对后重填。",
            ),
        ),
        (
            {"net_profit": {2026: 0}},
            (
                "block",
                "net_profit.2026",
                (
                    "净利润总额填了 2026 年度的数。会计年度结束后才有完整数据，"
                    "目前最近的完整年度是 2025 年，请核对年度。"
                ),
            ),
        ),
        (
            {"industry_code": "9999"},
            (
                "block",
                "industry_code",
                (
                    "所属行业代码“9999”不在《国民经济行业分类》（GB/T 4754-2017）中。"
                    "请按主营业务选择四位小类代码。"
                ),
            ),
        ),
        (
            {"industry_code": "3519"},
            (
                "warn",
                "industry_code",
                (
                    "所属行业代码“3519”未在本系统的小类表中，将按所属中类“采矿、冶金、建筑专用设备制造”处理。"
                    "请核对代码是否填写正确。"
                ),
            ),
        ),
        (
            {"intellectual_property": [patent(), patent(name="另一件")]},
            (
                "block",
                "intellectual_property.2.number",
                "第 2 行的证书编号“ZL-1”与第 1 行相同。同一件只能填一次，请删去重复的一行或改正编号。",
            ),
        ),
        (
            {"intellectual_property": [patent(obtained="transferred")]},
            (
                "block",
                "intellectual_property.1.transferred_on",
                "知识产权清单第 1 行缺“转入日期”。请补填，或删去这一行。",
            ),
        ),
        (
            {"honours": [honour(valid_until=date(2024, 10, 31))]},
            (
                "block",
                "honours.1.valid_until",
                "荣誉清单第 1 行的有效期至 2024-10-31 早于授予日期 2024-11-01。请核对两个日期后改正。",
            ),
        ),
        (
            {"equity_financing": [financing(shares_given=300_001)]},
            (
                "warn",
                "equity_financing.1.shares_given",
                (
                    "股权融资清单第 1 行的出让股权比例 30.0001% 超过 30%。"
                    "按63号附件4，这一笔不计入新增股权融资；"
                    "请核对后保留或改正。"
                ),
            ),
        ),
        (
            {"total_assets": {2025: 10_000 * WAN, 2024: 10 * WAN}},
            (
                "warn",
                "total_assets.2025",
                (
                    "资产总额从 2024 年的 10.00 万元 变为 2025 年的 10,000.00 万元，相差一千倍以上。"
                    "请核对两年的单位是否一致（元与万元）；属实的可以保留。"
                ),
            ),
        ),
    ],
)
def test_each_finding_says_what_is_wrong_and_what_to_do(
    changes: dict[str, Any], finding: tuple[str, str, str]
) -> None:
    assert found(**changes) == [finding]


def test_yuan_typed_as_wan_is_noticed_by_the_revenue_per_head() -> None:
    codes = [f.code for f in check(firm(revenue={YEAR: 100_000_000 * WAN}), AT)]
    assert codes == ["revenue_per_head_unlikely"]


def test_a_date_of_today_in_beijing_is_not_in_the_future() -> None:
    evening = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    assert found(evening, registered_on=date(2026, 3, 2)) == []
    assert len(found(AT, registered_on=date(2026, 3, 2))) == 1


def test_a_right_may_end_in_the_future() -> None:
    assert found(intellectual_property=[patent(valid_until=date(2045, 1, 1))]) == []


def test_what_is_missing_is_never_a_contradiction() -> None:
    assert found(revenue={}, employees={}, total_assets={}) == []


def test_findings_that_block_come_first() -> None:
    levels = [f.level for f in check(firm(industry_code="3519", rd_staff={YEAR: 121}), AT)]
    assert levels == ["block", "warn"]


def test_an_empty_firm_has_no_findings() -> None:
    assert check(Facts.of({}, year=YEAR), AT) == []


@pytest.mark.parametrize(
    ("draft", "field", "said"),
    [
        (
            ("revenue", 2025, "约五千万"),
            "revenue.2025",
            "营业收入总额“约五千万”不是金额。请填写以万元为单位的数字，例如 1250.5；也可以写明“元”或“亿元”。",
        ),
        (
            ("registered_on", 0, "2026-03-02"),
            "registered_on",
            "注册时间“2026-03-02”晚于今天（2026年3月1日）。该日期不能在将来，请核对后重填。",
        ),
        (
            ("registered_on", 0, "2026-02-28"),
            "registered_on",
            "注册时间“2026-02-28”保存时不能识别，现在可以识别了。请在该栏重新确认一次，使其计入填报内容。",
        ),
        (
            ("honours", 0, '[{"granted_on": "2026-03-02"}]'),
            "honours.1.granted_on",
            "荣誉清单第 1 行 认定日期“2026-03-02”晚于今天（2026年3月1日）。该日期不能在将来，请核对后重填。",
        ),
    ],
)
def test_what_could_not_be_read_stands_in_the_way(draft: tuple[str, int, str], field: str, said: str) -> None:
    (finding,) = unread([draft], AT)
    assert (finding.level, finding.field, finding.sentence()) == ("block", field, said)


def test_what_was_read_is_not_read_again() -> None:
    assert unread([("revenue", 2025, ""), ("forgotten", 0, "x")], AT) == []
