"""What single opinions come to: agreement of two thirds, else the panel talks it over."""

from dataclasses import replace

import pytest

from tidu.applications.opinions import Conclusion, Question, Reason, Tally
from tidu.law import standards
from tidu.panels.enums import Field, Finding
from tidu.panels.tallying import Judged, Said, asked_of, differing, joined

GIANT = "2026-little-giant"
YES, NO, UNSURE = Finding.YES, Finding.NO, Finding.UNSURE
GOOD = Said("a" * 32, dict.fromkeys(Question, YES), {"market_rank": Judged(YES, "行业年鉴", 3)})
FINANCE = Said("b" * 32, dict.fromkeys(Question, YES), {"revenue": Judged(YES)})


def answering(*findings: Finding) -> list[Said]:
    """As many experts, who differ on the truth of the material alone."""
    return [
        replace(GOOD, expert=str(n) * 32, answers={**GOOD.answers, Question.TRUTH: finding})
        for n, finding in enumerate(findings)
    ]


@pytest.mark.parametrize(
    ("findings", "conclusion"),
    [
        ((YES, YES, YES), Conclusion.YES),
        ((YES, YES, NO), Conclusion.YES),
        ((NO, NO, UNSURE), Conclusion.NO),
        ((YES, NO, UNSURE), Conclusion.SPLIT),
        ((YES, YES, NO, NO), Conclusion.SPLIT),
        ((UNSURE, UNSURE, UNSURE), Conclusion.SPLIT),
        ((YES, YES, YES, NO, UNSURE), Conclusion.SPLIT),
    ],
)
def test_two_thirds_agree_or_it_is_talked_over(findings: tuple[Finding, ...], conclusion: Conclusion) -> None:
    said = answering(*findings)
    assert differing(said) == (["truth"] if conclusion is Conclusion.SPLIT else [])
    assert joined(said, draw="d", panel="甲-1").answers[0].conclusion is conclusion


def test_an_expert_who_was_not_asked_is_silent_and_does_not_count() -> None:
    opinion = joined([GOOD, FINANCE], draw="d", panel="甲-1")
    market, revenue = opinion.judgements
    assert market.tally == revenue.tally == Tally(1, 0, silent=1)
    assert market.conclusion is Conclusion.YES
    assert market.reasons == (Reason(GOOD.expert, "行业年鉴", 3),)
    assert revenue.reasons == ()
    opinion.check({"market_rank", "revenue"})


def test_what_was_talked_over_stands_beside_the_count() -> None:
    settled = {"truth": Conclusion.NO}
    opinion = joined(
        answering(YES, NO, UNSURE), draw="d", panel="甲-1", settled=settled, summary="复核后一致。"
    )
    assert (opinion.is_moderated, opinion.summary) == (True, "复核后一致。")
    assert (opinion.answers[0].conclusion, opinion.answers[0].tally) == (Conclusion.NO, Tally(1, 1, 1))
    assert opinion.holds


def test_each_judges_what_he_knows_and_nobody_what_is_looked_up() -> None:
    """市场占有率, 相关性, 领域, 产业链; finance the audited figures; lists and titles are looked up."""
    asked = {field: {fact.id for fact in asked_of(field, standards.load(GIANT))} for field in Field}
    assert asked[Field.INDUSTRY] == asked[Field.TECHNOLOGY] == asked[Field.PROPERTY]
    assert asked[Field.INDUSTRY] == {
        "intellectual_property",
        "domestic_share",
        "world_share",
        "well_known",
        "chain_resilience",
        "key_field_2026",
    }
    assert asked[Field.FINANCE] == {
        "revenue",
        "main_revenue",
        "rd_expense",
        "total_assets",
        "total_liabilities",
    }
