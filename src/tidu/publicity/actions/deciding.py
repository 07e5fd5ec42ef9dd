"""Deciding objections: accept (the entry waits), uphold (it is struck), dismiss (it goes on)."""

from datetime import datetime

from tidu.applications.enums import CaseStatus
from tidu.applications.queries import case_for
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.proof.canonical import JSON
from tidu.publicity.actions.entries import (
    clear_entry,
    open_objections,
    resume_entry,
    strike_entry,
    suspend_entry,
)
from tidu.publicity.enums import UNDECIDED, EntryStatus, ListStatus, ObjectionStatus
from tidu.publicity.models import Objection, PublicityEntry
from tidu.publicity.permissions import may_read_objection
from tidu.publicity.sealing import open_content
from tidu.records.actions import record


def accept_objection(*, actor: Actor, objection_id: int, at: datetime) -> Objection:
    """Take an objection up (受理): its entry is suspended, the rest of the list goes on.

    Raises Refused: objection_unknown, objection_not_allowed, objection_not_open.
    """
    with scope(actor):
        entry, objection = _lock(actor, objection_id, (ObjectionStatus.FILED,))
        objection.status = ObjectionStatus.ACCEPTED
        objection.save(update_fields=["status"])
        if entry.status == EntryStatus.LISTED:
            suspend_entry(entry, at=at)
        _record(objection, "accept_objection", actor, at)
        return objection


def uphold_objection(
    *, actor: Actor, objection_id: int, decision: str, reason: str, at: datetime
) -> Objection:
    """Find an objection justified: the entry is struck and the case not recognised.

    `decision` stays with the objection; `reason` goes to the firm and may reveal nothing of who objected.
    Raises Refused: objection_unknown, objection_not_allowed, objection_not_open,
    objection_without_decision, objection_without_reason, objection_reveals_objector,
    objection_entry_cleared.
    """
    with scope(actor):
        entry, objection = _lock(actor, objection_id, (ObjectionStatus.ACCEPTED,))
        if not reason.strip():
            raise Refused("objection_without_reason", field="reason")
        _require_anonymous(objection, reason)
        if entry.status == EntryStatus.SUSPENDED:
            strike_entry(entry, actor=actor, reason=reason.strip(), at=at)
        elif entry.status == EntryStatus.CLEARED:
            _require_refused(actor, entry)
        return _decide(objection, ObjectionStatus.UPHELD, decision, actor, at)


def dismiss_objection(*, actor: Actor, objection_id: int, decision: str, at: datetime) -> Objection:
    """Find an objection not justified, or not admissible: when it was the last one, the entry goes on.

    A list that has closed meanwhile has its entry cleared at once.
    Raises Refused: objection_unknown, objection_not_allowed, objection_not_open, objection_without_decision.
    """
    with scope(actor):
        entry, objection = _lock(actor, objection_id, UNDECIDED)
        _decide(objection, ObjectionStatus.DISMISSED, decision, actor, at)
        _go_on(entry, at)
        return objection


def _lock(
    actor: Actor, objection_id: int, open_in: tuple[ObjectionStatus, ...]
) -> tuple[PublicityEntry, Objection]:
    """The entry and then the objection, always in this order; whoever comes second finds it decided."""
    entry_id = Objection.objects.filter(pk=objection_id).values_list("entry_id", flat=True).first()
    if entry_id is None:
        raise Refused("objection_unknown")
    # its list is read only after the lock is had: it may have been closed while we waited
    entry = PublicityEntry.objects.select_for_update().get(pk=entry_id)
    objection = Objection.objects.select_for_update(of=("self",)).select_related("chain").get(pk=objection_id)
    answer = may_read_objection(actor, objection)
    if not answer:
        raise Refused("objection_not_allowed", why=answer.reason)
    if objection.status not in open_in:
        raise Refused("objection_not_open", status=objection.get_status_display())
    return entry, objection


def _go_on(entry: PublicityEntry, at: datetime) -> None:
    """Resume an entry that no accepted objection holds up; clear it if its list has closed."""
    still_open = open_objections([entry]).get(entry.pk, set())
    if entry.status == EntryStatus.SUSPENDED and ObjectionStatus.ACCEPTED not in still_open:
        resume_entry(entry, at=at)
    if entry.status == EntryStatus.LISTED and entry.list.status == ListStatus.CLOSED and not still_open:
        clear_entry(entry, actor=SYSTEM, at=at)


def _decide(
    objection: Objection, status: ObjectionStatus, decision: str, actor: Actor, at: datetime
) -> Objection:
    if not decision.strip():
        raise Refused("objection_without_decision", field="decision")
    refuse_marked({"decision": decision})
    objection.status, objection.decision = status, decision.strip()
    objection.decided_at, objection.decided_by_id = at, actor.account_id
    objection.save(update_fields=["status", "decision", "decided_at", "decided_by"])
    verb = "uphold_objection" if status is ObjectionStatus.UPHELD else "dismiss_objection"
    _record(objection, verb, actor, at)
    return objection


def _record(objection: Objection, verb: str, actor: Actor, at: datetime) -> None:
    """On the objection's own chain, which only the office that handles it reads."""
    body: dict[str, JSON] = {"entry": objection.entry_id, "status": objection.status}
    record(chain=objection.chain, verb=verb, actor=actor, at=at, body=body)


def _require_anonymous(objection: Objection, reason: str) -> None:
    """What the firm will read must not name who objected, nor how to reach them."""
    content = open_content(objection)
    if any(mark in reason for mark in (content.name, content.contact) if mark):
        raise Refused("objection_reveals_objector", field="reason")


def _require_refused(actor: Actor, entry: PublicityEntry) -> None:
    """An entry cleared before its objection arrived on the desk: the case itself must have been refused."""
    case = case_for(actor, entry.case_id)
    if case.status != CaseStatus.NOT_RECOGNISED:
        raise Refused("objection_entry_cleared", number=case.number)
