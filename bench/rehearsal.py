"""What one request of ours does to the database, captured and taken back."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.flow import TOKEN, request_of

Statement = tuple[str, Any]


@cache
def _client() -> Client:
    """One for all: making the middleware ready takes longer than a request."""
    return Client(enforce_csrf_checks=False, HTTP_HOST="127.0.0.1")


def rehearse(kind: str, target: Any) -> list[Statement]:
    """The statements of the request, in order, as the database got them; nothing of it remains."""
    captured: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        captured.append((sql, params))
        return execute(sql, params, many, context)

    address, form = request_of(kind, target)
    client = _client()
    client.cookies[settings.SESSION_COOKIE_NAME] = target[0].session
    client.cookies["csrftoken"] = TOKEN
    connection.set_autocommit(False)
    try:
        with connection.execute_wrapper(note):
            response = client.post(address, form)
        if response.status_code not in {200, 302}:
            raise RuntimeError(f"{address}: {response.status_code} {response.content[:300]!r}")
    finally:
        connection.rollback()
        connection.set_autocommit(True)
    return captured
