"""今日案件: what lies before the expert; first the invitation, and what is to be signed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tidu.applications.opinions import QUESTION_LABELS, Question
from tidu.law.refusals import Refused
from tidu.messages.actions import mark_all_read
from tidu.messages.queries import inbox
from tidu.panels.actions import (
    accept_invitation,
    declare_conflict,
    decline_invitation,
    sign_undertakings,
    stay_away,
)
from tidu.panels.enums import ExpertState, Finding
from tidu.panels.models import Expert, Task
from tidu.panels.queries import expert_of, unsigned
from tidu.panels.queries.tasks import open_tasks
from tidu.panels.queries.work import finished_tasks
from tidu.portals.expert.access import page, require_expert
from tidu.portals.expert.forms import AbsenceForm, ConflictForm, ReasonForm
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of

MOST_REMINDERS, MOST_FINISHED = 10, 100


@require_safe
@require_expert
def show(request: HttpRequest) -> HttpResponse:
    """Whatever the expert has to do next."""
    return _home(request)


@require_POST
@require_expert
def accept(request: HttpRequest) -> HttpResponse:
    """Take part."""
    accept_invitation(actor=current_actor_of(request), at=request.arrived_at)  # type: ignore[attr-defined]
    messages.success(request, "已确认参加，请阅读并签署承诺书。")
    return _back()


@require_POST
@require_expert
def decline(request: HttpRequest) -> HttpResponse:
    """Not take part, with a reason."""
    form = ReasonForm(request.POST)
    return _sent(request, form, "declining", decline_invitation, "已谢绝，感谢答复。")


@require_POST
@require_expert
def sign(request: HttpRequest) -> HttpResponse:
    """Sign the undertakings as they were shown."""
    digests = request.POST.getlist("digests")
    sign_undertakings(actor=current_actor_of(request), digests=digests, at=request.arrived_at)  # type: ignore[attr-defined]
    messages.success(request, "已签署，存入您的存证记录。")
    return _back()


@require_POST
@require_expert
def stay(request: HttpRequest) -> HttpResponse:
    """Take no cases until a day, or again."""
    return _sent(request, AbsenceForm(request.POST), "absence", stay_away, "已登记。")


@require_POST
@require_expert
def declare(request: HttpRequest) -> HttpResponse:
    """Name a firm that the expert must not judge."""
    return _sent(request, ConflictForm(request.POST), "conflict", declare_conflict, "已登记回避。")


@require_POST
@require_expert
def read(request: HttpRequest) -> HttpResponse:
    """All reminders that came by now were read."""
    mark_all_read(actor=current_actor_of(request), at=request.arrived_at)  # type: ignore[attr-defined]
    return _back()


def _sent(
    request: HttpRequest, form: RefusableForm, name: str, action: Callable[..., object], said: str
) -> HttpResponse:
    if form.is_valid():
        at = request.arrived_at  # type: ignore[attr-defined]
        try:
            action(actor=current_actor_of(request), at=at, **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
            return _home(request, status=status_of(refused), **{name: form})
        messages.success(request, said)
        return _back()
    return _home(request, status=422, **{name: form})


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("expert-home"))


def _finished(expert: Expert) -> list[tuple[Task, str]]:
    """What lies before him no more, with what he answered; the case itself he sees no more."""
    found = []
    for task in finished_tasks(expert)[:MOST_FINISHED]:
        answers = task.opinion.answers if hasattr(task, "opinion") else {}
        said = [
            f"{QUESTION_LABELS[one]}：{Finding(answers[one.value]).label}"
            for one in Question
            if one.value in answers
        ]
        found.append((task, "；".join(said)))
    return found


def _home(request: HttpRequest, *, status: int = 200, **forms: RefusableForm) -> HttpResponse:
    actor = current_actor_of(request)
    expert = expert_of(actor)
    asked = unsigned(expert) if expert.state == ExpertState.CONFIRMED else []
    words: dict[str, Any] = {
        "expert": expert,
        "invited": expert.state == ExpertState.INVITED,
        "asked": asked,
        "finished": _finished(expert),
        "reminders": inbox(actor).filter(read_at__isnull=True)[:MOST_REMINDERS],
        "tasks": open_tasks(expert) if expert.state == ExpertState.CONFIRMED and not asked else None,
        "declining": ReasonForm(),
        "conflict": ConflictForm(),
        "absence": AbsenceForm(initial={"until": expert.away_until}),
    }
    return page(request, "home", words | forms, status=status)
