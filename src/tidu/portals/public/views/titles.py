"""The register: looking a title up, and one title with the proof of its whole history."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tidu.law.identity import LENGTH, check_credit_code
from tidu.law.refusals import Refused, sentence
from tidu.portals.parts.downloads import saved
from tidu.portals.public.pages import PER_PAGE, arrived_at, page, public, searched
from tidu.records.queries import inclusion_proof, roots, roots_proof, timeline
from tidu.titles.enums import TitleKind, TitleStatus
from tidu.titles.models import Title
from tidu.titles.queries import last_day, proof_of, search_public, standing, title_by_token, titles_of

LEAST = 2
"""Characters with which a search begins to mean something."""

VERBS = {
    "grant": "认定",
    "enter_existing_title": "登记原有称号",
    "lapse": "失效",
    "restore": "恢复（撤销失效登记）",
    "cancel": "取消认定",
}
"""What the entries of a title's ledger are called."""


@dataclass(frozen=True)
class Described:
    """A title with what the register says of it now, and its last day of validity."""

    title: Title
    standing: str
    last_day: date

    @property
    def counts(self) -> bool:
        """Whether it is in force at this moment."""
        return self.standing == TitleStatus.IN_FORCE.label


@require_safe
@public
def titles(request: HttpRequest) -> HttpResponse:
    """Titles by name or code, each with whether it counts now."""
    text = searched(request)
    words: dict[str, Any] = {"choices": [{"name": "kind", "label": "称号", "options": TitleKind.choices}]}
    if len(text) < LEAST:
        return page(request, "titles", {**words, "too_short": bool(text)})
    found = search_public(text, kind=_kind(request))
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = [_described(title, request) for title in rows]
    return page(
        request, "titles", {**words, "rows": rows, "shown": shown, "asked": True, "hint": _hint(text)}
    )


@require_safe
@public
def title(request: HttpRequest, token: str) -> HttpResponse:
    """One title: what it is, whether it counts, where it came from, and its ledger."""
    found = _found(token)
    entries = timeline(found.chain).select_related("sealed__root")
    words = {
        "one": _described(found, request),
        "entries": [(entry, VERBS.get(entry.verb, entry.verb)) for entry in entries],
        "others": [_described(title, request) for title in titles_of(found.firm) if title.pk != found.pk],
    }
    return page(request, "title", words)


@require_safe
@public
def proof(_: HttpRequest, token: str) -> HttpResponse:
    """The title's whole chain, to be checked with nothing but the verifier."""
    return _document(proof_of(_found(token)), f"称号证明-{token[:8]}.json")


@require_safe
@public
def sealed(_: HttpRequest, token: str, seq: int) -> HttpResponse:
    """The path from one entry of the chain to its night's root; 404 before that night has come."""
    entry = timeline(_found(token).chain).select_related("chain").filter(seq=seq).first()
    document = inclusion_proof(entry) if entry else None
    if document is None:
        raise Http404(str(seq))
    return _document(document, f"封存证明-{token[:8]}-{seq}.json")


@require_safe
@public
def nightly_roots(request: HttpRequest) -> HttpResponse:
    """Every nightly root, the newest first."""
    return page(request, "roots", {"rows": Paginator(roots(), PER_PAGE).get_page(request.GET.get("page"))})


@require_safe
@public
def roots_file(_: HttpRequest) -> HttpResponse:
    """All roots as one file, oldest first."""
    return _document(roots_proof(), "每日根.json")


def _found(token: str) -> Title:
    found = title_by_token(token)
    if found is None:
        raise Http404(token)
    return found


def _described(title: Title, request: HttpRequest) -> Described:
    return Described(title, standing(title, at=arrived_at(request)), last_day(title))


def _kind(request: HttpRequest) -> TitleKind | None:
    wanted = request.GET.get("kind")
    return TitleKind(wanted) if wanted in TitleKind.values else None


def _hint(text: str) -> str:
    """What is wrong with a text that looks like a code; empty for a name and for a right code."""
    if not text.isascii() or not LENGTH - 2 <= len(text) <= LENGTH + 2:
        return ""
    try:
        check_credit_code(text, demonstration=True)
    except Refused as refused:
        return sentence(refused)
    return ""


def _document(document: dict[str, Any], name: str) -> HttpResponse:
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    return saved(content, name, "application/json")
