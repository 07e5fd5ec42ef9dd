"""The firm's applications: the list, opening one, its page, and what may be done with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.applications.actions import copy_case, note_national_platform, open_case, withdraw
from tidu.applications.enums import CaseKind, CaseStatus
from tidu.applications.models import Case
from tidu.applications.permissions import may
from tidu.applications.queries import case_for, firm_cases
from tidu.applications.queries.contents import open_correction, submissions_of
from tidu.law.procedures import Action
from tidu.law.refusals import Refused, sentence
from tidu.portals.enterprise import journey, rounds
from tidu.portals.enterprise.access import arrived_at, firm_of, page, require_firm
from tidu.portals.enterprise.casefiles import case_file, case_way
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.numbers import number_said
from tidu.portals.parts.paperwork import paperwork_of
from tidu.portals.parts.refusals import status_of
from tidu.programmes.queries import batch_by_id, deadline_of, procedure_by_digest
from tidu.titles.queries import title_of_case


@require_safe
@require_firm
def case_list(request: HttpRequest) -> HttpResponse:
    """Every application of the firm, and the doors that stand open."""
    firm, at = firm_of(request), arrived_at(request)
    cases = list(firm_cases(current_actor_of(request)))
    words = {
        "cases": cases,
        "doors": rounds.doors(firm, rounds.batches_for(firm, at), cases, at),
    }
    return page(request, "cases", words)


@require_POST
@require_firm
def begin(request: HttpRequest) -> HttpResponse:
    """Open an application in a batch."""
    firm, at = firm_of(request), arrived_at(request)
    batch = batch_by_id(_number(request, "batch"))
    kind = request.POST.get("kind", CaseKind.NEW)
    if kind not in CaseKind.values:
        raise Refused("batch_unknown", field="kind", value=kind)
    case = open_case(
        actor=current_actor_of(request),
        firm_id=firm.pk,
        batch_id=batch.pk,
        kind=kind,
        at=at,
    )
    return HttpResponseRedirect(reverse("enterprise-case-form-start", args=[case.pk]))


@require_safe
@require_firm
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """Where the case stands, why, what is due, and what happened."""
    return show_case(request, case_for(current_actor_of(request), case_id))


def show_case(request: HttpRequest, case: Case, *, refused: Refused | None = None) -> HttpResponse:
    """The page of a case; with the sentence of a refusal if something was just refused."""
    actor, firm, at = current_actor_of(request), firm_of(request), arrived_at(request)
    procedure = procedure_by_digest(case.procedure_digest)
    file = case_file(case, actor, at)
    ended = journey.may_be_copied(case, at)
    doors = rounds.doors(firm, rounds.batches_for(firm, at), [], at) if ended else []
    words = {
        "case": case,
        "file": file,
        "way": case_way(file, ""),
        "stages": journey.stepper_of(case),
        "steps": journey.timeline_of(case),
        "stage": procedure.stage(case.stage) if case.stage else None,
        "clock": deadline_of(case.batch_id, case.stage) if case.stage else None,
        "correction": open_correction(case) if case.status == CaseStatus.RETURNED else None,
        "submissions": submissions_of(case),
        "paperwork": paperwork_of(case),
        "may_withdraw": bool(may(actor, case, Action.WITHDRAW, procedure)),
        "title": title_of_case(case.number) if case.status == CaseStatus.RECOGNISED else None,
        "copy_doors": [
            d for d in doors if d.kind == case.kind and d.is_open and _elsewhere(d.batch.pk, case)
        ],
        "ended_without_title": ended,
        "is_too_late": rounds.is_too_late(case, at),
        "refused": sentence(refused) if refused else "",
    }
    return page(request, "case", words, status=status_of(refused) if refused else 200)


def _elsewhere(batch_id: int, case: Case) -> bool:
    """The batch of a refused case takes it no more; one that was withdrawn may be taken up again."""
    return batch_id != case.batch_id or case.status == CaseStatus.WITHDRAWN


@require_POST
@require_firm
def take_back(request: HttpRequest, case_id: int) -> HttpResponse:
    """Withdraw, until the title is announced."""
    actor = current_actor_of(request)
    case = case_for(actor, case_id)
    try:
        withdraw(
            actor=actor,
            case_id=case.pk,
            expected_version=_number(request, "version"),
            reason=request.POST.get("reason", "").strip(),
            at=arrived_at(request),
        )
    except Refused as refused:
        return show_case(request, case_for(actor, case_id), refused=refused)
    messages.success(request, f"申报 {case.number} 已撤回。")
    return HttpResponseRedirect(reverse("enterprise-case", args=[case_id]))


@require_POST
@require_firm
def copy(request: HttpRequest, case_id: int) -> HttpResponse:
    """Carry everything over into a later batch; the old case stays as it was."""
    actor = current_actor_of(request)
    case = case_for(actor, case_id)
    try:
        new = copy_case(
            actor=actor, case_id=case.pk, batch_id=_number(request, "batch"), at=arrived_at(request)
        )
    except Refused as refused:
        return show_case(request, case_for(actor, case_id), refused=refused)
    messages.success(request, f"已带入 {case.number} 的全部内容和材料，请核对后提交。")
    return HttpResponseRedirect(reverse("enterprise-case-form-start", args=[new.pk]))


@require_POST
@require_firm
def national(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep what the national platform says of this application."""
    actor = current_actor_of(request)
    case = case_for(actor, case_id)
    note_national_platform(
        actor=actor,
        case_id=case.pk,
        status=request.POST.get("status", ""),
        receipt=request.POST.get("receipt", ""),
        at=arrived_at(request),
    )
    messages.success(request, "国家平台状态已登记。")
    return HttpResponseRedirect(reverse("enterprise-case", args=[case_id]) + "#national")


def _number(request: HttpRequest, name: str) -> int:
    """A number from the form; 0, which is nobody's, for anything else."""
    return number_said(request.POST.get(name))
