"""The page that stands in when nothing else can: chiefly when the database is away for a moment."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

AWAY = "数据库暂时不可用，您填写的内容仍在本页，请稍后重试。"
FAILED = "系统出错，本次操作未生效，请稍后重试；如仍不成，请联系主管部门的系统帮助电话。"

PAGE = """<!doctype html>
<html lang="zh-Hans">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{sentence}</title></head>
<body><main><h1>{sentence}</h1><p><a href="">重试</a></p></main></body>
</html>
"""


def server_error(request: HttpRequest) -> HttpResponse:
    """503 when the database cannot be reached, else 500; JSON for scripts, a bare sentence for htmx."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status, code, sentence = (503, "database_away", AWAY) if away else (500, "failed", FAILED)
    response = answer(request, status=status, code=code, sentence=sentence)
    if away:
        response.headers["Retry-After"] = "5"
    return response


def answer(request: HttpRequest, *, status: int, code: str, sentence: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"code": code, "message": sentence}, status=status)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(PAGE.format(sentence=sentence), status=status)
