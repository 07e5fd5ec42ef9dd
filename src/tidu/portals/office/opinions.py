"""What a panel of experts found, as the office that decides reads it: counts and reasons, no names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tidu.applications.contents import standard_of
from tidu.applications.models import Case
from tidu.applications.opinions import (
    CONCLUSION_LABELS,
    QUESTION_LABELS,
    Conclusion,
    PanelOpinion,
    Question,
    Reason,
    Tally,
)
from tidu.applications.queries import opinion_body
from tidu.law import plain

TONES: Mapping[Conclusion, str] = {
    Conclusion.YES: "ok",
    Conclusion.NO: "no",
    Conclusion.SPLIT: "open",
}


@dataclass(frozen=True)
class Line:
    """One question or fact: what the panel found, how its experts are divided, and why."""

    label: str
    conclusion: str
    tone: str
    tally: Tally
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class OpinionShown:
    """The whole opinion in the order in which it is read."""

    panel: PanelOpinion
    answers: tuple[Line, ...]
    judgements: tuple[Line, ...]


def opinion_shown(case: Case) -> OpinionShown | None:
    """The opinion that has joined the case; None where no panel has told one."""
    body = opinion_body(case)
    return None if body is None else shown_of(case, body)


def shown_of(case: Case, body: Mapping[str, Any]) -> OpinionShown:
    """The opinion of one frozen body in words."""
    opinion = plain.read(PanelOpinion, body["opinion"])
    labels = {one.id: one.label for one in standard_of(case).vocabulary.facts.values()}
    by_question = {one.question: one for one in opinion.answers}
    return OpinionShown(
        panel=opinion,
        answers=tuple(
            _line(QUESTION_LABELS[question], by_question[question].conclusion, by_question[question].tally)
            for question in Question
        ),
        judgements=tuple(
            _line(labels.get(one.fact, one.fact), one.conclusion, one.tally, one.reasons)
            for one in opinion.judgements
        ),
    )


def _line(label: str, conclusion: Conclusion, tally: Tally, reasons: tuple[Reason, ...] = ()) -> Line:
    return Line(label, CONCLUSION_LABELS[conclusion], TONES[conclusion], tally, reasons)
