"""What somebody does to a case, and the case held for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tidu.applications.models import Case, CaseStage, Letter
from tidu.database.scope import Actor
from tidu.law.calendars import end_of
from tidu.law.procedures import Action, Need, Position, Procedure


@dataclass(frozen=True)
class Offline:
    """An act done on paper and entered afterwards: when, from where, with which scan.

    Where the act brings the scan of its formal letter along, that one will do.
    """

    event_on: date
    source_address: str
    scan_id: int | None = None


@dataclass(frozen=True)
class Act:
    """What somebody does to a case, and what the act brings along."""

    action: Action
    actor: Actor
    at: datetime
    comment: str = ""
    given: frozenset[Need] = frozenset()
    details: Mapping[str, Any] = field(default_factory=dict)
    letter: Letter | None = None
    offline: Offline | None = None
    dated: date | None = None
    """The day that the paper of the act bears (成文日期, 公告日期), where it has one."""

    @property
    def happened_at(self) -> datetime:
        """The moment that deadlines look at: arrival, or the last one of the day of an act done offline."""
        if self.offline is None:
            return self.at
        return min(self.at, end_of(self.offline.event_on) - timedelta(seconds=1))


@dataclass
class Held:
    """A locked case for which an act has been found allowed."""

    case: Case
    act: Act
    procedure: Procedure
    position: Position
    stage: CaseStage | None
