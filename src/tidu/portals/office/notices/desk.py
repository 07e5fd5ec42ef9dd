"""What every page of a draft shows: its sections with what is wrong in each, and what may be done now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidu.database.scope import Actor
from tidu.law import drafting
from tidu.law.drafting import Document, Issuer, Problem, Section, problems_of
from tidu.portals.office.notices.panels import anchor
from tidu.programmes.models import DraftSection, NoticeDraft
from tidu.programmes.permissions import may_draft, may_publish
from tidu.programmes.queries import issuer_of, sections_of_draft


@dataclass(frozen=True)
class Line:
    """One section in the list of sections."""

    section: Section
    errors: int
    warnings: int
    is_here: bool


@dataclass(frozen=True)
class Desk:
    """A draft on the desk, checked as it stands."""

    draft: NoticeDraft
    issuer: Issuer
    saved: Mapping[str, DraftSection]
    document: Document
    problems: Sequence[Problem]

    @classmethod
    def of(cls, draft: NoticeDraft, changed: Mapping[str, Document] | None = None) -> "Desk":
        """The draft; with sections as they are `changed` on the page and not saved."""
        issuer, saved = issuer_of(draft.office), sections_of_draft(draft)
        bodies: dict[str, Any] = {name: row.body for name, row in saved.items()}
        document = drafting.document_of({**bodies, **(changed or {})}, issuer)
        return cls(draft, issuer, saved, document, problems_of(document))

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.blocks]

    @property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.blocks]

    def lines(self, here: str = "") -> list[Line]:
        """The sections with what is wrong in each."""
        return [
            Line(one, _count(self.errors, one), _count(self.warnings, one), one.id == here)
            for one in drafting.form()
        ]

    def words(self, actor: Actor, here: str = "") -> dict[str, Any]:
        """What the templates of every page of the draft read."""
        return {
            "draft": self.draft,
            "desk": self,
            "lines": self.lines(here),
            "errors": [_found(one, here) for one in self.errors],
            "warnings": [_found(one, here) for one in self.warnings],
            "may_write": bool(may_draft(actor, self.draft.office)) and not self.draft.is_closed,
            "may_publish": may_publish(actor, self.draft.office),
        }


@dataclass(frozen=True)
class Found:
    """A problem with the address of its place."""

    problem: Problem
    anchor: str
    is_here: bool


def _found(problem: Problem, here: str) -> Found:
    name = anchor(problem.place.name) if problem.place.name else ""
    return Found(problem, name, problem.place.section.id == here)


def _count(problems: Sequence[Problem], section: Section) -> int:
    return sum(problem.place.section.id == section.id for problem in problems)
