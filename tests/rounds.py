"""Dalian's notice, issued by the invented 示例市, and what tests publish of it."""

from dataclasses import replace
from datetime import UTC, datetime

from tests.scene import CITY, office_actor
from tidu.database.scope import Actor
from tidu.law import notices
from tidu.offices.enums import Role
from tidu.programmes.actions import publish_notice
from tidu.programmes.models import Batch, Notice

PUBLISHED = datetime(2026, 2, 2, 1, 0, tzinfo=UTC)
"""The day on which Dalian issued its notice, at nine in the morning."""


def notice_of_shili() -> notices.Notice:
    """Every rule, reading and date of Dalian's notice; only the offices are invented."""
    return replace(
        notices.load("dalian-2026-innovative"),
        id="shili-2026-innovative",
        issuer=CITY,
        issuer_name="示例市工业和信息化局",
        offices="demonstration",
        directory=(),
        demonstration=True,
    )


def with_reading(notice: notices.Notice, reading_id: str, value: bool | int | str) -> notices.Notice:
    """The notice, with one of our readings chosen otherwise."""
    chosen = [replace(one, value=value) if one.id == reading_id else one for one in notice.readings]
    return replace(notice, readings=tuple(chosen))


def publisher() -> Actor:
    """Who signs at the city. Its offices must be open."""
    return office_actor(CITY, Role.LEADER, "publisher")


def publish(
    actor: Actor | None = None, *, notice: notices.Notice | None = None, at: datetime = PUBLISHED
) -> Notice:
    """The notice, published."""
    return publish_notice(actor=actor or publisher(), notice=notice or notice_of_shili(), at=at)


def batch(notice: Notice, number: int) -> Batch:
    """One of the four quarters."""
    return Batch.objects.select_related("notice__office").get(notice=notice, position=number)
