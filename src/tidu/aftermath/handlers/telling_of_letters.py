"""A formal letter has brought many cases up: the office that receives them is told once, not case by case."""

from tidu.applications.queries import desks_reached_by, letter_of_chain
from tidu.messages.actions import Recipient, send
from tidu.messages.templates import template_for, told_of
from tidu.records.models import Entry

FOLLOWS = told_of("letter")

LATE = "（逾期报送）"


def run(entry: Entry) -> None:
    """Tell each office that the letter reached how many cases came with it."""
    template = template_for("letter", entry.verb, "office")
    letter = letter_of_chain(entry.chain_id)
    for desk, count in desks_reached_by(letter).items():
        if template is not None and desk.pk != letter.office_id:
            values = {
                "letter": letter.number,
                "office": letter.office.name,
                "batch": letter.batch.title,
                "count": count,
                "at": entry.at,
                "late": LATE if letter.is_late else "",
            }
            send(
                entry=entry,
                recipient=Recipient("office", desk.pk),
                letter=template.written(values),
                at=entry.at,
            )
