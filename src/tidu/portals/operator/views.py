"""The operator's one page: the state of the installation, its offices, and their first administrators."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tidu.law.refusals import Refused
from tidu.offices.actions import open_account
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.offices.queries import directory, offices_without_administrator
from tidu.portals.operator.state import state
from tidu.portals.parts.actors import current_actor_of, desk
from tidu.portals.parts.refusable import RefusableForm


class FirstAdministratorForm(RefusableForm):
    """The first account of an office, which then opens all others."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label="单位", to_field_name="code", empty_label=None
    )
    username = forms.CharField(label="登录名", max_length=60, help_text="3 至 60 个小写字母、数字或 . _ - 。")

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Office]", self.fields["office"]).queryset = offices


@never_cache
@require_safe
@desk("operator")
def home(request: HttpRequest) -> HttpResponse:
    """The state of the installation and its offices."""
    return _home(request, FirstAdministratorForm(offices=offices_without_administrator()))


@never_cache
@require_POST
@desk("operator")
def open_first_administrator(request: HttpRequest) -> HttpResponse:
    """Open the first administrator of an office; the one-time password is shown once."""
    form = FirstAdministratorForm(request.POST, offices=offices_without_administrator())
    if form.is_valid():
        said = form.cleaned_data
        try:
            account, password = open_account(
                actor=current_actor_of(request),
                office=said["office"],
                username=said["username"],
                name="账号管理员",
                role=Role.ADMINISTRATOR,
                at=request.arrived_at,  # type: ignore[attr-defined]
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            words = {"username": account.username, "password": password}
            return render(request, "operator/password.html", words)
    return _home(request, form, status=422)


def _home(request: HttpRequest, form: FirstAdministratorForm, status: int = 200) -> HttpResponse:
    lacking = set(offices_without_administrator().values_list("pk", flat=True))
    words = {"state": state(), "entries": directory(), "lacking": lacking, "form": form}
    return render(request, "operator/home.html", words, status=status)
