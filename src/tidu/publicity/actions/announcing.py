"""Announcing (公告): the cases on the list are recognised, and their titles begin."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from tidu.applications.actions import Offline
from tidu.applications.models import Case
from tidu.applications.permissions import office_of
from tidu.applications.queries import visible_cases
from tidu.database.scope import Actor, scope
from tidu.files.queries import clean_file_of
from tidu.law.calendars import legal_day
from tidu.law.notices import title_validity
from tidu.law.procedures import Action, Need
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text
from tidu.proof.canonical import JSON
from tidu.publicity.actions.moving import move_all, require_fresh_credit
from tidu.publicity.freezing import announcement_body, in_published_order, row
from tidu.publicity.models import Announcement, AnnouncementEntry
from tidu.publicity.permissions import may_sign
from tidu.records.actions import freeze, open_chain, record
from tidu.titles.queries import first_day


@dataclass(frozen=True)
class AnnouncementText:
    """An announcement as the office issued it; `scan_id` is its scanned original.

    Titles are valid from `valid_from`, else from the day that the notice's reading names.
    """

    number: str
    title: str
    announced_on: date
    valid_from: date | None = None
    scan_id: int | None = None

    @property
    def brings(self) -> frozenset[Need]:
        """What the announcement brings along for the door."""
        return frozenset({Need.LETTER_NUMBER} | ({Need.LETTER_FILE} if self.scan_id else set()))


def announce(
    *,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    text: AnnouncementText,
    at: datetime,
    offline: Offline | None = None,
) -> Announcement:
    """Announce these cases of one batch, all or none; frozen and public from now on.

    `case_versions` maps each case to the version the page showed.
    A title that was re-reviewed goes on where the former ends; each entry says from which day.
    Raises Refused: announcement_not_allowed, announcement_without_number,
    announcement_without_title, announcement_in_future, announcement_number_taken,
    announcement_valid_too_early, announcement_valid_too_late, file_not_yours,
    credit_check_too_old, secrecy_mark_in_text, and those of `move_all`.
    """
    with scope(actor):
        answer = may_sign(actor)
        if not answer:
            raise Refused("announcement_not_allowed", why=answer.reason)
        refuse_marked(text)
        batch = Batch.objects.select_related("notice").get(pk=batch_id)
        draft = Announcement(
            office=Office.objects.get(pk=office_of(actor)),
            batch=batch,
            number=_said(text.number, "announcement_without_number"),
            title=_said(text.title, "announcement_without_title"),
            announced_on=_announced_on(text, at),
            valid_from=_valid_from(batch, text),
            published_at=at,
            scan=None if text.scan_id is None else clean_file_of(actor, text.scan_id),
            token=secrets.token_hex(16),
        )
        _require_number_free(draft)
        require_fresh_credit(actor=actor, batch=batch, case_ids=case_versions, at=at)
        first_days = _first_days(actor, draft, case_versions)
        cases = move_all(
            actor=actor,
            action=Action.ANNOUNCE,
            batch=batch,
            case_versions=case_versions,
            at=at,
            given=text.brings,
            details=_details(draft),
            own={case_id: {"valid_from": begins.isoformat()} for case_id, begins in first_days.items()},
            offline=offline,
            dated=draft.announced_on,
        )
        return _publish(draft, cases, first_days, actor, at)


def _said(text: str, code: str) -> str:
    if not text.strip():
        raise Refused(code)
    return text.strip()


def _announced_on(text: AnnouncementText, at: datetime) -> date:
    today = legal_day(at)
    if text.announced_on > today:
        raise Refused("announcement_in_future", field="announced_on", value=text.announced_on, today=today)
    return text.announced_on


def _valid_from(batch: Batch, text: AnnouncementText) -> date:
    if text.valid_from is None:
        return title_validity(notice_text(batch.notice), text.announced_on)[0]
    if text.valid_from < text.announced_on:
        raise Refused(
            "announcement_valid_too_early",
            field="valid_from",
            value=text.valid_from,
            announced=text.announced_on,
        )
    latest = date(text.announced_on.year + 1, 12, 31)
    if text.valid_from > latest:
        raise Refused("announcement_valid_too_late", field="valid_from", value=text.valid_from, latest=latest)
    return text.valid_from


def _first_days(actor: Actor, draft: Announcement, case_ids: Collection[int]) -> dict[int, date]:
    """By case the first day of its title, as the register will have it."""
    cases = visible_cases(actor).filter(pk__in=case_ids).select_related("title")
    return {case.pk: first_day(draft.valid_from, case.title) for case in cases}


def _require_number_free(draft: Announcement) -> None:
    """Two officers who announce at once under one number: the second waits here and is told."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('tidu.announce', %s))", [draft.office_id]
        )
    if Announcement.objects.filter(office_id=draft.office_id, number=draft.number).exists():
        raise Refused("announcement_number_taken", field="number", value=draft.number)


def _details(draft: Announcement) -> dict[str, str]:
    """What each case's own entry in the ledger says; the aftermath grants the title from it."""
    return {
        "announcement": draft.token,
        "number": draft.number,
        "announced_on": draft.announced_on.isoformat(),
        "valid_from": draft.valid_from.isoformat(),
    }


def _publish(
    draft: Announcement, cases: list[Case], first_days: Mapping[int, date], actor: Actor, at: datetime
) -> Announcement:
    ordered = in_published_order(cases)
    rows = [{**row(case), "valid_from": first_days[case.pk]} for case in ordered]
    draft.digest = freeze(announcement_body(draft, rows), public=True)
    draft.chain = open_chain(kind="announcement")
    draft.save()
    AnnouncementEntry.objects.bulk_create(
        AnnouncementEntry(announcement=draft, case=case, position=position, **one)
        for position, (case, one) in enumerate(zip(ordered, rows, strict=True), start=1)
    )
    body: dict[str, JSON] = {**_details(draft), "digest": draft.digest, "entries": len(rows)}
    record(
        chain=draft.chain, verb="publish_announcement", actor=actor, at=at, body=body, snapshot=draft.digest
    )
    return draft
