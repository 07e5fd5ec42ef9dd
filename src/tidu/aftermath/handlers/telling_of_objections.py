"""An objection was filed: its handling office is told; not the firm, not the office complained of."""

from tidu.messages.actions import Recipient, send
from tidu.messages.templates import template_for, told_of
from tidu.publicity.queries import objection_of_chain
from tidu.records.models import Entry

FOLLOWS = told_of("objection")


def run(entry: Entry) -> None:
    """Tell the handling office which entry of which list it concerns, and nothing of who objected."""
    objection = objection_of_chain(entry.chain_id)
    template = template_for("objection", entry.verb, "office")
    if template is None:
        return
    values = {
        "objection_id": objection.pk,
        "firm": objection.entry.firm_name,
        "list": objection.entry.list.title,
        "at": entry.at,
    }
    send(
        entry=entry,
        recipient=Recipient("office", objection.office_id),
        letter=template.written(values),
        at=entry.at,
    )
