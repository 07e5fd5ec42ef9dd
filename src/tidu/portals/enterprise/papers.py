"""The papers of an application: what the notice asks, what is there, and which values they prove."""

from collections.abc import Sequence
from dataclasses import dataclass

from tidu.applications.actions.evidence import limits_of
from tidu.applications.models import EvidenceItem
from tidu.enterprises.queries import REGISTERED
from tidu.files.limits import Limits
from tidu.law.checks import field_name
from tidu.law.notices import Evidence as Item
from tidu.portals.enterprise.casefiles import CaseFile, paper_url

#: Image formats go by several names; a notice names one.
ALSO = {"jpg": ("jpg", "jpeg")}


@dataclass(frozen=True)
class Paper:
    """One uploaded paper with its address."""

    row: EvidenceItem
    url: str


@dataclass(frozen=True, kw_only=True)
class PaperItem:
    """One item of the notice's list with what is there."""

    item: Item
    is_needed: bool
    may_change: bool
    is_marked: bool
    proves: str
    papers: Sequence[Paper]
    limits: Limits

    @property
    def is_folded(self) -> bool:
        """Neither asked for nor there: it keeps out of the way."""
        return not (self.is_needed or self.papers or self.is_marked)

    @property
    def accept(self) -> str:
        """For the file dialog and the script that refuses before anything is sent."""
        return ",".join(f".{name}" for one in self.item.formats for name in ALSO.get(one, (one,)))

    @property
    def rule(self) -> str:
        formats = "、".join(name.upper() for name in self.item.formats)
        return f"{formats}，每个不超过 {self.limits.megabytes} MB，最多 {self.item.most_files} 个"


def items_of(file: CaseFile) -> list[PaperItem]:
    """Every item of the notice's list: what is still missing first, then as the notice has it."""
    proves = {one.evidence.id: one.proves for one in file.filled.standard.evidence()}
    facts = file.filled.standard.vocabulary.facts
    found = [
        PaperItem(
            item=item,
            is_needed=file.is_needed(item),
            may_change=file.may_change_papers(item.id),
            is_marked=bool(file.correction and item.id in file.correction.evidence),
            proves="、".join(facts[fact].label for fact in proves.get(item.id, ()) if fact not in REGISTERED),
            papers=[Paper(row, paper_url(file.case, row)) for row in file.papers_under(item.id)],
            limits=limits_of(item),
        )
        for item in file.notice.evidence
    ]
    return sorted(found, key=lambda one: (not one.is_marked, not one.is_needed))


@dataclass(frozen=True, kw_only=True)
class Pointable:
    """A value that can be pointed at a page: where it stands now, and which papers would do."""

    name: str
    label: str
    value: str
    paper_id: int | None
    page: int | None
    papers: Sequence[EvidenceItem]


def pointable(file: CaseFile) -> list[Pointable]:
    """Numbers of every year shown whose kind of paper has been uploaded, the newest year first."""
    found = []
    for section in file.filled.standard.form():
        for entry in section.fields:
            kinds = {evidence.id for evidence in entry.evidence}
            papers = [paper for paper in file.papers if paper.item in kinds]
            if not entry.fact.per_year or not papers:
                continue
            for back in entry.required_years:
                found += _pointable(file, entry.fact.id, file.filled.year - back, papers)
    return found


def _pointable(file: CaseFile, fact_id: str, period: int, papers: Sequence[EvidenceItem]) -> list[Pointable]:
    row = file.filled.rows.get((fact_id, period))
    fact = file.filled.standard.vocabulary.fact(fact_id)
    if row is None or row.value is None:
        return []
    return [
        Pointable(
            name=field_name(fact_id, period),
            label=f"{period}年{fact.label}",
            value=f"{file.filled.typed(fact, period)} {fact.unit}".strip(),
            paper_id=getattr(row, "evidence_id", None),
            page=getattr(row, "page", None),
            papers=papers,
        )
    ]
