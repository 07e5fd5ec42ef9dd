"""The shapes of an indicator: bands with rules, items that add up, and what a province has still to set."""

from typing import Any

import pytest
from tests.conformance.cases import cases_of

from tidu.law.expressions import Span
from tidu.law.facts import Facts, load_vocabulary
from tidu.law.standards import Outcome, Shape, Standard, StandardError, Verdict, load
from tidu.law.standards.bodies import text_of_document
from tidu.law.standards.frozen import clauses_of
from tidu.law.standards.overlays import overlaid, read_document

BASE = read_document("2022-specialised")
FACTS: Facts = cases_of("2022-specialised")[0].facts


def read(**changes: Any) -> Standard:
    return Standard.of(text_of_document(overlaid(BASE, changes), load_vocabulary()))


def judged(**changes: Any) -> Verdict:
    facts = FACTS
    for fact, value in changes.items():
        facts = facts.with_value(fact, None, value)
    return load("2022-specialised").judge(facts)


def said(verdict: Verdict, indicator: str) -> list[str]:
    band = verdict.indicator(indicator).next_band
    return [step.sentence for step in band.steps] if band else []


# 各项相加


def test_each_item_of_a_sum_says_whether_it_counts() -> None:
    quality = judged(quality_systems=None).indicator("quality")
    assert quality.shape is Shape.SUM
    assert [band.outcome for band in quality.bands] == [
        Outcome.UNMET,
        Outcome.OPEN,
        Outcome.MET,
        Outcome.UNMET,
    ]
    assert [point.sentence for point in quality.open_points] == ["管理体系认证清单未填。"]
    after_one_that_counts = judged(standards_made=None).indicator("quality")
    assert [band.outcome for band in after_one_that_counts.bands][2:] == [Outcome.MET, Outcome.OPEN]
    assert [point.reason.fact for point in after_one_that_counts.open_points] == ["standards_made"]


def test_the_next_item_gains_no_more_than_the_cap_leaves() -> None:
    assert said(judged(), "quality") == [
        "省级以上质量奖数再增加 1 项（由 0 项到 1 项）即满足“获得省级以上质量奖励”，得 5 分（增加 2 分）。"
    ]
    first = judged(own_brands=0).indicator("quality").next_band
    assert first is not None
    assert (first.points, first.gain) == (3, 3)


def test_items_may_add_up_to_the_full_points_exactly() -> None:
    items = [
        {"points": 4, "text": "有自主品牌", "when": "自主品牌数 >= 1个"},
        {"points": 1, "text": "有两个", "when": "自主品牌数 >= 2个"},
    ]
    assert read(indicator=[{"id": "quality", "adds": items}]).indicator("quality").full == 5


def test_a_full_sum_needs_nothing_and_asks_nothing() -> None:
    rows = [{"name": "ISO9001", "kind": "quality", "valid_until": FACTS.as_of}]
    quality = judged(quality_systems=rows, standards_made=None).indicator("quality")
    assert (quality.points, quality.next_band, quality.open_points) == (Span(5, 5), None, ())


# 总额或占比


def test_of_two_ways_to_a_band_the_nearer_is_proposed() -> None:
    assert said(judged(), "research") == [
        (
            "2025年研发费用总额再增加 50.00 万元（由 350.00 万元到 400.00 万元）"
            "即达“400—500万元，或占比8%—10%”一档，得 8 分（增加 2 分）。"
        )
    ]
    small = load("2022-specialised").judge(
        FACTS.with_value("revenue", 2025, 4_000_000_000).with_value("main_revenue", 2025, 3_900_000_000)
    )
    assert said(small, "research") == [
        (
            "2025年研发费用总额再增加 50.00 万元（由 350.00 万元到 400.00 万元）"
            "即达“500万元以上，或占比10%以上”一档，得 10 分（增加 2 分）。"
        )
    ]
    assert small.indicator("research").value == "8.75%"


# 省级自设


def test_an_awaited_indicator_is_an_interval_and_asks_nothing_of_the_firm() -> None:
    local = judged().indicator("local_feature")
    assert (local.shape, local.points, local.bands, local.inputs) == (Shape.AWAITED, Span(0, 15), (), ())
    assert local.citation.certainty.label == "来源不明"
    missing = load("2022-specialised").missing_entries(FACTS)
    assert not {fact for fact, _ in missing} & {n.fact.id for n in load("2022-specialised").needed_facts()}


LOCAL: dict[str, Any] = {
    "id": "local_chain",
    "label": "属于自治区重点产业链",
    "dimension": "feature",
    "full": 15,
    "citation": "示例细则",
    "certainty": "unknown",
    "bands": [
        {"points": 15, "text": "属于", "when": "主导产品所属领域情况 != 不属于以上情况"},
        {"points": 0, "text": "不属于"},
    ],
}


def test_a_province_replaces_the_awaited_indicator_by_its_own() -> None:
    own = read(drops=["local_feature"], indicator=[LOCAL])
    verdict = own.judge(FACTS)
    assert (verdict.points, own.full) == (Span(75, 75), 100)
    assert [i.id for i in verdict.indicators if i.dimension == "feature"] == ["local_chain"]


@pytest.mark.parametrize("rule", [LOCAL["bands"][0]["when"], "研发费用总额[上年] <= 营业收入总额[上年]"])
def test_two_bands_with_a_rule_may_show_a_measure_too(rule: str) -> None:
    bands = [{"points": 15, "text": "属于", "when": rule}, {"points": 0, "text": "不属于"}]
    local = {**LOCAL, "bands": bands, "measure": "研发费用总额[上年]"}
    shown = read(drops=["local_feature"], indicator=[local]).judge(FACTS).indicator("local_chain")
    assert (shown.points, shown.value) == (Span(15, 15), "350.00 万元")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"indicator": [LOCAL]}, "feature: its indicators give 30 points, not 15"),
        ({"drops": ["local_feature"]}, "feature: its indicators give 0 points, not 15"),
        ({"drops": ["nothing_there"]}, "has no .* to drop"),
        ({"indicator": [{"id": "local_feature", "bands": []}]}, "give exactly one of bands, adds, awaits"),
        ({"indicator": [{"id": "quality", "full": 15}]}, "the items never reach 15"),
        (
            {"drops": ["local_feature"], "indicator": [LOCAL | {"bands": LOCAL["bands"][:1]}]},
            "the last has none",
        ),
        (
            {
                "indicator": [
                    {
                        "id": "quality",
                        "adds": [
                            {"points": 5, "text": "", "when": "自主品牌数 >= 1个"},
                            {"points": 0, "text": "", "when": "自主品牌数 >= 2个"},
                        ],
                    }
                ]
            },
            "the items never reach 5",
        ),
        (
            {
                "indicator": [
                    {"id": "quality", "adds": [{"points": 9, "text": "", "when": "自主品牌数 >= 1人"}]}
                ]
            },
            "单位不一致",
        ),
    ],
)
def test_a_shape_that_does_not_fit_is_refused_at_load(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(StandardError, match=message):
        read(**changes)


def test_xinjiang_says_that_it_follows_63_until_its_rules_are_seen() -> None:
    national, xinjiang = load("2022-specialised").judge(FACTS), load("xinjiang-specialised").judge(FACTS)
    assert xinjiang.sentences()[0] == "结论：符合（按63号推定）。"
    assert national.sentences()[0] == "结论：符合。"
    assert (xinjiang.points, xinjiang.outcome) == (national.points, national.outcome)
    assert xinjiang.standard.digest != national.standard.digest


# 冻结的结论


def test_what_an_alternative_spares_is_spared_in_the_frozen_words_too() -> None:
    verdict = judged()
    frozen = clauses_of(verdict.as_json(turning=False)["clauses"])
    said = [(clause.body["id"], clause.counts) for clause in frozen if not clause.body["parts"]]
    assert said == [(clause.id, counts) for clause, counts in verdict.root.rules()]
    assert {counts for _, counts in said} == {True, False}
