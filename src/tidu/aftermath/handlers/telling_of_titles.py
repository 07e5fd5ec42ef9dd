"""A title was entered, granted, has lapsed or was restored: its holder is told."""

from tidu.messages.actions import Recipient, send
from tidu.messages.templates import template_for, told_of
from tidu.records.models import Entry
from tidu.titles.queries import last_day, title_by_token

FOLLOWS = told_of("title")


def run(entry: Entry) -> None:
    """Tell the firm that holds, or held, the title."""
    title = title_by_token(entry.content["title"])
    template = template_for("title", entry.verb, "firm")
    if title is None or template is None:
        return
    values = {
        "token": title.token,
        "kind": title.get_kind_display(),
        "office": entry.actor_name,
        "announcement": title.announcement,
        "valid_from": title.validity.lower,
        "last_day": last_day(title),
        "ended_on": title.ended_on,
        "reason": entry.content.get("reason", ""),
    }
    send(
        entry=entry, recipient=Recipient("firm", title.firm_id), letter=template.written(values), at=entry.at
    )
