"""On-site checks still to be made, and samples: drawing one by a draw that anyone can repeat."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tidu.applications.queries import batches_seen
from tidu.applications.routing import levels_of
from tidu.database.scope import Actor
from tidu.inspections.actions import draw_sample
from tidu.inspections.actions.sampling import LONGEST_SEED
from tidu.inspections.permissions import may_draw
from tidu.inspections.queries import (
    drawable_cases,
    members_of,
    planned_inspections,
    pool_of,
    sample_by_id,
    sample_record,
    samples,
)
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id
from tidu.portals.office.access import page, require_office
from tidu.portals.office.exports import Column, workbook
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.moments import write_moment
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, notice_text, procedure_of

PER_PAGE = 30


class DrawForm(RefusableForm):
    """The share to be drawn, and a seed from outside if the office brings one."""

    rate_percent = forms.DecimalField(
        label="抽查比例（%）", max_digits=5, decimal_places=2, min_value=Decimal("0.01")
    )
    seed = forms.CharField(
        label="抽取种子（可不填）",
        required=False,
        max_length=LONGEST_SEED,
        help_text="例如当日公开摇奖的号码。系统在抽取时另加随机部分一并作为种子，结果无法事先推算；种子全文记入记录。",
    )


@require_safe
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """What this office has still to look at, and the samples drawn here and below."""
    actor = current_actor_of(request)
    words = {
        "planned": Paginator(planned_inspections(actor), PER_PAGE).get_page(request.GET.get("page")),
        "samples": list(samples()[:PER_PAGE]),
        "draws": _draws(actor),
    }
    return page(request, "inspections", words)


@require_safe
@require_office
def export(request: HttpRequest) -> FileResponse:
    """What this office has still to look at, as a workbook."""
    planned = planned_inspections(current_actor_of(request))
    return workbook("待核查", COLUMNS, planned.iterator(chunk_size=2000))


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def draw(request: HttpRequest, batch_id: int, stage_id: str) -> HttpResponse:
    """Who would take part; then the draw."""
    batch = batch_by_id(batch_id)
    stage, status = _stage(batch, stage_id), 200
    reading = notice_text(batch.notice).reading("sample_rate_percent")
    form = DrawForm(request.POST or None, initial={"rate_percent": reading.value})
    if request.method == "POST" and form.is_valid():
        try:
            drawn = draw_sample(
                actor=current_actor_of(request),
                batch_id=batch.pk,
                stage=stage.id,
                rate_percent=form.cleaned_data["rate_percent"],
                seed=form.cleaned_data["seed"] or None,
                at=request.arrived_at,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            form.refuse(refused)
            status = status_of(refused)
        else:
            messages.success(request, f"已抽取 {drawn.drawn_count} 家，均列为实地核查对象。")
            return HttpResponseRedirect(reverse("office-sample", args=[drawn.pk]))
    elif request.method == "POST":
        status = 422
    words = _population(request, batch, stage) | {"form": form, "reading": reading}
    return page(request, "draw", words, status=status)


@require_safe
@require_office
def show(request: HttpRequest, sample_id: int) -> HttpResponse:
    """The record of a draw: everything it takes to draw it again."""
    sample = sample_by_id(sample_id)
    return page(
        request, "sample", {"sample": sample, "members": list(members_of(sample)), "stage": _title(sample)}
    )


@require_safe
@require_office
def record(_: HttpRequest, sample_id: int) -> HttpResponse:
    """The frozen record itself, as a file for the public verifier."""
    response = HttpResponse(sample_record(sample_id), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="sample-{sample_id}.json"'
    return response


def _draws(actor: Actor) -> list[tuple[Batch, Stage]]:
    """The stages of this office's level at which the notice has a share of the firms looked at."""
    office = office_by_id(actor.office_id or 0)
    return [
        (batch, stage)
        for batch in batches_seen(actor)
        for stage in procedure_of(batch).stages
        if stage.inspection.mode == "sample" and stage.level in levels_of(office, notice_text(batch.notice))
    ]


def _stage(batch: Batch, stage_id: str) -> Stage:
    stage = next((one for one in procedure_of(batch).stages if one.id == stage_id), None)
    if stage is None or stage.inspection.mode != "sample":
        raise Http404(stage_id)
    return stage


def _title(sample: Any) -> str:
    return procedure_of(sample.batch).stage(sample.stage).title


def _population(request: HttpRequest, batch: Batch, stage: Stage) -> dict[str, Any]:
    actor = current_actor_of(request)
    levels = levels_of(office_by_id(actor.office_id or 0), notice_text(batch.notice))
    found = drawable_cases(
        actor,
        batch_id=batch.pk,
        stage=stage.id,
        pool=pool_of(stage, request.arrived_at),  # type: ignore[attr-defined]
        after_announcement=not stage.inspection.blocks,
    )
    return {"batch": batch, "stage": stage, "population": found, "may_draw": may_draw(actor, stage, levels)}


COLUMNS: Sequence[Column[Any]] = (
    Column("企业名称", lambda one: one.case.firm.name, 34),
    Column("统一社会信用代码", lambda one: one.case.firm.uscc, 22),
    Column("属地", lambda one: one.case.firm.area.name, 14),
    Column("案号", lambda one: one.case.number, 18),
    Column("批次", lambda one: one.case.batch.title, 20),
    Column("来由", lambda one: "抽中" if one.sample_id else "列为核查对象", 12),
    Column("列入时间", lambda one: write_moment(one.planned_at), 18),
)
