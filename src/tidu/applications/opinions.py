"""What a panel of experts found of a case, as it joins the case: questions, judged facts, no names.

Experts stand here under the pseudonyms of the record of their draw. Whoever counts the answers of a
panel fills this in; the case keeps it frozen, and the office that decides reads it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tidu.law import plain
from tidu.law.refusals import Refused

_PSEUDONYM = re.compile(r"[0-9A-Za-z-]{4,64}")


class Question(StrEnum):
    """What every expert answers of every case (第十条): of the material, and of the whole."""

    TRUTH = "truth"
    ACCURACY = "accuracy"
    COMPLETENESS = "completeness"
    STANDARD = "standard"


QUESTION_LABELS: Mapping[Question, str] = {
    Question.TRUTH: "真实性",
    Question.ACCURACY: "准确性",
    Question.COMPLETENESS: "完整性",
    Question.STANDARD: "是否符合认定标准",
}


class Conclusion(StrEnum):
    """What came out of one question. `SPLIT`: the panel did not agree, also after it was moderated."""

    YES = "yes"
    NO = "no"
    SPLIT = "split"


CONCLUSION_LABELS: Mapping[Conclusion, str] = {
    Conclusion.YES: "符合",
    Conclusion.NO: "不符合",
    Conclusion.SPLIT: "意见不一",
}


@dataclass(frozen=True)
class Tally:
    """How many experts of the panel answered how. `silent`: not asked, or not theirs to judge."""

    yes: int
    no: int
    unsure: int = 0
    silent: int = 0

    @property
    def experts(self) -> int:
        """All experts of the panel."""
        return self.yes + self.no + self.unsure + self.silent


@dataclass(frozen=True)
class Answer:
    """The panel's answer to one question that is asked of every case."""

    question: Question
    conclusion: Conclusion
    tally: Tally


@dataclass(frozen=True)
class Reason:
    """Why one expert found what he did; `page` is of the paper named `paper`, None where he names none.

    Opinions frozen before papers were named have a page alone.
    """

    expert: str
    text: str
    page: int | None = None
    paper: str = ""

    @property
    def place(self) -> str:
        """Where he saw it, in words; empty where he says nothing of it."""
        return place_of(self.paper, self.page)


def place_of(paper: str, page: int | None) -> str:
    """A paper and a page as a reader looks them up: “《审计报告》第 2 页”."""
    return (f"《{paper}》" if paper else "") + (f"第 {page} 页" if page else "")


@dataclass(frozen=True)
class Judgement:
    """What the panel found of one fact that no number decides (市场占有率, 相关性, 领域, 产业链)."""

    fact: str
    conclusion: Conclusion
    tally: Tally
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class PanelOpinion:
    """A panel's opinion of one case. `draw` is the number of the record that anybody can re-run.

    `comments` say why somebody answered a question as he did (说明).
    """

    draw: str
    panel: str
    experts: tuple[str, ...]
    answers: tuple[Answer, ...]
    judgements: tuple[Judgement, ...] = ()
    is_moderated: bool = False
    summary: str = ""
    comments: tuple[Reason, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the panel found that the case meets the standard."""
        return any(
            one.question is Question.STANDARD and one.conclusion is Conclusion.YES for one in self.answers
        )

    def as_body(self) -> dict[str, Any]:
        """As it is frozen."""
        body: dict[str, Any] = plain.write(self)
        return body

    def check(self, facts: Collection[str]) -> None:
        """Every question answered once by the whole panel, about facts of the standard, by no name.

        Raises Refused: opinion_incomplete, opinion_of_nobody, opinion_miscounted, expert_by_name,
        field_unknown.
        """
        answered = [one.question for one in self.answers]
        for question in Question:
            if answered.count(question) != 1:
                raise Refused("opinion_incomplete", value=QUESTION_LABELS[question])
        self._check_experts()
        for one in self.judgements:
            if one.fact not in facts:
                raise Refused("field_unknown", field=one.fact, value=one.fact)

    def _check_experts(self) -> None:
        panel = set(self.experts)
        if not panel or len(panel) != len(self.experts):
            raise Refused("opinion_of_nobody", panel=self.panel)
        tallies = [one.tally for one in self.answers] + [one.tally for one in self.judgements]
        for tally in tallies:
            if tally.experts != len(panel):
                raise Refused("opinion_miscounted", counted=tally.experts, experts=len(panel))
        given = {reason.expert for one in self.judgements for reason in one.reasons}
        given |= {comment.expert for comment in self.comments}
        if given - panel or not all(_PSEUDONYM.fullmatch(expert) for expert in panel):
            raise Refused("expert_by_name", panel=self.panel)
