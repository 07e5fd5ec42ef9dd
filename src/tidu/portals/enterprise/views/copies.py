"""What can be read again: what was submitted then, and the form in order for retyping elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.applications.queries import case_for
from tidu.applications.queries.contents import submitted_body
from tidu.law.facts import Facts
from tidu.portals.enterprise.access import arrived_at, page, require_firm
from tidu.portals.enterprise.casefiles import case_file
from tidu.portals.enterprise.sheets import sheet_of
from tidu.portals.parts.actors import current_actor_of
from tidu.programmes.queries import notice_by_digest, standard_by_digest


@require_safe
@require_firm
def snapshot(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """当时提交的内容: the frozen body, with the verdict as it was then."""
    case = case_for(current_actor_of(request), case_id)
    found, body = submitted_body(case, number)
    standard = standard_by_digest(body["standard"]["digest"])
    titles = {item.id: item.title for item in notice_by_digest(body["notice"]).evidence}
    words = {
        "case": case,
        "snapshot": found,
        "sheet": sheet_of(standard, Facts.from_json(body["facts"], standard.vocabulary)),
        "papers": [{**one, "title": titles.get(one["item"], one["item"])} for one in body["evidence"]],
        "verdict": body["verdict"],
    }
    return page(request, "snapshot", words)


@require_safe
@require_firm
def retype(request: HttpRequest, case_id: int) -> HttpResponse:
    """对照单: the form as it stands, in order, each value with a button that copies it."""
    actor = current_actor_of(request)
    file = case_file(case_for(actor, case_id), actor, arrived_at(request))
    words = {"case": file.case, "file": file, "sheet": sheet_of(file.filled.standard, file.facts)}
    return page(request, "retype", words)
