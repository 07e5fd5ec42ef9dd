"""Before any page: what is sent holds only text that can be kept, so that no page need think of it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse

from tidu.law.refusals import Refused, sentence
from tidu.portals.parts.errors import trouble
from tidu.portals.parts.plain_text import check_plain

GetResponse = Callable[[HttpRequest], HttpResponse]


def plain_text(get_response: GetResponse) -> GetResponse:
    """400 with the field's name for NUL or half a character in address, cookie, form or JSON."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            for field, text in _texts(request):
                check_plain(text, field=field)
        except Refused as refused:
            return trouble(request, 400, sentence=sentence(refused))
        return get_response(request)

    return middleware


def _texts(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Everything a person or script has sent as text, by the name under which it came. Files are no text."""
    yield "地址", request.path
    yield from request.COOKIES.items()
    for form in (request.GET, request.POST):
        for name, values in form.lists():
            yield name, name
            yield from ((name, str(value)) for value in values)
    if request.method == "POST" and request.content_type == "application/json":
        yield from _spoken(_read(request.body), "")


def _read(body: bytes) -> Any:
    """What the JSON says; nonsense is answered by the page for which it is meant."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _spoken(said: Any, field: str) -> Iterator[tuple[str, str]]:
    if isinstance(said, str):
        yield field, said
    elif isinstance(said, dict):
        for name, value in said.items():
            yield name, name
            yield from _spoken(value, name)
    elif isinstance(said, list):
        for value in said:
            yield from _spoken(value, field)
