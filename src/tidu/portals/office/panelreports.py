"""What an office and its auditors take from a draw: the record on paper, and how fair it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.panels.drawing import members_of
from tidu.panels.enums import Field
from tidu.panels.models import Draw
from tidu.panels.permissions import may_read_pool
from tidu.panels.queries.draws import draw_of_office, progress_of
from tidu.panels.queries.figures import judged_of, recused_of
from tidu.panels.severity import LEAST_CASES, Severity, severities
from tidu.portals.office.access import page, require_office
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.documents import draw_minutes
from tidu.proof.draw import ExpertFigures, Fairness


@dataclass(frozen=True)
class Row:
    """One expert of the draw: chance and load, how he judged, how often he stepped aside."""

    drawn: ExpertFigures
    field: str
    judged: Severity
    recused: int

    @property
    def hours(self) -> int | None:
        """The median time to an opinion in whole hours; None where no opinion is in."""
        took = self.judged.took
        return None if took is None else round(took / timedelta(hours=1))


@require_safe
@require_office
def paper(request: HttpRequest, draw_id: int) -> HttpResponse:
    """抽取笔录 as a paper for the office's own files: it says who stands behind each pseudonym."""
    draw = _draw(request, draw_id)
    members = members_of(draw).values()
    names = {one.pseudonym: f"{one.expert.name}（{one.expert.number}）" for one in members}
    return draw_minutes(request, draw, names=names)


@require_safe
@require_office
def fairness(request: HttpRequest, draw_id: int) -> HttpResponse:
    """Everybody's chance and load, severity beside his panel, time per case; all under pseudonyms."""
    draw = _draw(request, draw_id)
    fair = progress_of(draw).fair if draw.seed else None
    rows = list(_rows(draw, fair)) if fair else []
    words = {"draw": draw, "fair": fair, "rows": rows, "least_cases": LEAST_CASES}
    return page(request, "panels/fairness", words)


def _rows(draw: Draw, fair: Fairness) -> Iterator[Row]:
    """Those on panels first, then substitutes; the severest of each at the top."""
    judged = severities(judged_of(draw), [one.id for one in fair.experts])
    recused = recused_of(draw)
    rows = [Row(one, Field(one.field).label, judged[one.id], recused[one.id]) for one in fair.experts]
    yield from sorted(rows, key=_order)


def _order(row: Row) -> tuple[bool, bool, float]:
    difference = row.judged.difference
    return row.drawn.panel is None, difference is None, -float(difference or 0)


def _draw(request: HttpRequest, draw_id: int) -> Draw:
    actor = current_actor_of(request)
    may_read_pool(actor).require()
    return draw_of_office(actor, draw_id)
