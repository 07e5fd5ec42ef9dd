"""When the invented things happened: moments inside and after each batch's window, never after now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tidu.programmes.models import Batch

#: How long a list has been open when the demonstration begins.
LISTED_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Times:
    """Moments of one batch as seen from `now`."""

    batch: Batch
    now: datetime

    def within(self, part: float) -> datetime:
        """A moment inside the window: 0 its beginning, 1 its end or now, whichever is earlier."""
        end = min(self.batch.closes_at, self.now) - timedelta(seconds=1)
        return _between(self.batch.opens_at, end, part)

    def days_after(self, days: int) -> datetime:
        """So many days after the window of a batch that closed long ago."""
        return min(self.batch.closes_at + timedelta(days=days, hours=10), self.now)

    def list_opened(self) -> datetime:
        """When the list that is open now was published: two days ago, or soon after the window."""
        return max(_between(self.batch.closes_at, self.now, 0.7), self.now - LISTED_FOR)

    def before_list(self, part: float) -> datetime:
        """A moment between the window's end and the publication of the list."""
        return _between(self.batch.closes_at, self.list_opened(), part)


def _between(start: datetime, end: datetime, part: float) -> datetime:
    return start + timedelta(seconds=int((end - start).total_seconds() * part))
