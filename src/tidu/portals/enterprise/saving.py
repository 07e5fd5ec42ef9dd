"""Saving one field by itself: what the page's script sends, and what it is told (see parts/autosave.js)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse

from tidu.law.facts import Fact, FactKind, Saved, format_value, value_from_json
from tidu.law.refusals import Refused, sentence
from tidu.portals.parts.plain_text import check_plain
from tidu.portals.parts.refusals import status_of


@dataclass(frozen=True)
class Sent:
    """One field as a script sent it; `period` is 0 for facts of now."""

    fact: str
    period: int
    raw: Any
    version: int


def read_sent(request: HttpRequest) -> Sent:
    """The field of a request. Refused("field_unknown") if it names none that there can be."""
    name, _, period = request.POST.get("name", "").partition(".")
    version = request.POST.get("version", "0")
    if (period and not _is_number(period)) or not _is_number(version):
        raise Refused("field_unknown", field=name, value=name)
    return Sent(name, int(period or 0), raw_of(request.POST.get("value", "")), int(version))


def raw_of(text: str) -> Any:
    """What was typed: a text, or the rows of a table from their JSON. Refused("text_unfit")."""
    if not text.startswith("["):
        return text
    try:
        rows = json.loads(text)
    except ValueError:
        return text
    if not _are_rows(rows):
        return text
    for row in rows:
        for column, cell in row.items():
            check_plain(cell, field=column)
    return rows


def _are_rows(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in rows
    )


def answer(sent: Sent, save: Callable[[Sent], Saved], *, at: datetime) -> JsonResponse:
    """Save and tell: 200 with the version, also when what was typed cannot be read; 409 with both values."""
    try:
        saved = save(sent)
    except Refused as refused:
        return _refused(refused)
    fact = saved.fact
    findings = [sentence(one) for one in saved.findings]
    said: dict[str, Any] = {
        "version": saved.version,
        "saved_at": at.isoformat(),
        "value_text": shown(fact, saved.value),
        "findings": findings,
        "error": "".join(findings),
    }
    if not findings and fact.kind is not FactKind.TABLE:
        said["value"] = shown(fact, saved.value)
    return JsonResponse(said)


def _refused(refused: Refused) -> JsonResponse:
    said: dict[str, Any] = {"message": sentence(refused)}
    fact = refused.values.get("fact")
    if refused.code == "field_moved" and isinstance(fact, Fact):
        stored, at = refused.values["stored"], refused.values["at"]
        said |= {"version": refused.values["now"], "value": typed(fact, stored), "shown": shown(fact, stored)}
        said["saved_at"] = at.isoformat() if isinstance(at, datetime) else None
    return JsonResponse(said, status=status_of(refused))


def typed(fact: Fact, stored: Any) -> str:
    """A stored value, exact or as typed, as it stands in the control that the script fills."""
    if fact.kind is FactKind.TABLE and isinstance(stored, list):
        rows = value_from_json(fact, stored)
        cells = [{name: format_value(fact.column(name), cell) for name, cell in row.items()} for row in rows]
        return json.dumps(cells, ensure_ascii=False)
    return stored if isinstance(stored, str) and not fact.kind.has_options else shown(fact, stored)


def shown(fact: Fact, stored: Any) -> str:
    """A stored value, exact or as typed, in words; a table by its number of rows."""
    if stored is None:
        return ""
    if fact.kind is FactKind.TABLE:
        return f"{len(stored)} 行" if isinstance(stored, list) else "未能识别的内容"
    if fact.kind.has_options:
        known = {option.id: option.label for option in fact.options}
        return known.get(stored, str(stored))
    if isinstance(stored, str):
        return stored
    return format_value(fact, value_from_json(fact, stored))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
