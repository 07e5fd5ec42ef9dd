"""Typing a corrigendum: kept as typed, right or wrong, until it is issued or dropped.

No ledger entry is written before it is issued: what is typed is nobody's act yet.
"""

from collections.abc import Mapping
from datetime import datetime

from tidu.database.scope import Actor, scope
from tidu.law.notices import amendable
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marks
from tidu.programmes.models import CorrigendumDraft, Notice
from tidu.programmes.permissions import may_draft
from tidu.programmes.queries.texts import notice_text

BESIDE = {"number": ("更正文号", 80), "reason": ("更正原因", 500)}
"""What a corrigendum says beside its changes, with the most characters that it may have."""
LONGEST = 2000
"""Of a change: more than any place of a notice needs."""


def save_corrigendum(
    *, actor: Actor, notice_id: int, typed: Mapping[str, str], expected_version: int, at: datetime
) -> CorrigendumDraft:
    """Keep what is typed, by place: "number", "reason", paths of `amendable`; what else is named is let go.

    An empty mapping drops it. `expected_version` is what the page showed, 0 where nothing was kept yet.
    Refused("not_allowed"), ("secrecy_mark_in_text"), ("text_too_long"), ("draft_moved") if somebody else
    saved first.
    """
    with scope(actor):
        found = Notice.objects.select_related("office")
        may_draft(actor, found.get(pk=notice_id).office).require()
        notice = found.select_for_update(of=("self",)).get(pk=notice_id)
        body = _known(notice, typed)
        kept = CorrigendumDraft.objects.select_related("saved_by").filter(notice=notice).first()
        if kept is None:
            kept = CorrigendumDraft(notice=notice, version=0)
        _require_unmoved(kept, expected_version, at)
        _write(kept, body, actor, at)
        return kept


def clear_corrigendum(*, actor: Actor, notice: Notice, expected_version: int | None, at: datetime) -> None:
    """What was typed has become a version of the notice; within the act that issues it, the notice locked.

    Refused("draft_moved") if a colleague has typed on since `expected_version`.
    """
    for kept in CorrigendumDraft.objects.select_related("saved_by").filter(notice=notice):
        if expected_version is not None:
            _require_unmoved(kept, expected_version, at)
        _write(kept, {}, actor, at)


def _write(kept: CorrigendumDraft, body: dict[str, str], actor: Actor, at: datetime) -> None:
    kept.body, kept.version = body, kept.version + 1
    kept.saved_at, kept.saved_by_id = at, actor.account_id
    kept.save()


def _require_unmoved(kept: CorrigendumDraft, expected_version: int, at: datetime) -> None:
    if kept.version != expected_version:
        by = str(kept.saved_by) if kept.saved_by else "他人"
        raise Refused("draft_moved", section="更正", by=by, at=kept.saved_at or at, stored=kept.body)


def _known(notice: Notice, typed: Mapping[str, str]) -> dict[str, str]:
    places = {one.path: (one.label, LONGEST) for one in amendable(notice_text(notice))} | BESIDE
    body = {}
    for path, (label, longest) in places.items():
        if path in typed:
            refuse_marks(typed[path], place="text", field=path, label=label)
            if len(typed[path]) > longest:
                raise Refused("text_too_long", field=path, label=label, length=len(typed[path]), most=longest)
            body[path] = typed[path]
    return body
