"""Draws of experts (双随机) as everybody may know them: commitments, panels under pseudonyms, records."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.panels.queries.draws import draw_by_token, draws, record_of
from tidu.portals.parts.documents import draw_minutes
from tidu.portals.parts.downloads import saved
from tidu.portals.public.pages import PER_PAGE, page, public


@require_safe
@public
def index(request: HttpRequest) -> HttpResponse:
    """Every draw, the newest first, each with its record."""
    rows = Paginator(draws(), PER_PAGE).get_page(request.GET.get("page"))
    return page(request, "draws", {"rows": rows})


@require_safe
@public
def record(_: HttpRequest, token: str) -> HttpResponse:
    """The record (抽取笔录) as a file; who judged what stands in it once opinions have closed."""
    draw = draw_by_token(token)
    content = json.dumps(record_of(draw), ensure_ascii=False, indent=1).encode()
    return saved(content, f"抽取笔录-{draw.commitment[:12]}.json", "application/json")


@require_safe
@public
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """The record on paper: under pseudonyms, with everything that names the file and how to check it."""
    return draw_minutes(request, draw_by_token(token))
