"""A draw run again in the visitor's browser, from the file of its record."""

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.portals.public.pages import page, public
from tidu.proof.draw.refusal import RULES
from tidu.proof.draw.wording import FIELD_NAMES
from tidu.proof.wording import BREAKS


@require_safe
@public
def verify(request: HttpRequest) -> HttpResponse:
    """The page; the record never leaves the visitor's machine."""
    breaks = {name: text for name, text in BREAKS.items() if name.startswith("draw_")}
    words = {"breaks": breaks, "rules": RULES, "fields": FIELD_NAMES}
    return page(request, "draw_verify", {"sentences": json.dumps(words, ensure_ascii=False)})
