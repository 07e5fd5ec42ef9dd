"""Corrigenda (更正): a new version of a notice that may give more time, never less.

A corrigendum changes named places of the notice's plain data, so that the same
reader and the same checks judge the result. Whatever it touches, every window,
deadline and period is then compared with what was published before.
"""

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tidu.law import plain
from tidu.law.calendars import format_moment, legal_day
from tidu.law.notices.checks import check
from tidu.law.notices.known import Known
from tidu.law.notices.lengthening import refuse_shortened
from tidu.law.notices.loading import from_json, to_json
from tidu.law.notices.model import Notice
from tidu.law.notices.parts import Amendment, Changed
from tidu.law.notices.times import moment_of
from tidu.law.refusals import Refused

_AMENDABLE = re.compile(r"batches\.[\w-]+\.(closes|standard|moved\.[\w-]+)|readings\.[\w-]+|phone|banner")


@dataclass(frozen=True)
class Change:
    """One place and its new value: "batches.2026-1.moved.county-recommend", "2026-04-15 24:00".

    Places are `batches.<id>.closes`, `.standard`, `.moved.<deadline>`, `readings.<id>`,
    `phone` and `banner`.
    """

    path: str
    value: bool | int | str


@dataclass(frozen=True)
class Corrigendum:
    """A corrigendum as drafted: its number, why, and what it changes."""

    number: str
    reason: str
    changes: tuple[Change, ...]


def amend(notice: Notice, corrigendum: Corrigendum, *, at: datetime, known: Known | None = None) -> Notice:
    """The next version of a notice, with what changed in its last amendment.

    Refused("corrigendum_path_unknown"), ("corrigendum_shortens"), ("corrigendum_not_comparable"),
    ("corrigendum_changes_open_standard"), ("reading_not_editable"),
    ("corrigendum_empty"), or as a notice that does not pass its checks.
    """
    data = to_json(notice)
    for change in corrigendum.changes:
        _set(notice, data, change)
    amended = from_json(data)
    check(amended, known)
    changes = tuple(_changes(notice, amended, corrigendum))
    if not changes:
        raise Refused("corrigendum_empty")
    refuse_shortened(notice, amended, at=at)
    _refuse_open_standards(notice, amended, at)
    amendment = Amendment(corrigendum.number, legal_day(at), corrigendum.reason, changes)
    return replace(amended, version=notice.version + 1, amendments=(*notice.amendments, amendment))


def _set(notice: Notice, data: dict[str, Any], change: Change) -> None:
    if not _AMENDABLE.fullmatch(change.path):
        raise Refused("corrigendum_path_unknown", field=change.path, value=change.path)
    parts = change.path.split(".")
    if parts[0] == "readings":
        if not notice.reading(parts[1]).editable:
            raise Refused("reading_not_editable", field=change.path, label=notice.reading(parts[1]).label)
        _named(data["readings"], parts[1])["value"] = change.value
    elif parts[0] == "batches":
        notice.batch(parts[1])
        target = _named(data["batches"], parts[1])
        for step in parts[2:-1]:
            target = target.setdefault(step, {})
        target[parts[-1]] = change.value
    else:
        data[change.path] = change.value


def _named(items: list[MutableMapping[str, Any]], wanted: str) -> MutableMapping[str, Any]:
    return next(item for item in items if item["id"] == wanted)


def _changes(before: Notice, after: Notice, corrigendum: Corrigendum) -> Iterator[Changed]:
    for change in corrigendum.changes:
        was, now = _shown(before, change.path), _shown(after, change.path)
        if was != now:
            yield Changed(change.path, _label(after, change.path), was, now)


def _label(notice: Notice, path: str) -> str:
    parts = path.split(".")
    if parts[0] == "readings":
        return notice.reading(parts[1]).label
    if parts[0] == "batches":
        batch = notice.batch(parts[1])
        if parts[2] == "moved":
            return f"{batch.title}{notice.rule(parts[3]).title}期限"
        return batch.title + {"closes": "申报截止时间", "standard": "适用标准"}[parts[2]]
    return {"phone": "联系电话", "banner": "提示"}[path]


def _shown(notice: Notice, path: str) -> str:
    parts = path.split(".")
    if parts[0] == "readings":
        return notice.reading(parts[1]).words
    if parts[0] == "batches":
        batch = notice.batch(parts[1])
        if parts[2] == "moved":
            return format_moment(moment_of(notice, batch, notice.rule(parts[3])), ends=True)
        return str(plain.write(batch)[parts[2]])
    return str(getattr(notice, path))


def _refuse_open_standards(before: Notice, after: Notice, at: datetime) -> None:
    """A batch that firms are already working in keeps its standard; the notice says from when on."""
    for batch in before.batches:
        if batch.standard == after.batch(batch.id).standard:
            continue
        line = batch.opens if before.choice("standard_change") == "unopened" else batch.closes
        if at >= line:
            where = f"batches.{batch.id}.standard"
            values = {"batch": batch.title, "opens": batch.opens}
            raise Refused("corrigendum_changes_open_standard", field=where, **values)
