"""The accounts of an office and of every office below it: open, close, renew the password.

`accounts_urls` is what the office's portal includes under `accounts/`.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tidu.enterprises.actions import renew_owner_password
from tidu.law.refusals import Refused
from tidu.offices.actions import close_post, open_account, open_post, renew_password
from tidu.offices.enums import Role
from tidu.offices.models import Office, Post
from tidu.offices.permissions import may_administer
from tidu.offices.queries import (
    office_by_id,
    offices_administered_by,
    offices_without_administrator,
    post_below,
    posts_below,
)
from tidu.portals.office.access import page
from tidu.portals.parts.actors import current_actor_of, desk
from tidu.portals.parts.factors import has_factor
from tidu.portals.parts.refusable import RefusableForm
from tidu.portals.parts.refusals import refusal

PER_PAGE = 50
STATES = (("open", "在用"), ("closed", "已停用"))

View = Callable[..., HttpResponseBase]


class AccountForm(RefusableForm):
    """A new account with its first post."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label="单位", to_field_name="code", empty_label=None
    )
    role = forms.ChoiceField(label="岗位", choices=Role.choices)
    name = forms.CharField(label="岗位称呼", max_length=60, help_text="如“企业科经办”，不必填写姓名。")
    username = forms.CharField(label="登录名", max_length=60, help_text="3 至 60 个小写字母、数字或 . _ - 。")

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Office]", self.fields["office"]).queryset = offices


class OwnerForm(RefusableForm):
    """The owner of a firm who forgot the password and whom no colleague can help."""

    uscc = forms.CharField(label="统一社会信用代码", max_length=40)
    username = forms.CharField(label="负责人的登录名", max_length=60)
    drop_factor = forms.BooleanField(label="手机或验证器遗失，同时解除两步验证", required=False)


def require_administrator(view: View) -> View:
    """For those who administer accounts; what is refused becomes a page of its own."""

    @never_cache
    @desk("office")
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            own = office_by_id(current_actor_of(request).office_id or 0)
            may_administer(current_actor_of(request), own).require()
            return view(request, own, *args, **kwargs)
        except Refused as refused:
            return refusal(request, refused)

    return entered


@require_safe
@require_administrator
def accounts(request: HttpRequest, own: Office) -> HttpResponse:
    """Every post of the office and below, with a form for a new account."""
    return _list(request, own)


@require_POST
@require_administrator
def open_(request: HttpRequest, own: Office) -> HttpResponse:
    """Open an account; its one-time password is shown once."""
    form = AccountForm(request.POST, offices=offices_administered_by(own))
    if form.is_valid():
        said = form.cleaned_data
        try:
            account, password = open_account(
                actor=current_actor_of(request),
                office=said["office"],
                username=said["username"],
                name=said["name"],
                role=Role(said["role"]),
                at=request.arrived_at,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return _password(request, account.username, password)
    return _list(request, own, account_form=form, status=422)


@require_POST
@require_administrator
def close(request: HttpRequest, own: Office, post_id: int) -> HttpResponse:
    """Close a post; its history stays."""
    close_post(actor=current_actor_of(request), post=post_below(own, post_id), at=request.arrived_at)  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse("office-accounts"))


@require_POST
@require_administrator
def reopen(request: HttpRequest, own: Office, post_id: int) -> HttpResponse:
    """Open a closed post again, as a new one."""
    closed = post_below(own, post_id)
    open_post(
        actor=current_actor_of(request),
        office=closed.office,
        account=closed.account,
        role=Role(closed.role),
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    return HttpResponseRedirect(reverse("office-accounts"))


@require_POST
@require_administrator
def renew(request: HttpRequest, own: Office, post_id: int) -> HttpResponse:
    """A new one-time password for whoever holds the post."""
    post = post_below(own, post_id)
    password = renew_password(
        actor=current_actor_of(request),
        office=post.office,
        account=post.account,
        at=request.arrived_at,  # type: ignore[attr-defined]
        drop_factor=request.POST.get("factor") == "drop",
    )
    return _password(request, post.account.username, password)


@require_POST
@require_administrator
def renew_owner(request: HttpRequest, own: Office) -> HttpResponse:
    """A new one-time password for the owner of a firm of the office's areas."""
    form = OwnerForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            password = renew_owner_password(
                actor=current_actor_of(request),
                uscc=said["uscc"],
                username=said["username"],
                at=request.arrived_at,  # type: ignore[attr-defined]
                drop_factor=said["drop_factor"],
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            return _password(request, said["username"], password)
    return _list(request, own, owner_form=form, status=422)


def _list(
    request: HttpRequest,
    own: Office,
    *,
    account_form: AccountForm | None = None,
    owner_form: OwnerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    offices = offices_administered_by(own)
    words = {
        "own": own,
        "posts": Paginator(_found(request, own), PER_PAGE).get_page(request.GET.get("page")),
        "without_administrator": offices_without_administrator(own),
        "choices": [
            {
                "name": "office",
                "label": "单位",
                "options": [(office.code, office.name) for office in offices],
            },
            {"name": "role", "label": "岗位", "options": Role.choices},
            {"name": "state", "label": "状态", "options": STATES},
        ],
        "account_form": account_form or AccountForm(offices=offices),
        "owner_form": owner_form or OwnerForm(auto_id="owner-%s"),
    }
    return page(request, "accounts/list", words, status=status)


def _found(request: HttpRequest, own: Office) -> QuerySet[Post]:
    """The posts that the words of the address ask for."""
    posts, words = posts_below(own).annotate(has_factor=has_factor("account")), request.GET
    if text := words.get("q", "").strip():
        posts = posts.filter(Q(account__username__icontains=text) | Q(account__name__icontains=text))
    if office := words.get("office"):
        posts = posts.filter(office__code=office)
    if role := words.get("role"):
        posts = posts.filter(role=role)
    if state := words.get("state"):
        posts = posts.filter(closed_at__isnull=state == "open")
    return posts


def _password(request: HttpRequest, username: str, password: str) -> HttpResponse:
    return page(request, "accounts/password", {"username": username, "password": password})


accounts_urls = [
    path("", accounts, name="office-accounts"),
    path("open/", open_, name="office-account-open"),
    path("firm/", renew_owner, name="office-account-firm"),
    path("<int:post_id>/close/", close, name="office-account-close"),
    path("<int:post_id>/reopen/", reopen, name="office-account-reopen"),
    path("<int:post_id>/password/", renew, name="office-account-password"),
]
