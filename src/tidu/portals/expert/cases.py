"""One case before an expert: what the firm says, its papers, his own opinion, and nothing of the others."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.applications.contents import Submitted, notice_of
from tidu.applications.models import Case, EvidenceItem
from tidu.applications.queries import case_for
from tidu.applications.queries.contents import paper_of
from tidu.files.downloads import attachment
from tidu.law.refusals import Refused
from tidu.panels.actions import recuse, submit_opinion
from tidu.panels.models import Task
from tidu.panels.queries import expert_of
from tidu.panels.queries.tasks import asked_for, task_for
from tidu.portals.expert.access import page, require_signed
from tidu.portals.expert.forms import OpinionForm, ReasonForm
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.fields import Evidence
from tidu.portals.parts.papers import Sheet, page_asked, pictured
from tidu.portals.parts.refusals import status_of


@require_safe
@require_signed
def show(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case, whole."""
    return _case(request, _task(request, case_id))


@require_POST
@require_signed
def answer(request: HttpRequest, case_id: int) -> HttpResponse:
    """Hand in the opinion, once and for good."""
    task = _task(request, case_id)
    papers = Submitted(task.case, at=request.arrived_at).papers  # type: ignore[attr-defined]
    form = _form(task, papers, request.POST)
    if not form.is_valid():
        return _case(request, task, opinion=form, status=422)
    try:
        submit_opinion(
            actor=current_actor_of(request),
            case_id=case_id,
            text=form.text,
            at=request.arrived_at,  # type: ignore[attr-defined]
        )
    except Refused as refused:
        form.refuse(refused)
        return _case(request, task, opinion=form, status=status_of(refused))
    messages.success(request, "意见已提交。全组齐备之前，任何人都看不到。")
    return HttpResponseRedirect(reverse("expert-home"))


@require_POST
@require_signed
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Declare a conflict with the case: it goes to another panel."""
    task, form = _task(request, case_id), ReasonForm(request.POST)
    if not form.is_valid():
        return _case(request, task, recusal=form, status=422)
    reason, at = form.cleaned_data["reason"], request.arrived_at  # type: ignore[attr-defined]
    recuse(actor=current_actor_of(request), case_id=case_id, reason=reason, at=at)
    messages.success(request, "已登记回避，案件已改派，您不再看到这件案件。")
    return HttpResponseRedirect(reverse("expert-home"))


@require_safe
@require_signed
def paper(request: HttpRequest, case_id: int, evidence_id: int) -> HttpResponse:
    """A paper, page by page; the viewer of the case page takes its part of it."""
    case = _task(request, case_id).case
    item = paper_of(case, evidence_id)
    sheet = _sheet(case, item, page_asked(request, item.file.pages))
    return page(request, "paper", {"case": case, "sheet": sheet})


@require_safe
@require_signed
def picture(request: HttpRequest, case_id: int, evidence_id: int) -> FileResponse:
    """The picture of one page."""
    return pictured(request, paper_of(_task(request, case_id).case, evidence_id).file)


@require_safe
@require_signed
def original(request: HttpRequest, case_id: int, evidence_id: int) -> FileResponse:
    """The paper as it was uploaded."""
    item = paper_of(_task(request, case_id).case, evidence_id)
    return attachment(item.file, name=item.name)


def _task(request: HttpRequest, case_id: int) -> Task:
    return task_for(expert_of(current_actor_of(request)), case_id)


def _form(task: Task, papers: Sequence[EvidenceItem], said: Any = None) -> OpinionForm:
    return OpinionForm(said, asked=asked_for(task, papers))


def _case(
    request: HttpRequest,
    task: Task,
    *,
    opinion: OpinionForm | None = None,
    recusal: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    case = case_for(current_actor_of(request), task.case_id)
    contents = Submitted(case, at=request.arrived_at)  # type: ignore[attr-defined]
    papers = contents.papers
    by_item: dict[str, list[Evidence]] = {}
    for one in papers:
        address = reverse("expert-paper", args=[case.pk, one.pk])
        by_item.setdefault(one.item, []).append(Evidence(one.name, address))
    words = {
        "task": task,
        "case": case,
        "verdict": contents.verdict.as_json(),
        "papers": by_item,
        "groups": [(one.title, by_item[one.id]) for one in notice_of(case).evidence if one.id in by_item],
        "sheet": _sheet(case, papers[0], 1) if papers else None,
        "opinion": None if task.answered_at else opinion or _form(task, papers),
        "recusal": recusal or ReasonForm(),
    }
    return page(request, "case", words, status=status)


def _sheet(case: Case, item: EvidenceItem, number: int) -> Sheet:
    at = [case.pk, item.pk]
    return Sheet(
        title=item.name,
        file=item.file,
        page=number,
        viewer=reverse("expert-paper", args=at),
        pictures=reverse("expert-paper-picture", args=at),
        original=reverse("expert-paper-original", args=at),
    )
