"""63号附件1, clause by clause: every edge from both sides, every direct route, every missing value."""

from datetime import date
from typing import Any

import pytest
from tests.unit.law.firms import AS_OF, WAN, YEAR, award, body, financing, firm, honour, patent

from tidu.law.expressions import Span
from tidu.law.facts import Facts
from tidu.law.standards import Outcome, Verdict, load

STANDARD = load("2022-innovative")


def judged(**changes: Any) -> Verdict:
    return STANDARD.judge(firm(**changes))


def points(verdict: Verdict, indicator: str) -> Span:
    return verdict.indicator(indicator).points


def test_the_firm_of_these_tests_meets_the_standard() -> None:
    verdict = judged()
    assert verdict.outcome is Outcome.MET
    assert [(d.label, d.points) for d in verdict.dimensions] == [
        ("创新能力", Span(25, 25)),
        ("成长性", Span(20, 20)),
        ("专业化", Span(30, 30)),
    ]
    assert verdict.points == Span(75, 75)
    assert verdict.open_points == ()


# 指标1 与主导产品相关的有效知识产权数量


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([patent(high_value="overseas")], 20),
        ([patent(high_value="ten_years", obtained="transferred", transferred_on=date(2020, 1, 1))], 20),
        ([patent()], 15),
        ([patent(obtained="transferred", transferred_on=date(2025, 3, 1))], 10),
        ([patent(obtained="transferred", transferred_on=date(2025, 3, 2))], 0),
        ([patent(kind="software")], 5),
        ([patent(kind="software", obtained="transferred", transferred_on=date(2025, 3, 2))], 0),
        ([patent(kind="utility_model", granted_on=date(2024, 2, 29))], 5),
        ([patent(kind="utility_model", granted_on=date(2024, 3, 1))], 0),
        ([patent(kind="design", granted_on=date(2024, 2, 29))], 5),
        ([patent(related=False)], 0),
        ([patent(valid_until=AS_OF)], 15),
        ([patent(valid_until=date(2026, 2, 28))], 0),
        ([patent(granted_on=date(2026, 3, 2))], 0),
        ([], 0),
    ],
)
def test_property_counts_by_kind_relation_validity_and_a_year_since_transfer(
    rows: list[dict[str, Any]], expected: int
) -> None:
    assert points(judged(intellectual_property=rows), "property") == Span(expected, expected)


@pytest.mark.parametrize(
    "kind",
    ["invention", "plant_variety", "crop_variety", "new_drug", "protected_tcm", "circuit_layout"],
)
def test_each_kind_of_class_one_counts(kind: str) -> None:
    assert points(judged(intellectual_property=[patent(kind=kind)]), "property") == Span(15, 15)


def test_a_defence_patent_is_class_one_by_its_number_alone() -> None:
    verdict = judged(intellectual_property=[], defence_patents=1)
    assert points(verdict, "property") == Span(10, 10)


def test_an_unfinished_row_leaves_the_points_between_what_is_certain_and_possible() -> None:
    unfinished = patent()
    del unfinished["valid_until"]
    verdict = judged(intellectual_property=[patent(kind="software"), unfinished])
    assert points(verdict, "property") == Span(5, 15)
    said = [point.sentence for point in verdict.indicator("property").open_points]
    assert said == ["知识产权清单第 2 行缺“权利有效期至”。"]


def test_without_a_day_to_count_from_terms_are_open() -> None:
    facts = Facts(firm().values_by_key, YEAR)
    verdict = STANDARD.judge(facts)
    assert points(verdict, "property") == Span(0, 15)
    assert "没有给出计算期限的截至日。" in [p.sentence for p in verdict.indicator("property").open_points]


# 指标2 至 6：每一档的边界，从两边


@pytest.mark.parametrize(
    ("rd_expense", "expected"),
    [
        (500 * WAN, 20),
        (500 * WAN - 1, 15),
        (300 * WAN, 15),
        (300 * WAN - 1, 10),
        (200 * WAN, 10),
        (200 * WAN - 1, 5),
        (100 * WAN, 5),
        (100 * WAN - 1, 0),
        (0, 0),
    ],
)
def test_research_share_takes_the_higher_band_on_its_edge(rd_expense: int, expected: int) -> None:
    assert points(judged(rd_expense={YEAR: rd_expense}), "research") == Span(expected, expected)


@pytest.mark.parametrize(
    ("main_revenue", "expected"),
    [
        (9_200 * WAN, 20),
        (9_200 * WAN - 1, 15),
        (8_800 * WAN, 15),
        (8_800 * WAN - 1, 10),
        (8_400 * WAN, 10),
        (8_400 * WAN - 1, 5),
        (8_000 * WAN, 5),
        (8_000 * WAN - 1, 0),
    ],
)
def test_growth_takes_the_higher_band_on_its_edge(main_revenue: int, expected: int) -> None:
    verdict = judged(main_revenue={YEAR: main_revenue, YEAR - 1: 8_000 * WAN})
    assert points(verdict, "main_growth") == Span(expected, expected)


@pytest.mark.parametrize(
    ("liabilities", "expected"),
    [
        (5_500 * WAN, 10),
        (5_500 * WAN + 1, 5),
        (7_500 * WAN, 5),
        (7_500 * WAN + 1, 0),
        (0, 10),
    ],
)
def test_debt_takes_the_higher_band_on_its_edge(liabilities: int, expected: int) -> None:
    assert points(judged(total_liabilities={YEAR: liabilities}), "debt") == Span(expected, expected)


@pytest.mark.parametrize(("option", "expected"), [("information", 10), ("services", 10), ("other", 5)])
def test_field_is_a_judgement(option: str, expected: int) -> None:
    verdict = judged(strategic_industry=option)
    assert points(verdict, "field") == Span(expected, expected)
    assert verdict.indicator("field").rests_on_judgement


@pytest.mark.parametrize(
    ("main_revenue", "expected"),
    [
        (7_000 * WAN, 20),
        (7_000 * WAN - 1, 15),
        (6_000 * WAN, 15),
        (6_000 * WAN - 1, 10),
        (5_500 * WAN, 10),
        (5_500 * WAN - 1, 5),
        (5_000 * WAN, 5),
        (5_000 * WAN - 1, 0),
    ],
)
def test_main_share_takes_the_higher_band_on_its_edge(main_revenue: int, expected: int) -> None:
    verdict = judged(main_revenue={YEAR: main_revenue, YEAR - 1: 5_000 * WAN})
    assert points(verdict, "main_share") == Span(expected, expected)


# 得分线


@pytest.mark.parametrize(
    ("clause", "changes", "outcome"),
    [
        # 15 + 5 + 5 + 5 + 10 + 20 = 60
        ("score_total", {"rd_expense": {YEAR: 100 * WAN}, "main_growth": 5, "debt": 5}, Outcome.MET),
        ("score_total", {"rd_expense": {YEAR: 100 * WAN - 1}, "main_growth": 5, "debt": 5}, Outcome.UNMET),
        ("score_innovation", {"rd_expense": {YEAR: 100 * WAN}}, Outcome.MET),
        ("score_innovation", {"rd_expense": {YEAR: 100 * WAN - 1}}, Outcome.UNMET),
        ("score_growth", {"main_growth": 10, "debt": 5}, Outcome.MET),
        ("score_growth", {"main_growth": 5, "debt": 5}, Outcome.UNMET),
        ("score_specialisation", {"strategic_industry": "other", "main_share": 10}, Outcome.MET),
        ("score_specialisation", {"strategic_industry": "other", "main_share": 5}, Outcome.UNMET),
    ],
)
def test_each_line_of_the_score_is_reached_exactly(
    clause: str, changes: dict[str, Any], outcome: Outcome
) -> None:
    assert judged(**_of_points(changes)).clause(clause).outcome is outcome


def _of_points(changes: dict[str, Any]) -> dict[str, Any]:
    """Facts for the points asked of an indicator."""
    growth = {5: 8_000, 10: 8_400}
    share = {5: 5_000, 10: 5_500}
    found = dict(changes)
    if "main_growth" in found:
        now = growth[found.pop("main_growth")] * WAN
        found["main_revenue"] = {YEAR: now, YEAR - 1: 8_000 * WAN}
    if "main_share" in found:
        now = share[found.pop("main_share")] * WAN
        found["main_revenue"] = {YEAR: now, YEAR - 1: 4_000 * WAN}
    if found.pop("debt", None):
        found["total_liabilities"] = {YEAR: 6_000 * WAN}
    return found


# 直通条件：每一条单独即可，期限的边界从两边

WITHOUT_SCORE: dict[str, Any] = {"rd_expense": {YEAR: 0}, "intellectual_property": []}


def test_without_score_and_without_direct_route_the_outcome_is_unmet() -> None:
    assert judged(**WITHOUT_SCORE).outcome is Outcome.UNMET


@pytest.mark.parametrize(
    ("clause", "changes", "outcome"),
    [
        ("direct_award", {"awards": [award()]}, Outcome.MET),
        ("direct_award", {"awards": [award(level="national")]}, Outcome.MET),
        ("direct_award", {"awards": [award(level="city")]}, Outcome.UNMET),
        ("direct_award", {"awards": [award(awarded_on=date(2023, 1, 1))]}, Outcome.MET),
        ("direct_award", {"awards": [award(awarded_on=date(2022, 12, 31))]}, Outcome.UNMET),
        ("direct_award", {"awards": [award(awarded_on=AS_OF)]}, Outcome.MET),
        ("direct_honour", {"honours": [honour()]}, Outcome.MET),
        ("direct_honour", {"honours": [honour(kind="innovation_model")]}, Outcome.MET),
        ("direct_honour", {"honours": [honour(kind="property_advantage")]}, Outcome.MET),
        ("direct_honour", {"honours": [honour(kind="property_model")]}, Outcome.MET),
        ("direct_honour", {"honours": [honour(kind="other")]}, Outcome.UNMET),
        ("direct_honour", {"honours": [honour(valid_until=AS_OF)]}, Outcome.MET),
        ("direct_honour", {"honours": [honour(valid_until=date(2026, 2, 28))]}, Outcome.UNMET),
        ("direct_body", {"rd_bodies": [body()]}, Outcome.MET),
        ("direct_body", {"rd_bodies": [body(level="national")]}, Outcome.MET),
        ("direct_body", {"rd_bodies": [body(level="city")]}, Outcome.UNMET),
        ("direct_body", {"rd_bodies": [body(recognised=False)]}, Outcome.UNMET),
        ("direct_financing", {"equity_financing": [financing()]}, Outcome.MET),
        ("direct_financing", {"equity_financing": [financing(paid_amount=500 * WAN - 1)]}, Outcome.UNMET),
        (
            "direct_financing",
            {"equity_financing": [financing(paid_amount=499 * WAN), financing(paid_amount=WAN)]},
            Outcome.MET,
        ),
        ("direct_financing", {"equity_financing": [financing(qualified=False)]}, Outcome.UNMET),
        ("direct_financing", {"equity_financing": [financing(shares_given=300_001)]}, Outcome.UNMET),
        ("direct_financing", {"equity_financing": [financing(paid_on=date(2022, 12, 31))]}, Outcome.UNMET),
    ],
)
def test_each_direct_route_is_enough_alone(clause: str, changes: dict[str, Any], outcome: Outcome) -> None:
    verdict = judged(**WITHOUT_SCORE, **changes)
    assert verdict.clause(clause).outcome is outcome
    assert verdict.outcome is outcome


# 基本条件


@pytest.mark.parametrize("fact", ["not_on_abnormal_lists", "products_permitted", "no_major_incident"])
@pytest.mark.parametrize(
    ("answer", "outcome"), [("yes", Outcome.MET), ("no", Outcome.UNMET), (None, Outcome.OPEN)]
)
def test_basic_conditions_are_judged_by_a_person(fact: str, answer: str | None, outcome: Outcome) -> None:
    assert judged(**{fact: answer}).outcome is outcome


def test_a_large_enterprise_is_no_sme() -> None:
    large = judged(employees={YEAR: 1_000}, revenue={YEAR: 40_000 * WAN, YEAR - 1: 9_000 * WAN})
    assert large.clause("size").outcome is Outcome.UNMET
    assert large.outcome is Outcome.UNMET


def test_an_industry_outside_300_is_open_with_its_own_reason() -> None:
    verdict = judged(industry_code="6620")
    assert verdict.outcome is Outcome.OPEN
    assert [p.sentence for p in verdict.open_points] == [
        "所属行业未列入300号，不适用划型，由主管部门另行判断。"
    ]


# 缺一项


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ("industry_code", "所属行业代码未填。"),
        ("not_on_abnormal_lists", "未列入经营异常名录及严重失信名单尚待认定。"),
        ("products_permitted", "产品服务不在禁限淘汰之列尚待认定。"),
        ("no_major_incident", "近三年未发生重大事故及违法违规行为尚待认定。"),
        ("revenue", "2025年营业收入总额未填。"),
        ("main_revenue", "2025年主营业务收入总额未填。"),
        ("rd_expense", "2025年研发费用总额未填。"),
        ("intellectual_property", "知识产权清单未填。"),
    ],
)
def test_a_missing_fact_that_matters_leaves_the_outcome_open_and_is_named(fact: str, sentence: str) -> None:
    nothing: Any = {} if STANDARD.vocabulary.fact(fact).per_year else None
    verdict = judged(**{fact: nothing})
    assert verdict.outcome is Outcome.OPEN
    assert sentence in [point.sentence for point in verdict.open_points]


@pytest.mark.parametrize(
    ("changes", "spans"),
    [
        ({"total_assets": {}}, {"debt": Span(0, 10)}),
        ({"total_liabilities": {}}, {"debt": Span(0, 10)}),
        ({"strategic_industry": None}, {"field": Span(5, 10)}),
        ({"defence_patents": None}, {"property": Span(15, 15)}),
        ({"awards": None, "honours": None, "rd_bodies": None, "equity_financing": None}, {}),
        ({"employees": {}}, {}),
    ],
)
def test_a_missing_fact_that_cannot_change_the_outcome_leaves_it_certain(
    changes: dict[str, Any], spans: dict[str, Span]
) -> None:
    verdict = judged(**changes)
    assert {name: points(verdict, name) for name in spans} == spans
    assert verdict.outcome is Outcome.MET


def test_a_missing_employee_number_matters_once_revenue_could_make_the_firm_large() -> None:
    verdict = judged(employees={}, revenue={YEAR: 40_000 * WAN})
    assert verdict.clause("size").outcome is Outcome.OPEN
    assert "2025年从业人员数未填。" in [p.sentence for p in verdict.clause("size").open_points]


@pytest.mark.parametrize(
    ("changes", "indicator", "sentence"),
    [
        (
            {"revenue": {YEAR: 0}},
            "research",
            "2025年营业收入总额不大于零，不能作为比率的分母，该项无法计算。",
        ),
        (
            {"main_revenue": {YEAR: 8_800 * WAN, YEAR - 1: 0}},
            "main_growth",
            "2024年主营业务收入总额不大于零，不能作为比率的分母，该项无法计算。",
        ),
    ],
)
def test_a_denominator_of_zero_is_open_with_its_own_reason(
    changes: dict[str, Any], indicator: str, sentence: str
) -> None:
    result = judged(**changes).indicator(indicator)
    assert result.points == Span(0, 20)
    assert [point.sentence for point in result.open_points] == [sentence]


def test_an_open_score_is_an_interval_and_the_lines_decide_on_it() -> None:
    verdict = judged(rd_expense={})
    assert verdict.points == Span(65, 85)
    assert verdict.clause("score_total").outcome is Outcome.MET
    assert verdict.clause("score_innovation").outcome is Outcome.OPEN
