"""What is answered when a page fails: 503 with a plain sentence when the database is away, 422 for a
value that no rule caught and the database cannot hold, else 500."""

import sys

from django.db import DataError, InterfaceError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse

from tidu.portals.parts.errors import trouble

AWAY = "数据库暂时不可用，您填写的内容仍在本页，请稍后重试。"
UNFIT = "提交的内容里有系统不能保存的值（例如超出范围的数字、日期或残缺的字符），没有任何内容被改动。"
RETRY_AFTER = "5"
"""Seconds."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls it while the failure is being handled, wherever in the request it came up."""
    reference = getattr(request, "number", "")
    failure = sys.exc_info()[1]
    if isinstance(failure, DataError | UnicodeEncodeError | OverflowError):
        # an answer and no fault; the page's transaction is given up all the same
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        return trouble(request, 422, sentence=UNFIT, reference=reference)
    if not isinstance(failure, OperationalError | InterfaceError):
        return trouble(request, 500, reference=reference)
    response = trouble(request, 503, sentence=AWAY, reference=reference)
    response.headers["Retry-After"] = RETRY_AFTER
    return response
