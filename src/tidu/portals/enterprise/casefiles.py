"""An application as a form: its own rows, papers and requests to mend over the standard of its batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tidu.applications.completeness import needed
from tidu.applications.contents import Contents, notice_of, standard_of
from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case, CaseField, Correction, EvidenceItem
from tidu.applications.openings import Openings, opened
from tidu.applications.permissions import may_write
from tidu.applications.queries.contents import form_rows, open_correction
from tidu.database.scope import Actor
from tidu.law.checks import field_name
from tidu.law.facts import Facts
from tidu.law.notices import Evidence as Item
from tidu.law.notices import Notice
from tidu.portals.enterprise.filled import FilledForm
from tidu.portals.enterprise.sections import Step, Way, count
from tidu.portals.parts.fields import Evidence

EVIDENCE, REVIEW = "evidence", "review"
"""What follows the sections of the form."""


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """One application with everything its form shows."""

    case: Case
    notice: Notice
    filled: FilledForm
    contents: Contents
    correction: Correction | None
    openings: Openings | None

    @property
    def papers(self) -> Sequence[EvidenceItem]:
        return self.contents.papers

    @property
    def facts(self) -> Facts:
        return self.filled.facts

    def papers_under(self, item: str) -> list[EvidenceItem]:
        return [paper for paper in self.papers if paper.item == item]

    def may_change_papers(self, item: str) -> bool:
        """Whether papers of this item may be added or taken out now."""
        opened = self.openings is None or item in self.openings.evidence
        return self.filled.is_open and opened

    def is_needed(self, item: Item) -> bool:
        return needed(item, self.facts)


def case_file(case: Case, actor: Actor, at: datetime) -> CaseFile:
    """The form of a case as it stands, without officers' findings."""
    rows, contents = form_rows(case), Contents(case, at=at)
    correction = open_correction(case) if case.status == CaseStatus.RETURNED else None
    openings = opened(correction, contents) if correction else None
    is_open = case.status in (CaseStatus.DRAFT, CaseStatus.RETURNED) and bool(may_write(actor, case))
    return CaseFile(
        case=case,
        notice=notice_of(case),
        contents=contents,
        correction=correction,
        openings=openings,
        filled=FilledForm(
            standard=standard_of(case),
            facts=contents.stated,
            rows=rows,
            save_url=reverse("enterprise-case-save", args=[case.pk]),
            checks=contents.checks,
            is_open=is_open,
            open_keys=openings.fields if openings else None,
            papers=_papers_by_kind(case, contents.papers),
            pointers=_pointers(case, rows),
        ),
    )


def case_way(file: CaseFile, current: str) -> Way:
    """The form's sections, the papers, and the last look before submitting."""
    case = file.case
    steps = []
    for one in file.filled.standard.form():
        done, total = count(one, file.facts)
        marks = any(
            file.filled.is_marked(entry.fact, period) for entry in one.fields for period in _periods(file)
        )
        section = one.section
        url = reverse("enterprise-case-form", args=[case.pk, section.id])
        steps.append(Step(section.id, section.label, url, done, total, section.id == current, marks))
    steps.append(_papers_step(file, current))
    return Way(steps)


def _periods(file: CaseFile) -> range | list[int]:
    return [0, *range(file.filled.year - 2, file.filled.year + 1)]


def _papers_step(file: CaseFile, current: str) -> Step:
    wanted = [item for item in file.notice.evidence if file.is_needed(item)]
    there = sum(bool(file.papers_under(item.id)) for item in wanted)
    url = reverse("enterprise-case-form", args=[file.case.pk, EVIDENCE])
    marks = bool(file.correction and file.correction.evidence)
    return Step(EVIDENCE, "佐证材料", url, there, len(wanted), current == EVIDENCE, marks)


def _papers_by_kind(case: Case, papers: Sequence[EvidenceItem]) -> Mapping[str, list[Evidence]]:
    """Links to the uploaded papers of each item of the notice's list."""
    found: dict[str, list[Evidence]] = {item.id: [] for item in notice_of(case).evidence}
    for paper in papers:
        found.setdefault(paper.item, []).append(Evidence(paper.name, paper_url(case, paper)))
    return found


def _pointers(case: Case, rows: Mapping[tuple[str, int], CaseField]) -> dict[str, Evidence]:
    """By field name the page on which the value can be read."""
    return {
        field_name(fact, period or None): Evidence(
            f"{row.evidence.name} 第 {row.page} 页" if row.page else row.evidence.name,
            paper_url(case, row.evidence, row.page),
        )
        for (fact, period), row in rows.items()
        if row.evidence is not None
    }


def paper_url(case: Case, paper: EvidenceItem, page: int | None = None) -> str:
    """Where a paper can be looked at, page by page."""
    return reverse("enterprise-paper", args=[case.pk, paper.pk]) + (f"?page={page}" if page else "")
