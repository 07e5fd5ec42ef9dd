"""Registration, choice of an identity, and one's own password. Login and second factor are the library's."""

from typing import cast

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib.auth import login as log_in
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from tidu.enterprises.actions import Contact, Login, register_firm
from tidu.enterprises.models import Member
from tidu.law.refusals import Refused
from tidu.offices.actions import choose_password
from tidu.offices.models import Account
from tidu.offices.queries import areas
from tidu.portals.entrance.forms import PasswordForm, RegistrationForm
from tidu.portals.entrance.settled import with_own_password
from tidu.portals.parts.actors import choose, current_actor_of, identities

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@with_own_password
@sensitive_post_parameters("password", "again")
@rate_limit(action="signup")  # type: ignore[untyped-decorator]
def register(request: HttpRequest) -> HttpResponse:
    """A firm's first employee registers it, and is logged in as the firm."""
    known = areas(demonstration=settings.DEMONSTRATION)
    form = RegistrationForm(request.POST or None, areas=known, logged_in=request.user.is_authenticated)
    if request.method == "POST" and form.is_valid():
        try:
            member = _register(request, form)
        except Refused as refused:
            form.refuse(refused)
        else:
            if not request.user.is_authenticated:
                log_in(request, member.account, backend=BACKEND)
            choose(request, f"firm:{member.firm_id}")
            return HttpResponseRedirect("/enterprise/")
    return render(request, "entrance/register.html", {"form": form}, status=422 if form.errors else 200)


def _register(request: HttpRequest, form: RegistrationForm) -> Member:
    said = form.cleaned_data
    contact = Contact(
        name=said["contact"], phone=said["phone"], email=said["email"], is_employee=said["is_employee"]
    )
    _, member = register_firm(
        actor=current_actor_of(request),
        uscc=said["uscc"],
        name=said["name"],
        area=said["area"],
        contact=contact,
        login=None if request.user.is_authenticated else Login(said["username"], said["password"]),
        at=request.arrived_at,  # type: ignore[attr-defined]
        demonstration=settings.DEMONSTRATION,
    )
    return member


@never_cache
@login_required
def choose_identity(request: HttpRequest) -> HttpResponse:
    """Which office or firm the person acts for in this session; chosen for them if there is but one."""
    account = _account(request)
    if account.one_time_until is not None:
        return HttpResponseRedirect(reverse("account_change_password"))
    held = identities(account)
    key = (
        request.POST.get("identity", "")
        if request.method == "POST"
        else (held[0].key if len(held) == 1 else "")
    )
    chosen = choose(request, key)
    if chosen is not None:
        return HttpResponseRedirect(_next(request) or chosen.home)
    words = {"identities": held, "next": _next(request), "chosen": current_actor_of(request)}
    return render(request, "entrance/identity.html", words)


@never_cache
@login_required
@sensitive_post_parameters("old", "password", "again")
@rate_limit(action="change_password")  # type: ignore[untyped-decorator]
def change_password(request: HttpRequest) -> HttpResponse:
    """A password of one's own; whoever has a one-time password comes here first."""
    account = _account(request)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            changed = choose_password(
                actor=current_actor_of(request),
                old=said["old"],
                new=said["password"],
                at=request.arrived_at,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            update_session_auth_hash(request, changed)
            return HttpResponseRedirect(reverse("choose_identity"))
    words = {"form": form, "one_time": account.one_time_until}
    return render(request, "entrance/password.html", words, status=422 if form.errors else 200)


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """Whom to ask: passwords are never mailed."""
    return render(request, "entrance/forgotten.html")


def _account(request: HttpRequest) -> Account:
    return cast("Account", request.user)


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""
