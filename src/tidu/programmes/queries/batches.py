"""Reading notices and batches. All of it is public."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from tidu.law.notices.parts import KindId
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.offices.queries import office_chain, offices_below
from tidu.programmes.models import Batch, BatchDeadline, Notice
from tidu.programmes.queries.texts import batch_text, notice_text
from tidu.titles.enums import TitleKind, TitleStatus
from tidu.titles.models import Title
from tidu.titles.queries import recognised_in


def published_notices() -> QuerySet[Notice]:
    """All notices, the newest first, with their batches at hand."""
    return Notice.objects.select_related("office").prefetch_related("batches", "versions")


def notice_by_slug(slug: str) -> Notice | None:
    """One notice with its batches at hand."""
    return published_notices().filter(slug=slug).first()


def open_batches(at: datetime) -> QuerySet[Batch]:
    """Batches whose window is open at a moment, the first to close first."""
    batches = Batch.objects.filter(opens_at__lte=at, closes_at__gt=at)
    return batches.select_related("notice", "notice__office").order_by("closes_at", "notice", "position")


def unclosed_batches(at: datetime) -> QuerySet[Batch]:
    """Batches open at a moment or still to come, of every notice; the first to close first."""
    batches = Batch.objects.filter(closes_at__gt=at)
    return batches.select_related("notice", "notice__office").order_by("closes_at", "notice", "position")


def batches_judged_by(digest: str) -> QuerySet[Batch]:
    """Batches whose frozen standard is this very text."""
    batches = Batch.objects.filter(standard_digest=digest).select_related("notice", "notice__office")
    return batches.order_by("closes_at", "notice", "position")


def batch_by_id(batch_id: int) -> Batch:
    """One batch with its notice. Refused("batch_unknown")."""
    found = Batch.objects.select_related("notice", "notice__office").filter(pk=batch_id).first()
    if found is None:
        raise Refused("batch_unknown", field="batch", value=batch_id)
    return found


def batches_under(offices: Iterable[Office], *, at: datetime) -> QuerySet[Batch]:
    """Batches, open or still to come, of the notices that these offices issued; the first to close first."""
    batches = Batch.objects.filter(notice__office__in=list(offices), closes_at__gt=at)
    return batches.select_related("notice", "notice__office").order_by("closes_at", "notice", "position")


def closed_batches(at: datetime) -> QuerySet[Batch]:
    """Batches whose window has closed by a moment."""
    return Batch.objects.filter(closes_at__lte=at).select_related("notice", "notice__office")


def next_batch(batch: Batch, *, kind: KindId, at: datetime) -> Batch | None:
    """The next batch of the same notice that will still take this kind of application."""
    text = notice_text(batch.notice)
    later = (
        Batch.objects.filter(notice=batch.notice, closes_at__gt=at).exclude(pk=batch.pk).order_by("opens_at")
    )
    return next((one for one in later if kind in text.batch(one.code).kinds), None)


def deadline_of(batch_id: int, stage: str) -> BatchDeadline | None:
    """By when a stage's office must have finished, None if the notice sets it no time."""
    return BatchDeadline.objects.filter(batch_id=batch_id, stage=stage).first()


def deadlines_of(batch: Batch) -> dict[str, BatchDeadline]:
    """The deadlines of a batch by stage, the earliest first."""
    return {one.stage: one for one in BatchDeadline.objects.filter(batch=batch).order_by("at")}


def due_for_re_review(
    batch: Batch, *, statuses: Sequence[TitleStatus] = (TitleStatus.IN_FORCE,)
) -> QuerySet[Title]:
    """Titles that this batch calls to re-review: of the batches it names, held under the issuing office.

    Where the notice speaks of its own titles (自治区专精特新), another province's are not called.
    """
    kind = TitleKind(batch.notice.title_kind)
    titles = recognised_in(batch_text(batch).re_reviews, kind=kind, statuses=statuses)
    issuer = batch.notice.office
    if any(kind.id == "re_review" and kind.announced == "here" for kind in notice_text(batch.notice).kinds):
        titles = titles.filter(announced_by__in=office_chain(issuer).values())
    return titles.filter(Q(firm__area__office=issuer) | Q(firm__area__office__in=offices_below(issuer)))
