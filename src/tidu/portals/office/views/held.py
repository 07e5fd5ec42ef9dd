"""卡点: case by case what holds it up, by the rules that the act itself asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.models import CaseStage
from tidu.applications.queries import Block, Standing, blocked, blocks_of, held_by, standings
from tidu.enterprises.queries import search
from tidu.law.procedures import Procedure
from tidu.offices.models import Office
from tidu.offices.queries import offices_below
from tidu.portals.office.access import page, require_office
from tidu.portals.office.exports import Column, workbook
from tidu.portals.office.views.board import batch_asked, offices_of, own_office
from tidu.portals.parts.moments import write_moment
from tidu.portals.parts.numbers import number_said
from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_of

PER_PAGE = 50


@dataclass(frozen=True)
class HeldCase:
    """One case with everything that it still lacks."""

    stage: CaseStage
    title: str
    blocks: Sequence[Block]


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """Case by case what is still lacking, the nearest deadline first."""
    batch, own, found = _held(request)
    offices = [own, *offices_of(found, own)]
    rows = _paginator(request, batch, found).get_page(request.GET.get("page"))
    procedure = procedure_of(batch)
    words = {
        "batch": batch,
        "page_of_rows": rows,
        "rows": [_held_case(row, procedure) for row in rows],
        "choices": [
            {"name": "office", "label": "单位", "options": [(one.pk, one.name) for one in offices]},
            {"name": "block", "label": "卡在", "options": _block_options(found)},
        ],
    }
    return page(request, "board_cases", words)


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The same list as a workbook."""
    batch, _, found = _held(request)
    procedure = procedure_of(batch)
    rows = (_held_case(row, procedure) for row in _stages(request, batch, found).iterator(chunk_size=2000))
    return workbook(f"卡点-{batch.title}", COLUMNS, rows)


def _held(request: HttpRequest) -> tuple[Batch, Office, list[Standing]]:
    """The batch of the address, the asking office, and how everything stands that lies with it and below."""
    batch, own = batch_asked(request), own_office(request)
    offices = [own.pk, *offices_below(own).values_list("pk", flat=True)]
    return batch, own, standings(batch_id=batch.pk, procedure=procedure_of(batch), offices=offices)


def _stages(request: HttpRequest, batch: Batch, found: Sequence[Standing]) -> QuerySet[CaseStage]:
    rows = blocked(
        batch_id=batch.pk, procedure=procedure_of(batch), found=_meant(request, found), block=_block(request)
    )
    text = _text(request)
    return rows.filter(case__firm__in=search(text).order_by().values("pk")) if text else rows


def _paginator(request: HttpRequest, batch: Batch, found: Sequence[Standing]) -> Paginator[CaseStage]:
    """How many there are is known from how they stand, unless a name is looked for."""
    paginator = Paginator(_stages(request, batch, found), PER_PAGE)
    if not _text(request):
        paginator.count = sum(one.cases for one in held_by(_block(request), _meant(request, found)))
    return paginator


def _meant(request: HttpRequest, found: Sequence[Standing]) -> list[Standing]:
    office = number_said(request.GET.get("office"))
    return [one for one in found if not office or one.office_id == office]


def _block(request: HttpRequest) -> str:
    return request.GET.get("block", "")


def _text(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()


def _held_case(row: CaseStage, procedure: Procedure) -> HeldCase:
    return HeldCase(row, procedure.stage(row.stage).title, blocks_of(row, procedure))


def _block_options(found: Sequence[Standing]) -> list[tuple[str, str]]:
    return list({block.id: (block.id, block.label) for one in found for block in one.blocks}.values())


COLUMNS: Sequence[Column[HeldCase]] = (
    Column("案号", lambda held: held.stage.case.number, 18),
    Column("企业名称", lambda held: held.stage.case.firm.name, 34),
    Column("属地", lambda held: held.stage.case.firm.area.name, 14),
    Column("办理单位", lambda held: held.stage.office.name, 28),
    Column("环节", lambda held: held.title, 18),
    Column("卡在", lambda held: "；".join(block.label for block in held.blocks), 36),
    Column("截止", lambda held: write_moment(held.stage.due_at, "end") if held.stage.due_at else "", 22),
)
