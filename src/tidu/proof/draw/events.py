"""What happens after the panels are drawn: cases are dispatched, experts withdraw, conflicts come to light.

event's digest = H("tidu.draw.event.1", salt, canonical bytes of the event)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..canonical import canonical_bytes, moment_text
from ..digests import DEFAULT, tagged_digest
from .choosing import Arrival, choices, in_order
from .inputs import DrawInput, as_json
from .links import follows
from .panels import Drawn, suits
from .refusal import DrawRefused
from .standing import PanelStanding, Standing


@dataclass(frozen=True, slots=True)
class Event:
    """One event as JSON, and the salt of its digest."""

    document: Mapping[str, Any]
    salt: bytes
    algorithm: str = DEFAULT

    @property
    def digest(self) -> str:
        """What stands for the event while it is withheld."""
        data = canonical_bytes(self.document)
        return tagged_digest("tidu.draw.event.1", self.salt, data, algorithm=self.algorithm).hex()


def dispatch(
    standing: Standing, arrivals: Sequence[Arrival], *, links: tuple[str, str], at: datetime, salt: bytes
) -> Event:
    """Send cases to panels; instant mode takes one at a time. Raises :class:`DrawRefused`."""
    ordered = sorted((in_order(each) for each in arrivals), key=lambda each: each.case.id)
    _check_arrivals(standing, ordered)
    _check_links(standing, links)
    chosen = choices(standing, ordered, links)
    told = {
        "number": standing.number + 1,
        "links": list(links),
        "arrivals": [as_json(each) for each in ordered],
        "panels": [choice.panel for choice in chosen],
    }
    return _happened(standing, "dispatch", told, at, salt)


def withdraw(standing: Standing, *, expert: str, reason: str, at: datetime, salt: bytes) -> Event:
    """An expert takes part no more. The next substitute who fits takes his seat; nobody else moves."""
    if not reason.strip():
        raise DrawRefused("no_reason")
    panel = standing.panel_of(expert)
    if panel is None and not any(expert in order for order in standing.waiting.values()):
        raise DrawRefused("not_seated", expert=expert)
    substitute = _substitute(standing, panel, expert) if panel else None
    name = panel.id if panel else None
    told = {"expert": expert, "panel": name, "reason": reason, "substitute": substitute}
    return _happened(standing, "withdrawal", told, at, salt)


def declare_conflict(
    standing: Standing, *, expert: str, case: str, reason: str, at: datetime, salt: bytes
) -> Event:
    """A conflict that came to light later; if the case lies with his panel, it can be dispatched again."""
    if not reason.strip():
        raise DrawRefused("no_reason")
    if expert not in standing.candidates:
        raise DrawRefused("unknown", what="利害关系", name=expert)
    told = {"expert": expert, "case": case, "reason": reason}
    return _happened(standing, "conflict", told, at, salt)


def resume(frozen: DrawInput, seed: bytes, drawn: Drawn, events: Sequence[Event]) -> Standing:
    """The standing after stored events, which are taken as they are."""
    standing = Standing.begin(frozen, seed, drawn)
    for event in events:
        standing.apply(event.document, "")
    if events:
        standing.previous = events[-1].digest
    return standing


def _check_arrivals(standing: Standing, arrivals: Sequence[Arrival]) -> None:
    if not arrivals or (standing.frozen.mode == "instant" and len(arrivals) != 1):
        raise DrawRefused("one_case", count=len(arrivals))
    names = [each.case.id for each in arrivals]
    if len(set(names)) < len(names):
        raise DrawRefused("twice", what="案件", name=next(name for name in names if names.count(name) > 1))
    for each in arrivals:
        _check_again(standing, each)


def _check_again(standing: Standing, arrival: Arrival) -> None:
    """A case is dispatched once, unless its panel may not keep it."""
    name = standing.where.get(arrival.case.id)
    if name is None:
        return
    panel = standing.panels[name]
    if panel.is_complete and not standing.has_conflict(panel, arrival.case):
        raise DrawRefused("already", case=arrival.case.id, panel=name)
    if not arrival.again.strip():
        raise DrawRefused("no_reason")


def _check_links(standing: Standing, links: tuple[str, str]) -> None:
    number = standing.number + 1
    for chain, shown, before in zip(standing.frozen.chains, links, standing.shown, strict=True):
        if number > chain.length:
            raise DrawRefused("links_spent", length=chain.length)
        if not follows(shown, before, standing.frozen.algorithm):
            raise DrawRefused("link", number=number, holder=chain.holder)


def _substitute(standing: Standing, panel: PanelStanding, expert: str) -> str | None:
    """The first in the order of substitutes who may sit with the others and judge what they have in hand."""
    field = next(seat.field for seat in panel.members if seat.expert == expert)
    others = [seat.expert for seat in panel.members if seat.expert != expert]
    cases = standing.cases_of(panel)
    for name in standing.waiting.get((panel.division, field), ()):
        candidate = standing.candidates[name]
        fits = not standing.company.hindrance(name, others) and all(
            suits(candidate, case) and name not in standing.declared.get(case.id, ()) for case in cases
        )
        if fits and standing.frozen.cap - candidate.load >= panel.load:
            return name
    return None


def _happened(standing: Standing, kind: str, told: dict[str, Any], at: datetime, salt: bytes) -> Event:
    head = {"kind": kind, "seq": standing.seq + 1, "previous": standing.previous, "at": moment_text(at)}
    event = Event({**head, **told}, salt, standing.frozen.algorithm)
    standing.apply(event.document, event.digest)
    return event
