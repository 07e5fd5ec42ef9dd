"""What a panel's single opinions come to. Pure: no database, no clock."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tidu.applications.opinions import Answer, Conclusion, Judgement, PanelOpinion, Question, Reason, Tally
from tidu.law.facts import Fact, FactKind
from tidu.law.standards import Standard
from tidu.panels.enums import Field, Finding

AGREEMENT = Fraction(2, 3)
"""What part of those who were asked must say the same; our own reading, the measures name no number."""

AMOUNTS, STATED = frozenset({FactKind.MONEY}), frozenset({"statements"})
JUDGED = frozenset({FactKind.JUDGEMENT, FactKind.SHARE, FactKind.TABLE})
ARGUED = frozenset({"market", "products", "property"})
"""Kinds of facts, and the sections of the form in which they stand, that experts are asked of."""


@dataclass(frozen=True)
class Paper:
    """A paper of a case as an expert points to it; `pages` is None where a paper has none (a workbook)."""

    id: int
    name: str
    pages: int | None = None


@dataclass(frozen=True)
class Judged:
    """What one expert found of one fact, why, and in which paper on which page he saw it."""

    finding: Finding
    reason: str = ""
    page: int | None = None
    paper: Paper | None = None


@dataclass(frozen=True)
class Said:
    """One expert's whole opinion, under his pseudonym."""

    expert: str
    answers: Mapping[Question, Finding]
    judged: Mapping[str, Judged]
    comment: str = ""


def asked_of(field: Field, standard: Standard) -> list[Fact]:
    """What an expert of this field judges: finance the audited amounts, others what no register says.

    These are market share and standing, place in the chain, field, and how the firm's rights are related to
    its products. Lists of the abnormal, titles and the like are looked up, not judged.
    """
    kinds, sections = (AMOUNTS, STATED) if field is Field.FINANCE else (JUDGED, ARGUED)
    facts = [need.fact for need in standard.needed_facts()]
    return [fact for fact in facts if fact.kind in kinds and fact.section in sections]


def differing(said: Sequence[Said]) -> list[str]:
    """Questions and facts on which too few agree, by name: these the panel must talk over (会商)."""
    questions = [one.value for one in Question if _concluded(_of_question(said, one)) is Conclusion.SPLIT]
    facts = [fact for fact in _facts(said) if _concluded(_of_fact(said, fact)) is Conclusion.SPLIT]
    return [*questions, *facts]


def joined(
    said: Sequence[Said],
    *,
    draw: str,
    panel: str,
    settled: Mapping[str, Conclusion] | None = None,
    summary: str = "",
) -> PanelOpinion:
    """The panel's opinion; `settled` is what talking it over came to where they had differed."""
    talked = settled or {}
    answers = [
        Answer(one, talked.get(one.value) or _concluded(_of_question(said, one)), _of_question(said, one))
        for one in Question
    ]
    judgements = [
        Judgement(
            fact,
            talked.get(fact) or _concluded(_of_fact(said, fact)),
            _of_fact(said, fact),
            _reasons(said, fact),
        )
        for fact in _facts(said)
    ]
    return PanelOpinion(
        draw,
        panel,
        tuple(one.expert for one in said),
        tuple(answers),
        tuple(judgements),
        is_moderated=bool(talked),
        summary=summary,
        comments=tuple(Reason(one.expert, one.comment) for one in said if one.comment),
    )


def _concluded(tally: Tally) -> Conclusion:
    asked = tally.yes + tally.no + tally.unsure
    if asked and Fraction(tally.yes, asked) >= AGREEMENT:
        return Conclusion.YES
    if asked and Fraction(tally.no, asked) >= AGREEMENT:
        return Conclusion.NO
    return Conclusion.SPLIT


def _of_question(said: Sequence[Said], question: Question) -> Tally:
    return _tally([one.answers[question] for one in said], len(said))


def _of_fact(said: Sequence[Said], fact: str) -> Tally:
    return _tally([one.judged[fact].finding for one in said if fact in one.judged], len(said))


def _tally(found: Collection[Finding], experts: int) -> Tally:
    counted = [list(found).count(finding) for finding in (Finding.YES, Finding.NO, Finding.UNSURE)]
    yes, no, unsure = counted
    return Tally(yes, no, unsure, experts - len(found))


def _facts(said: Sequence[Said]) -> list[str]:
    return list(dict.fromkeys(fact for one in said for fact in one.judged))


def _reasons(said: Sequence[Said], fact: str) -> tuple[Reason, ...]:
    given = [(one.expert, one.judged[fact]) for one in said if fact in one.judged]
    return tuple(
        Reason(expert, judged.reason, judged.page, judged.paper.name if judged.paper else "")
        for expert, judged in given
        if judged.reason or judged.paper
    )
