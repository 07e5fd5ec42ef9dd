"""Opinions are due soon or overdue: the expert is told, and the office that drew."""

from datetime import datetime

from tidu.law.refusals import fill
from tidu.messages.actions import Letter, Recipient, send
from tidu.messages.templates import template_for, told_of
from tidu.panels.queries.draws import draw_of_chain
from tidu.panels.queries.experts import expert_of_chain
from tidu.records.models import Entry

FOLLOWS = told_of("expert") | told_of("draw")


def run(entry: Entry) -> None:
    """One message, however many cases it is about."""
    told = _to_expert(entry) if entry.chain.kind == "expert" else _to_office(entry)
    if told is not None:
        recipient, letter = told
        send(entry=entry, recipient=recipient, letter=letter, at=entry.at)


def _to_expert(entry: Entry) -> tuple[Recipient, Letter] | None:
    template, expert = template_for("expert", entry.verb, "expert"), expert_of_chain(entry.chain_id)
    if template is None or expert.account_id is None:
        return None
    due = fill("{at:end}", {"at": datetime.fromisoformat(entry.content["first_due"])})
    values = entry.content | {"first_due": due, "office": expert.office.name}
    return Recipient("expert", expert.pk), template.written(values)


def _to_office(entry: Entry) -> tuple[Recipient, Letter] | None:
    template, draw = template_for("draw", entry.verb, "office"), draw_of_chain(entry.chain_id)
    if template is None:
        return None
    values = entry.content | {"batch": draw.batch.title, "draw_id": draw.pk, "at": entry.at}
    return Recipient("office", draw.office_id), template.written(values)
