"""One entry of a list: its case moves through the door, and the entry says what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tidu.applications.actions import perform
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.procedures import Action, Need
from tidu.publicity.enums import UNDECIDED, EntryStatus
from tidu.publicity.models import Objection, PublicityEntry

#: What the firm and every office on the route read. Never a word of the objection itself.
SUSPENDED = "公示期间收到异议，正在核实；核实期间该企业的公示结论暂停，其他企业不受影响。"
RESUMED = "经核实，异议不成立，恢复公示程序。"


def suspend_entry(entry: PublicityEntry, *, at: datetime) -> None:
    """An objection was accepted: this entry's case stops, the rest of the list goes on.

    The ledger of the case names the system: who accepted it stands in the ledger of the objection alone.
    """
    perform(case_id=entry.case_id, action=Action.SUSPEND, actor=SYSTEM, at=at, comment=SUSPENDED)
    entry.status = EntryStatus.SUSPENDED
    entry.save(update_fields=["status"])


def resume_entry(entry: PublicityEntry, *, at: datetime) -> None:
    """No objection is left: the case goes on where it stopped; as with `suspend_entry`, by the system."""
    perform(case_id=entry.case_id, action=Action.RESUME, actor=SYSTEM, at=at, comment=RESUMED)
    entry.status = EntryStatus.LISTED
    entry.save(update_fields=["status"])


def strike_entry(entry: PublicityEntry, *, actor: Actor, reason: str, at: datetime) -> None:
    """An objection was upheld: the case is not recognised, for this reason."""
    perform(case_id=entry.case_id, action=Action.STRIKE, actor=actor, at=at, comment=reason)
    settle_entry(entry, EntryStatus.STRUCK, at)


def clear_entry(entry: PublicityEntry, *, actor: Actor, at: datetime) -> None:
    """The period is over and no objection is open: the case goes on to its next stage."""
    settled = frozenset({Need.PERIOD_OVER, Need.OBJECTIONS_SETTLED})
    perform(case_id=entry.case_id, action=Action.CLEAR, actor=actor, at=at, given=settled)
    settle_entry(entry, EntryStatus.CLEARED, at)


def settle_entry(entry: PublicityEntry, status: EntryStatus, at: datetime) -> None:
    """Nothing more is to be decided about this entry."""
    entry.status, entry.settled_at = status, at
    entry.save(update_fields=["status", "settled_at"])


def open_objections(entries: Sequence[PublicityEntry]) -> Mapping[int, set[str]]:
    """By entry, where its undecided objections stand, whichever offices handle them.

    Asked by the system: an office complained of must not clear over an objection it may not see.
    """
    found: dict[int, set[str]] = {}
    with scope(SYSTEM):
        undecided = Objection.objects.filter(
            entry_id__in=[entry.pk for entry in entries], status__in=UNDECIDED
        )
        for entry_id, status in undecided.values_list("entry_id", "status"):
            found.setdefault(entry_id, set()).add(status)
    return found
