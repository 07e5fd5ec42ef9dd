"""Publishing a list for objections (公示), and closing it when its period is over."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max

from tidu.applications.actions import Offline
from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case
from tidu.applications.permissions import office_of
from tidu.applications.queries import visible_cases
from tidu.database.scope import Actor, scope
from tidu.law.notices import publicity_window
from tidu.law.procedures import Action
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text
from tidu.publicity.actions.entries import clear_entry, open_objections, settle_entry
from tidu.publicity.actions.moving import move_all, require_fresh_credit
from tidu.publicity.enums import PENDING, EntryStatus, ListStatus
from tidu.publicity.freezing import in_published_order, list_body, row
from tidu.publicity.models import PublicityEntry, PublicityList
from tidu.publicity.permissions import may_close, may_sign
from tidu.records.actions import freeze, open_chain, record


@dataclass(frozen=True)
class ListText:
    """What an office says above a list. `contact` is its telephone unless given.

    The list opens at `opens_at`, else at once; `closes_at` may only lengthen the period. A list
    that adds firms to an earlier one (补充公示) names it in `supplements_id`.
    """

    title: str
    contact: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    supplements_id: int | None = None


def publish_list(
    *,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    text: ListText,
    at: datetime,
    offline: Offline | None = None,
) -> PublicityList:
    """Publish these cases for objections, all or none; the list is frozen and public from now on.

    `case_versions` maps each case to the version the page showed. The list stays open as long as
    the notice's reading says, or longer.
    Raises Refused: publicity_not_allowed, publicity_without_title, publicity_without_contact,
    publicity_opens_in_the_past, publicity_too_short, publicity_supplements_another_batch,
    credit_check_too_old, secrecy_mark_in_text, and those of `move_all`.
    """
    with scope(actor):
        _require_sign(actor)
        refuse_marked(text)
        batch = Batch.objects.select_related("notice").get(pk=batch_id)
        office = Office.objects.get(pk=office_of(actor))
        draft = PublicityList(
            office=office,
            batch=batch,
            supplements=_supplemented(text.supplements_id, office, batch),
            title=_said(text.title, "publicity_without_title"),
            contact=_said(text.contact or office.phone, "publicity_without_contact"),
            period=_period(batch, text, at),
            published_at=at,
        )
        require_fresh_credit(actor=actor, batch=batch, case_ids=case_versions, at=at)
        cases = move_all(
            actor=actor,
            action=Action.LIST,
            batch=batch,
            case_versions=case_versions,
            at=at,
            details={"list": draft.title},
            offline=offline,
        )
        return _publish(draft, cases, actor, at)


def close_list(*, actor: Actor, list_id: int, at: datetime) -> PublicityList:
    """End the publicity of a list whose period is over, and clear every entry without an open objection.

    Entries with an open objection stay where they are; they are cleared when it is dismissed.
    Raises Refused: publicity_list_unknown, publicity_not_allowed, publicity_already_closed,
    publicity_period_not_over.
    """
    with scope(actor):
        publicity = _lock_list(list_id)
        answer = may_close(actor, publicity)
        if not answer:
            raise Refused("publicity_not_allowed", why=answer.reason)
        if publicity.status == ListStatus.CLOSED:
            raise Refused("publicity_already_closed", title=publicity.title, at=publicity.closed_at)
        if at < publicity.period.upper:
            raise Refused("publicity_period_not_over", title=publicity.title, until=publicity.period.upper)
        publicity.status, publicity.closed_at = ListStatus.CLOSED, at
        publicity.save(update_fields=["status", "closed_at"])
        counts = _settle_entries(publicity, actor, at)
        record(
            chain=publicity.chain, verb="close_list", actor=actor, at=at, body={**_named(publicity), **counts}
        )
        return publicity


def note_withdrawal(*, actor: Actor, case_id: int, at: datetime) -> None:
    """A firm has withdrawn while its case was listed: its entry says so; twice is once.

    Called by the aftermath.
    """
    with scope(actor):
        PublicityEntry.objects.filter(case_id=case_id, status__in=PENDING).update(
            status=EntryStatus.WITHDRAWN, settled_at=at
        )


def _require_sign(actor: Actor) -> None:
    answer = may_sign(actor)
    if not answer:
        raise Refused("publicity_not_allowed", why=answer.reason)


def _said(text: str, code: str) -> str:
    if not text.strip():
        raise Refused(code)
    return text.strip()


def _supplemented(list_id: int | None, office: Office, batch: Batch) -> PublicityList | None:
    if list_id is None:
        return None
    earlier = PublicityList.objects.filter(pk=list_id, office=office, batch=batch).first()
    if earlier is None:
        raise Refused("publicity_supplements_another_batch", batch=batch.title)
    return earlier


def _period(batch: Batch, text: ListText, at: datetime) -> DateTimeTZRange:
    opens_at = text.opens_at or at
    if opens_at < at:
        raise Refused("publicity_opens_in_the_past", field="opens_at", value=opens_at, now=at)
    least = publicity_window(notice_text(batch.notice), opens_at)
    if text.closes_at is not None and text.closes_at < least.closes:
        raise Refused("publicity_too_short", field="closes_at", value=text.closes_at, least=least.closes)
    return DateTimeTZRange(opens_at, text.closes_at or least.closes)


def _publish(draft: PublicityList, cases: list[Case], actor: Actor, at: datetime) -> PublicityList:
    """Number, freeze and record the list."""
    ordered = in_published_order(cases)
    rows = [row(case) for case in ordered]
    draft.version = _next_version(draft)
    draft.token = secrets.token_hex(16)
    draft.digest = freeze(list_body(draft, rows), public=True)
    draft.chain = open_chain(kind="publicity")
    draft.save()
    PublicityEntry.objects.bulk_create(
        PublicityEntry(list=draft, case=case, position=position, **one)
        for position, (case, one) in enumerate(zip(ordered, rows, strict=True), start=1)
    )
    record(
        chain=draft.chain,
        verb="publish_list",
        actor=actor,
        at=at,
        body={**_named(draft), "entries": len(rows)},
        snapshot=draft.digest,
    )
    return draft


def _next_version(draft: PublicityList) -> int:
    """The next number among this office's lists of the batch, which nobody else takes meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('tidu.publicity', %s))", [draft.office_id]
        )
    earlier = PublicityList.objects.filter(office_id=draft.office_id, batch_id=draft.batch_id)
    return (earlier.aggregate(last=Max("version"))["last"] or 0) + 1


def _lock_list(list_id: int) -> PublicityList:
    try:
        return (
            PublicityList.objects.select_for_update(of=("self",), no_key=True)
            .select_related("chain")
            .get(pk=list_id)
        )
    except PublicityList.DoesNotExist:
        raise Refused("publicity_list_unknown") from None


def _settle_entries(publicity: PublicityList, actor: Actor, at: datetime) -> dict[str, int]:
    """Clear what may be cleared; how many were, and how many still wait for a decision."""
    entries = PublicityEntry.objects.select_for_update(of=("self",)).filter(
        list=publicity, status__in=PENDING
    )
    pending = list(entries.order_by("pk"))
    contested = open_objections(pending)
    listed = _cases_listed(actor, pending)
    cleared = 0
    for entry in pending:
        if entry.pk in contested:
            continue
        if entry.case_id in listed:
            clear_entry(entry, actor=actor, at=at)
            cleared += 1
        else:
            settle_entry(entry, EntryStatus.WITHDRAWN, at)
    return {"cleared": cleared, "waiting": len(contested)}


def _cases_listed(actor: Actor, entries: Sequence[PublicityEntry]) -> set[int]:
    """Cases that are still listed; a firm may have withdrawn meanwhile."""
    cases = visible_cases(actor).filter(pk__in=[e.case_id for e in entries], status=CaseStatus.LISTED)
    return set(cases.values_list("pk", flat=True))


def _named(publicity: PublicityList) -> dict[str, Any]:
    return {
        "list": publicity.token,
        "title": publicity.title,
        "version": publicity.version,
        "digest": publicity.digest,
        "opens_at": publicity.period.lower,
        "closes_at": publicity.period.upper,
    }
