"""A corrigendum in the browser: typed beside what stands, shown as what changes, then published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tidu.law import notices, standards
from tidu.law.calendars import parse_moment
from tidu.law.drafting import read_single
from tidu.law.notices import Amendable, Change, Corrigendum, amendable
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Office
from tidu.portals.office.access import page
from tidu.portals.office.notices.access import require_drafter
from tidu.portals.office.notices.options import YES, Option
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.numbers import number_said
from tidu.portals.parts.refusals import status_of
from tidu.programmes.actions import issue_corrigendum
from tidu.programmes.models import Notice
from tidu.programmes.permissions import may_publish
from tidu.programmes.queries import notice_text, notices_issued_by


@dataclass(frozen=True)
class Line:
    """One thing that may be corrected: what stands, and what is typed instead."""

    of: Amendable
    typed: str
    now: str
    options: Sequence[Option] = ()
    error: str = ""

    @property
    def is_changed(self) -> bool:
        return self.typed != _as_typed(self.of.value)


@require_http_methods(["GET", "HEAD", "POST"])
@require_drafter
def correct(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """The form; after 核对 the changes one by one; after 发布 the new version."""
    found = notices_issued_by(office.pk).filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    text = notice_text(found)
    lines = [_line(one, request.POST) for one in amendable(text)]
    words: dict[str, Any] = {
        "notice": found,
        "number": "",
        "reason": "",
        "lines": lines,
        "version": found.version,
    }
    if request.method != "POST":
        return _page(request, found, words)
    words |= {name: request.POST[name].strip() for name in ("number", "reason") if name in request.POST}
    try:
        return _answer(request, found, text, _typed(words, lines), words)
    except Refused as refused:
        words["lines"] = [_with_error(line, refused) for line in lines]
        words["refused"] = sentence(refused)
        return _page(request, found, words, status=status_of(refused))


def _answer(
    request: HttpRequest,
    found: Notice,
    text: notices.Notice,
    corrigendum: Corrigendum,
    words: dict[str, Any],
) -> HttpResponse:
    actor, at = current_actor_of(request), request.arrived_at  # type: ignore[attr-defined]
    if not corrigendum.reason:
        raise Refused("corrigendum_without_reason", field="reason")
    if request.POST.get("do") != "issue":
        return _page(request, found, words | {"changes": _changes(text, corrigendum, at)})
    issue_corrigendum(
        actor=actor,
        notice_id=found.pk,
        corrigendum=corrigendum,
        at=at,
        expected_version=number_said(request.POST.get("version")),
    )
    messages.success(request, "更正已发布，下级单位和在办企业会收到消息。")
    return HttpResponseRedirect(reverse("public-notice", args=[found.slug]) + "#versions")


def _changes(text: notices.Notice, corrigendum: Corrigendum, at: datetime) -> Sequence[notices.Changed]:
    """What the corrigendum would change, found out by making it and letting it go."""
    return notices.amend(text, corrigendum, at=at).amendments[-1].changes


def _page(request: HttpRequest, found: Notice, words: dict[str, Any], *, status: int = 200) -> HttpResponse:
    grouped: dict[str, list[Line]] = {}
    for line in words["lines"]:
        grouped.setdefault(line.of.group, []).append(line)
    may = may_publish(current_actor_of(request), found.office)
    return page(request, "corrigendum", {**words, "groups": list(grouped.items()), "may": may}, status=status)


def _line(of: Amendable, typed: Mapping[str, str]) -> Line:
    options = _options(of)
    shown = _as_typed(of.value)
    now = dict(options).get(shown, shown)
    return Line(of, typed.get(of.path, shown).strip(), now, options)


def _options(of: Amendable) -> Sequence[Option]:
    if of.control == "standard":
        return [(name, standards.load(name).title) for name in standards.standard_ids()]
    if of.reading is None:
        return ()
    if of.reading.choices:
        return [(one.value, one.label) for one in of.reading.choices]
    return YES if isinstance(of.value, bool) else ()


def _as_typed(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(words: Mapping[str, Any], lines: Sequence[Line]) -> Corrigendum:
    changes = tuple(Change(line.of.path, _value(line)) for line in lines if line.is_changed)
    return Corrigendum(words.get("number", ""), words.get("reason", ""), changes)


def _value(line: Line) -> Any:
    """As its place wants it; what cannot be read is refused by the law with its place."""
    kind = type(line.of.value)
    control = {bool: "yes", int: "number"}.get(kind, line.of.control)
    read = read_single(control, line.typed)
    if control == "moment":
        _refuse_unreadable(line.of.path, str(read))
    if control == "number" and not isinstance(read, int):
        raise Refused("corrigendum_no_number", field=line.of.path, label=line.of.label, value=line.typed)
    return read


def _refuse_unreadable(path: str, typed: str) -> None:
    try:
        parse_moment(typed)
    except Refused as problem:
        raise Refused(problem.code, field=path, value=typed) from None


def _with_error(line: Line, refused: Refused) -> Line:
    where = refused.field or ""
    return replace(line, error=sentence(refused)) if where == line.of.path else line
