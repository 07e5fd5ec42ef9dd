"""The specimen (样张): every part, and whole pages with invented figures."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tidu.portals.parts import samples

PAGES = {
    "parts": "组件",
    "ladder": "企业首页",
    "form": "填报",
    "submit": "提交",
    "case": "审核",
    "queue": "待办",
    "publicity": "公示名单",
    "notice": "通知",
    "titles": "称号查询",
}


def specimen(request: HttpRequest, name: str = "parts") -> HttpResponse:
    """One page of the specimen; all of them share one set of figures."""
    if name not in PAGES:
        raise Http404(name)
    return render(request, f"parts/specimen/{name}.html", _figures(name))


def _figures(name: str) -> dict[str, Any]:
    now = timezone.now()
    rows = samples.queue(now)
    return {
        "name": name,
        "pages": PAGES,
        "firm": samples.FIRM,
        "verdict": samples.verdict(),
        "papers": samples.PAPERS,
        "fields": samples.FIELDS,
        "sections": samples.SECTIONS,
        "steps": samples.timeline(now),
        "stages": samples.STAGES,
        "rows": rows,
        "page_of_rows": Paginator(range(318), 20).get_page(7),
        "deadlines": [now + timedelta(hours=hours) for hours in (-30, 2, 61, 140, 700)],
        "options": [
            {"name": "district", "label": "区县", "options": [("a", "示例甲区"), ("b", "示例乙区")]},
            {"name": "state", "label": "状态", "options": [("open", "待审核"), ("back", "待企业补正")]},
        ],
    }
