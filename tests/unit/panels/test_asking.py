"""An opinion is whole or not taken; whoever writes one is told at once of everything that it lacks."""

from dataclasses import replace

import pytest

from tidu.applications.opinions import PanelOpinion, Question, Reason
from tidu.law import plain, standards
from tidu.law.refusals import sentence
from tidu.panels.asking import Asked, OpinionText, lacking
from tidu.panels.enums import Field, Finding
from tidu.panels.tallying import Judged, Paper, Said, asked_of, joined

AUDIT, SHEET = Paper(1, "审计报告.pdf", 3), Paper(2, "研发人员名单.xlsx")
FACTS = asked_of(Field.INDUSTRY, standards.load("2026-little-giant"))
ASKED = Asked(Field.INDUSTRY, FACTS, (AUDIT, SHEET))
FIRST = FACTS[0]
ALL = dict.fromkeys(Question, Finding.YES)
WHOLE = OpinionText(ALL, {fact.id: Judged(Finding.YES, "属实", 3, AUDIT) for fact in FACTS}, "")


def with_first(judged: Judged) -> OpinionText:
    return replace(WHOLE, judged={**WHOLE.judged, FIRST.id: judged})


def test_a_whole_opinion_lacks_nothing() -> None:
    assert list(lacking(WHOLE, ASKED)) == []
    assert list(lacking(with_first(Judged(Finding.YES, "属实", None, SHEET)), ASKED)) == []


def test_everything_is_named_at_once_each_at_its_place() -> None:
    only_found = OpinionText({}, {fact.id: Judged(Finding.YES) for fact in FACTS[1:]})
    found = [(one.code, one.field) for one in lacking(only_found, ASKED)]
    assert found == [
        *(("answer_missing", f"answer-{question}") for question in Question),
        ("judgement_missing", f"finding-{FIRST.id}"),
        *(("judgement_reason_missing", f"reason-{fact.id}") for fact in FACTS),
    ]


def test_who_answers_no_to_a_question_says_why() -> None:
    doubting = replace(WHOLE, answers=ALL | {Question.TRUTH: Finding.NO})
    assert [one.field for one in lacking(doubting, ASKED)] == ["comment"]
    assert list(lacking(replace(doubting, comment="附注不一致"), ASKED)) == []


@pytest.mark.parametrize(
    ("page", "paper", "said"),
    [
        (999, AUDIT, "写了第 999 页，“审计报告.pdf”共 3 页：请填写其中的页码"),
        (4, AUDIT, "共 3 页"),
        (0, AUDIT, "共 3 页"),
        (2, None, "没有选是哪份佐证材料"),
        (1, SHEET, "不是分页的材料"),
        (1, Paper(3, "别家的审计报告.pdf", 9), "不是这件案件提交的佐证材料"),
    ],
)
def test_a_page_is_one_of_a_paper_of_the_case(page: int, paper: Paper | None, said: str) -> None:
    (refused,) = lacking(with_first(Judged(Finding.YES, "属实", page, paper)), ASKED)
    assert said in sentence(refused)
    assert FIRST.label in sentence(refused)


def test_the_panels_opinion_says_in_which_paper_and_older_ones_are_read_as_they_were() -> None:
    said = Said("a" * 32, ALL, {FIRST.id: Judged(Finding.YES, "属实", 3, AUDIT)})
    body = joined([said], draw="d", panel="甲-1").as_body()
    (reason,) = plain.read(PanelOpinion, body).judgements[0].reasons
    assert reason.place == "《审计报告.pdf》第 3 页"
    del body["judgements"][0]["reasons"][0]["paper"]
    (older,) = plain.read(PanelOpinion, body).judgements[0].reasons
    assert (older, older.place) == (Reason("a" * 32, "属实", 3), "第 3 页")
