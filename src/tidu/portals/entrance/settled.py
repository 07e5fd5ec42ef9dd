"""With a one-time password, which somebody else has seen, nothing opens but the page that changes it.

Otherwise whoever handed it over could tie an authenticator or an identity of their own to the account,
or register a firm with it, and keep what the person changes the password against.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from tidu.offices.models import Account

View = Callable[..., HttpResponseBase]


def with_own_password(view: View) -> View:
    """The page, once the password is the person's own; until then the page that changes it."""

    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_one_time(request):
            return HttpResponseRedirect(reverse("account_change_password"))
        return view(request, *args, **kwargs)

    return entered


def is_one_time(request: HttpRequest) -> bool:
    """Whether somebody is logged in whose password somebody else has seen."""
    return isinstance(request.user, Account) and request.user.one_time_until is not None
