"""The rounds before a firm: which batches it may enter and why not, what is due next, what needs it now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from tidu.applications.entering import entry_of
from tidu.applications.enums import CaseKind, CaseStatus
from tidu.applications.models import Case
from tidu.applications.queries.contents import open_correction
from tidu.enterprises.models import Firm
from tidu.law.calendars import end_of
from tidu.law.notices import update_deadline
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.offices.queries import office_chain
from tidu.programmes.models import Batch
from tidu.programmes.queries import Entry, awaits_re_review, batch_text, batches_under, notice_text
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title
from tidu.titles.queries import last_day

CLOSES_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Door:
    """One kind of application in an open batch: what stands in the way, or the case that is there."""

    batch: Batch
    kind: CaseKind
    label: str
    entry: Entry
    case: Case | None

    @property
    def reasons(self) -> list[str]:
        return [sentence(reason) for reason in self.entry.reasons]

    @property
    def is_open(self) -> bool:
        return self.case is None and not self.entry.reasons


def batches_for(firm: Firm, at: datetime) -> list[Batch]:
    """Open and coming batches of the notices that reach this firm's place."""
    return list(batches_under(office_chain(firm.area.office).values(), at=at))


def doors(firm: Firm, batches: Iterable[Batch], cases: Sequence[Case], at: datetime) -> list[Door]:
    """Every kind of application in every batch that is open now; those one may enter first."""
    above = office_chain(firm.area.office).values()
    found = [
        _door(firm, batch, CaseKind(kind), cases, at, above)
        for batch in batches
        if batch.opens_at <= at
        for kind in batch_text(batch).kinds
    ]
    return sorted(found, key=lambda door: (door.case is None and not door.is_open, door.batch.closes_at))


def _door(
    firm: Firm, batch: Batch, kind: CaseKind, cases: Sequence[Case], at: datetime, above: Collection[Office]
) -> Door:
    here = [
        c for c in cases if c.batch_id == batch.pk and c.kind == kind and c.status != CaseStatus.WITHDRAWN
    ]
    title = TitleKind(batch.notice.title_kind).label
    entry = entry_of(firm, batch, kind, at=at, above=above)
    return Door(batch, kind, f"{title}{kind.label}", entry, here[0] if here else None)


def is_too_late(case: Case, at: datetime) -> bool:
    """Whether a draft's window has closed: it stays readable, and to be copied into a later batch.

    It is not ended by any act: a corrigendum may open its window again.
    """
    return case.status == CaseStatus.DRAFT and at >= case.batch.closes_at


@dataclass(frozen=True)
class Call:
    """A title of the firm, and the batch in which it is to be re-reviewed."""

    title: Title
    batch: Batch


@dataclass(frozen=True)
class Due:
    """Something that comes, and when. `is_end` writes midnight as 24:00 of the day before."""

    at: datetime
    text: str
    note: str = ""
    url: str = ""


def coming(
    cases: Sequence[Case],
    batches: Sequence[Batch],
    titles: Sequence[Title],
    called: Sequence[Call],
    open_doors: Sequence[Door],
    at: datetime,
) -> list[Due]:
    """What comes next for the firm, the nearest first."""
    found = [
        *_of_cases(cases),
        *_of_doors(open_doors),
        *_of_batches(batches, titles, called, at),
        *_of_titles(titles, batches),
        *_of_calls(called, at),
    ]
    return sorted((due for due in found if due.at > at), key=lambda due: due.at)


def _of_cases(cases: Sequence[Case]) -> Iterable[Due]:
    for case in cases:
        url = reverse("enterprise-case", args=[case.pk])
        if case.status == CaseStatus.RETURNED:
            correction = open_correction(case)
            if correction and correction.asked_by:
                yield Due(correction.asked_by, "补正截止", f"案号 {case.number}", url)
        elif case.status == CaseStatus.DRAFT:
            yield Due(case.batch.closes_at, f"{case.batch.title}关闭", f"案号 {case.number} 尚未提交", url)
        elif case.due_at:
            yield Due(case.due_at, "主管部门办理截止", f"{case.office}，案号 {case.number}", url)


def _of_doors(open_doors: Sequence[Door]) -> Iterable[Due]:
    """Windows that close, of batches that the firm may enter and has not entered."""
    for batch in {door.batch.pk: door.batch for door in open_doors if door.is_open}.values():
        label = TitleKind(batch.notice.title_kind).label
        yield Due(batch.closes_at, f"{batch.title}关闭", label, _checklist(batch))


def _of_batches(
    batches: Sequence[Batch], titles: Sequence[Title], called: Sequence[Call], at: datetime
) -> Iterable[Due]:
    """Windows that open, unless the firm holds the title and is not called to re-review then."""
    calling = {call.batch.pk for call in called}
    held = {title.kind for title in titles}
    for batch in batches:
        if batch.opens_at > at and (batch.notice.title_kind not in held or batch.pk in calling):
            label = TitleKind(batch.notice.title_kind).label
            yield Due(batch.opens_at, f"{batch.title}开放", label, _checklist(batch))


def _checklist(batch: Batch) -> str:
    return reverse("enterprise-checklist", args=[batch.pk])


def _of_titles(titles: Sequence[Title], batches: Sequence[Batch]) -> Iterable[Due]:
    for title in titles:
        kind = TitleKind(title.kind).label
        yield Due(end_of(last_day(title)), f"{kind}称号到期", "到期前请按通知申请复核")
        due = update_by([batch for batch in batches if batch.notice.title_kind == title.kind])
        if due is not None:
            yield Due(due, "年度信息更新截止", "首次未更新将被重点监测，累计两次未更新取消认定")


def _of_calls(called: Sequence[Call], at: datetime) -> Iterable[Due]:
    for call in called:
        if call.batch.opens_at <= at:
            text = f"{TitleKind(call.title.kind).label}复核申请截止"
            yield Due(call.batch.closes_at, text, "未按期申请的，称号自动失效", _checklist(call.batch))


def update_by(batches: Sequence[Batch]) -> datetime | None:
    """By when holders of a title must have updated their data this year, as the newest notice says."""
    texts = [notice_text(batch.notice) for batch in batches]
    return next((update_deadline(text) for text in texts if text.upkeep is not None), None)


def called_to_re_review(
    titles: Sequence[Title], past: Sequence[Title], batches: Sequence[Batch], at: datetime
) -> list[Call]:
    """The firm's titles that one of these batches calls: held, or run out and not lapsed (未失效)."""
    found = []
    for title in [*titles, *past]:
        batch = re_review_batch(title, batches)
        if batch is not None and (title in titles or awaits_re_review(title, batch, at=at)):
            found.append(Call(title, batch))
    return found


def re_review_batch(title: Title, batches: Sequence[Batch]) -> Batch | None:
    """The batch in which this title is to be re-reviewed (对应批次), if it has not closed."""
    for batch in batches:
        if batch.notice.title_kind != title.kind:
            continue
        try:
            code = notice_text(batch.notice).corresponding_batch(title.batch_code).id
        except Refused:
            continue
        if batch.code == code:
            return batch
    return None


@dataclass(frozen=True)
class Banner:
    """The one thing that needs the firm now."""

    title: str
    text: str
    deadline: datetime | None
    url: str
    action: str


def banner(cases: Sequence[Case], called: Sequence[Call], at: datetime) -> Banner | None:
    """A request to mend before anything else; then a re-review that is called; then a draft soon too late."""
    return _mending(cases) or _re_review(cases, called, at) or _unfinished(cases, at)


def _mending(cases: Sequence[Case]) -> Banner | None:
    case = next((one for one in cases if one.status == CaseStatus.RETURNED), None)
    correction = open_correction(case) if case else None
    if case is None or correction is None:
        return None
    marked = len(correction.fields) + len(correction.evidence)
    return Banner(
        f"有 {marked} 项需补正",
        f"{correction.office}退回：{correction.comment}",
        correction.asked_by,
        reverse("enterprise-case", args=[case.pk]),
        "去补正",
    )


def _re_review(cases: Sequence[Case], called: Sequence[Call], at: datetime) -> Banner | None:
    for call in called:
        title, batch = call.title, call.batch
        applied = any(case.title_id == title.pk and case.status != CaseStatus.WITHDRAWN for case in cases)
        if batch.opens_at <= at and not applied:
            return Banner(
                "称号需复核",
                f"{TitleKind(title.kind).label}（{title.batch_label}）应在{batch.title}申请复核，未按期申请的自动失效。",
                batch.closes_at,
                _checklist(batch) + "?kind=re_review",
                "看准备清单",
            )
    return None


def _unfinished(cases: Sequence[Case], at: datetime) -> Banner | None:
    for case in cases:
        closes = case.batch.closes_at
        if case.status == CaseStatus.DRAFT and at < closes < at + CLOSES_SOON:
            return Banner(
                "申报尚未提交",
                f"{case.batch.title}即将关闭，案号 {case.number} 还是草稿。",
                closes,
                reverse("enterprise-case", args=[case.pk]),
                "继续填报",
            )
    return None
