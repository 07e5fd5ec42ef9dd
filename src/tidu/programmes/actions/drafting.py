"""Drafting a notice: begun by its office, saved section by section, published as it was shown, or discarded.

No ledger entry is written before publishing: a draft is nobody's act yet.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tidu.database.scope import Actor, scope
from tidu.law import drafting, notices
from tidu.law.drafting import Document, problems_of
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marks
from tidu.offices.queries import office_by_id
from tidu.programmes.actions.publishing import publish_notice
from tidu.programmes.freezing import notice_digest
from tidu.programmes.models import DraftSection, Notice, NoticeDraft
from tidu.programmes.permissions import may_draft, may_publish
from tidu.programmes.queries.drafts import document_of_draft, draft_for, issuer_of


def begin_draft(*, actor: Actor, document: Document, template: str, at: datetime) -> NoticeDraft:
    """Begin a draft with this document, which was made after `template` (shown to colleagues).

    Refused("office_needed"), ("not_allowed"), ("secrecy_mark_in_text").
    """
    with scope(actor):
        if actor.office_id is None:
            raise Refused("office_needed")
        office = office_by_id(actor.office_id)
        may_draft(actor, office).require()
        _refuse_secrets(document)
        draft = NoticeDraft.objects.create(
            office=office,
            title=_title(document),
            template=template[:200],
            opened_at=at,
            opened_by_id=actor.account_id,
            saved_at=at,
        )
        DraftSection.objects.bulk_create(
            DraftSection(draft=draft, section=name, body=body, saved_at=at, saved_by_id=actor.account_id)
            for name, body in drafting.sections_of(document).items()
        )
        return draft


def save_section(
    *,
    actor: Actor,
    draft_id: int,
    section: str,
    body: Mapping[str, Any],
    expected_version: int,
    at: datetime,
) -> DraftSection:
    """Save one section as typed, whatever is wrong with it; `expected_version` is what the page showed.

    Refused("not_allowed"), ("draft_unknown"), ("draft_closed"), ("secrecy_mark_in_text"), and
    ("draft_moved") with the body that somebody else saved first as `stored`.
    """
    with scope(actor):
        draft = _open_draft(actor, draft_id)
        _refuse_secrets(body)
        row = DraftSection.objects.select_for_update().get(draft=draft, section=section)
        if row.version != expected_version:
            raise _moved(row)
        row.body, row.version = dict(body), row.version + 1
        row.saved_at, row.saved_by_id = at, actor.account_id
        row.save()
        draft.saved_at = at
        if "title" in drafting.section(section).keys:
            draft.title = _title(body)
        draft.save()
        return row


def discard_draft(*, actor: Actor, draft_id: int, at: datetime) -> NoticeDraft:
    """Put a draft away. It stays readable and may serve as a template.

    Refused("not_allowed"), ("draft_unknown"), ("draft_closed").
    """
    with scope(actor):
        draft = _open_draft(actor, draft_id)
        draft.discarded_at = at
        draft.save()
        return draft


def publish_draft(*, actor: Actor, draft_id: int, seen: str, at: datetime) -> Notice:
    """Publish a draft; `seen` is the digest of the text that whoever signs was shown.

    Refused("not_allowed"), ("draft_unknown"), ("draft_closed"), ("draft_changed_since_shown"),
    ("draft_not_ready"), and what publish_notice refuses.
    """
    with scope(actor):
        draft = _open_draft(actor, draft_id)
        may_publish(actor, draft.office).require()
        document = document_of_draft(draft, issuer_of(draft.office))
        blocking = [problem for problem in problems_of(document) if problem.blocks]
        if blocking:
            raise Refused("draft_not_ready", count=len(blocking), first=blocking[0].sentence)
        text = notices.from_json(document)
        if notice_digest(text) != seen:
            raise Refused("draft_changed_since_shown", field="seen")
        draft.notice = publish_notice(actor=actor, notice=text, at=at)
        draft.saved_at = at
        draft.save()
        return draft.notice


def _open_draft(actor: Actor, draft_id: int) -> NoticeDraft:
    """The draft, locked, if it can still be changed by whoever acts."""
    draft = draft_for(actor, draft_id)
    may_draft(actor, draft.office).require()
    locked = NoticeDraft.objects.select_for_update(of=("self",)).select_related("office").get(pk=draft.pk)
    if locked.is_closed:
        how = "发布" if locked.notice_id else "作废"
        raise Refused("draft_closed", title=locked.title, how=how)
    return locked


def _moved(row: DraftSection) -> Refused:
    """With what stands there now, so that the page can show both."""
    by = str(row.saved_by) if row.saved_by else "他人"
    title = drafting.section(row.section).title
    return Refused("draft_moved", section=title, by=by, at=row.saved_at, stored=row.body)


def _title(document: Mapping[str, Any]) -> str:
    return str(document.get("title", ""))[:200]


def _refuse_secrets(document: Mapping[str, Any]) -> None:
    for where, text in _texts(document, ""):
        label = drafting.place_of(document, where).label
        refuse_marks(text, place="text", field=where, label=label)


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text of the document with its path."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(item, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{where}[{index}]")
