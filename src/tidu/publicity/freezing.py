"""What a list and an announcement say, as the plain data that is frozen and offered for download."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tidu.applications.models import Case
from tidu.publicity.models import Announcement, PublicityList

LIST_FORMAT = "tidu.publicity-list.1"
ANNOUNCEMENT_FORMAT = "tidu.announcement.1"


def in_published_order(cases: Iterable[Case]) -> list[Case]:
    """By place, then by credit code, so that the order favours nobody."""
    return sorted(cases, key=lambda case: (case.firm.area.code, case.firm.uscc))


def row(case: Case) -> dict[str, str]:
    """What the public is told of a case."""
    firm = case.firm
    return {"firm_name": firm.name, "uscc": firm.uscc, "area_name": firm.area.name, "kind": case.kind}


def list_body(publicity: PublicityList, rows: Sequence[dict[str, str]]) -> dict[str, Any]:
    """A publicity list as published. Moments are in UTC; the period is half-open."""
    return {
        "format": LIST_FORMAT,
        "office": publicity.office.name,
        "notice": publicity.batch.notice.title,
        "batch": publicity.batch.title,
        "title": publicity.title,
        "version": publicity.version,
        "supplements": publicity.supplements.title if publicity.supplements else None,
        "published_at": publicity.published_at,
        "opens_at": publicity.period.lower,
        "closes_at": publicity.period.upper,
        "contact": publicity.contact,
        "entries": _numbered(rows),
    }


def announcement_body(announcement: Announcement, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An announcement as published; each entry names the first day of its own title."""
    return {
        "format": ANNOUNCEMENT_FORMAT,
        "office": announcement.office.name,
        "notice": announcement.batch.notice.title,
        "batch": announcement.batch.title,
        "number": announcement.number,
        "title": announcement.title,
        "announced_on": announcement.announced_on,
        "valid_from": announcement.valid_from,
        "published_at": announcement.published_at,
        "entries": _numbered(rows),
    }


def _numbered(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"position": position, **one} for position, one in enumerate(rows, start=1)]
