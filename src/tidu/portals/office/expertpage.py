"""One expert of the pool as his office sees him: his work, notes on it, firms that he is kept from (回避)."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from tidu.law.refusals import Refused
from tidu.panels.actions import name_conflict, note_conduct
from tidu.panels.models import Expert
from tidu.panels.permissions import may_read_pool
from tidu.panels.queries import expert_for
from tidu.panels.queries.work import conflicts_of, notes_on, work_of
from tidu.portals.office.access import page, require_office
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of


class NoteForm(RefusableForm):
    """How an expert did his work."""

    names: ClassVar[dict[str, str]] = {"reason": "text"}
    text = forms.CharField(
        label="履职情况",
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text="写事实和依据，如“3 件逾期，经两次提醒”；专家本人看不到。",
    )


class NamedConflictForm(RefusableForm):
    """A firm from which the office keeps an expert."""

    uscc = forms.CharField(label="企业统一社会信用代码", max_length=40)
    reason = forms.CharField(label="回避理由", max_length=200, widget=forms.Textarea({"rows": 2}))


ACTS: dict[str, tuple[type[RefusableForm], Any, str]] = {
    "note": (NoteForm, note_conduct, "已记入履职记录。"),
    "conflict": (NamedConflictForm, name_conflict, "已登记回避，以后不再把该企业的案件派给这位专家。"),
}
"""What the page's forms ask for: the form, the act, what is said once it is done."""


@require_http_methods(["GET", "HEAD", "POST"])
@require_office
def show(request: HttpRequest, expert_id: int) -> HttpResponse:
    """The page, or what one of its forms asks for and then the page again."""
    actor = current_actor_of(request)
    may_read_pool(actor).require()
    expert = expert_for(actor, expert_id)
    if request.method != "POST":
        return _show(request, expert)
    name = request.POST.get("do", "")
    if name not in ACTS:
        return _show(request, expert, status=422)
    kind, act, said = ACTS[name]
    form = kind(request.POST)
    if not form.is_valid():
        return _show(request, expert, status=422, **{name: form})
    try:
        act(actor=actor, expert_id=expert.pk, at=request.arrived_at, **form.cleaned_data)  # type: ignore[attr-defined]
    except Refused as refused:
        form.refuse(refused)
        return _show(request, expert, status=status_of(refused), **{name: form})
    messages.success(request, said)
    return HttpResponseRedirect(request.path)


def _show(request: HttpRequest, expert: Expert, *, status: int = 200, **given: RefusableForm) -> HttpResponse:
    words = {
        "expert": expert,
        "work": work_of(expert),
        "notes": notes_on(expert),
        "conflicts": conflicts_of(expert),
        **{name: kind() for name, (kind, _, _) in ACTS.items()},
        **given,
    }
    return page(request, "experts/one", words, status=status)
