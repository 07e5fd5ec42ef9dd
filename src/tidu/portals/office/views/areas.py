"""各地件数: how far each area below the office is with a batch, by counts alone.

An office at the top sees no case before it is sent up; how many there are, where and how far, it sees always.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.queries.areas import AreaProgress, areas_below, batches_in_areas
from tidu.applications.routing import levels_of
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.offices.queries import office_by_id, offices_below
from tidu.portals.office.access import page, require_office
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.numbers import number_said
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text, procedure_of

COUNTS = tuple(one.name for one in fields(AreaProgress) if one.type is int)


@require_safe
@require_office
def show(request: HttpRequest) -> HttpResponse:
    """One batch at a time, one that the office decides in unless the address chooses; `office` goes down."""
    own = office_by_id(current_actor_of(request).office_id or 0)
    batches = list(batches_in_areas())
    wanted = request.GET.get("batch", "")
    batch = next((one for one in batches if str(one.pk) == wanted), None) or _own_first(own, batches)
    shown = _office(request, own)
    rows = areas_below(shown, batch) if batch else []
    words: dict[str, Any] = {
        "batches": batches,
        "batch": batch,
        "shown": shown,
        "own": own,
        "rows": rows,
        "total": {name: sum(getattr(row, name) for row in rows) for name in COUNTS},
    }
    return page(request, "areas", words)


def _own_first(own: Office, batches: Sequence[Batch]) -> Batch | None:
    """The newest batch that comes up to the office's own level; the newest of all if none does."""
    for batch in batches:
        levels = levels_of(own, notice_text(batch.notice))
        if any(stage.level in levels for stage in procedure_of(batch).stages):
            return batch
    return next(iter(batches), None)


def _office(request: HttpRequest, own: Office) -> Office:
    """The office whose areas are shown: one's own, or one below it. Refused("office_unknown")."""
    wanted = number_said(request.GET.get("office"))
    if not wanted or wanted == own.pk:
        return own
    found = offices_below(own).filter(pk=wanted).first()
    if found is None:
        raise Refused("office_unknown", field="office", value=wanted)
    return found
