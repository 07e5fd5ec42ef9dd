"""A notice was published or corrected: offices below the issuer are told, and firms with a case under it."""

from collections.abc import Iterator

from tidu.applications.enums import ENDED
from tidu.applications.queries import visible_cases
from tidu.database.scope import SYSTEM
from tidu.messages.actions import Recipient, send
from tidu.messages.templates import template_for, told_of
from tidu.offices.queries import offices_below
from tidu.programmes.models import Notice
from tidu.programmes.queries import notice_by_slug
from tidu.records.models import Entry

FOLLOWS = told_of("notice")


def run(entry: Entry) -> None:
    """Tell everyone whose work or application the notice concerns."""
    content = entry.content
    notice = notice_by_slug(content["notice"])
    if notice is None:
        return
    values = {
        "slug": notice.slug,
        "title": content["title"],
        "version": content["version"],
        "issuer": notice.office.name,
        "batches": len(content["batches"]),
        "corrigendum": content["corrigendum"],
        "reason": content["reason"],
        "at": entry.at,
    }
    for recipient in _recipients(notice):
        template = template_for("notice", entry.verb, recipient.kind)
        if template is not None:
            send(entry=entry, recipient=recipient, letter=template.written(values), at=entry.at)


def _recipients(notice: Notice) -> Iterator[Recipient]:
    for office_id in offices_below(notice.office).filter(closed_at__isnull=True).values_list("pk", flat=True):
        yield Recipient("office", office_id)
    under_way = visible_cases(SYSTEM).filter(batch__notice=notice).exclude(status__in=ENDED)
    for firm_id in under_way.order_by("firm_id").values_list("firm_id", flat=True).distinct():
        yield Recipient("firm", firm_id)
