"""Opening an application and filling it: any draft saves, nothing typed is lost."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from tidu.applications.contents import Contents, notice_of, standard_of
from tidu.applications.entering import require_entry
from tidu.applications.enums import CaseKind, CaseStatus
from tidu.applications.models import Case, CaseField, EvidenceItem
from tidu.applications.openings import marked, opened
from tidu.applications.periods import check_period
from tidu.applications.permissions import FIRM_WRITERS, may_write
from tidu.database.scope import Actor, scope
from tidu.enterprises.models import Firm
from tidu.enterprises.queries import REGISTERED, profile_rows, registered_facts
from tidu.law.calendars import legal_day
from tidu.law.facts import Draft, Fact, Saved, read_draft, refuse_secrets
from tidu.law.refusals import Refused
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id
from tidu.records.actions import open_chain, record
from tidu.titles.models import Title


def open_case(
    *,
    actor: Actor,
    firm_id: int,
    batch_id: int,
    kind: CaseKind | str,
    at: datetime,
    copied_from: Case | None = None,
) -> Case:
    """Open an application in a batch the firm may enter, filled from its profile or from an older case.

    A re-review is of the title that the batch calls.
    Raises Refused: not_this_firm, batch_unknown, any reason of `may_enter`, case_already_open.
    """
    with scope(actor):
        if actor.kind != "firm" or actor.firm_id != firm_id or not actor.roles & FIRM_WRITERS:
            raise Refused("not_this_firm")
        firm = Firm.objects.select_related("area__office").get(pk=firm_id)
        batch = batch_by_id(batch_id)
        entry = require_entry(firm, batch, CaseKind(kind), at=at)
        title = entry.title if kind == CaseKind.RE_REVIEW else None
        case = _create(firm, batch, CaseKind(kind), at, title, copied_from)
        _fill(case, actor, at, copied_from)
        record(
            chain=case.chain,
            verb="open",
            actor=actor,
            at=at,
            body={
                "case": case.number,
                "case_id": case.pk,
                "firm_id": firm.pk,
                "batch": batch.code,
                "kind": case.kind,
            },
        )
        return case


def copy_case(*, actor: Actor, case_id: int, batch_id: int, at: datetime) -> Case:
    """Open a new case in a later batch with everything carried over; the old one stays as it was.

    不可在原申报批次上修改，需重新选择批次进行申报 (Dalian 2026, 三(一)1).
    """
    with scope(actor):
        try:
            old = Case.objects.get(pk=case_id, firm_id=actor.firm_id or 0)
        except Case.DoesNotExist:
            raise Refused("case_unknown") from None
        if old.batch_id == batch_id and old.status != CaseStatus.WITHDRAWN:
            raise Refused("same_batch_again", number=old.number)
        return open_case(
            actor=actor,
            firm_id=old.firm_id,
            batch_id=batch_id,
            kind=old.kind,
            at=at,
            copied_from=old,
        )


def _create(
    firm: Firm, batch: Batch, kind: CaseKind, at: datetime, title: Title | None, copied_from: Case | None
) -> Case:
    try:
        with transaction.atomic():
            return Case.objects.create(
                number=_next_number(batch),
                firm=firm,
                batch=batch,
                title_kind=batch.notice.title_kind,
                kind=kind,
                title=title,
                copied_from=copied_from,
                notice_digest=batch.notice.digest,
                standard=batch.standard,
                standard_digest=batch.standard_digest,
                procedure_digest=batch.procedure_digest,
                chain=open_chain(kind="case"),
                opened_at=at,
            )
    except IntegrityError as error:
        raise Refused("case_already_open", batch=batch.title) from error


def _next_number(batch: Batch) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('applications_case_number')")
        (number,) = cursor.fetchone()
    return f"{legal_day(batch.opens_at):%y}{batch.notice_id:03d}{batch.position:02d}-{number:06d}"


def _fill(case: Case, actor: Actor, at: datetime, source: Case | None) -> None:
    """Carry over registration and profile, or an older case with its papers: all that this batch asks.

    The profile may hold what another standard asks; it stays there.
    """
    facts = standard_of(case).vocabulary.facts
    items = {item.id for item in notice_of(case).evidence}
    rows = (
        _known_of(case.firm)
        if source is None
        else source.fields.values_list("fact", "period", "value", "raw")
    )
    CaseField.objects.bulk_create(
        CaseField(case=case, fact=f, period=p, value=v, raw=raw, saved_at=at, saved_by_id=actor.account_id)
        for f, p, v, raw in rows
        if f in facts
    )
    if source is not None:
        EvidenceItem.objects.bulk_create(
            EvidenceItem(
                case=case, item=e.item, file_id=e.file_id, name=e.name, position=e.position, added_at=at
            )
            for e in source.evidence.filter(removed_at__isnull=True, item__in=items)
        )


def _known_of(firm: Firm) -> list[tuple[str, int, Any, str]]:
    """What is known of the firm; its name and code stand as registered, whatever the profile says."""
    registered = registered_facts(firm)
    own = [(fact, 0, value, "") for fact, value in registered.items()]
    return own + [row for row in profile_rows(firm.pk) if row[0] not in registered]


def save_field(
    *,
    actor: Actor,
    case_id: int,
    fact: str,
    period: int,
    raw: Any,
    expected_version: int,
    at: datetime,
) -> Saved:
    """Save one field as typed; what cannot be read is kept as text and comes back with its sentence.

    `period` is a fiscal year or 0. `expected_version` is the version the page shows, 0 for a field
    that was empty. Raises Refused: case_unknown, field_unknown, period_not_asked, field_registered,
    field_closed, field_moved, and a secrecy mark is never stored.
    """
    with scope(actor):
        case = _writable(actor, case_id, fact, period, at)
        definition = standard_of(case).vocabulary.facts.get(fact)
        if definition is None or definition.per_year != bool(period):
            raise Refused("field_unknown", field=fact, value=fact)
        check_period(case, fact, period)
        if fact in REGISTERED:
            raise Refused("field_registered", field=fact, label=definition.label)
        refuse_secrets(definition, raw)
        draft = read_draft(definition, raw, today=legal_day(at))
        version = _write_field(case, actor, (fact, period), draft, expected_version, at)
        return Saved(definition, version, draft.value, draft.findings)


def _writable(actor: Actor, case_id: int, fact: str, period: int, at: datetime) -> Case:
    """The case if this field of it may be changed now: a draft, or open in a request to mend.

    The weaker lock is enough: savers and a submission wait for each other, rows that only name the
    case do not; each field besides guards itself by version.
    """
    found = Case.objects.select_for_update(of=("self",), no_key=True).select_related("batch")
    try:
        case = found.only("number", "firm_id", "status", "standard_digest", "batch__opens_at").get(pk=case_id)
    except Case.DoesNotExist:
        raise Refused("case_unknown") from None
    answer = may_write(actor, case)
    if not answer:
        raise Refused("act_not_allowed", number=case.number, action="填写", why=answer.reason)
    if case.status == CaseStatus.DRAFT:
        return case
    if case.status == CaseStatus.RETURNED:
        correction = case.corrections.get(answered_at__isnull=True)
        if marked(correction).has_field(fact, period):
            return case
        if opened(correction, Contents(case, at=at)).has_field(fact, period):
            return case
    raise Refused("field_closed", field=fact, number=case.number, status=case.get_status_display())


def _write_field(
    case: Case, actor: Actor, key: tuple[str, int], draft: Draft, expected: int, at: datetime
) -> int:
    """The new version, if nobody saved since the page was shown. Refused("field_moved") with both values."""
    here = CaseField.objects.filter(case=case, fact=key[0], period=key[1])
    row: Mapping[str, Any] = {
        "value": draft.value,
        "raw": draft.raw,
        "saved_at": at,
        "saved_by_id": actor.account_id,
    }
    if expected == 0:
        _, created = here.get_or_create(case=case, fact=key[0], period=key[1], defaults=row)
        if created:
            return 1
    elif here.filter(version=expected).update(version=expected + 1, **row):
        return expected + 1
    raise _moved(here.first(), standard_of(case).vocabulary.fact(key[0]), draft, expected)


def _moved(current: CaseField | None, fact: Fact, draft: Draft, expected: int) -> Refused:
    return Refused(
        "field_moved",
        field=fact.id,
        fact=fact,
        label=fact.label,
        seen=expected,
        now=current.version if current else 0,
        stored=(current.raw or current.value) if current else None,
        typed=draft.raw or draft.value,
        at=current.saved_at if current else None,
    )
