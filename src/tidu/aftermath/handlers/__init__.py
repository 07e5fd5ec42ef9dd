"""What follows from a ledger entry: one small module for each consequence, listed here by name.

A handler is idempotent by `follow`: its work and the note that it is done are one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tidu.aftermath.handlers import (
    carrying_out_bulk,
    dispatching_cases,
    ending_titles,
    granting_titles,
    moving_deadlines,
    restoring_titles,
    settling_publicity,
    telling_of_cases,
    telling_of_letters,
    telling_of_notices,
    telling_of_objections,
    telling_of_panels,
    telling_of_reminders,
    telling_of_titles,
)
from tidu.records.models import Entry


@dataclass(frozen=True)
class Handler:
    """A consequence by name, and which entries have it: (kind of chain, verb)."""

    name: str
    follows: frozenset[tuple[str, str]]
    run: Callable[[Entry], None]

    def concerns(self, entry: Entry) -> bool:
        """Whether the entry has this consequence."""
        return (entry.chain.kind, entry.verb) in self.follows


#: In the order in which they run: first what changes the state of things, then what tells of it.
HANDLERS: tuple[Handler, ...] = (
    Handler("grant_title", granting_titles.FOLLOWS, granting_titles.run),
    Handler("end_title", ending_titles.FOLLOWS, ending_titles.run),
    Handler("move_deadlines", moving_deadlines.FOLLOWS, moving_deadlines.run),
    Handler("restore_titles", restoring_titles.FOLLOWS, restoring_titles.run),
    Handler("settle_publicity", settling_publicity.FOLLOWS, settling_publicity.run),
    Handler("dispatch_case", dispatching_cases.FOLLOWS, dispatching_cases.run),
    Handler("carry_out_bulk", carrying_out_bulk.FOLLOWS, carrying_out_bulk.run),
    Handler("tell_of_case", telling_of_cases.FOLLOWS, telling_of_cases.run),
    Handler("tell_of_letter", telling_of_letters.FOLLOWS, telling_of_letters.run),
    Handler("tell_of_title", telling_of_titles.FOLLOWS, telling_of_titles.run),
    Handler("tell_of_notice", telling_of_notices.FOLLOWS, telling_of_notices.run),
    Handler("tell_of_objection", telling_of_objections.FOLLOWS, telling_of_objections.run),
    Handler("tell_of_panels", telling_of_panels.FOLLOWS, telling_of_panels.run),
    Handler("tell_of_reminder", telling_of_reminders.FOLLOWS, telling_of_reminders.run),
)
