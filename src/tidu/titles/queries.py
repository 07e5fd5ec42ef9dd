"""Reading the register. It is public: these need no more than some scope."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from tidu.enterprises.models import Firm
from tidu.enterprises.queries import search
from tidu.law.calendars import legal_day
from tidu.offices.models import Office
from tidu.records.queries import chain_proof
from tidu.titles.enums import TitleKind, TitleStatus
from tidu.titles.models import Title

UPCOMING = "尚未生效"
EXPIRED = "有效期已满"


def counting_on(day: date) -> Q:
    """Titles that count on a legal day, also a past one: within validity and not ended by then."""
    return Q(validity__contains=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def held(firm: Firm, *, at: datetime, kind: TitleKind | None = None) -> list[Title]:
    """What the firm holds at a moment, the oldest first; one query."""
    titles = Title.objects.filter(counting_on(legal_day(at)), firm=firm)
    if kind is not None:
        titles = titles.filter(kind=kind)
    return list(titles.select_related("announced_by").order_by("validity"))


def held_and_past(firm: Firm, *, at: datetime) -> tuple[list[Title], list[Title]]:
    """What the firm holds at a moment, and its titles that ran out and that no act has ended; one query.

    A title that has run out counts no more (有效期已满), but may still be re-reviewed while its
    batch takes applications: only then does it lapse.
    """
    day = legal_day(at)
    begun = Title.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), firm=firm)
    begun = begun.filter(validity__startswith__lte=day).select_related("announced_by").order_by("validity")
    held_then = [title for title in begun if day < title.validity.upper]
    return held_then, [title for title in begun if day >= title.validity.upper]


def first_day(valid_from: date, previous: Title | None) -> date:
    """From which day a title counts that is announced as valid from a day.

    Of a passed re-review: from where the former title ends, without gap or overlap.
    """
    if previous is None or previous.status != TitleStatus.IN_FORCE:
        return valid_from
    end: date = previous.validity.upper
    return end


def titles_of(firm: Firm) -> QuerySet[Title]:
    """All the firm ever held, the newest first."""
    return Title.objects.filter(firm=firm).select_related("announced_by", "previous").order_by("-validity")


def recognised_in(
    batches: Iterable[str], *, kind: TitleKind, statuses: Sequence[TitleStatus] = (TitleStatus.IN_FORCE,)
) -> QuerySet[Title]:
    """Titles granted in any of these batches that no act has ended; naming a year names its batches."""
    named = Q(pk__in=[])
    for code in batches:
        named |= Q(batch_code=code) | Q(batch_code__startswith=f"{code}-")
    titles = Title.objects.filter(named, kind=kind, status__in=statuses)
    return titles.select_related("firm", "firm__area", "announced_by")


def in_force_of(firms: Iterable[Firm]) -> QuerySet[Title]:
    """The titles of these firms that no act has ended."""
    titles = Title.objects.filter(firm__in=list(firms), status=TitleStatus.IN_FORCE)
    return titles.select_related("firm")


def announced_by(office: Office, text: str = "") -> QuerySet[Title]:
    """What stands in the register from announcements of this office, the newest announcement first."""
    return search_public(text).filter(announced_by=office)


def granted_by(office: Office, announcement: str) -> QuerySet[Title]:
    """The titles that one announcement of an office granted."""
    return Title.objects.filter(announced_by=office, announcement=announcement).select_related("firm")


def title_of_case(case_number: str) -> Title | None:
    """The title that was granted for a case, if it has been."""
    return Title.objects.filter(case_number=case_number).first()


def search_public(text: str, *, kind: TitleKind | None = None) -> QuerySet[Title]:
    """Titles by a part of the firm's name or by its code; all titles for an empty text."""
    titles = Title.objects.select_related("firm", "firm__area", "announced_by")
    if text.strip():
        titles = titles.filter(firm__in=search(text.strip()))
    if kind is not None:
        titles = titles.filter(kind=kind)
    return titles.order_by("-announced_on", "firm__name", "id")


def title_by_token(token: str) -> Title | None:
    """The title a public token points to; `proof_of` it goes to anyone."""
    titles = Title.objects.select_related("firm", "firm__area", "announced_by", "chain", "previous")
    return titles.filter(token=token).first()


def proof_of(title: Title) -> dict[str, Any]:
    """The title's whole ledger as a file that anybody can check with the stand-alone verifier."""
    return chain_proof(title.chain, bodies=True)


def last_day(title: Title) -> date:
    """The last day of validity (有效期至), which is the day before the range's end."""
    last: date = title.validity.upper - timedelta(days=1)
    return last


def standing(title: Title, *, at: datetime) -> str:
    """What the register says of a title at a moment, in one Chinese word or two."""
    day = legal_day(at)
    if title.ended_on is not None and title.ended_on <= day:
        return TitleStatus(title.status).label
    if day < title.validity.lower:
        return UPCOMING
    return TitleStatus.IN_FORCE.label if day < title.validity.upper else EXPIRED
