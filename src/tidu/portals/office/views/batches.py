"""Batches: where each stands on the office's way, with its letters, lists and announcements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.models import Letter
from tidu.applications.queries import batch_totals, batches_seen, letters_of, piles
from tidu.database.scope import Actor
from tidu.documents.sendings import Sending, papers_made
from tidu.files.downloads import attachment
from tidu.law.notices import Deadline, Paper
from tidu.law.procedures import Stage, status_label
from tidu.law.procedures.moves import Kind, Status
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id
from tidu.portals.office.access import page, require_office
from tidu.portals.office.addresses import stage_url
from tidu.portals.office.clocks import MODES, clock_of_stage
from tidu.portals.office.exports import Column, workbook
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.moments import write_moment
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, notice_text, procedure_of
from tidu.publicity.queries import announcements, public_lists


@dataclass(frozen=True)
class StageLine:
    """One stage of a batch: whose it is, what lies there with this office, by when."""

    stage: Stage
    level: str
    is_own: bool
    here: list[tuple[str, int]]
    clock: Deadline | None
    url: str

    @property
    def mode(self) -> str:
        return MODES[self.clock.mode] if self.clock else ""


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """Every batch of which the office sees a case."""
    return page(request, "batches", {"batches": _counted(current_actor_of(request))})


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """The same list as a workbook."""
    return workbook("批次", COLUMNS, _counted(current_actor_of(request)))


def _counted(actor: Actor) -> list[dict[str, Any]]:
    batches = list(batches_seen(actor))
    totals = batch_totals(actor, [batch.pk for batch in batches])
    return [{"batch": batch, **totals.get(batch.pk, {})} for batch in batches]


@require_safe
@require_office
def show(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch, stage by stage."""
    actor, batch = current_actor_of(request), batch_by_id(batch_id)
    own = office_by_id(actor.office_id or 0)
    words: dict[str, Any] = {
        "batch": batch,
        "own": own,
        "lines": _lines(request, batch, own.level),
        "totals": batch_totals(actor, [batch.pk]).get(batch.pk, {}),
        "letters": [(letter, _along(letter, batch)) for letter in letters_of(batch_id=batch.pk)],
        "lists": list(public_lists().filter(batch_id=batch.pk)),
        "announcements": list(announcements().filter(batch_id=batch.pk)),
        "readings": [one for one in notice_text(batch.notice).readings if one.editable],
    }
    return page(request, "batch", words)


@require_safe
@require_office
def letter_scan(_: HttpRequest, batch_id: int, letter_id: int) -> FileResponse:
    """The scan of a letter, to be saved."""
    letter = letters_of(batch_id=batch_id).filter(pk=letter_id).first()
    if letter is None or letter.scan is None:
        raise Refused("letter_unknown")
    return attachment(letter.scan, name=f"{letter.number}.{letter.scan.kind}")


def _along(letter: Letter, batch: Batch) -> list[Paper]:
    """The tables that the notice asks for with a letter; its cases do not matter here."""
    letter.batch = batch
    return papers_made(Sending.of(letter, []))


def _lines(request: HttpRequest, batch: Batch, level: str) -> list[StageLine]:
    procedure = procedure_of(batch)
    here: dict[str, list[tuple[str, int]]] = {}
    for pile in piles(current_actor_of(request)):
        if pile.batch_id == batch.pk:
            words = status_label(Status(pile.status), Kind(pile.stage_kind))
            here.setdefault(pile.stage, []).append((words, pile.cases))
    return [
        StageLine(
            stage=stage,
            level=procedure.level(stage.level).title,
            is_own=stage.level == level,
            here=here.get(stage.id, []),
            clock=clock_of_stage(batch, stage.id),
            url=stage_url(batch, stage),
        )
        for stage in procedure.stages
    ]


COLUMNS: Sequence[Column[dict[str, Any]]] = (
    Column("批次", lambda row: row["batch"].title, 24),
    Column("通知", lambda row: row["batch"].notice.title, 50),
    Column("申报开始", lambda row: write_moment(row["batch"].opens_at), 18),
    Column("申报截止", lambda row: write_moment(row["batch"].closes_at, "end"), 22),
    Column("可见", lambda row: row.get("seen", 0), 8),
    Column("在本单位", lambda row: row.get("here", 0), 10),
    Column("已公告", lambda row: row.get("recognised", 0), 8),
    Column("不予通过", lambda row: row.get("refused", 0), 10),
)
