"""What an expert is asked of a case, and everything that his opinion lacks. Pure: no database, no clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tidu.applications.opinions import QUESTION_LABELS, Question
from tidu.law.facts import Fact
from tidu.law.refusals import Refused
from tidu.panels.enums import Field, Finding
from tidu.panels.tallying import Judged, Paper


@dataclass(frozen=True)
class Asked:
    """The facts that an expert of this field judges, and the papers of the case in which he may look."""

    field: Field
    facts: Sequence[Fact]
    papers: Sequence[Paper] = ()


@dataclass(frozen=True)
class OpinionText:
    """What an expert says of a case: an answer to every question, a judgement of every fact asked of him."""

    answers: Mapping[Question, Finding]
    judged: Mapping[str, Judged] = field(default_factory=dict)
    comment: str = ""


def lacking(text: OpinionText, asked: Asked) -> Iterator[Refused]:
    """Everything for which the opinion is not taken, each with the place in which it is filled in.

    A place is “answer-”, “finding-”, “reason-” or “page-” before the question or the fact, or “comment”.
    Yields answer_missing, judgement_missing, judgement_reason_missing, judgement_paper_missing,
    judgement_paper_unknown, judgement_page_beyond, judgement_paper_without_pages, judgement_not_asked,
    opinion_comment_missing.
    """
    for question in Question:
        if question not in text.answers:
            yield Refused("answer_missing", field=f"answer-{question}", value=QUESTION_LABELS[question])
    for fact in asked.facts:
        yield from _lacking_of(fact, text.judged.get(fact.id), asked)
    if beyond := set(text.judged) - {fact.id for fact in asked.facts}:
        yield Refused("judgement_not_asked", value=min(beyond))
    if set(text.answers.values()) - {Finding.YES} and not text.comment.strip():
        yield Refused("opinion_comment_missing", field="comment")


def _lacking_of(fact: Fact, judged: Judged | None, asked: Asked) -> Iterator[Refused]:
    if judged is None:
        yield Refused("judgement_missing", field=f"finding-{fact.id}", value=fact.label)
    always = asked.field is not Field.FINANCE
    needs_reason = always if judged is None else always or judged.finding is not Finding.YES
    if needs_reason and not (judged and judged.reason.strip()):
        yield Refused("judgement_reason_missing", field=f"reason-{fact.id}", value=fact.label)
    wrong = _misplaced(fact, judged.paper, judged.page, asked.papers) if judged else None
    if wrong is not None:
        yield wrong


def _misplaced(fact: Fact, paper: Paper | None, page: int | None, papers: Sequence[Paper]) -> Refused | None:
    """Why nobody would find the page there; None if it is there, or none is named."""
    where, said = f"page-{fact.id}", {"value": page, "label": fact.label}
    if paper is None:
        return None if page is None else Refused("judgement_paper_missing", field=where, **said)
    if paper not in papers:
        where = f"paper-{fact.id}"
        return Refused("judgement_paper_unknown", field=where, value=paper.name, label=fact.label)
    if page is None or 1 <= page <= (paper.pages or 0):
        return None
    if paper.pages is None:
        return Refused("judgement_paper_without_pages", field=where, paper=paper.name, **said)
    return Refused("judgement_page_beyond", field=where, paper=paper.name, pages=paper.pages, **said)
