"""Reading lists, objections and announcements. Every function expects to run inside `with scope(actor)`.

What is published may be read by all, and is never joined to cases, which may not.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, Count, F, Q, QuerySet, When

from tidu.applications.permissions import office_of
from tidu.applications.queries import route_offices
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.proof.canonical import canonical_bytes
from tidu.publicity.enums import PENDING, UNDECIDED, EntryStatus, ListStatus, ObjectionStatus
from tidu.publicity.models import (
    Announcement,
    AnnouncementEntry,
    Objection,
    ObjectionAttachment,
    PublicityEntry,
    PublicityList,
)
from tidu.publicity.permissions import may_read_objection
from tidu.publicity.sealing import Content, OpenedPaper, open_content, open_paper
from tidu.records.queries import thaw

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Firms(TypedDict):
        firms: int

    class _Standings(TypedDict):
        firms: int
        suspended: int

    class _Pending(TypedDict):
        firms: int
        pending: int

    class _Papers(TypedDict):
        papers: int

    CountedList = WithAnnotations[PublicityList, _Standings]
    OfficeList = WithAnnotations[PublicityList, _Pending]
    CountedAnnouncement = WithAnnotations[Announcement, _Firms]
    CountedObjection = WithAnnotations[Objection, _Papers]


def public_lists(*, search: str = "") -> "QuerySet[CountedList]":
    """Every list, the newest first, with `firms` and `suspended` counted; one query.

    `search` finds lists on which a firm of that name or credit code stands.
    """
    lists = PublicityList.objects.select_related("office", "batch__notice", "supplements")
    if search:
        found = PublicityEntry.objects.filter(Q(firm_name__contains=search) | Q(uscc=search))
        lists = lists.filter(pk__in=found.values("list_id"))
    return lists.annotate(
        firms=Count("entries"), suspended=Count("entries", filter=Q(entries__status=EntryStatus.SUSPENDED))
    ).order_by("-published_at", "-pk")


def lists_open(at: datetime) -> "QuerySet[CountedList]":
    """The lists to which an objection may be filed now, the first to close first."""
    return public_lists().filter(period__contains=at).order_by("period__endswith", "pk")


def list_by_token(token: str) -> "CountedList":
    """One list. Refused("publicity_list_unknown")."""
    found = public_lists().filter(token=token).first()
    if found is None:
        raise Refused("publicity_list_unknown")
    return found


def list_entries(publicity: PublicityList) -> QuerySet[PublicityEntry]:
    """The firms on a list as published, with how each one stands now; one query."""
    return PublicityEntry.objects.filter(list=publicity).order_by("position")


def entries_of(case_id: int) -> QuerySet[PublicityEntry]:
    """Where a case was listed, the first list first; one query."""
    return (
        PublicityEntry.objects.filter(case_id=case_id)
        .select_related("list__office", "list__batch")
        .order_by("list__published_at", "pk")
    )


def entry_on(token: str, position: int) -> PublicityEntry:
    """One firm on a list. Refused("entry_unknown")."""
    entries = PublicityEntry.objects.select_related("list__office", "list__batch__notice")
    found = entries.filter(list__token=token, position=position).first()
    if found is None:
        raise Refused("entry_unknown")
    return found


def offices_to_complain_of(entry: PublicityEntry) -> list[Office]:
    """The offices on the route of an entry's case: which offices these are is no secret."""
    with scope(SYSTEM):
        return list(route_offices(entry.case_id))


def list_document(token: str) -> bytes:
    """A list's canonical bytes, whose SHA-256 is its digest. Refused("publicity_list_unknown")."""
    return canonical_bytes(thaw(list_by_token(token).digest))


def office_lists(actor: Actor) -> "QuerySet[OfficeList]":
    """The lists of this office, with `pending` entries counted: open ones, the first to close first; then
    those that have ended, the last one first."""
    pending = Count("entries", filter=Q(entries__status__in=PENDING))
    lists = PublicityList.objects.filter(office_id=office_of(actor)).select_related("batch__notice")
    closes = Case(When(status=ListStatus.OPEN, then=F("period__endswith")))
    return lists.annotate(firms=Count("entries"), pending=pending).order_by(
        closes.asc(nulls_last=True), F("period__endswith").desc(), "-pk"
    )


def announcements(*, search: str = "") -> "QuerySet[CountedAnnouncement]":
    """Every announcement, the newest first, with `firms` counted; one query."""
    found = Announcement.objects.select_related("office", "batch__notice")
    if search:
        entries = AnnouncementEntry.objects.filter(Q(firm_name__contains=search) | Q(uscc=search))
        found = found.filter(pk__in=entries.values("announcement_id"))
    return found.annotate(firms=Count("entries")).order_by("-announced_on", "-pk")


def announcement_by_token(token: str) -> "CountedAnnouncement":
    """One announcement. Refused("announcement_unknown")."""
    found = announcements().filter(token=token).first()
    if found is None:
        raise Refused("announcement_unknown")
    return found


def announcement_entries(announcement: Announcement) -> QuerySet[AnnouncementEntry]:
    """The firms on an announcement; one query."""
    return AnnouncementEntry.objects.filter(announcement=announcement).order_by("position")


def announcement_of(case_id: int) -> Announcement | None:
    """The announcement by which a case was recognised."""
    return (
        Announcement.objects.filter(entries__case_id=case_id)
        .select_related("office", "batch__notice")
        .first()
    )


def announcement_document(token: str) -> bytes:
    """An announcement's canonical bytes, whose SHA-256 is its digest. Refused("announcement_unknown")."""
    return canonical_bytes(thaw(announcement_by_token(token).digest))


@dataclass(frozen=True)
class ObjectionStanding:
    """All that a query code tells: where the objection stands. Nothing of who, what and why."""

    status: ObjectionStatus
    filed_at: datetime
    decided_at: datetime | None
    firm_name: str
    list_title: str


def objection_standing(token: str) -> ObjectionStanding:
    """Where an objection stands, for whoever holds its query code. Refused("objection_token_unknown")."""
    with scope(SYSTEM):
        found = Objection.objects.filter(token=token.strip().lower()).select_related("entry__list").first()
        if found is None:
            raise Refused("objection_token_unknown", field="token")
        return ObjectionStanding(
            status=ObjectionStatus(found.status),
            filed_at=found.filed_at,
            decided_at=found.decided_at,
            firm_name=found.entry.firm_name,
            list_title=found.entry.list.title,
        )


def objections_for(actor: Actor, *, undecided_only: bool = False) -> "QuerySet[CountedObjection]":
    """The objections that this office handles, the oldest undecided first; papers are counted."""
    objections = Objection.objects.filter(office_id=office_of(actor))
    if undecided_only:
        objections = objections.filter(status__in=UNDECIDED)
    related = objections.select_related("entry__list__batch", "complained_office")
    return related.annotate(papers=Count("attachments")).order_by(
        F("decided_at").asc(nulls_first=True), "filed_at", "pk"
    )


def objection_content(actor: Actor, objection_id: int) -> tuple[Objection, Content]:
    """An objection opened for the office that handles it.

    Refused("objection_unknown") for everybody else, whether or not it exists.
    """
    found = objections_for(actor).filter(pk=objection_id).first()
    if found is None or not may_read_objection(actor, found):
        raise Refused("objection_unknown")
    return found, open_content(found)


def objection_of_chain(chain_id: int) -> Objection:
    """The objection whose ledger this is; its content stays sealed. Called by the aftermath."""
    return Objection.objects.select_related("entry__list").get(chain_id=chain_id)


def objection_paper(actor: Actor, attachment_id: int) -> OpenedPaper:
    """A paper of an objection, opened for the office that handles it. Refused("objection_unknown")."""
    found = ObjectionAttachment.objects.filter(pk=attachment_id).select_related("objection", "file").first()
    if found is None or not may_read_objection(actor, found.objection):
        raise Refused("objection_unknown")
    return open_paper(found)
