"""进度板: how far each lower office is with a batch, and how much time it has."""

from collections.abc import Sequence

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.queries import BoardRow, batches_seen, board
from tidu.offices.queries import office_by_id
from tidu.portals.office.access import page, require_office
from tidu.portals.office.exports import Column, workbook
from tidu.portals.parts.actors import current_actor_of
from tidu.programmes.models import Batch


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """One batch at a time; the newest unless the address chooses."""
    batches = list(batches_seen(current_actor_of(request)))
    batch = _chosen(request, batches)
    rows = _rows(request, batch)
    words = {
        "batch": batch,
        "rows": rows,
        "total": _total(rows),
        "batches": batches,
    }
    return page(request, "board", words)


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The same as a workbook."""
    batch = _chosen(request, list(batches_seen(current_actor_of(request))))
    return workbook(f"进度-{batch.title if batch else '无批次'}", COLUMNS, _rows(request, batch))


def _rows(request: HttpRequest, batch: Batch | None) -> list[BoardRow]:
    if batch is None:
        return []
    own = office_by_id(current_actor_of(request).office_id or 0)
    return board(own, batch, at=request.arrived_at)  # type: ignore[attr-defined]


def _chosen(request: HttpRequest, batches: Sequence[Batch]) -> Batch | None:
    wanted = request.GET.get("batch", "")
    return next((one for one in batches if str(one.pk) == wanted), batches[0] if batches else None)


def _total(rows: Sequence[BoardRow]) -> dict[str, int]:
    names = ("received", "waiting", "with_firms", "passed", "refused", "sent_on", "late")
    return {name: sum(getattr(row, name) for row in rows) for name in names}


COLUMNS: Sequence[Column[BoardRow]] = (
    Column("单位", lambda row: row.office.name, 30),
    Column("收件", lambda row: row.received, 8),
    Column("待办", lambda row: row.waiting, 8),
    Column("待企业补正", lambda row: row.with_firms, 10),
    Column("待行文", lambda row: row.passed, 8),
    Column("不予通过", lambda row: row.refused, 8),
    Column("已上报", lambda row: row.sent_on, 8),
    Column("逾期", lambda row: row.late, 8),
    Column("剩余小时", lambda row: row.hours_left, 10),
    Column("办结比例（%）", lambda row: row.share_done, 12),
)
