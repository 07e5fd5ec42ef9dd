"""What is answered when a page fails: 503 with a plain sentence when the database is away, else 500."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from tidu.portals.parts.errors import trouble

AWAY = "数据库暂时不可用，您填写的内容仍在本页，请稍后重试。"
RETRY_AFTER = "5"
"""Seconds."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while the failure is being handled, wherever in the request it came up."""
    reference = getattr(request, "number", "")
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return trouble(request, 500, reference=reference)
    response = trouble(request, 503, sentence=AWAY, reference=reference)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
