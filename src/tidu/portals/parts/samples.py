"""Invented figures for the specimen pages. They reach no database and no other page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tidu.law.facts import Facts
from tidu.law.standards import load
from tidu.portals.parts.fields import Choice, Evidence, Field

FIRM = "示例华瑞智能装备有限公司"
STANDARD = "2022-innovative-liaoning"
FACTS: Mapping[str, Any] = {
    "industry_code": "3599",
    "employees": {2025: 56},
    "revenue": {2025: 5_250_000_000, 2024: 4_980_000_000},
    "main_revenue": {2024: 4_310_000_000},
    "rd_expense": {2025: 126_530_000},
    "total_assets": {2025: 5_250_000_000},
    "total_liabilities": {2025: 2_839_200_000},
    "strategic_industry": "other",
    "honours": (),
    "awards": (),
    "equity_financing": (),
}
PAPERS: Mapping[str, Sequence[Evidence]] = {
    "audit_report": [Evidence("审计报告 第 14 页", "#evidence")],
    "social_insurance": [Evidence("社保证明", "#evidence")],
}


def verdict() -> Mapping[str, Any]:
    """What the standard really says of the invented figures."""
    return load(STANDARD).judge(Facts.of(FACTS, year=2025, as_of=date(2026, 3, 6))).as_json()


_MONEY: Mapping[str, Any] = {
    "kind": "money",
    "unit": "万元",
    "required": True,
    "version": 3,
    "autosave": "/specimen/save/",
}

# One field of each kind and in each state.
FIELDS: Sequence[Field] = [
    Field(
        name="revenue[2025]",
        label="营业收入",
        period="2025 年",
        value="5250.00",
        help="企业全年主营业务收入与其他业务收入之和，以审计报告期末数为准。",
        source="63号附件4",
        evidence=[Evidence("审计报告（2025）第 9 页", "#evidence")],
        **_MONEY,
    ),
    Field(
        name="rd[2025]",
        label="研发费用总额",
        period="2025 年",
        value="1265300",
        help="按研发费用辅助账或专项审计报告填写。",
        source="63号附件4",
        warning="比上年大 10,000 倍：是否把“元”当作“万元”填写？如无误可不理会。",
        evidence=[Evidence("研发费用专项说明")],
        **_MONEY,
    ),
    Field(
        name="main[2025]",
        label="主营业务收入",
        period="2025 年",
        value="5350.00",
        help="主导产品及相关业务的收入。",
        error="主营业务收入“5,350.00”大于营业收入“5,250.00”：前者不能超过后者，请核对两项。",
        mend=True,
        why="与审计报告第 9 页不一致，请核对口径。",
        **_MONEY,
    ),
    Field(
        name="share",
        label="主导产品收入占比",
        kind="share",
        unit="%",
        value="",
        help="近一年主导产品收入占营业收入的比重。",
    ),
    Field(
        name="founded",
        label="成立日期",
        kind="date",
        value="2016-05-12",
        readonly=True,
        help="由登记信息带入，不在此修改。",
    ),
    Field(name="listed", label="是否上市", kind="flag", value="否", autosave="/specimen/save/"),
    Field(
        name="accounts",
        label="财务数据口径",
        kind="choice",
        value="单体报表",
        choices=[Choice("单体报表", "单体报表"), Choice("合并报表", "合并报表")],
        help="三个年度应采用同一口径。",
    ),
    Field(
        name="product",
        label="主导产品简介",
        kind="lines",
        value="",
        help="200 字以内。不得填写涉及国家秘密的内容；国防专利只填件数。",
        required=True,
        autosave="/specimen/save/",
    ),
]


SECTIONS: Sequence[Mapping[str, Any]] = [
    {"label": "企业基本信息", "done": 12, "total": 12},
    {"label": "经营情况", "done": 14, "total": 18, "current": True},
    {"label": "创新能力", "done": 5, "total": 9},
    {"label": "成长性", "done": 4, "total": 4},
    {"label": "专业化", "done": 0, "total": 3},
    {"label": "佐证材料", "done": 3, "total": 7},
    {"label": "声明与提交", "done": 0, "total": 1},
]


def timeline(now: datetime) -> Sequence[Mapping[str, Any]]:
    hour = timedelta(hours=1)
    return [
        {
            "title": "等待企业补正",
            "state": "waits",
            "deadline": now + 37 * hour,
            "actor": FIRM,
            "note": "本局截止时间不变",
        },
        {
            "title": "退回补正",
            "at": now - 18 * hour,
            "actor": "示例市工业和信息化局",
            "comment": "研发费用与审计报告第 14 页不一致；数字化水平未填。",
        },
        {
            "title": "推荐",
            "state": "ok",
            "at": now - 66 * hour,
            "actor": "示例县工业和信息化局",
            "note": "示工信〔2026〕11号",
            "link": {"label": "推荐文件", "url": "#letter"},
        },
        {"title": "实地核查", "at": now - 90 * hour, "actor": "示例县工业和信息化局", "note": "二人，一致"},
        {"title": "企业提交", "at": now - 210 * hour, "actor": FIRM},
    ]


STAGES: Sequence[Mapping[str, str]] = [
    {"label": "企业申报", "state": "done", "note": "2月26日"},
    {"label": "区县审核推荐", "state": "done", "note": "3月4日"},
    {"label": "市级复核", "state": "now", "note": "剩 2 天 13 小时"},
    {"label": "市级公示", "state": "ahead", "note": "5 个工作日"},
    {"label": "省级公告", "state": "ahead", "note": ""},
]


def queue(now: datetime) -> Sequence[Mapping[str, Any]]:
    names = ["华瑞智能装备", "北辰精密轴承", "海澜环保材料", "明远软件", "同舟船舶配件", "青禾生物科技"]
    state = [
        ("待审核", "info"),
        ("已重新提交", "act"),
        ("待企业补正", "open"),
        ("待推荐", "ok"),
        ("待审核", "info"),
        ("待审核", "info"),
    ]
    return [
        {
            "firm": f"示例{name}有限公司",
            "code": f"91990000SAMPLE{n:04d}",
            "number": f"DL26-1-{318 + n:06d}",
            "kind": "新申报" if n % 3 else "复核",
            "state": state[n][0],
            "tone": state[n][1],
            "low": 48 + 5 * n,
            "high": 48 + 5 * n + (7 if n % 2 else 0),
            "fails": max(0, 3 - n),
            "deadline": now + timedelta(hours=[-5, 26, 61, 140, 300, 300][n]),
            "district": f"示例{'甲乙丙'[n % 3]}区",
        }
        for n, name in enumerate(names)
    ]
