"""What happens around every page: arrival, safety headers, and the scope in which it runs."""

import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone

from tidu.database.scope import scope
from tidu.portals.parts.actors import actor_of
from tidu.portals.parts.errors import trouble

GetResponse = Callable[[HttpRequest], HttpResponse]

TOO_LARGE, SERVER_ERROR = 413, 500
LOGIN_LIBRARY = ("/accounts/", "/security/codes/")
"""Its pages that write on GET: returning from an identity provider, seeing recovery codes."""


def arrival(get_response: GetResponse) -> GetResponse:
    """``request.arrived_at``: the legal time of what the request brings, taken before any wait or lock."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def log_context(get_response: GetResponse) -> GetResponse:
    """Every line logged during a request carries the request's number; an error page shows it too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex[:12]
        request.number = number  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request=number, path=request.path):
            return get_response(request)

    return middleware


def bounded(get_response: GetResponse) -> GetResponse:
    """413 for more than any form may bring, before an octet of it is written to disk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.LARGEST_REQUEST:
            return trouble(request, TOO_LARGE)
        return get_response(request)

    return middleware


def content_security(get_response: GetResponse) -> GetResponse:
    """The same Content-Security-Policy on every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response

    return middleware


class PageCompression(GZipMiddleware):
    """Pages travel compressed, with padding of random length against guessing (BREACH).

    Files do not: what is stored is compressed already, and a workbook is a compressed archive.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class RequestScope:
    """The page runs in one transaction, in the scope of whoever is logged in.

    Reading pages cannot write: their transaction is read-only. A page that fails leaves nothing behind.
    A streamed answer runs after this and must open a scope of its own.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        with scope(actor, writes=may_write(request)):
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
        return response


def may_write(request: HttpRequest) -> bool:
    return request.method not in {"GET", "HEAD"} or request.path.startswith(LOGIN_LIBRARY)
