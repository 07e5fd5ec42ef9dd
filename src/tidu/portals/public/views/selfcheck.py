"""The self-check: whoever wants to know where a firm stands types its figures and is told. Nothing is kept.

What is typed comes in the body of a POST, so that it is in no address and no log; it is judged in memory
and sent back in the page. No account, no session, no row.
"""

import io
import json
from datetime import date

from allauth.decorators import rate_limit
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tidu.documents.firm_sheets import write_firm
from tidu.law.calendars import legal_day
from tidu.law.checks import check as contradictions
from tidu.law.standards import Standard, Verdict, load, standard_ids
from tidu.portals.parts.downloads import saved
from tidu.portals.public.pages import arrived_at, page, public
from tidu.portals.public.selfcheck.form import form_of
from tidu.portals.public.selfcheck.reading import Read, Typed, read
from tidu.portals.public.standards.catalogue import tiers
from tidu.programmes.queries import unclosed_batches

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DISCLAIMER = "自测结果不具任何效力，以主管部门的审核认定为准。"


@require_safe
@public
def choose(request: HttpRequest) -> HttpResponse:
    """Which standard to check against; the rounds that name it stand beside it."""
    return page(request, "check", {"tiers": tiers(unclosed_batches(arrived_at(request)))})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@rate_limit(action="self_check")  # type: ignore[untyped-decorator]
@public
def check(request: HttpRequest, standard: str) -> HttpResponse:
    """The form; what comes of it is the form again with the verdict beside it, or a file of both."""
    if standard not in standard_ids():
        raise Http404(standard)
    found, at = load(standard), arrived_at(request)
    today = legal_day(at)
    typed = Typed(request.POST.dict())
    told = read(found, typed, year=_last_year(today), today=today)
    words = {"standard": found, "year": told.facts.year, "today": today, "disclaimer": DISCLAIMER}
    if request.method != "POST":
        return page(request, "check_form", words | {"parts": form_of(found, typed, told)})
    verdict = found.judge(told.facts)
    if form := typed.text("save"):
        return _file(found, told, verdict, form)
    grows = typed.text("more")
    parts = form_of(found, typed, told, contradictions(told.facts, at), grows=grows)
    words |= {"parts": parts, "wrong": len(told.errors)}
    return page(request, "check_form", words if grows else words | {"verdict": verdict.as_json()})


def _last_year(today: date) -> int:
    """上年 for somebody who asks today."""
    return today.year - 1


def _file(standard: Standard, told: Read, verdict: Verdict, form: str) -> HttpResponse:
    """The figures and the verdict as a file that `./tidu check` reads again."""
    name = f"自测-{standard.id}"
    if form == "json":
        body = told.facts.to_json() | {"note": DISCLAIMER, "verdict": verdict.as_json()}
        return saved(
            json.dumps(body, ensure_ascii=False, indent=1).encode(), f"{name}.json", "application/json"
        )
    if form != "xlsx":
        raise Http404(form)
    target = io.BytesIO()
    said = [f"{standard.title}（{standard.id}）", DISCLAIMER, "", *verdict.sentences()]
    write_firm(target, standard, told.facts, said)
    return saved(target.getvalue(), f"{name}.xlsx", WORKBOOK)
