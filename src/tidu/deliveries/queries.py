"""Reading parcels and what came in them. All of it runs inside `with scope(actor)`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tidu.applications.models import Case, CasePapers
from tidu.applications.permissions import office_of
from tidu.applications.prints import Printed, printed_submission, read_print_code
from tidu.applications.queries import visible_cases
from tidu.database.scope import Actor
from tidu.deliveries.models import Parcel, Receipt
from tidu.law.refusals import Refused

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Counts(TypedDict):
        cases: int
        late: int
        refused: int

    CountedParcel = WithAnnotations[Parcel, _Counts]

#: A search by name shows so many cases to choose from.
MOST_FOUND = 20


@dataclass(frozen=True)
class ParcelFilters:
    """What the address of the list says; empty means no filter."""

    search: str = ""
    manner: str = ""
    state: str = ""

    def conditions(self) -> Q:
        standing = Receipt.objects.filter(parcel=OuterRef("pk"), corrected_at__isnull=True)
        found = Q(corrected_at__isnull=self.state != "corrected")
        if self.manner:
            found &= Q(manner=self.manner)
        if self.state == "late":
            found &= Q(Exists(standing.filter(is_late=True)))
        if self.state == "empty":
            found &= ~Q(Exists(standing))
        return found & self._searched(standing)

    def _searched(self, standing: QuerySet[Receipt]) -> Q:
        if not self.search:
            return Q()
        inside = standing.filter(
            Q(case__firm__name__contains=self.search)
            | Q(case__firm__uscc__startswith=self.search.upper())
            | Q(case__number=self.search)
        )
        return (
            Q(number__contains=self.search.upper())
            | Q(source_office__name__contains=self.search)
            | Q(source_firm__name__contains=self.search)
            | Q(enclosed__contains=self.search)
            | Q(Exists(inside))
        )


def parcels(actor: Actor, filters: ParcelFilters | None = None) -> "QuerySet[CountedParcel]":
    """The parcels of the actor's office, the newest first; `cases`, `late` and `refused` are counted."""
    own = Parcel.objects.filter(office_id=office_of(actor)).filter((filters or ParcelFilters()).conditions())
    now = Q(receipts__corrected_at__isnull=True)
    return (
        own.select_related("source_office", "source_firm", "received_by")
        .annotate(
            cases=Count("receipts", filter=now),
            late=Count("receipts", filter=now & Q(receipts__is_late=True)),
            refused=Count("receipts", filter=now & Q(receipts__is_refused=True)),
        )
        .order_by("-received_at", "-pk")
    )


def parcel_for(actor: Actor, parcel_id: int) -> Parcel:
    """One parcel of the actor's office. Refused("parcel_unknown") also where it is another's."""
    found = Parcel.objects.filter(pk=parcel_id, office_id=office_of(actor)).select_related(
        "source_office", "source_firm", "received_by", "corrects", "corrected_by"
    )
    parcel = found.first()
    if parcel is None:
        raise Refused("parcel_unknown")
    return parcel


def receipts_in(parcel: Parcel) -> QuerySet[Receipt]:
    """What came in a parcel, as it stands now, in the order of entering; two queries."""
    standing = Receipt.objects.filter(parcel=parcel, corrected_at__isnull=True)
    return _whole(standing).order_by("pk")


def receipts_of(case: Case) -> QuerySet[Receipt]:
    """Everything that came on paper for a case at any office, corrected rows left out, the oldest first."""
    return _whole(Receipt.objects.filter(case=case, corrected_at__isnull=True)).order_by("received_at", "pk")


def receipt_for(actor: Actor, parcel_id: int, receipt_id: int) -> Receipt:
    """One receipt in a parcel of the actor's office. Refused("receipt_unknown")."""
    receipt = _whole(Receipt.objects.filter(pk=receipt_id, parcel=parcel_for(actor, parcel_id))).first()
    if receipt is None:
        raise Refused("receipt_unknown")
    return receipt


def _whole(receipts: QuerySet[Receipt]) -> QuerySet[Receipt]:
    related = receipts.select_related("case__firm__area", "case__batch__notice", "office", "parcel")
    return related.prefetch_related("papers")


def papers_of_case(case: Case) -> QuerySet[CasePapers]:
    """Where a case stands on paper at each office that has received anything, the lowest office first."""
    return CasePapers.objects.filter(case=case).select_related("office").order_by("noted_at", "pk")


@dataclass(frozen=True)
class Found:
    """What a clerk's scan or typing leads to: one case at once, or several to choose from."""

    cases: tuple[Case, ...] = ()
    printed: Printed | None = None
    is_code: bool = False
    more: bool = False


def find_cases(actor: Actor, text: str) -> Found:
    """Submitted cases that the office may read: by a print's code, the number, the firm's code or name."""
    said = text.strip()
    if read_print_code(said) is not None:
        printed = printed_submission(said)
        return Found((printed.case,) if printed else (), printed, is_code=True)
    if not said:
        return Found()
    seen = visible_cases(actor).filter(submitted_at__isnull=False)
    named = Q(number=said) | Q(firm__uscc=said.upper()) | Q(firm__name__contains=said)
    rows = tuple(seen.filter(named).order_by("firm__name", "-submitted_at")[: MOST_FOUND + 1])
    return Found(rows[:MOST_FOUND], more=len(rows) > MOST_FOUND)
