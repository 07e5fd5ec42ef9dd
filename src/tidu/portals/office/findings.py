"""The officer's table: for each condition and indicator what was stated, found, asked and proved.

What fails comes first. Each fact behind a row can be marked for mending and judged by the officer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tidu.applications.contents import Submitted
from tidu.applications.models import Case, CaseField
from tidu.applications.models import Finding as OfficersFinding
from tidu.law.facts import Fact, FactKind, Vocabulary, format_value, value_from_json
from tidu.portals.parts.fields import Evidence
from tidu.portals.parts.verdicts import Finding, VerdictView

Key = tuple[str, int]
"""A fact and its fiscal year, 0 for a fact of now."""


@dataclass(frozen=True)
class Cell:
    """One stated value: as the firm stated it, as an officer found it, and where it can be read."""

    fact: Fact
    period: int
    stated: str
    finding: OfficersFinding | None
    found: str
    pointer: Evidence | None
    url: str

    @property
    def mark(self) -> str:
        """How a request to mend names it."""
        return f"{self.fact.id}:{self.period}" if self.period else self.fact.id

    @property
    def label(self) -> str:
        return f"{self.fact.label}（{self.period}年）" if self.period else self.fact.label

    @property
    def unit(self) -> str:
        return self.fact.unit if self.fact.kind.is_number else ""

    @property
    def differs(self) -> bool:
        """Whether what counts is no longer what the firm stated."""
        return self.finding is not None and self.found != self.stated


@dataclass(frozen=True)
class FindingRow:
    """A row of the table; `marks` are all its facts, for one box to tick."""

    finding: Finding
    cells: Sequence[Cell]

    @property
    def marks(self) -> str:
        return " ".join(cell.mark for cell in self.cells)

    @property
    def value(self) -> str:
        """The measure that was computed; empty where there is none, or where it cannot be computed."""
        return "" if self.finding.value == "未填" else self.finding.value

    @property
    def is_missing(self) -> bool:
        """Whether something that the row needs was not filled."""
        return any(not (cell.found if cell.finding else cell.stated) for cell in self.cells)

    @property
    def pointers(self) -> list[Evidence]:
        """Where its values can be read: the pages pointed to, else the papers of the right kinds."""
        pointed = list({cell.pointer.url: cell.pointer for cell in self.cells if cell.pointer}.values())
        return pointed or list(self.finding.papers)


@dataclass(frozen=True, kw_only=True)
class Stated:
    """Everything that cells are made from."""

    case: Case
    vocabulary: Vocabulary
    fields: Mapping[Key, CaseField]
    findings: Mapping[Key, OfficersFinding]

    @classmethod
    def of(cls, contents: Submitted) -> "Stated":
        """What was submitted, with what officers found."""
        return cls(
            case=contents.case,
            vocabulary=contents.stated.vocabulary,
            fields=contents.fields,
            findings=contents.findings,
        )

    def cell(self, fact: Fact, period: int) -> Cell:
        row, finding = self.fields.get((fact.id, period)), self.findings.get((fact.id, period))
        return Cell(
            fact=fact,
            period=period,
            stated=_stated_text(fact, row),
            finding=finding,
            found="" if finding is None else text_of(fact, finding.value),
            pointer=pointer_of(self.case, row),
            url=reverse("office-finding", args=[self.case.pk, fact.id, period]),
        )


def rows_of(verdict: Mapping[str, Any], view: VerdictView, stated: Stated) -> list[FindingRow]:
    """What fails first, then what is open, could gain, is full; alternatives after what nothing replaces."""
    inputs, year = dict(_inputs_by_id(verdict)), int(verdict["year"])
    spared = set(_alternatives(verdict["clauses"]))
    ordered = sorted(view.findings, key=lambda finding: (finding.rank, finding.id in spared))
    return [
        FindingRow(
            finding,
            [stated.cell(fact, at) for fact, at in _keys(inputs[finding.id], stated.vocabulary, year)],
        )
        for finding in ordered
    ]


def _alternatives(clause: Mapping[str, Any], *, inside: bool = False) -> Iterator[str]:
    """The clauses of which any one would do (直通条件)."""
    inside = inside or clause["joins"] == "any"
    for part in clause["parts"]:
        if inside:
            yield part["id"]
        yield from _alternatives(part, inside=inside)


def text_of(fact: Fact, value: Any) -> str:
    """A stored value as it is read on screen, without its unit; empty if there is none."""
    if value is None:
        return ""
    if fact.kind is FactKind.TABLE:
        return f"{len(value)} 行" if value else "无"
    return format_value(fact, value_from_json(fact, value))


def pointer_of(case: Case, row: CaseField | None) -> Evidence | None:
    """The page on which a value can be read."""
    if row is None or row.evidence is None:
        return None
    label = f"{row.evidence.name} 第 {row.page} 页" if row.page else row.evidence.name
    return Evidence(label, paper_url(case, row.evidence.pk, row.page))


def paper_url(case: Case, evidence_id: int, page: int | None = None) -> str:
    """Where a paper is looked at."""
    address = reverse("office-paper", args=[case.pk, evidence_id])
    return f"{address}?page={page}" if page else address


def _stated_text(fact: Fact, row: CaseField | None) -> str:
    if row is None:
        return ""
    return row.raw or text_of(fact, row.value)


def _inputs_by_id(verdict: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    for indicator in verdict["indicators"]:
        yield indicator["id"], indicator["inputs"]
    for clause in _clauses(verdict["clauses"]):
        yield clause["id"], [one for check in clause["checks"] for one in check["inputs"]]


def _clauses(clause: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield clause
    for part in clause["parts"]:
        yield from _clauses(part)


def _keys(inputs: Iterable[Mapping[str, Any]], vocabulary: Vocabulary, year: int) -> list[tuple[Fact, int]]:
    """The stated facts behind what a rule read; of a derived fact those it is computed from."""
    found: dict[Key, Fact] = {}
    for one in inputs:
        derived = vocabulary.derived.get(one["fact"])
        for fact_id in derived.sources if derived else (one["fact"],):
            fact = vocabulary.facts.get(fact_id)
            if fact is not None:
                found[fact.id, (one["period"] or year) if fact.per_year else 0] = fact
    return [(fact, period) for (_, period), fact in found.items()]
