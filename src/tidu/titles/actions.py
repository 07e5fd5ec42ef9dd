"""Writing the register: entering older titles, granting, lapsing, restoring. Each title has its own chain."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from tidu.database.scope import Actor, scope
from tidu.enterprises.models import Firm
from tidu.enterprises.queries import firms_by_uscc
from tidu.law.calendars import legal_day, months_after
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.proof.canonical import JSON
from tidu.records.actions import open_chain, record
from tidu.titles.enums import TitleKind, TitleStatus
from tidu.titles.lists import Row, problems_of
from tidu.titles.models import Title
from tidu.titles.permissions import may_enter_existing_title, may_grant, may_lapse
from tidu.titles.queries import first_day

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Announced:
    """What an announcement (公告) says of one firm.

    `batch_code` is how notices name the batch when they call it to re-review.
    """

    firm: Firm
    kind: TitleKind
    office: Office
    number: str
    on: date
    batch_code: str
    batch_label: str
    standard: str = ""


def enter_existing_title(
    *, actor: Actor, announced: Announced, valid_from: date, valid_until: date, at: datetime
) -> Title:
    """Enter a title from an announcement older than this register; `valid_until` is its last day.

    Refused("not_allowed"), ("title_announced_in_future"), ("title_validity_backwards"), ("title_overlaps").
    """
    with scope(actor):
        may_enter_existing_title(actor, announced.office).require()
        if announced.on > legal_day(at):
            raise Refused(
                "title_announced_in_future", field="announced_on", value=announced.on, today=legal_day(at)
            )
        if valid_until < valid_from:
            raise Refused("title_validity_backwards", field="valid_until", start=valid_from, end=valid_until)
        _one_at_a_time(announced.firm)
        validity = DateRange(valid_from, valid_until + timedelta(days=1))
        return _enter(actor, "enter_existing_title", announced, validity, at)


def enter_existing_titles(*, actor: Actor, office: Office, rows: Sequence[Row], at: datetime) -> list[Title]:
    """Enter a whole list of titles that the office announced earlier: all of them, or none.

    Refused("title_list_not_right") if anything is wrong with any row (titles.lists.problems_of says
    what), and what `enter_existing_title` refuses.
    """
    with scope(actor):
        may_enter_existing_title(actor, office).require()
        if problems := problems_of(rows, at=at):
            raise Refused("title_list_not_right", field="file", count=len(problems), first=problems[0].row)
        firms = firms_by_uscc({row.uscc for row in rows})
        return [
            enter_existing_title(
                actor=actor,
                announced=_announced(row, firms[row.uscc], office),
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                at=at,
            )
            for row in sorted(rows, key=lambda one: (firms[one.uscc].pk, one.number))
        ]


def _announced(row: Row, firm: Firm, office: Office) -> Announced:
    return Announced(
        firm=firm,
        kind=row.kind,
        office=office,
        number=row.announcement,
        on=row.announced_on,
        batch_code=row.batch_code,
        batch_label=row.batch_label,
    )


def grant(
    *,
    actor: Actor,
    announced: Announced,
    case_number: str,
    valid_from: date,
    years: int,
    at: datetime,
    previous: Title | None = None,
) -> Title:
    """Grant the title of a recognised case; a second call for the same case returns the same title.

    A passed re-review names `previous`: the new title begins when that one ends, without gap or overlap.
    Refused("not_allowed"), ("title_overlaps").
    """
    with scope(actor):
        may_grant(actor, announced.office).require()
        _one_at_a_time(announced.firm)
        granted = Title.objects.filter(case_number=case_number).first()
        if granted is not None:
            return granted
        begins = first_day(valid_from, previous)
        validity = DateRange(begins, months_after(begins, MONTHS_OF_A_YEAR * years))
        return _enter(actor, "grant", announced, validity, at, case_number=case_number, previous=previous)


def lapse(*, actor: Actor, title_id: int, on: date, reason: str, at: datetime) -> Title:
    """Note that a title has lapsed (自动失效) and no longer counts from the day `on`; twice is once.

    Refused("not_allowed"), ("title_lapses_in_future").
    """
    with scope(actor):
        may_lapse(actor).require()
        title = Title.objects.select_for_update(of=("self",)).select_related("firm", "chain").get(pk=title_id)
        if title.status != TitleStatus.IN_FORCE:
            return title
        if on > legal_day(at):
            raise Refused("title_lapses_in_future", field="on", value=on, today=legal_day(at))
        title.status, title.ended_on, title.end_reason = TitleStatus.LAPSED, on, reason
        title.version += 1
        title.save(update_fields=["status", "ended_on", "end_reason", "version"])
        body: dict[str, JSON] = {
            "title": title.token,
            "uscc": title.firm.uscc,
            "ended_on": on,
            "reason": reason,
        }
        record(chain=title.chain, verb="lapse", actor=actor, at=at, body=body)
        return title


def restore(*, actor: Actor, title_id: int, reason: str, at: datetime) -> Title:
    """Undo the lapse of a title whose re-review was given more time afterwards; twice is once.

    Refused("not_allowed"), ("title_overlaps") where the firm has been granted another since.
    """
    with scope(actor):
        may_lapse(actor).require()
        title = Title.objects.select_for_update(of=("self",)).get(pk=title_id)
        if title.status != TitleStatus.LAPSED:
            return title
        _one_at_a_time(title.firm)
        _refuse_overlap(title.firm, TitleKind(title.kind), title.validity)
        body: dict[str, JSON] = {
            "title": title.token,
            "uscc": title.firm.uscc,
            "lapsed_on": title.ended_on,
            "reason": reason,
        }
        title.status, title.ended_on, title.end_reason = TitleStatus.IN_FORCE, None, ""
        title.version += 1
        title.save(update_fields=["status", "ended_on", "end_reason", "version"])
        record(chain=title.chain, verb="restore", actor=actor, at=at, body=body)
        return title


def _enter(
    actor: Actor,
    verb: str,
    announced: Announced,
    validity: DateRange,
    at: datetime,
    *,
    case_number: str | None = None,
    previous: Title | None = None,
) -> Title:
    _refuse_overlap(announced.firm, announced.kind, validity)
    title = Title.objects.create(
        firm=announced.firm,
        kind=announced.kind,
        validity=validity,
        batch_code=announced.batch_code,
        batch_label=announced.batch_label,
        announced_by=announced.office,
        announcement=announced.number,
        announced_on=announced.on,
        standard=announced.standard,
        case_number=case_number,
        previous=previous,
        token=secrets.token_urlsafe(12),
        chain=open_chain(kind="title"),
    )
    record(chain=title.chain, verb=verb, actor=actor, at=at, body=_body(title))
    return title


def _body(title: Title) -> dict[str, JSON]:
    return {
        "title": title.token,
        "firm": title.firm.name,
        "uscc": title.firm.uscc,
        "kind": title.kind,
        "valid_from": title.validity.lower,
        "valid_before": title.validity.upper,
        "batch": title.batch_code,
        "batch_label": title.batch_label,
        "announced_by": title.announced_by.name,
        "announcement": title.announcement,
        "announced_on": title.announced_on,
        "standard": title.standard,
        "case": title.case_number,
        "previous": title.previous.token if title.previous else None,
    }


def _refuse_overlap(firm: Firm, kind: TitleKind, validity: DateRange) -> None:
    other = Title.objects.filter(
        firm=firm, kind=kind, status=TitleStatus.IN_FORCE, validity__overlap=validity
    ).first()
    if other is not None:
        raise Refused(
            "title_overlaps",
            firm=firm.name,
            kind=kind.label,
            start=other.validity.lower,
            end=other.validity.upper - timedelta(days=1),
            announcement=other.announcement,
        )


def _one_at_a_time(firm: Firm) -> None:
    """Until the transaction ends nobody else enters a title of this firm.

    So two that meet are told apart by a check with a sentence; the constraints stand behind it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tidu.titles', %s))", [firm.pk])
