"""A corrigendum in the browser: typed beside what stands and kept, shown as what changes, then published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
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
from tidu.programmes.actions import issue_corrigendum, save_corrigendum
from tidu.programmes.models import CorrigendumDraft, Notice
from tidu.programmes.permissions import may_publish
from tidu.programmes.queries import corrigendum_typed, notice_by_digest, notice_text, notices_issued_by

EMPTY = "（空）"


@dataclass(frozen=True)
class Line:
    """One thing that may be corrected: what stands, what is typed instead, and what a colleague kept of it.

    `theirs` is empty unless somebody else saved first, and something else.
    """

    of: Amendable
    typed: str
    now: str
    options: Sequence[Option] = ()
    error: str = ""
    theirs: str = ""

    @property
    def is_changed(self) -> bool:
        return self.typed != _as_typed(self.of.value)


@require_http_methods(["GET", "HEAD", "POST"])
@require_drafter
def correct(request: HttpRequest, office: Office, slug: str) -> HttpResponse:
    """The form, with what was typed of it; after 核对 the changes one by one; after 发布 the new version."""
    found = notices_issued_by(office.pk).filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    kept = corrigendum_typed(found)
    text, typed = notice_text(found), kept.body if kept else {}
    if request.method == "POST":
        typed = _meant(found, request.POST.dict())
    words: dict[str, Any] = {
        "notice": found,
        **{name: typed.get(name, "").replace("\r\n", "\n").strip() for name in ("number", "reason")},
        "lines": [_line(one, typed) for one in amendable(text)],
        "kept": kept,
        "version": kept.version if kept else 0,
    }
    if request.method != "POST":
        return _page(request, found, words)
    return _posted(request, found, text, words)


def _posted(request: HttpRequest, found: Notice, text: notices.Notice, words: dict[str, Any]) -> HttpResponse:
    """Kept first; then told to the script, dropped, shown or published. What is refused stays typed."""
    by_script = "application/json" in request.headers.get("Accept", "")
    before = words["kept"]
    try:
        words |= _kept(request, found, words)
        if by_script:
            return _told(words["kept"])
        if request.POST.get("do") == "drop":
            messages.success(request, "填写的更正已放弃。")
            return HttpResponseRedirect(request.path)
        words["is_as_shown"] = _is_as_shown(request, before, words["kept"])
        return _answer(request, found, text, _typed(words), words)
    except Refused as refused:
        if by_script:
            return JsonResponse({"message": sentence(refused)}, status=status_of(refused))
        words["lines"] = [_with_error(line, refused) for line in words["lines"]]
        words["refused"] = sentence(refused)
        if "stored" in refused.values:
            words |= _both(words, cast("Mapping[str, str]", refused.values["stored"]))
        return _page(request, found, words, status=status_of(refused))


def _meant(found: Notice, said: dict[str, str]) -> dict[str, str]:
    """What was typed: where a page showed an older version, what merely stood there takes nothing back."""
    seen = number_said(said.get("seen"))
    before = found.versions.filter(version=seen).first() if seen != found.version else None
    if before is None:
        return said
    stood = {one.path: _as_typed(one.value) for one in amendable(notice_by_digest(before.digest))}
    return {name: value for name, value in said.items() if value.strip() != stood.get(name)}


def _kept(request: HttpRequest, found: Notice, words: dict[str, Any]) -> dict[str, Any]:
    """Whatever is typed is kept before anything is made of it."""
    if number_said(request.POST.get("seen")) != found.version:
        raise Refused("notice_moved", title=found.title, version=found.version)
    beside = {name: words[name] for name in ("number", "reason") if words[name]}
    is_dropped = request.POST.get("do") == "drop"
    kept = save_corrigendum(
        actor=current_actor_of(request),
        notice_id=found.pk,
        typed={}
        if is_dropped
        else beside | {one.of.path: one.typed for one in words["lines"] if one.is_changed},
        expected_version=number_said(request.POST.get("version")) or 0,
        at=request.arrived_at,  # type: ignore[attr-defined]
    )
    return {"kept": kept, "version": kept.version}


def _is_as_shown(request: HttpRequest, before: CorrigendumDraft | None, kept: CorrigendumDraft) -> bool:
    """Whether nothing was typed, here or by a colleague, since its changes were shown for publishing."""
    shown = number_said(request.POST.get("shown"))
    return before is not None and (shown, before.body) == (before.version, kept.body)


def _both(words: Mapping[str, Any], stored: Mapping[str, str]) -> dict[str, Any]:
    """What is typed here, and wherever it differs what a colleague kept: neither is lost unseen."""
    beside = {name: stored.get(name, "") for name in ("number", "reason")}
    return {
        "is_conflict": True,
        "lines": [_beside(line, stored) for line in words["lines"]],
        "theirs": {name: kept or EMPTY for name, kept in beside.items() if kept != words[name]},
    }


def _beside(line: Line, stored: Mapping[str, str]) -> Line:
    theirs = stored.get(line.of.path, _as_typed(line.of.value))
    if theirs == line.typed:
        return line
    return replace(line, theirs=dict(line.options).get(theirs, theirs) or EMPTY)


def _told(kept: CorrigendumDraft) -> HttpResponse:
    """What the script needs to go on."""
    return JsonResponse({"version": kept.version, "saved_at": kept.saved_at.isoformat()})


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
    changes = {"changes": _changes(text, corrigendum, at)}
    if request.POST.get("do") != "issue":
        return _page(request, found, words | changes)
    if not words["is_as_shown"]:
        moved = Refused("corrigendum_changed_since_shown")
        return _page(request, found, words | changes | {"refused": sentence(moved)}, status=status_of(moved))
    issue_corrigendum(
        actor=actor,
        notice_id=found.pk,
        corrigendum=corrigendum,
        at=at,
        expected_version=number_said(request.POST.get("seen")),
        typed_version=words["version"],
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


def _typed(words: Mapping[str, Any]) -> Corrigendum:
    changes = tuple(Change(line.of.path, _value(line)) for line in words["lines"] if line.is_changed)
    return Corrigendum(words["number"], words["reason"], changes)


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
