"""The verdict on the page, from the real standard: pass lines, order, alternatives, papers."""

from datetime import date
from typing import Any

import pytest
from django.template import Context, Template

from tidu.law.facts import Facts
from tidu.law.standards import load
from tidu.portals.parts.fields import Evidence
from tidu.portals.parts.verdicts import VerdictView, view_of

FIRM: dict[str, Any] = {
    "industry_code": "3599",
    "employees": {2025: 56},
    "revenue": {2025: 5_250_000_000, 2024: 4_980_000_000},
    "rd_expense": {2025: 126_530_000},
    "total_assets": {2025: 5_250_000_000},
    "total_liabilities": {2025: 2_839_200_000},
    "strategic_industry": "other",
    "honours": (),
    "awards": (),
    "rd_bodies": (),
    "equity_financing": (),
}


def verdict(**more: Any) -> dict[str, Any]:
    facts = Facts.of(FIRM | more, year=2025, as_of=date(2026, 3, 6))
    return load("2022-innovative-liaoning").judge(facts).as_json()


@pytest.fixture(scope="module")
def view() -> VerdictView:
    return view_of(verdict(), {"audit_report": [Evidence("审计报告", "/papers/1/")]})


def test_pass_lines_are_those_of_the_rules(view: VerdictView) -> None:
    assert view.total is not None
    assert (view.total.label, view.total.full, view.total.pass_line) == ("评价得分", 100, 60)
    assert [(bar.label, bar.full, bar.pass_line) for bar in view.groups] == [
        ("创新能力", 40, 20),
        ("成长性", 30, 15),
        ("专业化", 30, 15),
    ]


def test_reading_of_ours_is_marked(view: VerdictView) -> None:
    assert view.unconfirmed == "按63号推定"


def test_findings_begin_with_what_fails() -> None:
    findings = view_of(verdict(rd_expense={2025: 0}, no_major_incident="no")).findings
    assert [finding.id for finding in findings if finding.fails] == ["incidents", "research"]
    assert [finding.fails for finding in findings[:3]] == [True, True, False]
    ranks = [finding.rank for finding in findings]
    assert ranks == sorted(ranks)


def test_finding_shows_value_beside_rule_beside_paper(view: VerdictView) -> None:
    research = next(finding for finding in view.findings if finding.id == "research")
    assert research.value == "2.41%"
    assert research.inputs == ["2025年研发费用总额 126.53 万元", "2025年营业收入总额 5,250.00 万元"]
    assert research.rule == "2%—3% → 10 分"
    assert "再增加 30.97 万元" in research.gap
    assert research.papers == (Evidence("审计报告", "/papers/1/"),)
    assert (research.text, research.kind) == ("10 分", "info")


def test_open_indicator_shows_its_interval_and_no_gap(view: VerdictView) -> None:
    growth = next(finding for finding in view.findings if finding.id == "main_growth")
    assert (growth.text, growth.kind, growth.gap) == ("0 ~ 20 分", "open", "")


def test_what_a_person_decides_is_said(view: VerdictView) -> None:
    lists = next(finding for finding in view.findings if finding.id == "lists")
    assert lists.rests_on_judgement
    assert lists.rule == "须认定为“是”"


def test_rules_of_the_score_are_shown_by_bars_alone(view: VerdictView) -> None:
    assert "评价得分60分以上" not in [row.label for row in view.clauses]
    assert all(not finding.id.startswith("score_") for finding in view.findings)


def test_alternative_not_needed_is_not_held_against_the_firm() -> None:
    honour = {"kind": "high_technology", "granted_on": date(2024, 7, 1), "valid_until": date(2027, 6, 30)}
    view = view_of(verdict(honours=(honour,)))
    direct = next(row for row in view.clauses if row.label.startswith("直通条件"))
    score = next(row for row in view.clauses if row.label.startswith("评价得分达到"))
    assert (direct.outcome, direct.counts) == ("met", True)
    assert (score.outcome, score.counts) == ("open", False)
    award = next(finding for finding in view.findings if finding.id == "direct_award")
    assert award.gap == "", "what it would take is not asked of the firm"
    assert (award.text, award.kind, award.fails) == ("非必须", "", False)


def test_panel_shows_outcome_standard_and_what_is_missing() -> None:
    page = Template("{% load parts %}{% verdict_panel verdict %}{% findings verdict %}")
    shown = page.render(Context({"verdict": verdict()}))
    assert '<span class="pill open">待补充</span>' in shown
    assert "按63号推定" in shown
    assert "2025年主营业务收入总额未填。" in shown
    assert 'aria-label="创新能力 10 至 30 分，满分 40 分，合格线 20 分"' in shown


def specialised(**more: Any) -> VerdictView:
    facts = Facts.of(FIRM | more, year=2025, as_of=date(2026, 3, 6))
    return view_of(load("2022-specialised").judge(facts).as_json())


def test_of_items_that_add_up_every_one_that_counts_is_shown() -> None:
    award = {"name": "示例省质量奖", "level": "provincial", "awarded_on": date(2024, 5, 1)}
    more = {"own_brands": 1, "quality_awards": [award], "quality_systems": (), "standards_made": ()}
    quality = next(f for f in specialised(**more).findings if f.id == "quality")
    assert (quality.text, quality.rule) == ("5 分", "获得省级以上质量奖励 3 分＋拥有自主品牌 3 分")


def test_what_a_province_has_still_to_set_is_open_and_says_so() -> None:
    local = next(f for f in specialised().findings if f.id == "local_feature")
    assert (local.text, local.kind, local.rule) == ("0 ~ 15 分", "open", "由省级主管部门设定，尚未收录")


def test_a_verdict_leads_to_the_page_of_the_text_that_it_was_judged_by() -> None:
    now = verdict()
    assert view_of(now).page == "/standards/2022-innovative-liaoning/"
    then = {**now, "standard": {**now["standard"], "digest": "0" * 64}}
    assert view_of(then).page == f"/standards/2022-innovative-liaoning/{'0' * 64}/"
    trial = {**now, "standard": {**now["standard"], "id": "2022-innovative+试算", "digest": "1" * 64}}
    assert view_of(trial).page == ""
