"""抽取与评审, the list: an office's draws, and the form to freeze a pool where a draw makes sense."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tidu.applications.queries import batches_seen
from tidu.applications.routing import levels_of
from tidu.database.scope import Actor
from tidu.law.notices import panel_terms
from tidu.law.procedures import Stage
from tidu.law.procedures.moves import Kind
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id
from tidu.panels.actions import freeze_draw
from tidu.panels.enums import CURRENT
from tidu.panels.models import Draw
from tidu.panels.permissions import may_read_pool
from tidu.panels.queries.draws import differing_cases, draws_by_stage, office_draws
from tidu.portals.office.access import page, require_office
from tidu.portals.office.drawforms import FreezeForm, number_in
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusals import status_of
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, notice_text, procedure_of

MOST_BATCHES = 50


@dataclass(frozen=True)
class Place:
    """A stage of a batch at which experts judge for the office, with its newest draw."""

    batch: Batch
    stage: Stage
    draw: Draw | None
    has_cases: bool

    @property
    def is_fresh(self) -> bool:
        """Nothing has been drawn for it yet."""
        return self.draw is None

    @property
    def is_offered(self) -> bool:
        """Whether a pool may be frozen for it: not while cases are with the panels of a draw."""
        return not (self.has_cases and self.draw is not None and self.draw.state in CURRENT)

    @property
    def choice(self) -> tuple[str, str]:
        """What the form sends, and what it shows: also the most days that the notice gives experts."""
        terms = panel_terms(notice_text(self.batch.notice))
        unit = "个工作日" if terms.counting == "working" else "日"
        again = "" if self.is_fresh else "（再次抽取）"
        kind = self.batch.notice.get_title_kind_display()
        shown = f"{kind}　{self.batch.title}　{self.stage.title}{again}，意见至多 {terms.days} {unit}"
        return f"{self.batch.pk}:{self.stage.id}", shown


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def index(request: HttpRequest) -> HttpResponse:
    """Every draw of this office, and a form to freeze the next one; folded where all stages have theirs."""
    actor = current_actor_of(request)
    may_read_pool(actor).require()
    form, status = FreezeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                draw = _freeze(request, form)
            except Refused as refused:
                form.refuse(refused)
                status = status_of(refused)
            else:
                messages.success(request, "已冻结专家库并公布承诺值。")
                return HttpResponseRedirect(reverse("office-panel", args=[draw.pk]))
    places = sorted(_places(actor), key=lambda place: not place.is_fresh)
    offered = [place for place in places if place.is_offered]
    form.offer(place.choice for place in offered)
    differing = {one.draw_id: one.cases for one in differing_cases(actor)}
    words = {
        "draws": [(draw, differing.get(draw.pk, 0)) for draw in office_draws(actor)],
        "places": places,
        "offered": offered,
        "is_open": status != 200 or any(place.is_fresh for place in places),
        "form": form,
    }
    return page(request, "panels/list", words, status=status)


def _freeze(request: HttpRequest, form: FreezeForm) -> Draw:
    batch_id, _, stage = form.cleaned_data["where"].partition(":")
    batch = batch_by_id(number_in(batch_id))
    before = office_draws(current_actor_of(request)).filter(batch=batch, stage=stage, state__in=CURRENT)
    replaced = before.values_list("pk", flat=True).first() if form.cleaned_data["reason"].strip() else None
    at = request.arrived_at  # type: ignore[attr-defined]
    return freeze_draw(
        actor=current_actor_of(request), batch_id=batch.pk, stage=stage, plan=form.plan(replaced), at=at
    )


def _places(actor: Actor) -> Iterator[Place]:
    """Where experts judge for this office, in the batches of which it sees a case."""
    office, drawn = office_by_id(actor.office_id or 0), draws_by_stage(actor)
    for batch in batches_seen(actor)[:MOST_BATCHES]:
        for stage in procedure_of(batch).stages:
            if stage.kind is Kind.PANEL and stage.level in levels_of(office, notice_text(batch.notice)):
                draw, has_cases = drawn.get((batch.pk, stage.id), (None, False))
                yield Place(batch, stage, draw, has_cases)
