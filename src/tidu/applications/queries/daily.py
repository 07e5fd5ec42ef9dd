"""收件、上报、不予通过: how many, by office and by day, for the office above."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from tidu.applications.models import CaseStage
from tidu.law.refusals import BEIJING
from tidu.offices.models import Office
from tidu.offices.queries import offices_below
from tidu.programmes.models import Batch

SENT_ON = ("recommended", "reported", "announced")
REFUSED = ("refused", "struck")


@dataclass(frozen=True)
class Day:
    """What happened on one legal day: cases that came in, were sent up, were refused."""

    received: int = 0
    sent_on: int = 0
    refused: int = 0

    def __add__(self, other: "Day") -> "Day":
        return Day(self.received + other.received, self.sent_on + other.sent_on, self.refused + other.refused)

    def __bool__(self) -> bool:
        return bool(self.received or self.sent_on or self.refused)


@dataclass(frozen=True)
class Pace:
    """Day by day, by the offices directly below; an office counts with all below it."""

    offices: tuple[Office, ...]
    days: tuple[date, ...]
    counts: Mapping[tuple[int, date], Day]

    def of(self, office: Office, day: date) -> Day:
        return self.counts.get((office.pk, day), Day())

    def of_office(self, office: Office) -> Day:
        return sum((self.of(office, day) for day in self.days), Day())

    def of_day(self, day: date) -> Day:
        return sum((self.of(office, day) for office in self.offices), Day())

    @property
    def total(self) -> Day:
        return sum((self.of_day(day) for day in self.days), Day())


def pace(office: Office, batch: Batch) -> Pace:
    """What came in, went up and was refused below an office, by the legal day; four queries.

    A case comes in where and when it is first submitted, and goes up when the office directly
    below sends it on by its letter.
    """
    below = {one.pk: one for one in offices_below(office)}
    tops = tuple(sorted((o for o in below.values() if o.parent_id == office.pk), key=lambda o: o.code))
    top_of = {pk: _top(one, below, office) for pk, one in below.items()}
    read = CaseStage.objects.filter(batch=batch, office_id__in=below)
    counts: dict[tuple[int, date], Day] = {}

    def count(stages: QuerySet[CaseStage], moment: str, name: str) -> None:
        grouped = stages.order_by().values("office_id", day=TruncDate(moment, tzinfo=BEIJING))
        for row in grouped.annotate(cases=Count("case_id", distinct=True)):
            key = (top_of[row["office_id"]], row["day"])
            counts[key] = counts.get(key, Day()) + Day(**{name: row["cases"]})

    count(read.filter(seq=1), "entered_at", "received")
    own = [one.pk for one in tops]
    count(read.filter(office_id__in=own, outcome__in=SENT_ON), "left_at", "sent_on")
    count(read.filter(outcome__in=REFUSED), "left_at", "refused")
    return Pace(tops, tuple(sorted({day for _, day in counts})), counts)


def _top(one: Office, below: Mapping[int, Office], office: Office) -> int:
    """The office directly below `office` under which this one stands."""
    while one.parent_id != office.pk and (upper := below.get(one.parent_id or 0)):
        one = upper
    return one.pk
