"""What if a limit were another one: who moves, and that only what is touched is judged again."""

import pytest
from tests.unit.law.firms import YEAR, firm, patent
from tests.unit.law_backends.firms_at_random import firms, frame

from tidu.law.backends.judged import Judged, judge_population
from tidu.law.backends.moves import Move, moves, who_moves
from tidu.law.backends.population import Population
from tidu.law.backends.steps import plan_of
from tidu.law.standards import Outcome, Standard, StandardError, load
from tidu.law.standards.trials import replay, what_if

SPECIALISED = load("2022-specialised")
HIGHER_LINE = {"clause": [{"id": "score_total", "rule": "评价得分 >= 70分"}]}
MORE_RESEARCH = {
    "clause": [{"id": "research_share", "rule": "研发费用总额[上年] / 营业收入总额[上年] >= 4%"}]
}
MORE_SCALE = {"clause": [{"id": "scale_revenue", "rule": "营业收入总额[上年] >= 1亿元"}]}
NO_DEBT = {"drops": ["debt"], "dimension": [{"id": "refinement", "full": 20}]}


@pytest.fixture(scope="module")
def judged() -> Judged:
    return judge_population(Population.of(frame(firms(SPECIALISED, 1_000, seed=5)), SPECIALISED), SPECIALISED)


@pytest.mark.parametrize("changes", [HIGHER_LINE, MORE_RESEARCH, NO_DEBT])
def test_a_trial_gives_what_judging_everything_again_gives(
    judged: Judged, changes: dict[str, object]
) -> None:
    trial = what_if(SPECIALISED, "试", changes)
    anew = judge_population(judged.population, trial)
    assert judged.under(trial).results.equals(anew.results)
    assert judged.under(trial).under(SPECIALISED).results.equals(judged.results)


def test_one_changed_rule_touches_its_clause_and_those_above_it() -> None:
    touched = plan_of(what_if(SPECIALISED, "试", MORE_RESEARCH)).touched_since(plan_of(SPECIALISED))
    assert touched == {"clause.research_share", "clause.research_floor", "clause.verdict", "outcome"}


def test_a_dropped_indicator_touches_the_scores_but_no_other_indicator() -> None:
    touched = plan_of(what_if(SPECIALISED, "试", NO_DEBT)).touched_since(plan_of(SPECIALISED))
    assert not any(name.startswith("indicator.") for name in touched)
    assert {"score.least", "score.refinement.most", "clause.score_total", "outcome"} <= touched
    assert "score.innovation.least" not in touched


def test_who_moves_is_counted_and_named(judged: Judged) -> None:
    trial = judged.under(what_if(SPECIALISED, "试", MORE_SCALE))
    found = moves(judged, trial)
    assert sum(move.firms for move in found) == len(judged.population)
    fell = who_moves(judged, trial, was=Outcome.MET, now=Outcome.UNMET)
    assert Move(Outcome.MET, Outcome.UNMET, len(fell)) in found
    assert fell
    for row in fell:
        assert judged.results["outcome"][row] is True
        assert trial.results["outcome"][row] is False
    assert who_moves(judged, trial, was=Outcome.UNMET, now=Outcome.MET) == ()


def test_moves_of_other_firms_are_no_moves(judged: Judged) -> None:
    other = judge_population(Population.of_facts([], SPECIALISED), SPECIALISED)
    with pytest.raises(ValueError, match="one population"):
        moves(judged, other)


def test_a_trial_says_in_its_verdict_that_it_is_one() -> None:
    trial = what_if(load("2022-innovative"), "研发占比4%", HIGHER_LINE)
    verdict = trial.judge(firm())
    assert verdict.sentences()[0].endswith("（试算：研发占比4%）。")
    assert trial.digest != load("2022-innovative").digest
    assert Standard.from_body(trial.body).judge(firm()).outcome is verdict.outcome


def test_a_trial_that_changes_what_is_not_there_is_refused() -> None:
    with pytest.raises(StandardError, match="to drop"):
        what_if(SPECIALISED, "试", {"drops": ["nothing"]})


# 冻结的事实，按任何一个版本再判


def test_a_snapshot_is_judged_under_its_own_standard_as_it_was() -> None:
    facts, standard = firm(), load("2022-innovative")
    frozen = Standard.from_body(standard.body)
    again = replay(frozen, facts.to_json())
    assert again.left_out == ()
    assert again.verdict.as_json() == standard.judge(facts).as_json()


def test_under_another_standard_facts_it_does_not_speak_of_are_passed_over() -> None:
    technology = Standard.from_body(load("2017-technology").body)
    assert "main_revenue" not in technology.vocabulary.facts
    again = replay(technology, firm().to_json())
    assert again.left_out == ()
    assert ("main_revenue", YEAR) not in again.verdict.facts


def test_an_answer_that_a_version_has_no_word_for_is_left_out_and_said() -> None:
    snapshot = firm(intellectual_property=[patent(kind="utility_model"), patent()]).to_json()
    snapshot["values"]["intellectual_property"]["now"][0]["kind"] = "neural_seed"
    snapshot["values"]["not_on_abnormal_lists"]["now"] = "maybe"
    snapshot["values"]["revenue"] = {"now": 5_000_000_000}
    snapshot["values"]["honours"] = {"now": [1]}
    again = replay(load("2022-innovative"), snapshot)
    left_out = {"not_on_abnormal_lists", "intellectual_property", "revenue", "honours"}
    assert set(again.left_out) == {(fact, None) for fact in left_out}
    assert again.verdict.clause("lists").outcome is Outcome.OPEN
    rows = again.verdict.facts.rows("intellectual_property") or ()
    assert [row.get("kind") for row in rows] == [None, "invention"]


def test_what_is_no_snapshot_of_facts_is_refused() -> None:
    with pytest.raises(ValueError, match="not a snapshot"):
        replay(SPECIALISED, {"schema": "tidu.verdict/1", "values": {}})
