"""催办: reminding offices below, or firms of the area that have not finished, of a deadline.

Nobody is urged twice in one batch while the quiet time lasts (`URGE_QUIET_HOURS`, counted in legal time),
whichever office urges; the database holds two officers who press at once to the same.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from tidu.applications.models import Reminder, ReminderTarget
from tidu.applications.permissions import may_work, office_of
from tidu.applications.queries.calls import (
    firms_urged,
    is_left_alone,
    offices_to_urge,
    offices_urged,
    unfinished,
)
from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id
from tidu.programmes.models import Batch
from tidu.records.actions import open_chain, record

LONGEST_COMMENT = 500


@dataclass(frozen=True)
class Urged:
    """A reminder, how many it went to, and how many were left alone because they were urged just before."""

    reminder: Reminder
    told: int
    left_alone: int


def urge_offices(
    *, actor: Actor, batch_id: int, office_ids: Collection[int], comment: str, at: datetime
) -> Urged:
    """Urge offices below this one to finish what lies with them. They are told by message.

    Raises Refused: office_needed, not_allowed, nobody_to_urge, urged_just_now, urge_too_long.
    """
    with scope(actor):
        may_work(actor).require()
        batch = Batch.objects.select_related("notice").get(pk=batch_id)
        offices = offices_to_urge(office_by_id(office_of(actor)), office_ids)
        before = offices_urged(batch_id=batch.pk, office_ids=[one.pk for one in offices])
        due = [one for one in offices if not is_left_alone(before.get(one.pk), at)]
        _require_somebody(offices, due, [before[one.pk] for one in offices if one.pk in before])
        reminder = _open(actor, batch, comment, at)
        quiet = _quiet_from(at)
        _aim(reminder, [ReminderTarget(batch=batch, office=one, quiet=quiet) for one in due], at)
        _record(reminder, "urge_offices", actor, {"offices": [one.pk for one in due]})
        return Urged(reminder, len(due), len(offices) - len(due))


def urge_firms(
    *, actor: Actor, batch_id: int, case_ids: Collection[int], comment: str, at: datetime
) -> Urged:
    """Urge firms of the area to submit their drafts, or to mend what was returned. They are told by message.

    `case_ids` are of the call list; what is not on it (any more) is passed over.
    Raises Refused: office_needed, not_allowed, nobody_to_urge, urged_just_now, urge_too_long.
    """
    with scope(actor):
        may_work(actor).require()
        batch = Batch.objects.select_related("notice").get(pk=batch_id)
        listed = list(unfinished(batch_id=batch.pk).filter(pk__in=list(case_ids)))
        before = firms_urged(batch_id=batch.pk, firm_ids=[one.firm_id for one in listed])
        due = [one for one in listed if not is_left_alone(before.get(one.firm_id), at)]
        _require_somebody(listed, due, list(before.values()))
        reminder = _open(actor, batch, comment, at)
        quiet = _quiet_from(at)
        targets = [ReminderTarget(batch=batch, firm=one.firm, case_id=one.pk, quiet=quiet) for one in due]
        _aim(reminder, targets, at)
        _record(reminder, "urge_firms", actor, {"cases": [one.pk for one in due]})
        return Urged(reminder, len(due), len(listed) - len(due))


def _require_somebody(
    wanted: Sequence[object], due: Sequence[object], before: Sequence[ReminderTarget]
) -> None:
    if not wanted:
        raise Refused("nobody_to_urge")
    if not due:
        again = min(one.quiet.upper for one in before)
        raise Refused("urged_just_now", hours=settings.URGE_QUIET_HOURS, again=again)


def _quiet_from(at: datetime) -> DateTimeTZRange:
    return DateTimeTZRange(at, at + timedelta(hours=settings.URGE_QUIET_HOURS))


def _open(actor: Actor, batch: Batch, comment: str, at: datetime) -> Reminder:
    said = comment.strip()
    if len(said) > LONGEST_COMMENT:
        raise Refused("urge_too_long", field="comment", length=len(said), most=LONGEST_COMMENT)
    return Reminder.objects.create(
        office_id=office_of(actor),
        by_id=actor.account_id,
        batch=batch,
        at=at,
        comment=said,
        chain=open_chain(kind="reminder"),
    )


def _aim(reminder: Reminder, targets: Sequence[ReminderTarget], at: datetime) -> None:
    """Somebody else may have urged one of them at the same moment: then nobody is urged twice."""
    for target in targets:
        target.reminder = reminder
    try:
        with transaction.atomic():
            ReminderTarget.objects.bulk_create(targets)
    except IntegrityError:
        again = at + timedelta(hours=settings.URGE_QUIET_HOURS)
        raise Refused("urged_just_now", hours=settings.URGE_QUIET_HOURS, again=again) from None


def _record(reminder: Reminder, verb: str, actor: Actor, whom: dict[str, list[int]]) -> None:
    body: dict[str, Any] = {
        "reminder": reminder.pk,
        "batch": reminder.batch.code,
        "notice": reminder.batch.notice.slug,
        "comment": reminder.comment,
        **whom,
    }
    record(chain=reminder.chain, verb=verb, actor=actor, at=reminder.at, body=body)
