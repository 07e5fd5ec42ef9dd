"""Drawing the consequences of ledger entries: each handler once for each entry, whatever happens between."""

from datetime import datetime

from django.db.models import QuerySet

from tidu.aftermath.handlers import HANDLERS, Handler
from tidu.aftermath.lapses import lapse_unrenewed
from tidu.aftermath.mending import lapse_unmended
from tidu.aftermath.models import HandledEntry
from tidu.aftermath.overdue_opinions import remind_of_opinions
from tidu.database.scope import SYSTEM, scope
from tidu.records.models import Entry

__all__ = [
    "follow",
    "follow_all",
    "lapse_unmended",
    "lapse_unrenewed",
    "remind_of_opinions",
    "unfollowed",
]

FOLLOWED = "followed"
"""Noted last: every handler that concerned the entry is through. Handlers added later leave it alone."""


def follow(*, entry_id: int, at: datetime) -> None:
    """Run every handler that concerns an entry and has not run for it yet, each in its own transaction.

    A handler that raises stops the rest; following again takes up where it stopped.
    """
    with scope(SYSTEM):
        entry = Entry.objects.select_related("chain").get(pk=entry_id)
        concerned = [handler for handler in HANDLERS if handler.concerns(entry)]
    for handler in concerned:
        _run_once(handler, entry, at)
    with scope(SYSTEM):
        _note(entry, FOLLOWED, at)


def follow_all(at: datetime) -> int:
    """Follow every entry not followed yet, the oldest first, and what these bring about; how many."""
    count = 0
    while entry_ids := _unfollowed_ids():
        for entry_id in entry_ids:
            follow(entry_id=entry_id, at=at)
        count += len(entry_ids)
    return count


def unfollowed() -> QuerySet[Entry]:
    """Entries of which not every consequence has been drawn."""
    return Entry.objects.exclude(handled__handler=FOLLOWED)


def _unfollowed_ids() -> list[int]:
    with scope(SYSTEM):
        return list(unfollowed().order_by("pk").values_list("pk", flat=True))


def _run_once(handler: Handler, entry: Entry, at: datetime) -> None:
    """The note is written first: whoever comes second waits for it, and then has nothing to do."""
    with scope(SYSTEM):
        if _note(entry, handler.name, at):
            handler.run(entry)


def _note(entry: Entry, handler: str, at: datetime) -> bool:
    """Note a handler's work on an entry; False if it has been noted before."""
    _, is_new = HandledEntry.objects.get_or_create(entry=entry, handler=handler, defaults={"at": at})
    return is_new
