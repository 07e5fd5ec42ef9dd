"""What a notice itself asks of its panels (第十条), held against what an office is about to draw. Pure."""

from collections.abc import Iterator, Sequence

from tidu.law.notices import PanelTerms
from tidu.law.refusals import Refused
from tidu.panels.enums import Field
from tidu.proof.draw import Division


def short_of_terms(divisions: Sequence[Division], terms: PanelTerms) -> Iterator[Refused]:
    """Everything in which the panels of a draw fall short of the notice; more than it asks is always right.

    The number of panels counts over all divisions; the experts count in each division's panels.
    """
    panels = sum(division.panels for division in divisions)
    if panels < terms.panels:
        yield Refused("panels_short_of_notice", field="panels", value=panels, least=terms.panels)
    for division in divisions:
        yield from _seats_short(division, terms)


def days_given(asked: int | None, terms: PanelTerms) -> int:
    """How many days opinions of a draw may take: as the notice says, or fewer if the office asks for fewer.

    Refused("panel_days_beyond_notice").
    """
    if asked is None:
        return terms.days
    if asked > terms.days:
        raise Refused("panel_days_beyond_notice", field="days", value=asked, most=terms.days)
    return asked


def _seats_short(division: Division, terms: PanelTerms) -> Iterator[Refused]:
    for field, least in ((Field.INDUSTRY, terms.industry), (Field.FINANCE, terms.finance)):
        seats = division.seats.get(field.value, 0)
        if seats < least:
            yield Refused(
                "panel_field_short_of_notice", field=field.value, division=division.id,
                name=field.label, value=seats, least=least,
            )  # fmt: skip
    experts = sum(division.seats.values())
    if experts < terms.experts:
        yield Refused(
            "panel_experts_short_of_notice", field="industry", division=division.id,
            value=experts, least=terms.experts,
        )  # fmt: skip
