"""What would help: the cheapest next band, and single changes that turn the verdict."""

from datetime import date
from typing import Any

import pytest
from tests.conformance.cases import cases_of
from tests.unit.law.firms import WAN, YEAR, firm, honour, patent

from tidu.law.expressions import compiled, parse_condition, symbol_of
from tidu.law.firm import FirmView
from tidu.law.standards import Outcome, Verdict, load
from tidu.law.standards.changes import applied, crossings, is_consistent
from tidu.law.standards.judging import judge_view
from tidu.law.standards.trials import what_if
from tidu.law.standards.turning import candidates

STANDARD = load("2022-innovative")


def judged(**changes: Any) -> Verdict:
    return STANDARD.judge(firm(**changes))


def said(verdict: Verdict, indicator: str) -> list[str]:
    band = verdict.indicator(indicator).next_band
    return [step.sentence for step in band.steps] if band else []


def test_the_gap_to_the_next_band_is_exact_to_the_fen() -> None:
    verdict = judged(
        revenue={YEAR: 5_250 * WAN, YEAR - 1: 5_000 * WAN},
        main_revenue={YEAR: 5_000 * WAN, YEAR - 1: 5_000 * WAN},
        rd_expense={YEAR: 122_100_000},
    )
    assert said(verdict, "research") == [
        (
            "2025年研发费用总额再增加 35.40 万元（由 122.10 万元到 157.50 万元）"
            "即达“3%—5%”一档，得 15 分（增加 5 分）。"
        )
    ]
    reached = STANDARD.judge(verdict.facts.with_value("rd_expense", YEAR, 157_500_000))
    assert reached.indicator("research").points.low == 15
    not_yet = STANDARD.judge(verdict.facts.with_value("rd_expense", YEAR, 157_499_999))
    assert not_yet.indicator("research").points.low == 10


def test_less_debt_or_more_assets_lowers_the_debt_ratio() -> None:
    assert said(judged(total_liabilities={YEAR: 7_501 * WAN}), "debt") == [
        (
            "2025年负债总额再减少 1.00 万元（由 7,501.00 万元到 7,500.00 万元）即达“55%—75%”一档，"
            "得 5 分（增加 5 分）。"
        ),
        (
            "2025年资产总额再增加 1.333334 万元（由 10,000.00 万元到 10,001.333334 万元）"
            "即达“55%—75%”一档，得 5 分（增加 5 分）。"
        ),
    ]


def test_one_more_patent_is_the_next_band_of_property() -> None:
    assert said(judged(intellectual_property=[patent(kind="software")]), "property") == [
        "Ⅰ类知识产权有效数再增加 1 项（由 0 项到 1 项）即达“Ⅰ类知识产权1项以上”一档，得 10 分（增加 5 分）。"
    ]


def test_a_right_without_an_end_counts_as_one_that_has_not_ended() -> None:
    without_end = judged(intellectual_property=[patent(valid_until=date(9999, 12, 31))])
    assert without_end.indicator("property").points == judged().indicator("property").points


def test_nothing_is_proposed_above_the_highest_band() -> None:
    assert judged(rd_expense={YEAR: 500 * WAN}).indicator("research").next_band is None


def test_a_change_that_contradicts_another_fact_is_not_proposed() -> None:
    verdict = judged(main_revenue={YEAR: 10_000 * WAN, YEAR - 1: 9_000 * WAN})
    band = verdict.indicator("main_growth").next_band
    assert band is not None
    assert (band.points, band.steps) == (20, ())  # 主营业务收入 would exceed 营业收入


@pytest.mark.parametrize(
    ("rule", "is_proposed"),
    [
        ("研发费用总额[上年] >= 60万元", True),  # more than the revenue is unusual, not impossible
        ("主营业务收入总额[上年] >= 60万元", False),  # of the revenue the main one is a part
    ],
)
def test_what_is_only_unusual_may_be_proposed(rule: str, is_proposed: bool) -> None:
    facts = firm(revenue={YEAR: 50 * WAN}, main_revenue={YEAR: 40 * WAN}, rd_expense={YEAR: 0})
    view = FirmView(facts, STANDARD.vocabulary)
    symbols = {label: symbol_of(entry) for label, entry in STANDARD.vocabulary.by_label.items()}
    (change,) = crossings(compiled(parse_condition(rule, symbols)), view)
    assert is_consistent(change, view) is is_proposed


def test_a_met_verdict_needs_no_change() -> None:
    met = judged()
    assert met.turning == ()
    assert not [line for line in met.sentences() if "结论即为" in line or "单独" in line]
    assert met.sentences()[1].startswith("评价得分 75 分（满分 100 分）：创新能力 ")


def test_an_open_verdict_says_between_which_points_it_is() -> None:
    verdict = judged(rd_expense={})
    assert verdict.sentences()[1].startswith(f"评价得分 {verdict.points.low}～{verdict.points.high} 分")


def test_a_flag_that_is_not_stated_may_turn_the_verdict() -> None:
    changes = {"clause": [{"id": "size", "rule": "联系人为本企业职工"}]}
    own = what_if(STANDARD, "职工", changes)
    (step,) = [one for one in own.judge(firm()).turning if one.change.fact == "contact_is_employee"]
    assert step.change.after is True
    assert own.judge(firm(contact_is_employee=True)).outcome is Outcome.MET
    assert not own.judge(firm(contact_is_employee=False)).turning[1:]


def test_each_single_change_that_turns_the_verdict_is_named_and_does_turn_it() -> None:
    verdict = judged(rd_expense={YEAR: 0})
    assert verdict.outcome is Outcome.UNMET
    assert [(step.change.fact, step.change.after) for step in verdict.turning] == [
        ("rd_expense", 100 * WAN),
        ("recent_financing", 500 * WAN),
        ("high_value_class_one", 1),
        ("recent_awards", 1),
        ("recognised_bodies", 1),
        ("valid_honours", 1),
    ]
    turned = STANDARD.judge(verdict.facts.with_value("rd_expense", YEAR, 100 * WAN))
    assert turned.outcome is Outcome.MET
    not_yet = STANDARD.judge(verdict.facts.with_value("rd_expense", YEAR, 100 * WAN - 1))
    assert not_yet.outcome is Outcome.UNMET
    assert STANDARD.judge(verdict.facts.with_value("honours", None, [honour()])).outcome is Outcome.MET


def test_one_change_may_meet_one_of_several_conditions_in_two_places() -> None:
    people, research = "从业人员数[上年] >= 200人", "研发费用总额[上年] >= 9000万元"
    rules = {"size": people, "lists": research, "products": research, "incidents": research}
    own = what_if(
        STANDARD,
        "两处",
        {
            "clause": [
                {"id": "basic", "any": list(rules)},
                *({"id": name, "rule": rule} for name, rule in rules.items()),
                {"id": "score_total", "rule": people},
            ]
        },
    )
    verdict = own.judge(firm())
    assert verdict.outcome is Outcome.UNMET
    assert {(s.change.fact, s.change.after) for s in verdict.turning} >= {("employees", 200)}


def test_no_single_change_helps_a_firm_that_fails_two_basic_conditions() -> None:
    verdict = judged(products_permitted="no", no_major_incident="no")
    assert verdict.turning == ()
    assert "没有单独一项的变化能使结论变为符合。" in verdict.sentences()


def test_a_missing_judgement_that_would_decide_is_proposed_with_its_answers() -> None:
    verdict = judged(strategic_industry=None, main_revenue={YEAR: 5_000 * WAN, YEAR - 1: 4_000 * WAN})
    assert verdict.outcome is Outcome.OPEN
    change = next(step.change for step in verdict.turning if step.change.fact == "strategic_industry")
    assert isinstance(change.after, tuple)
    assert "equipment" in change.after
    assert "other" not in change.after


def test_a_missing_number_is_proposed_with_the_least_that_would_do() -> None:
    sentences = [step.sentence for step in judged(rd_expense={}).turning]
    assert "2025年研发费用总额不低于 100.00 万元，结论即为符合。" in sentences


@pytest.mark.parametrize(
    ("rule", "proposed"),
    [
        ("从业人员数[上年] >= 121人", [121]),
        ("从业人员数[上年] >= 10000000人", [10_000_000]),
        ("从业人员数[上年] >= 10000001人", []),  # more than any firm has
        ("负债总额[上年] < 6000万元", [6_000 * WAN - 1]),
        ("负债总额[上年] <= 0元", [0]),
        ("负债总额[上年] < 1元", [99]),
        ("负债总额[上年] <= 0元 - 1元", []),  # less than nothing
        ("负债总额[上年] <= 6000万元", []),  # holds already
        ("负债总额[上年] >= 7000万元", []),  # more debt improves nothing
    ],
)
def test_what_is_proposed_lies_within_the_bounds_and_improves_the_firm(
    rule: str, proposed: list[int]
) -> None:
    vocabulary = STANDARD.vocabulary
    symbols = {label: symbol_of(entry) for label, entry in vocabulary.by_label.items()}
    found = crossings(compiled(parse_condition(rule, symbols)), FirmView(firm(), vocabulary))
    assert [change.after for change in found] == proposed


def test_facts_of_earlier_years_are_never_proposed() -> None:
    verdict = judged(
        main_revenue={YEAR: 7_000 * WAN, YEAR - 1: 9_000 * WAN}, total_liabilities={YEAR: 9_000 * WAN}
    )
    assert all(step.change.period in (None, YEAR) for step in verdict.turning)
    assert date(2026, 3, 1) == verdict.as_of


# 只重判读到所变事实的部分，与整个重判一致


@pytest.mark.parametrize(
    "standard_id", ["2022-innovative", "2022-specialised", "2022-little-giant", "2017-technology"]
)
def test_what_turns_the_verdict_is_what_judging_everything_again_finds(standard_id: str) -> None:
    standard = load(standard_id)
    tried = 0
    for case in cases_of(standard_id)[::7]:
        view = FirmView(case.facts, standard.vocabulary)
        found = {(step.change.fact, step.change.period) for step in standard.judge(case.facts).turning}
        if judge_view(standard, view).root.truth is True:
            assert not found
            continue
        again = {
            (change.fact, change.period)
            for change in candidates(standard, view)
            if is_consistent(change, view) and judge_view(standard, applied(change, view)).root.truth
        }
        assert found == again, case
        tried += 1
    assert tried
