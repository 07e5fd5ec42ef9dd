"""Somebody was urged: each firm and each office is told once, with what is left to do and until when."""

from typing import Any

from tidu.applications.enums import CaseStatus
from tidu.applications.models import Reminder, ReminderTarget
from tidu.applications.queries import board, reminder_of_chain, unfinished
from tidu.law.refusals import fill
from tidu.messages.actions import Recipient, send
from tidu.messages.templates import template_for, told_of
from tidu.records.models import Entry

FOLLOWS = told_of("reminder")

NO_LIMIT = "未定"
TO_DO = {CaseStatus.DRAFT: "尚未提交", CaseStatus.RETURNED: "尚未按要求补正"}


def run(entry: Entry) -> None:
    """Tell every target of the reminder."""
    reminder = reminder_of_chain(entry.chain_id)
    if entry.verb == "urge_firms":
        _tell_firms(entry, reminder)
    else:
        _tell_offices(entry, reminder)


def _tell_firms(entry: Entry, reminder: Reminder) -> None:
    """What each has still to do; who has done it in the meantime is not troubled."""
    template = template_for("reminder", entry.verb, "firm")
    if template is None:
        return
    cases = entry.content["cases"]
    for one in unfinished(batch_id=reminder.batch_id).filter(pk__in=cases):
        values = _values(reminder) | {
            "case_id": one.pk,
            "todo": TO_DO[CaseStatus(one.status)],
            "due": fill("{at:end}", {"at": one.due_at}),
        }
        send(
            entry=entry,
            recipient=Recipient("firm", one.firm_id),
            letter=template.written(values),
            at=entry.at,
        )


def _tell_offices(entry: Entry, reminder: Reminder) -> None:
    """How much lies with each, and until when."""
    template = template_for("reminder", entry.verb, "office")
    if template is None:
        return
    rows = {row.office.pk: row for row in board(reminder.office, reminder.batch, at=entry.at)}
    targets = ReminderTarget.objects.filter(reminder=reminder).select_related("office")
    for target in targets:
        row = rows.get(target.office_id or 0)
        values = _values(reminder) | {
            "batch_id": reminder.batch_id,
            "waiting": row.waiting if row else 0,
            "with_firms": row.with_firms if row else 0,
            "passed": row.passed if row else 0,
            "due": fill("{at:end}", {"at": row.due_at}) if row and row.due_at else NO_LIMIT,
        }
        send(
            entry=entry,
            recipient=Recipient("office", target.office_id or 0),
            letter=template.written(values),
            at=entry.at,
        )


def _values(reminder: Reminder) -> dict[str, Any]:
    return {
        "office": reminder.office.name,
        "phone": reminder.office.phone or "见通讯录",
        "batch": reminder.batch.title,
        "at": reminder.at,
        "comment": reminder.comment,
    }
