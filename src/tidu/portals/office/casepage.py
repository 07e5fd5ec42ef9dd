"""One case as its page shows it, gathered in a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidu.applications.contents import Submitted, notice_of, reference_year, standard_of
from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case, CaseStage, Correction, EvidenceItem, Snapshot
from tidu.applications.queries import (
    Shared,
    changes_since_last_round,
    open_stage,
    shared_values,
    snapshots_of,
)
from tidu.applications.queries.changes import Changes
from tidu.applications.queries.contents import open_correction
from tidu.database.scope import Actor
from tidu.documents.histories import HistoryStep, history_of
from tidu.law.facts import Vocabulary
from tidu.law.notices import Deadline
from tidu.law.notices import Evidence as NoticeItem
from tidu.law.procedures import Procedure, Stage
from tidu.portals.office.checks import Checks, checks_of
from tidu.portals.office.clocks import MODES, clock_of
from tidu.portals.office.findings import FindingRow, Stated, paper_url, rows_of, text_of
from tidu.portals.office.offers import Desk, desk_of
from tidu.portals.office.sheets import Sheet, sheets_of
from tidu.portals.parts.fields import Evidence
from tidu.portals.parts.verdicts import VerdictView, view_of
from tidu.programmes.queries import procedure_by_digest
from tidu.records.queries import timeline

SETTLED = 3
"""The rank from which on a finding asks for nothing."""


@dataclass(frozen=True)
class PaperGroup:
    """One item of the notice's evidence list with what was uploaded under it."""

    item: NoticeItem
    papers: Sequence[Evidence]


@dataclass(frozen=True)
class ChangeLine:
    """One value that the firm changed since the last round."""

    label: str
    before: str
    after: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """Everything of one case that an officer has before him."""

    case: Case
    procedure: Procedure
    stage: Stage | None
    row: CaseStage | None
    clock: Deadline | None
    verdict: Mapping[str, Any]
    view: VerdictView
    rows: Sequence[FindingRow]
    sheets: Sequence[Sheet]
    papers: Sequence[PaperGroup]
    checks: Checks
    desk: Desk
    changes: Changes
    changed: Sequence[ChangeLine]
    history: Sequence[HistoryStep]
    snapshots: Sequence[Snapshot]
    shared: Sequence[tuple[str, int]]
    correction: Correction | None

    @property
    def mode(self) -> str:
        return MODES[self.clock.mode] if self.clock else ""

    @property
    def failing(self) -> int:
        return sum(row.finding.fails for row in self.rows)

    @property
    def pressing(self) -> list[FindingRow]:
        """What fails, is open or could gain: the officer looks at these first."""
        return [row for row in self.rows if row.finding.rank < SETTLED]

    @property
    def settled(self) -> list[FindingRow]:
        """What is met, full, or spared by an alternative."""
        return [row for row in self.rows if row.finding.rank >= SETTLED]

    @property
    def first_paper(self) -> Evidence | None:
        """What the viewer shows before anybody asks: the paper behind the first row that has one."""
        pointed = (pointer for row in self.rows for pointer in row.pointers if pointer.url)
        return next(pointed, None)


def case_page(actor: Actor, case: Case, at: datetime) -> CasePage:
    """Gather the page of a case that the actor may read."""
    procedure = procedure_by_digest(case.procedure_digest)
    row = open_stage(case)
    standard = standard_of(case)
    contents = Submitted(case, at=at)
    verdict = contents.verdict.as_json()
    view = view_of(verdict, _by_item(case, contents.papers))
    stated = Stated.of(contents)
    changes = changes_since_last_round(case)
    return CasePage(
        case=case,
        procedure=procedure,
        stage=procedure.stage(case.stage) if case.stage else None,
        row=row,
        clock=clock_of(case),
        verdict=verdict,
        view=view,
        rows=rows_of(verdict, view, stated),
        sheets=sheets_of(standard.form(), stated, reference_year(case)),
        papers=_groups(case, contents.papers),
        checks=checks_of(actor, case, procedure, row),
        desk=desk_of(actor, case, procedure, row, at),
        changes=changes,
        changed=_changed(changes, standard.vocabulary),
        history=history_of(timeline(case.chain), procedure_digest=case.procedure_digest),
        snapshots=list(snapshots_of(case)),
        shared=[(standard.vocabulary.fact(one.fact).label, one.firms) for one in _shared(case)],
        correction=open_correction(case) if case.status == CaseStatus.RETURNED else None,
    )


def _shared(case: Case) -> list[Shared]:
    return shared_values(case) if case.office_id is not None else []


def _by_item(case: Case, papers: Sequence[EvidenceItem]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for paper in papers:
        found.setdefault(paper.item, []).append(Evidence(paper.name, paper_url(case, paper.pk)))
    return found


def _groups(case: Case, papers: Sequence[EvidenceItem]) -> list[PaperGroup]:
    """The notice's list with what is there; what is neither needed nor there is left out."""
    found = _by_item(case, papers)
    items = [item for item in notice_of(case).evidence if item.needed == "always" or item.id in found]
    return [PaperGroup(item, found.get(item.id, [])) for item in items]


def _changed(changes: Changes, vocabulary: Vocabulary) -> list[ChangeLine]:
    lines = []
    for change in changes.facts:
        fact = vocabulary.facts.get(change.fact)
        if fact is not None:
            label = f"{fact.label}（{change.period}年）" if change.period else fact.label
            unit = fact.unit if fact.kind.is_number else ""
            lines.append(
                ChangeLine(
                    label, text_of(fact, change.before) or "未填", text_of(fact, change.after) or "未填", unit
                )
            )
    return lines
