"""未按期申请或未通过复核的企业，相应称号自动失效: which titles lapse, on which day, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tidu.aftermath.failures import failures_at_the_end
from tidu.applications.enums import LIVE, CaseKind, CaseStatus
from tidu.applications.models import Case
from tidu.applications.queries import re_reviews_of
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import legal_day
from tidu.law.notices import lapse_if_not_applied, lapse_if_refused
from tidu.law.refusals import Refused
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, batch_text, closed_batches, due_for_re_review, notice_text
from tidu.titles.actions import lapse, restore
from tidu.titles.enums import TitleStatus
from tidu.titles.models import Title

NOT_APPLIED = "未按期申请复核，称号自动失效"
NOT_PASSED = "未通过复核，称号自动失效"


@dataclass(frozen=True)
class Due:
    """From which moment a title no longer counts, and why."""

    at: datetime
    reason: str


def lapse_unrenewed(*, at: datetime) -> list[Title]:
    """Note every lapse whose day has come: titles that a closed batch called to re-review in vain.

    A title whose re-review is still under way stays; run again, it finds what has changed since.
    A batch or a title that fails does not keep the others waiting.
    """
    with scope(SYSTEM):
        batches = list(closed_batches(at))
    lapsed: list[Title] = []
    with failures_at_the_end() as kept:
        for batch in batches:
            with kept():
                for title_id in _called_in_vain(batch, at):
                    with kept():
                        lapsed += _lapse_if_still_due(title_id, batch.pk, at)
    return lapsed


def lapse_refused(case: Case, *, at: datetime) -> None:
    """Note the lapse of the title whose re-review was refused, if its day has come; else the timer will."""
    if case.kind == CaseKind.RE_REVIEW and case.title is not None:
        due = due_to_lapse(case.title, case.batch, [case])
        if due is not None and due.at <= at:
            _lapse(case.title, due, at)


def restore_given_time(batch: Batch, *, because: str, at: datetime) -> None:
    """Undo lapses for want of an application to `batch` that, as the notice now reads, are still to come.

    A firm that was granted another title since keeps that one.
    """
    with scope(SYSTEM):
        # also those in force: the timer may be noting a lapse just now
        called = due_for_re_review(batch, statuses=(TitleStatus.IN_FORCE, TitleStatus.LAPSED))
        lapsed = [one for one in called.select_for_update(of=("self",)) if one.end_reason == NOT_APPLIED]
        re_reviews = re_reviews_of(title.pk for title in lapsed)
        for title in lapsed:
            due = due_to_lapse(title, batch, re_reviews.get(title.pk, ()))
            if due is None or due.at > at:
                _restore(title, because, at)


def _restore(title: Title, because: str, at: datetime) -> None:
    try:
        restore(actor=SYSTEM, title_id=title.pk, reason=because, at=at)
    except Refused as refused:
        if refused.code != "title_overlaps":
            raise


def _called_in_vain(batch: Batch, at: datetime) -> list[int]:
    """Titles that a closed batch called, and whose day has come."""
    with scope(SYSTEM):
        titles = list(due_for_re_review(batch).filter(renewals__isnull=True))
        re_reviews = re_reviews_of(title.pk for title in titles)
        due = {title.pk: due_to_lapse(title, batch, re_reviews.get(title.pk, ())) for title in titles}
    return [title_id for title_id, when in due.items() if when is not None and when.at <= at]


def _lapse_if_still_due(title_id: int, batch_id: int, at: datetime) -> list[Title]:
    """The lapsed title; nothing if a corrigendum or the firm was quicker by a moment."""
    with scope(SYSTEM):
        batch = batch_by_id(batch_id)
        title = due_for_re_review(batch).select_for_update(of=("self",)).filter(pk=title_id).first()
        if title is None:
            return []
        # the notice is read only now that nobody else can restore the title
        batch = batch_by_id(batch_id)
        due = due_to_lapse(title, batch, re_reviews_of([title.pk]).get(title.pk, ()))
        return [_lapse(title, due, at)] if due is not None and due.at <= at else []


def due_to_lapse(title: Title, batch: Batch, re_reviews: Sequence[Case]) -> Due | None:
    """When a title lapses and why; None while a re-review is under way and after it has passed."""
    if any(case.status in LIVE or case.status == CaseStatus.RECOGNISED for case in re_reviews):
        return None
    notice, valid_before = notice_text(batch.notice), title.validity.upper
    failed = [_failed_at(case) for case in re_reviews]
    decided = [moment for moment in failed if moment is not None]
    if decided:
        return Due(lapse_if_refused(notice, max(decided), valid_before), NOT_PASSED)
    return Due(lapse_if_not_applied(notice, batch_text(batch), valid_before), NOT_APPLIED)


def _failed_at(case: Case) -> datetime | None:
    """When a re-review was refused, or ended because the firm did not mend in time."""
    return case.refused_at or (case.lapsed_at if case.submitted_at is not None else None)


def _lapse(title: Title, due: Due, at: datetime) -> Title:
    return lapse(actor=SYSTEM, title_id=title.pk, on=legal_day(due.at), reason=due.reason, at=at)
