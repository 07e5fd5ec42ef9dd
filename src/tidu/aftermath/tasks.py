"""Jobs and timers of the aftermath. The clock is read here, and nowhere below."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tidu.aftermath import actions
from tidu.aftermath.failures import failures_at_the_end
from tidu.aftermath.handlers.carrying_out_bulk import CARRY_OUT
from tidu.applications.actions import carry_out_bulk as carry_out
from tidu.applications.queries import unfinished_bulk_ids
from tidu.database.scope import SYSTEM, scope
from tidu.files.actions import discard_expired
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.records.actions import FOLLOW, seal_day

RETRY = RetryStrategy(max_attempts=10, exponential_wait=3)
OVERLOOKED = timedelta(minutes=10)
"""After this time an entry whose job was lost is followed by the timer."""


@app.task(name=FOLLOW, retry=RETRY)
def follow(entry_id: int) -> None:
    """Deferred with each entry, in the transaction that writes it."""
    actions.follow(entry_id=entry_id, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="tidu.aftermath.follow_overlooked", queueing_lock="tidu.aftermath.follow_overlooked", retry=RETRY
)
def follow_overlooked(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Follow entries whose own job was lost or has given up; nearly always there are none.

    One that fails does not keep the others waiting; it is tried again with the next run.
    """
    now = timezone.now()
    with scope(SYSTEM):
        overlooked = actions.unfollowed().filter(written_at__lt=now - OVERLOOKED).order_by("pk")
        entry_ids = list(overlooked.values_list("pk", flat=True))
    with failures_at_the_end() as kept:
        for entry_id in entry_ids:
            with kept():
                actions.follow(entry_id=entry_id, at=now)


@app.task(name=CARRY_OUT, retry=RETRY)
def carry_out_bulk(bulk_id: int) -> None:
    """Deferred once an act on many was confirmed. A worker that dies leaves the rest to the next one."""
    carry_out(bulk_id=bulk_id, now=timezone.now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="tidu.aftermath.carry_on_bulk", queueing_lock="tidu.aftermath.carry_on_bulk", retry=RETRY)
def carry_on_bulk(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Acts on many whose job was lost or has given up; nearly always there are none."""
    with scope(SYSTEM):
        bulk_ids = unfinished_bulk_ids()
    with failures_at_the_end() as kept:
        for bulk_id in bulk_ids:
            with kept():
                carry_out(bulk_id=bulk_id, now=timezone.now)


@app.periodic(cron="5 * * * *")
@app.task(name="tidu.aftermath.lapse_unrenewed", queueing_lock="tidu.aftermath.lapse_unrenewed", retry=RETRY)
def lapse_unrenewed(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Every hour, so that a lapse shows soon after the midnight at which it happens."""
    actions.lapse_unrenewed(at=timezone.now())


@app.periodic(cron="10 * * * *")
@app.task(name="tidu.aftermath.lapse_unmended", queueing_lock="tidu.aftermath.lapse_unmended", retry=RETRY)
def lapse_unmended(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Every hour: requests to mend whose time is over."""
    actions.lapse_unmended(at=timezone.now())


@app.periodic(cron="30 0 * * *")
@app.task(
    name="tidu.aftermath.remind_of_opinions", queueing_lock="tidu.aftermath.remind_of_opinions", retry=RETRY
)
def remind_of_opinions(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Every morning at 08:30 in Beijing: opinions due within two days, and those whose time has passed."""
    actions.remind_of_opinions(at=timezone.now())


@app.periodic(cron="20 16 * * *")
@app.task(name="tidu.aftermath.seal_yesterday", queueing_lock="tidu.aftermath.seal_yesterday", retry=RETRY)
def seal_yesterday(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Every night at 00:20 in Beijing: one root over all entries not sealed yet."""
    now = timezone.now()
    try:
        with scope(SYSTEM):
            seal_day(day=legal_day(now) - timedelta(days=1), at=now)
    except Refused as refused:
        # a second worker, or the same one after a crash: the night has its root
        if refused.code != "day_already_sealed":
            raise


@app.periodic(cron="30 19 * * *")
@app.task(name="tidu.aftermath.discard_uploads", queueing_lock="tidu.aftermath.discard_uploads", retry=RETRY)
def discard_uploads(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Every night: what is left of uploads that nobody finished."""
    with scope(SYSTEM):
        discard_expired(at=timezone.now())


@app.periodic(cron="40 19 * * *")
@app.task(name="tidu.aftermath.forget_sessions", queueing_lock="tidu.aftermath.forget_sessions", retry=RETRY)
def forget_sessions(timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Sessions that have expired are deleted: they are no record of anything."""
    call_command("clearsessions")
