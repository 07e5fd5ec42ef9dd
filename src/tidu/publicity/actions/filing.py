"""Filing an objection (异议): by anybody, under a real name where the notice asks it, sealed at once."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from tidu.applications.actions import let_office_read
from tidu.applications.queries import route_offices
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.files.actions import finish_sealed_upload
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.offices.models import Office
from tidu.offices.queries import offices_up
from tidu.programmes.queries import notice_text
from tidu.publicity.enums import PENDING
from tidu.publicity.models import Objection, ObjectionAttachment, PublicityEntry
from tidu.publicity.sealing import (
    MOST_PAPERS,
    Content,
    Paper,
    context_of,
    paper_limits,
    seal_content,
    seal_name,
)
from tidu.records.actions import open_chain, record

MOST_CHARACTERS = 5000


def file_objection(
    *,
    actor: Actor,
    entry_id: int,
    content: Content,
    at: datetime,
    complained_office_id: int | None = None,
    papers: Sequence[Paper] = (),
) -> Objection:
    """File an objection to one entry while its list is open; the returned `token` tells its status later.

    `papers` are uploads that `actor` has sent and not yet finished; they are sealed here.
    The office that published the list handles it; if that one or one above it is complained of, the office
    above the one complained of. How many come is counted by source, on the page, and never by entry: else a
    firm could use up its own count and shut out those who mean it.
    Whoever files it, the ledger says 公众, and the row is the system's: nobody but the handling
    office can read it back, the filer included.
    Raises Refused: entry_unknown, objection_outside_period, objection_entry_settled,
    objection_without_text, objection_text_too_long, objection_without_name,
    complained_office_not_on_route, objection_no_office_above, objection_papers_too_many,
    secrecy_mark_in_text, and those of `files.finish_sealed_upload`.
    """
    with scope(SYSTEM):
        entry = _lock_entry(entry_id)
        _check_open(entry, at)
        _check_content(entry, content)
        if len(papers) > MOST_PAPERS:
            raise Refused("objection_papers_too_many", field="papers", value=len(papers), most=MOST_PAPERS)
        complained = _complained(entry, complained_office_id)
        token = secrets.token_hex(16)
        objection = Objection.objects.create(
            entry=entry,
            token=token,
            sealed=seal_content(content, token),
            complained_office=complained,
            office=_handling_office(entry, complained),
            filed_at=at,
            chain=open_chain(kind="objection"),
        )
        let_office_read(actor=SYSTEM, case_id=entry.case_id, office_id=objection.office_id, at=at)
        _attach(objection, papers, actor, at)
        body = {"entry": entry.pk, "papers": len(papers)}
        record(chain=objection.chain, verb="file_objection", actor=PUBLIC, at=at, body=body)
        return objection


def _lock_entry(entry_id: int) -> PublicityEntry:
    """Locked, so that the list is not closed over an objection that is being written."""
    try:
        return (
            PublicityEntry.objects.select_for_update(of=("self",))
            .select_related("list__office", "list__batch__notice")
            .get(pk=entry_id)
        )
    except PublicityEntry.DoesNotExist:
        raise Refused("entry_unknown") from None


def _check_open(entry: PublicityEntry, at: datetime) -> None:
    period = entry.list.period
    if not period.lower <= at < period.upper:
        raise Refused(
            "objection_outside_period",
            opens=period.lower,
            closes=period.upper,
            office=entry.list.office.name,
            phone=entry.list.contact,
        )
    if entry.status not in PENDING:
        raise Refused("objection_entry_settled", firm=entry.firm_name, status=entry.get_status_display())


def _check_content(entry: PublicityEntry, content: Content) -> None:
    if not content.text.strip():
        raise Refused("objection_without_text", field="text")
    if len(content.text) > MOST_CHARACTERS:
        raise Refused("objection_text_too_long", field="text", value=len(content.text), most=MOST_CHARACTERS)
    real_name = notice_text(entry.list.batch.notice).flag("objection_real_name")
    if real_name and not (content.name.strip() and content.contact.strip()):
        raise Refused("objection_without_name", field="contact" if content.name.strip() else "name")
    refuse_marked(content)


def _complained(entry: PublicityEntry, office_id: int | None) -> Office | None:
    if office_id is None:
        return None
    office = route_offices(entry.case_id).filter(pk=office_id).first()
    if office is None:
        raise Refused("complained_office_not_on_route", field="complained_office")
    return office


def _handling_office(entry: PublicityEntry, complained: Office | None) -> Office:
    """The office that published, or one above whoever is complained of: nobody decides on a complaint of
    itself, nor of an office above."""
    office = entry.list.office
    if complained is None or complained.pk not in offices_up(office.pk):
        return office
    if complained.parent is None:
        raise Refused("objection_no_office_above", field="complained_office", office=complained.name)
    return complained.parent


def _attach(objection: Objection, papers: Sequence[Paper], actor: Actor, at: datetime) -> None:
    """Seal what was uploaded, and the name under which it was sent."""
    context, limits = context_of(objection.token), paper_limits()
    with scope(actor):
        sealed = [
            finish_sealed_upload(token=paper.upload, at=at, context=context, limits=limits)
            for paper in papers
        ]
    ObjectionAttachment.objects.bulk_create(
        ObjectionAttachment(
            objection=objection, file=file, sealed_name=seal_name(paper.name, objection.token)
        )
        for paper, file in zip(papers, sealed, strict=True)
    )
