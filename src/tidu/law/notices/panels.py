"""How panels of experts are made up in a round (第十条), from the notice's readings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from tidu.law.calendars import Counting, add_days, end_of, legal_day
from tidu.law.notices.known import Known
from tidu.law.notices.model import Notice
from tidu.law.procedures.moves import Kind
from tidu.law.refusals import Refused


@dataclass(frozen=True)
class PanelTerms:
    """At least so many panels (组); experts in each (人), of them of industry and of finance.

    `days` (日) are how long an expert may take at most, of the calendar or working ones as `counting` says.
    The defaults are our reading where a notice says nothing: the measures ask for several panels with
    a certain number of industry and finance experts, and name no number.
    """

    panels: int = 2
    experts: int = 3
    industry: int = 1
    finance: int = 1
    days: int = 10
    counting: Counting = "calendar"


#: Under which name a notice says each of them.
PANEL_READINGS = {
    "panels_least": "panels",
    "panel_experts": "experts",
    "panel_industry": "industry",
    "panel_finance": "finance",
    "panel_days": "days",
}
COUNTING = "panel_counting"


def panel_terms(notice: Notice) -> PanelTerms:
    """What the notice says of panels. Refused("reading_of_wrong_kind")."""
    said = {one.id for one in notice.readings}
    terms: dict[str, Any] = {
        field: notice.count(name) for name, field in PANEL_READINGS.items() if name in said
    }
    if COUNTING in said:
        terms["counting"] = cast("Counting", notice.choice(COUNTING))
    return PanelTerms(**terms)


def opinion_deadline(given_at: datetime, days: int, counting: Counting) -> datetime:
    """Until when an expert hands in his opinion: 24:00 of the last day, the first being that after dispatch.

    民法典第二百零一条. Refused("calendar_year_unknown") for working days of a year not on file.
    """
    return end_of(add_days(legal_day(given_at), days, counting))


def unfit_panels(notice: Notice, known: Known) -> Iterator[Refused]:
    """Where the procedure has panels, there are several, and each has room for both kinds of experts."""
    if not any(stage.kind is Kind.PANEL for stage in known.procedure(notice.procedure).stages):
        return
    terms = panel_terms(notice)
    if terms.panels < 2:
        yield Refused("panels_too_few", field="readings.panels_least", value=terms.panels)
    if min(terms.industry, terms.finance) < 1:
        yield Refused("panel_without_kind", field="readings.panel_industry")
    if terms.industry + terms.finance > terms.experts:
        asked = terms.industry + terms.finance
        yield Refused("panel_too_small", field="readings.panel_experts", value=terms.experts, asked=asked)
