"""进度: how far the office and each one below it are with a batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from tidu.applications.actions import urge_offices
from tidu.applications.models import ReminderTarget
from tidu.applications.queries import (
    Block,
    BoardRow,
    Standing,
    batches_seen,
    batches_under_way,
    board_rows,
    is_left_alone,
    offices_urged,
    standings,
    unfinished_counts,
)
from tidu.law.notices import Deadline
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.offices.queries import office_by_id, office_chain, offices_below
from tidu.portals.office.access import page, require_office, require_officer
from tidu.portals.office.clocks import clock_of_stage
from tidu.portals.office.exports import Column, workbook
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.numbers import number_said, numbers_said
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, batches_under, procedure_of

LYING = ("waiting", "with_firms", "passed")
COUNTS = ("received", *LYING, "refused", "sent_on", "late")


@dataclass(frozen=True)
class BlockCount:
    """So many cases held up by one thing, and where they are listed."""

    block: Block
    cases: int
    url: str


@dataclass(frozen=True)
class BoardLine:
    """One office on the board: its progress, what holds its cases up, who has not submitted, who urged it.

    `depth` is how many offices stand between it and the asking one; `whole` sums it and all below it.
    """

    row: BoardRow
    blocks: Sequence[BlockCount]
    drafts: int
    returned: int
    urged: ReminderTarget | None
    is_left_alone: bool
    depth: int = 0
    whole: Mapping[str, int] | None = None

    @property
    def unfinished(self) -> int:
        return self.drafts + self.returned


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """One batch at a time: the newest that is under way, unless the address chooses."""
    own = own_office(request)
    batches = batches_of(request, own)
    batch = chosen_batch(request, own, batches)
    words: dict[str, Any] = {"batch": batch, "batches": batches}
    return page(request, "board", words | (_board(request, own, batch) if batch else {}))


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The same as a workbook."""
    own = own_office(request)
    batch = chosen_batch(request, own, batches_of(request, own))
    lines = _board(request, own, batch)["lines"] if batch else []
    return workbook(f"进度-{batch.title if batch else '无批次'}", COLUMNS, lines)


@require_POST
@require_officer
def urge(request: HttpRequest) -> HttpResponse:
    """催办 of the ticked offices."""
    batch = batch_by_id(number_said(request.POST.get("batch")))
    try:
        urged = urge_offices(
            actor=current_actor_of(request),
            batch_id=batch.pk,
            office_ids=numbers_said(request.POST.getlist("office")),
            comment=request.POST.get("comment", ""),
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, told("单位", urged.told, urged.left_alone))
    return HttpResponseRedirect(f"{reverse('office-board')}?{urlencode({'batch': batch.pk})}")


def told(whom: str, count: int, left_alone: int) -> str:
    """What came of urging, in a sentence."""
    rest = f"；另有 {left_alone} 家刚刚催办过，没有重复打扰" if left_alone else ""
    return f"已催办 {count} 家{whom}，消息已发出{rest}。"


def own_office(request: HttpRequest) -> Office:
    """The office that asks."""
    return office_by_id(current_actor_of(request).office_id or 0)


def batches_of(request: HttpRequest, own: Office) -> list[Batch]:
    """The batches of which the office sees a case, and those that firms of its area can apply in now."""
    actor, at = current_actor_of(request), request.arrived_at  # type: ignore[attr-defined]
    seen = list(batches_seen(actor))
    above = office_chain(own).values()
    known = {batch.pk for batch in seen}
    return seen + [one for one in batches_under(above, at=at) if one.opens_at <= at and one.pk not in known]


def batch_asked(request: HttpRequest) -> Batch:
    """The batch that the address or the form names, else `chosen_batch`. Refused("batch_unknown")."""
    named = request.GET.get("batch") or request.POST.get("batch")
    if named:
        return batch_by_id(number_said(named))
    own = own_office(request)
    return chosen_batch(request, own, batches_of(request, own)) or batch_by_id(0)


def chosen_batch(request: HttpRequest, own: Office, batches: Sequence[Batch]) -> Batch | None:
    """The batch that the address names; else the newest that is under way here or below, or the newest."""
    wanted = request.GET.get("batch", "")
    named = next((one for one in batches if str(one.pk) == wanted), None)
    if named is not None or not batches:
        return named
    under_way = batches_under_way(own, [one.pk for one in batches])
    return next((one for one in batches if one.pk in under_way), batches[0])


def offices_of(found: Sequence[Standing], own: Office) -> list[Office]:
    """The offices below with which anything lies, in the order of their codes."""
    lying = {one.office_id for one in found} - {own.pk}
    return list(Office.objects.filter(pk__in=lying).order_by("code"))


def _board(request: HttpRequest, own: Office, batch: Batch) -> dict[str, Any]:
    at: datetime = request.arrived_at  # type: ignore[attr-defined]
    below = list(offices_below(own))
    offices = [own.pk, *(one.pk for one in below)]
    found = standings(batch_id=batch.pk, procedure=procedure_of(batch), offices=offices)
    rows = board_rows(below, batch, found=found, at=at)
    drafts = unfinished_counts(batch_id=batch.pk)
    urged = offices_urged(batch_id=batch.pk, office_ids=offices)
    lines = [_line(row, batch, found, drafts, urged.get(row.office.pk), at) for row in rows]
    return {
        "lines": _arranged(lines, own),
        "own": own,
        "own_blocks": _block_counts(own, batch, found),
        "own_clock": _own_clock(own, batch),
        "all_blocks": _block_counts(None, batch, found),
        "unfinished": sum(sum(counts.values()) for counts in drafts.values()),
        "urged_here": urged.get(own.pk),
        "total": _sums(lines, COUNTS) | {"drafts": sum(line.drafts for line in lines)},
        "to_urge": sum(not line.is_left_alone for line in lines),
    }


def _arranged(lines: Sequence[BoardLine], own: Office) -> list[BoardLine]:
    """Each office directly below with those below it after it, the one with most waiting in all first."""
    by_parent: dict[int | None, list[BoardLine]] = {}
    for line in lines:
        by_parent.setdefault(line.row.office.parent_id, []).append(line)

    def following(line: BoardLine, depth: int) -> list[BoardLine]:
        lower = [one for each in by_parent.get(line.row.office.pk, ()) for one in following(each, depth + 1)]
        return [replace(line, depth=depth, whole=_whole([line, *lower]) if lower else None), *lower]

    groups = [following(line, 0) for line in by_parent.get(own.pk, ())]
    groups.sort(key=lambda group: -sum(line.row.waiting for line in group))
    return [line for group in groups for line in group]


def _whole(lines: Sequence[BoardLine]) -> dict[str, int]:
    """What lies somewhere is in one place only; received and sent on would count a case at every level."""
    return _sums(lines, LYING) | {"drafts": sum(line.drafts for line in lines)}


def _sums(lines: Sequence[BoardLine], names: Sequence[str]) -> dict[str, int]:
    return {name: sum(getattr(line.row, name) for line in lines) for name in names}


def _own_clock(own: Office, batch: Batch) -> Deadline | None:
    """By when the office itself must have finished, if the notice says."""
    stages = [stage for stage in procedure_of(batch).stages if stage.level == own.level]
    return clock_of_stage(batch, stages[0].id) if stages else None


def _line(
    row: BoardRow,
    batch: Batch,
    found: Sequence[Standing],
    drafts: Mapping[int, Mapping[str, int]],
    urged: ReminderTarget | None,
    at: datetime,
) -> BoardLine:
    counts = drafts.get(row.office.pk, {})
    return BoardLine(
        row,
        _block_counts(row.office, batch, found),
        counts.get("drafts", 0),
        counts.get("returned", 0),
        urged,
        is_left_alone(urged, at),
    )


def _block_counts(office: Office | None, batch: Batch, found: Sequence[Standing]) -> list[BlockCount]:
    """What holds up the cases of an office, or of all; a case that lacks two things counts with both."""
    counted: Counter[Block] = Counter()
    for one in found:
        if office is None or one.office_id == office.pk:
            counted.update(dict.fromkeys(one.blocks, one.cases))
    chosen: dict[str, int | str] = {"batch": batch.pk}
    if office is not None:
        chosen["office"] = office.pk
    return [
        BlockCount(
            block, cases, f"{reverse('office-board-cases')}?{urlencode({**chosen, 'block': block.id})}"
        )
        for block, cases in counted.most_common()
    ]


COLUMNS: Sequence[Column[BoardLine]] = (
    Column("单位", lambda line: line.row.office.name, 30),
    Column("收件", lambda line: line.row.received, 8),
    Column("待办", lambda line: line.row.waiting, 8),
    Column("待企业补正", lambda line: line.row.with_firms, 10),
    Column("待行文", lambda line: line.row.passed, 8),
    Column("不予通过", lambda line: line.row.refused, 8),
    Column("已上报", lambda line: line.row.sent_on, 8),
    Column("逾期", lambda line: line.row.late, 8),
    Column("尚未提交", lambda line: line.drafts, 8),
    Column("卡在", lambda line: "；".join(f"{one.block.label} {one.cases}" for one in line.blocks), 40),
    Column("剩余小时", lambda line: line.row.hours_left, 10),
    Column("办结比例（%）", lambda line: line.row.share_done, 12),
)
