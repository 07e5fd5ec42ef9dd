"""Opinions of a panel: blind, tallied when all are in, talked over where they differ, joined to the case."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import cases, panels
from tests.plugins.beginnings import beginning

from tidu.applications.models import CaseStage, Snapshot
from tidu.applications.opinions import Conclusion, Question
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import add_days, end_of, legal_day
from tidu.law.refusals import Refused
from tidu.panels.actions import moderate, replace_silent, submit_opinion
from tidu.panels.enums import Field, Finding, HandState, TaskEnd
from tidu.panels.models import Expert, Hand, Opinion, Task
from tidu.panels.tallying import Judged, Paper
from tidu.records.queries import thaw

NO, OTHERS = Finding.NO, Paper(1, "别家的审计报告.pdf", 9)


@beginning
def hand(round_: cases.Round) -> Hand:
    """A case with one of the panels."""
    panels.drawn(round_)
    return panels.handed(round_)


def joined(hand: Hand) -> dict[str, object]:
    """What the case keeps of its panel."""
    with scope(SYSTEM):
        opinion: dict[str, object] = thaw(Snapshot.objects.get(case_id=hand.case_id, kind="opinion").digest)[
            "opinion"
        ]
        return opinion


def test_with_the_last_opinion_the_case_goes_on_and_nobody_has_it_before_him(
    round_: cases.Round, hand: Hand
) -> None:
    panels.answer(hand, round_.later(), but=1)
    assert panels.hand_of(hand.case).state == HandState.OPEN
    panels.answer(hand, round_.at)
    assert panels.hand_of(hand.case).state == HandState.JOINED
    assert cases.again(hand.case).stage == "province-review"
    with scope(SYSTEM):
        assert set(Task.objects.filter(hand=hand).values_list("end", flat=True)) == {TaskEnd.ANSWERED}
        left = CaseStage.objects.get(case_id=hand.case_id, stage="panel")
    assert left.outcome == "opined"


def test_what_joins_the_case_names_nobody(round_: cases.Round, hand: Hand) -> None:
    panels.answer(hand, round_.later())
    said = str(joined(hand))
    with scope(SYSTEM):
        named = [
            text for expert in Expert.objects.all() for text in (expert.name, expert.number, expert.employer)
        ]
    assert panels.WHY in said
    assert [text for text in named if text in said] == []


def test_where_they_differ_the_panel_talks_it_over_and_the_office_writes_down_what_came_of_it(
    round_: cases.Round, hand: Hand
) -> None:
    at = round_.later()
    for (task, actor), truth in zip(
        panels.tasks_of(hand), (Finding.YES, Finding.NO, Finding.UNSURE), strict=True
    ):
        submit_opinion(actor=actor, case_id=hand.case_id, text=panels.opinion(task, truth=truth), at=at)
    assert panels.hand_of(hand.case).state == HandState.MODERATION
    act = {"actor": round_.province, "hand_id": hand.pk, "at": at}
    with pytest.raises(Refused, match="moderation_incomplete"):
        moderate(settled={}, summary="一致认为属实。", **act)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="panel_reason_missing"):
        moderate(settled={"truth": Conclusion.YES}, summary=" ", **act)  # type: ignore[arg-type]
    moderate(settled={"truth": Conclusion.YES}, summary="一致认为属实。", **act)  # type: ignore[arg-type]
    opinion = joined(hand)
    assert (opinion["is_moderated"], opinion["summary"]) == (True, "一致认为属实。")
    assert cases.again(hand.case).stage == "province-review"
    with pytest.raises(Refused, match="hand_not_in_moderation"):
        moderate(settled={"truth": Conclusion.YES}, summary="一致认为属实。", **act)  # type: ignore[arg-type]


def test_an_opinion_is_whole_or_not_taken(round_: cases.Round, hand: Hand, subtests: pytest.Subtests) -> None:
    task, actor = next(one for one in panels.tasks_of(hand) if one[0].field == Field.INDUSTRY)
    whole = panels.opinion(task)
    fact, *others = whole.judged
    wrong = {
        "answer_missing": replace(whole, answers={Question.TRUTH: Finding.YES}),
        "judgement_missing": replace(whole, judged={one: whole.judged[one] for one in others}),
        "judgement_reason_missing": replace(whole, judged={**whole.judged, fact: Judged(Finding.YES)}),
        "judgement_paper_missing": replace(whole, judged={**whole.judged, fact: Judged(NO, "存疑", 999)}),
        "judgement_paper_unknown": replace(
            whole, judged={**whole.judged, fact: Judged(NO, "存疑", 1, OTHERS)}
        ),
        "judgement_not_asked": replace(whole, judged={**whole.judged, "revenue": Judged(Finding.YES)}),
        "opinion_comment_missing": replace(panels.opinion(task, Finding.NO), comment=""),
        "secrecy_mark_in_text": replace(whole, comment="（机密★三年）"),
    }
    for code, text in wrong.items():
        with subtests.test(code), pytest.raises(Refused, match=code):
            submit_opinion(actor=actor, case_id=hand.case_id, text=text, at=round_.at)
    submit_opinion(actor=actor, case_id=hand.case_id, text=whole, at=round_.at)
    with pytest.raises(Refused, match="opinion_given_before"):
        submit_opinion(actor=actor, case_id=hand.case_id, text=whole, at=round_.at)


def test_nobody_gives_an_opinion_on_a_case_that_is_not_before_him(round_: cases.Round, hand: Hand) -> None:
    (task, _), *_ = panels.tasks_of(hand)
    with scope(SYSTEM):
        seen = Task.objects.values("expert_id")
        other = Expert.objects.exclude(pk__in=seen).exclude(account=None)[0]
    actor = replace(round_.province, kind="expert", account_id=other.account_id, office_id=None)
    with pytest.raises(Refused, match="task_unknown"):
        submit_opinion(actor=actor, case_id=hand.case_id, text=panels.opinion(task), at=round_.at)


def test_after_the_deadline_a_substitute_takes_over(round_: cases.Round, hand: Hand) -> None:
    panels.answer(hand, round_.at, but=1)
    silent, _ = panels.tasks_of(hand)[-1]
    act = {"actor": round_.province, "hand_id": hand.pk, "expert_id": silent.expert_id}
    with pytest.raises(Refused, match="task_not_overdue"):
        replace_silent(at=round_.at, **act)  # type: ignore[arg-type]
    late = round_.later(timedelta(days=8))
    assert replace_silent(at=late, **act)  # type: ignore[arg-type]
    waiting = [task for task, _ in panels.tasks_of(hand) if task.answered_at is None]
    last = add_days(legal_day(late), 7, "calendar")
    assert [(task.field, task.due_at) for task in waiting] == [(silent.field, end_of(last))]
    assert silent.expert_id not in {task.expert_id for task in waiting}
    panels.answer(hand, late)
    assert cases.again(hand.case).stage == "province-review"
    with scope(SYSTEM):
        assert Opinion.objects.filter(hand=hand).count() == 3
    with pytest.raises(Refused, match="task_unknown"):
        replace_silent(at=late, **act)  # type: ignore[arg-type]
