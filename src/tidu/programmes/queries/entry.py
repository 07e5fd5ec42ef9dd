"""Who may open an application in a batch; if not, why, and what would let it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidu.enterprises.models import Firm
from tidu.law.answers import ALLOWED, Answer
from tidu.law.notices import lapse_if_not_applied
from tidu.law.notices.parts import ApplicationKind, KindId
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.programmes.queries.batches import next_batch
from tidu.programmes.queries.texts import batch_text, notice_text
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title
from tidu.titles.queries import last_day


@dataclass(frozen=True)
class Entry:
    """Whether a firm may enter a batch. Each reason's sentence names its remedy.

    `next_batch` is where it could apply instead, if the window was all that stood in the way.
    `title` is the one that opens this kind of application, if one is needed.
    """

    reasons: tuple[Refused, ...] = ()
    next_batch: Batch | None = None
    title: Title | None = None

    @property
    def answer(self) -> Answer:
        """Yes, or no with the first reason's sentence."""
        return Answer(False, sentence(self.reasons[0])) if self.reasons else ALLOWED

    def require(self) -> None:
        """Raise the first reason, if there is any."""
        if self.reasons:
            raise self.reasons[0]

    @property
    def remedy(self) -> str:
        """When and where to apply instead, in one sentence; empty if there is nothing to wait for."""
        if self.next_batch is None:
            return ""
        return sentence(Refused("entry_next_batch", **_window(self.next_batch)))


def may_enter(
    firm: Firm,
    batch: Batch,
    kind: KindId,
    *,
    at: datetime,
    held: Sequence[Title],
    past: Sequence[Title] = (),
    live_case: str | None = None,
    above: Collection[Office],
) -> Entry:
    """Whether `firm` may open an application of `kind` in `batch` at a moment.

    `held` are the titles it holds then and `past` those that have run out and not lapsed
    (titles.queries.held_and_past), `live_case` the number of a case for the same title that has
    not ended, `above` the office of its place and those over it (offices.queries.office_chain).
    Everything that stands in the way is named.
    """
    text = batch_text(batch)
    if kind not in text.kinds:
        offered = [notice_text(batch.notice).kind(one).title for one in text.kinds]
        return Entry((Refused("entry_kind_not_offered", field="kind", batch=batch.title, offered=offered),))
    closed = _window_reason(batch, at)
    opening = _opening(batch, kind, held, past, above, at)
    reasons = [
        *([closed] if closed else []),
        *_area_reasons(firm, batch, above),
        *_title_reasons(batch, kind, held, opening),
        *_case_reasons(live_case),
    ]
    only_the_window = closed is not None and len(reasons) == 1
    waits_for = _waits_for(batch, kind, at) if only_the_window else None
    return Entry(tuple(reasons), waits_for, next(_called(batch, kind, opening), None))


def awaits_re_review(title: Title, batch: Batch, *, at: datetime) -> bool:
    """Whether a title that has run out may still be re-reviewed under the notice of `batch`.

    未按期申请…自动失效: it lapses for not having been applied for at the moment that the notice reads,
    which is never before its corresponding batch has closed.
    """
    notice = notice_text(batch.notice)
    if title.kind != batch.notice.title_kind:
        return False
    try:
        called_by = notice.corresponding_batch(title.batch_code)
    except Refused:
        return False
    return at < lapse_if_not_applied(notice, called_by, title.validity.upper)


def _waits_for(batch: Batch, kind: KindId, at: datetime) -> Batch | None:
    """The batch itself before it opens; after that the next one, but a re-review has no other (对应批次)."""
    if at < batch.opens_at:
        return batch
    return next_batch(batch, kind=kind, at=at) if kind == "new" else None


def _window(batch: Batch) -> dict[str, Any]:
    return {"batch": batch.title, "opens": batch.opens_at, "closes": batch.closes_at}


def _window_reason(batch: Batch, at: datetime) -> Refused | None:
    """The window is half-open: what arrives at its closing moment, to the second, is late."""
    if at < batch.opens_at:
        return Refused("entry_not_open_yet", field="batch", **_window(batch))
    if at >= batch.closes_at:
        return Refused("entry_closed", field="batch", **_window(batch))
    return None


def _area_reasons(firm: Firm, batch: Batch, above: Collection[Office]) -> Iterator[Refused]:
    if batch.notice.office_id in {office.pk for office in above}:
        return
    issuer = batch.notice.office
    values = {"area": firm.area.name, "office": firm.area.office.name, "issuer": issuer.name}
    other = next((office for office in above if office.level == issuer.level), None)
    if other is None:
        yield Refused("entry_not_in_area", field="area", **values)
    else:
        yield Refused("entry_under_another_office", field="area", other=other.name, **values)


def _opening(
    batch: Batch,
    kind: KindId,
    held: Sequence[Title],
    past: Sequence[Title],
    above: Collection[Office],
    at: datetime,
) -> list[Title]:
    """The titles that this kind asks for: held, or run out but still to be re-reviewed if none is held."""
    offered = notice_text(batch.notice).kind(kind)
    standing = _counting(offered, [title for title in held if title.kind in offered.holds], above)
    if standing or offered.recognised != "named":
        return standing
    waiting = [
        title for title in past if title.kind in offered.holds and awaits_re_review(title, batch, at=at)
    ]
    return _counting(offered, waiting, above)


def _called(batch: Batch, kind: KindId, opening: Sequence[Title]) -> Iterator[Title]:
    """Those of them that the batch itself takes."""
    offered = notice_text(batch.notice).kind(kind)
    return (title for title in opening if offered.recognised == "any" or _is_called(batch, [title]))


def _title_reasons(
    batch: Batch, kind: KindId, held: Sequence[Title], opening: Sequence[Title]
) -> Iterator[Refused]:
    offered = notice_text(batch.notice).kind(kind)
    if offered.holds and not opening:
        yield _title_lacking(batch, offered, [title for title in held if title.kind in offered.holds])
    elif opening and offered.recognised == "named" and not _is_called(batch, opening):
        yield _other_batch(batch, opening[0])
    for title in held:
        if title.kind in offered.lacks:
            label, until = TitleKind(title.kind).label, last_day(title)
            yield Refused(
                "entry_title_held", field="title", kind=label, announcement=title.announcement, until=until
            )


def _counting(offered: ApplicationKind, titles: Sequence[Title], above: Collection[Office]) -> list[Title]:
    """The titles that open this kind of application: anybody's, or only those of the firm's own offices.

    A firm that may enter lies under the issuer, so its own offices are the issuer's too.
    """
    if offered.announced == "anywhere":
        return list(titles)
    here = {office.pk for office in above}
    return [title for title in titles if title.announced_by_id in here]


def _title_lacking(batch: Batch, offered: ApplicationKind, elsewhere: Sequence[Title]) -> Refused:
    """No title of these kinds at all, or only one that another province announced."""
    needed = [TitleKind(one).label for one in offered.holds]
    if not elsewhere:
        return Refused("entry_title_needed", field="title", needed=needed)
    return Refused(
        "entry_title_of_elsewhere",
        field="title",
        needed=needed,
        issuer=batch.notice.office.name,
        announced_by=elsewhere[0].announced_by.name,
        announcement=elsewhere[0].announcement,
    )


def _is_called(batch: Batch, titles: Sequence[Title]) -> bool:
    text = batch_text(batch)
    return any(text.re_reviews_batch(title.batch_code) for title in titles)


def _other_batch(batch: Batch, title: Title) -> Refused:
    """The firm's title belongs to another batch's re-review (对应批次), or to none of this notice."""
    values = {"recognised": title.batch_label, "batch": batch.title}
    try:
        code = notice_text(batch.notice).corresponding_batch(title.batch_code).id
    except Refused:
        return Refused("entry_re_review_not_due", field="title", until=last_day(title), **values)
    other = batch.notice.batches.get(code=code)
    return Refused(
        "entry_re_review_elsewhere",
        field="title",
        other=other.title,
        opens=other.opens_at,
        closes=other.closes_at,
        **values,
    )


def _case_reasons(live_case: str | None) -> Iterator[Refused]:
    if live_case is not None:
        yield Refused("entry_case_live", field="case", case=live_case)
