"""What offices and consultants mix up, each settled: the right standard, the right edge, the right count."""

from datetime import date
from typing import Any

import pytest
from tests.conformance.cases import cases_of

from tidu.law.facts import Facts, load_vocabulary
from tidu.law.refusals import Refused, sentence
from tidu.law.sizes import SizeClass, size
from tidu.law.standards import Outcome, load, named_standard, possible_standards, standard_ids

WAN = 1_000_000
GIANT = "专精特新“小巨人”企业"
SPECIALISED = "专精特新中小企业"


def firm_of(standard: str) -> Facts:
    """The firm that its conformance cases have in common."""
    return cases_of(standard)[0].facts


def patent(**changes: Any) -> dict[str, Any]:
    row = {
        "kind": "invention",
        "name": "一种示例装置",
        "number": "ZL-9",
        "obtained": "own",
        "granted_on": date(2016, 5, 1),
        "valid_until": date(2036, 5, 1),
        "related": True,
        "high_value": "none",
        "owner_rank": 1,
        "applied": True,
    }
    return row | changes


@pytest.mark.parametrize("title", ["innovative", "technology"])
def test_the_first_tier_is_one_title_or_the_other_not_both(title: str) -> None:
    facts = firm_of("2026-specialised").with_value("first_tier", None, title)
    assert load("2026-specialised").judge(facts).outcome is Outcome.MET


def test_the_day_of_the_yearly_update_is_of_the_rule_set() -> None:
    days = {name: load(name).upkeep for name in standard_ids()}
    assert {name for name, upkeep in days.items() if upkeep is None} == set()
    assert {name: upkeep.update_by for name, upkeep in days.items() if upkeep and "2026" in name[:4]} == {
        "2026-little-giant": "05-31",
        "2026-little-giant-2026": "05-31",
        "2026-little-giant-re-review": "05-31",
        "2026-specialised": "05-31",
        "2026-specialised-re-review": "05-31",
    }
    old, technology = days["2022-specialised"], days["2017-technology"]
    assert old is not None
    assert technology is not None
    assert (old.update_by, old.update_words, old.years) == ("04-30", "4月30日", 3)
    assert technology.years == 1


def test_an_acquired_patent_counts_after_a_year_under_63_and_never_under_2() -> None:
    acquired = [patent(obtained="transferred", transferred_on=date(2020, 1, 1))]
    under_63 = firm_of("2022-specialised").with_value("intellectual_property", None, acquired)
    assert load("2022-specialised").judge(under_63).indicator("property").points.low == 6
    under_2 = firm_of("2026-specialised").with_value("intellectual_property", None, acquired)
    assert load("2026-specialised").judge(under_2).clause("property_count").outcome is Outcome.UNMET


def test_the_rank_among_owners_matters_under_2_only() -> None:
    fourth = [patent(owner_rank=4)]
    under_63 = firm_of("2022-specialised").with_value("intellectual_property", None, fourth)
    assert load("2022-specialised").judge(under_63).indicator("property").points.low == 8
    under_2 = firm_of("2026-specialised").with_value("intellectual_property", None, fourth)
    assert load("2026-specialised").judge(under_2).clause("property_count").outcome is Outcome.UNMET


def test_the_score_of_75_is_taken_from_the_platform_and_never_reckoned_here() -> None:
    for name in ("2026-specialised", "2026-little-giant"):
        standard = load(name)
        assert (standard.full, standard.indicators, standard.dimensions) == (0, (), ())
        asked = {need.fact.id for need in standard.needed_facts()}
        assert "development_score" in asked
    assert "development_score" not in load_vocabulary().derived


def test_2_asks_1500_and_50_points_where_63_asked_1000_and_60() -> None:
    said = {clause.id: clause.rule for clause in load("2026-specialised").root}
    assert said["scale_revenue"] == "营业收入总额[上年] >= 1500万元"
    assert said["development"] == "本年度专精特新发展评价分 >= 50分"
    needed = {need.fact.id for need in load("2026-specialised").needed_facts()}
    assert not {"quality_systems", "contests", "own_brands"} & needed
    giant = {need.fact.id for need in load("2026-little-giant").needed_facts()}
    assert not {"quality_systems", "contests", "own_brands", "rd_bodies", "equity_financing"} & giant


def test_the_two_growth_rates_are_not_the_same() -> None:
    """63号 averages two yearly rates of main revenue; 2号 compounds total revenue over two years."""
    revenues = {2025: 11_025 * WAN, 2024: 5_000 * WAN, 2023: 10_000 * WAN}
    giant = firm_of("2026-little-giant").with_value("revenue", 2024, revenues[2024])
    assert load("2026-little-giant").judge(giant).clause("growth").outcome is Outcome.MET
    old = firm_of("2022-little-giant")
    for year, amount in ((2025, 8_000), (2024, 4_000), (2023, 8_000)):
        old = old.with_value("main_revenue", year, amount * WAN)
    # 100 % and -50 % are 25 % on average, though nothing has grown
    assert load("2022-little-giant").judge(old).clause("growth").outcome is Outcome.MET


def test_no_standard_is_chosen_by_a_date_alone() -> None:
    with pytest.raises(Refused) as refused:
        named_standard(None, confers=GIANT, application="复核", on=date(2026, 6, 1))
    assert refused.value.code == "standard_not_by_date"
    assert sentence(refused.value) == (
        "不能按日期确定专精特新“小巨人”企业（复核）适用的标准：2026年6月1日同时可能适用"
        "专精特新“小巨人”企业认定标准、专精特新“小巨人”企业复核标准（2025年通知）、"
        "专精特新“小巨人”企业复核标准（2026年通知）、专精特新“小巨人”企业复核标准（2026）。"
        "请写明通知，由通知指定。"
    )


def test_the_notice_names_the_standard_even_when_another_is_newer() -> None:
    for on in (date(2026, 3, 31), date(2026, 6, 1)):
        named = named_standard("2022-little-giant-2026-re-review", confers=GIANT, application="复核", on=on)
        assert named.id == "2022-little-giant-2026-re-review"


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("2099-unheard-of", "standard_unknown"),
        ("2026-specialised", "standard_for_another"),
        ("2026-little-giant-2026", "standard_for_another"),
    ],
)
def test_a_standard_for_something_else_is_refused(named: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        named_standard(named, confers=GIANT, application="复核", on=date(2026, 6, 1))
    assert refused.value.code == code
    assert sentence(refused.value)


def test_before_april_2026_no_standard_of_2_could_be_named() -> None:
    before = {one.id for one in possible_standards(SPECIALISED, "新申报", date(2026, 3, 31))}
    assert "2022-specialised" in before
    assert not {name for name in before if name.startswith("2026")}
    after = {one.id for one in possible_standards(SPECIALISED, "新申报", date(2026, 4, 1))}
    assert {"2022-specialised", "2026-specialised"} <= after


def test_below_excludes_the_number_in_300_and_includes_it_in_63() -> None:
    assert size("3515", 1_000, 40_000 * WAN).size is SizeClass.LARGE
    assert size("3515", 999, 40_000 * WAN).size is SizeClass.MEDIUM
    facts = firm_of("2022-specialised").with_value("total_liabilities", 2025, 5_000 * WAN)
    assert load("2022-specialised").judge(facts).indicator("debt").points.low == 5


def test_six_bases_on_the_form_are_five_classes_in_the_catalogue() -> None:
    options = load_vocabulary().fact("six_base").options
    assert len(options) == 6
    assert len({option.note for option in options}) == 5
