"""Who acts for the firm: colleagues come with a one-time password, shown once, and go at once."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tidu.enterprises.actions import NewMember, add_member, change_role, remove_member, renew_password
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.permissions import may_manage_members
from tidu.enterprises.queries import member_of
from tidu.enterprises.queries import members as members_of
from tidu.law.refusals import Refused
from tidu.portals.enterprise.access import arrived_at, firm_of, page, require_firm
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.factors import has_factor
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import status_of


class ColleagueForm(RefusableForm):
    """A colleague to be added; the rules stand in the action."""

    name = forms.CharField(label="姓名或岗位", max_length=60)
    username = forms.CharField(
        label="登录名", max_length=60, help_text="3 个以上小写字母、数字，首位不能是符号。"
    )
    role = forms.ChoiceField(label="角色", choices=MemberRole.choices, initial=MemberRole.EDITOR)
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    is_employee = forms.BooleanField(label="是本企业职工", required=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@require_firm
def members(request: HttpRequest) -> HttpResponse:
    """The list, and adding a colleague."""
    form = ColleagueForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _list(request, form, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    colleague = NewMember(
        username=said["username"],
        name=said["name"],
        role=MemberRole(said["role"]),
        phone=said["phone"],
        is_employee=said["is_employee"],
    )
    try:
        member, password = add_member(
            actor=current_actor_of(request),
            firm=firm_of(request),
            colleague=colleague,
            at=arrived_at(request),
        )
    except Refused as refused:
        form.refuse(refused)
        return _list(request, form, status=status_of(refused))
    return _list(request, ColleagueForm(), shown=(member.account.username, password))


def _list(
    request: HttpRequest, form: ColleagueForm, *, status: int = 200, shown: tuple[str, str] | None = None
) -> HttpResponse:
    firm = firm_of(request)
    words = {
        "form": form,
        "members": members_of(firm).annotate(has_factor=has_factor("account")),
        "roles": [(role.value, role.label.partition("（")[0]) for role in MemberRole],
        "may_manage": bool(may_manage_members(current_actor_of(request), firm)),
        "shown": shown,
    }
    return page(request, "members", words, status=status)


@never_cache
@require_POST
@require_firm
def change(request: HttpRequest, member_id: int) -> HttpResponse:
    """Another role, a new one-time password, or leave."""
    actor, at = current_actor_of(request), arrived_at(request)
    member = member_of(firm_of(request), member_id)
    match request.POST.get("do"):
        case "renew" | "renew-without-factor" as how:
            password = renew_password(actor=actor, member=member, at=at, drop_factor=how != "renew")
            return _list(request, ColleagueForm(), shown=(member.account.username, password))
        case "remove":
            remove_member(actor=actor, member=member, at=at)
            messages.success(request, f"{member.name or member.account} 已不再代表本企业。")
        case role if role in MemberRole.values:
            change_role(actor=actor, member=member, role=MemberRole(role), at=at)
            messages.success(
                request, f"{member.name or member.account} 的角色已改为{MemberRole(role).label}。"
            )
    return HttpResponseRedirect(reverse("enterprise-members"))
