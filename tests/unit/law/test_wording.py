"""What a verdict says, word for word: values beside their limits, and the whole of it in sentences."""

from datetime import date
from typing import Any

import pytest
from tests.unit.law.firms import WAN, YEAR, financing, firm, patent

from tidu.law.expressions import parse_condition, symbol_of
from tidu.law.expressions.tree import Comparison, DayComparison, Membership, Stated
from tidu.law.facts import load_vocabulary
from tidu.law.firm import FirmView
from tidu.law.standards import load
from tidu.law.standards.wording import leaf_words

VOCABULARY = load_vocabulary()
SYMBOLS = {label: symbol_of(entry) for label, entry in VOCABULARY.by_label.items()}
GROWTH = "(主营业务收入总额[上年] - 主营业务收入总额[上上年]) / 主营业务收入总额[上上年]"


@pytest.mark.parametrize(
    ("rule", "value", "threshold"),
    [
        ("研发费用总额[上年] / 营业收入总额[上年] >= 3%", "2.5%", "3%"),
        (f"{GROWTH} >= 5%", "10%", "5%"),
        ("研发费用总额[上年] / 10000 >= 1元", "0.025 万元", "1元"),
        ("营业收入总额[上年] + 主营业务收入总额[上年] * 2 > 1亿元", "27,600.00 万元", "1亿元"),
        ("从业人员数[上年] * 20 >= 20人", "2,400 人", "20人"),
        ("从业人员数[上年] >= 20人", "120 人", "20人"),
        ("Ⅰ类知识产权有效数 >= 1项", "1～2 项", "1项"),
        ("近三年新增股权融资总额 >= 1万元", "0.00 万元", "1万元"),
        ("近两年复合增长率(营业收入总额) >= 5%", "未填", "5%"),
        ("净利润总额[上年] > 0元", "未填", "0元"),
        ("注册时间 <= 截至日 - 3年", "", "截至日 - 3年"),
        ("注册时间 + 14个月 > 上年末", "", "上年末"),
        ("截至日 = 2026-03-01", "", "2026-03-01"),
        ("企业规模 不属于 大型企业、中型企业", "小型企业", "大型企业、中型企业"),
        ("联系人为本企业职工", "是", "是"),
    ],
)
def test_a_comparison_is_shown_as_the_rule_writes_it(rule: str, value: str, threshold: str) -> None:
    rows = [patent(), patent(granted_on=None)]
    facts = firm(intellectual_property=rows, contact_is_employee=True, registered_on=date(2020, 3, 1))
    assert words(rule, FirmView(facts, VOCABULARY)) == (rule, value, threshold)


@pytest.mark.parametrize(
    ("rule", "value", "changes"),
    [
        ("Ⅰ类知识产权有效数 >= 1项", "至少 0 项", {"intellectual_property": None}),
        (
            "近三年新增股权融资总额 >= 1万元",
            "至少 0.00 万元",
            {"equity_financing": [financing(paid_amount=None)]},
        ),
        ("企业规模 属于 小型企业", "中型企业 或 小型企业 或 微型企业", {"employees": {}}),
        ("联系人为本企业职工", "否", {"contact_is_employee": False}),
        ("联系人为本企业职工", "未填", {}),
    ],
)
def test_what_is_not_certain_is_shown_within_its_limits(
    rule: str, value: str, changes: dict[str, Any]
) -> None:
    assert words(rule, FirmView(firm(**changes), VOCABULARY))[1] == value


def words(rule: str, view: FirmView) -> tuple[str, str, str]:
    bracketed = rule
    if "属于 " in rule:
        label, options = rule.split("属于 ")
        bracketed = f"{label}属于 ({options})"
    leaf = parse_condition(bracketed, SYMBOLS)
    assert isinstance(leaf, (Comparison, DayComparison, Membership, Stated))
    return leaf_words(leaf, view)


def test_a_verdict_reads_from_the_outcome_to_what_would_help() -> None:
    """63号: a judgement, a date of a patent and an incident's judgement are still open."""
    facts = firm(
        rd_expense={YEAR: 122_100_000},
        strategic_industry=None,
        intellectual_property=[patent(granted_on=None)],
        total_liabilities={YEAR: 7_501 * WAN},
        no_major_incident=None,
    )
    assert load("2022-innovative").judge(facts).sentences() == READ.split("\n")


READ = """\
结论：待补充。
评价得分 45～65 分（满分 100 分）：创新能力 5～20 分，成长性 15 分，专业化 25～30 分。
符合《中小企业划型标准规定》：符合（63号 总则；300号）。
未被列入经营异常名录或严重失信主体名单：符合（63号 总则）。
提供的产品（服务）不属于国家禁止、限制或淘汰类：符合（63号 总则）。
近三年未发生重大安全（含网络安全、数据安全）、质量、环境污染等事故\
以及偷漏税等违法违规行为：待补充（63号 总则）。
评价得分60分以上：待补充（63号 附件1 公告条件）。
创新能力指标得分不低于20分：待补充（63号 附件1 公告条件）。
成长性指标得分不低于15分：符合（63号 附件1 公告条件）。
专业化指标得分不低于15分：符合（63号 附件1 公告条件）。
近三年内获得过国家级、省级科技奖励：不符合（63号 附件1 直通1；非必须）。
获得高新技术企业、国家级技术创新示范企业、知识产权优势企业和知识产权示范企业等荣誉\
（均为有效期内）：不符合（63号 附件1 直通2；非必须）。
拥有经认定的省部级以上研发机构：不符合（63号 附件1 直通3；非必须）。
近三年新增股权融资总额（合格机构投资者的实缴额）500万元以上：不符合（63号 附件1 直通4；非必须）。
待补充：近三年未发生重大事故及违法违规行为尚待认定。
待补充：知识产权清单第 1 行缺“授权日期”。
待补充：主导产品所属领域尚待认定。
Ⅱ类知识产权有效数再增加 1 项（由 0 项到 1 项）即达“Ⅱ类知识产权1项以上”一档，得 5 分（增加 5 分）。
2025年研发费用总额再增加 77.90 万元（由 122.10 万元到 200.00 万元）即达“2%—3%”一档，得 10 分（增加 5 分）。
2025年主营业务收入总额再增加 400.00 万元（由 8,800.00 万元到 9,200.00 万元）即达“15%以上”一档，\
得 20 分（增加 5 分）。
2025年负债总额再减少 1.00 万元（由 7,501.00 万元到 7,500.00 万元）即达“55%—75%”一档，得 5 分（增加 5 分）。
还有 3 项待补充，请先补齐；目前没有哪一项单独变化就能使结论变为符合。"""
