"""The query code on its way from the form to the page that shows it.

It travels sealed in a cookie of the browser and is kept nowhere on the server: in the session it would
stand beside the account of whoever is logged in, and tell the reader of the database who objected.
"""

import base64
import binascii
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tidu.files.encryption import CannotUnseal, seal, unseal

COOKIE = "objection"
SHOWN_FOR = timedelta(minutes=30)
"""So long the page that shows the code can be opened again, to print it."""
CONTEXT = "query code of an objection"


def hand_over(response: HttpResponse, code: str, *, at: datetime) -> None:
    """Give the code to the browser; it comes back to the page that shows it and to no other."""
    sealed = seal(f"{int(at.timestamp())} {code}".encode(), context=CONTEXT)
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(sealed).decode(),
        max_age=SHOWN_FOR,
        path=reverse("public-objection-received"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def handed_over(request: HttpRequest, *, at: datetime) -> str:
    """The code that this browser was given a moment ago; empty if there is none, or it is too old."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        given, _, code = unseal(sealed, context=CONTEXT).decode().partition(" ")
    except (binascii.Error, ValueError, CannotUnseal):
        return ""
    return code if at.timestamp() - int(given) < SHOWN_FOR.total_seconds() else ""
