"""What happens after the panels are drawn: cases are dispatched, experts withdraw, conflicts come to light.

The second lottery. Each dispatch has a key of its own,

    request = H("tidu.draw.request.1", canonical bytes of {number, arrivals})
    key     = H("tidu.draw.dispatch.1", seed, one body's link, other body's link, request)

where an arrival is the case, the digest of its frozen snapshot and its place in the ledger. Whoever lacks
one link knows nothing of the key. Each body writes the request down before it shows its link, and shows
the link of a number for one request only: what is asked for can no longer be changed.

instant: uniformly among the least loaded panels that suit, where "least loaded" takes in at least two of
them and at least ``width_percent`` of them (and all that are as loaded as the last). No panel is ever
likelier than one in that number, whatever the order of arrival: see docs/adr.
batch: :func:`~.allotment.allot`; the order of arrival plays no part.

    event's digest = H("tidu.draw.event.1", salt, canonical bytes of the event)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..canonical import canonical_bytes, moment_text
from ..digests import DEFAULT, tagged_digest
from ..stream import below, words
from .allotment import Taker, Wanting, allot
from .freezing import sorted_case
from .inputs import Case, DrawInput, as_json
from .links import follows
from .panels import Drawn, suits
from .refusal import DrawRefused
from .standing import PanelStanding, Standing


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case that reaches the panels: frozen, and entered in the ledger.

    ``again``: why it is dispatched anew; its panel has lost a seat that it needs, or has a conflict.
    """

    case: Case
    snapshot: str
    ledger_seq: int
    ledger_digest: str
    again: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A panel, and from how many it was chosen; ``conflicts`` and ``full`` were left out."""

    panel: str
    eligible: int
    among: int
    conflicts: int
    full: int


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
    ordered = sorted((_ordered(each) for each in arrivals), key=lambda each: each.case.id)
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


def choices(standing: Standing, arrivals: Sequence[Arrival], links: tuple[str, str]) -> list[Choice]:
    """To which panels the arrivals go; changes nothing."""
    frozen = standing.frozen
    request = bytes.fromhex(request_digest(standing, arrivals))
    parts = standing.seed, *(bytes.fromhex(link) for link in links), request
    key = tagged_digest("tidu.draw.dispatch.1", *parts, algorithm=frozen.algorithm)
    cases = [each.case for each in arrivals]
    if frozen.mode == "instant":
        return [_one(standing, case, key) for case in cases]
    return _batch(standing, cases, key)


def request_digest(standing: Standing, arrivals: Sequence[Arrival]) -> str:
    """What the holders of the chains write down before they show the links of the next dispatch."""
    told = [as_json(_ordered(each)) for each in arrivals]
    for arrival in told:
        del arrival["again"]
    body = canonical_bytes({"number": standing.number + 1, "arrivals": told})
    return tagged_digest("tidu.draw.request.1", body, algorithm=standing.frozen.algorithm).hex()


def _one(standing: Standing, case: Case, key: bytes) -> Choice:
    eligible, conflicts, full = _eligible(standing, case)
    if not eligible:
        raise DrawRefused("no_panel", case=case.id, conflicts=conflicts, full=full)
    among = least_loaded([panel.load for panel in eligible], standing.frozen.width_percent)
    chosen = eligible[among[below(len(among), words(key, standing.frozen.algorithm))]]
    return Choice(chosen.id, len(eligible), len(among), conflicts, full)


def least_loaded(loads: Sequence[int], width_percent: int) -> list[int]:
    """The numbers of those to choose among: the given share of the least loaded, two if there are two.

    Whoever is as loaded as the last of them is among them too.
    """
    width = -(-len(loads) * width_percent // 100)
    bound = sorted(loads)[min(len(loads), max(2, width)) - 1]
    return [number for number, load in enumerate(loads) if load <= bound]


def _batch(standing: Standing, cases: Sequence[Case], key: bytes) -> list[Choice]:
    panels = list(standing.panels.values())
    number = {panel.id: n for n, panel in enumerate(panels)}
    found = [_eligible(standing, case) for case in cases]
    fits = [{number[panel.id] for panel in eligible} for eligible, _, _ in found]
    for case, (eligible, conflicts, full) in zip(cases, found, strict=True):
        if not eligible:
            raise DrawRefused("no_panel", case=case.id, conflicts=conflicts, full=full)
    given = allot(
        [
            Wanting(case.id, (eligible[0].division,))
            for case, (eligible, _, _) in zip(cases, found, strict=True)
        ],
        [Taker(panel.id, panel.division, panel.load, panel.most) for panel in panels],
        lambda case, taker, _others: taker in fits[case],
        words(key, standing.frozen.algorithm),
        standing.frozen.sweeps,
    )
    return [
        Choice(panels[takers[0]].id, len(eligible), len(eligible), conflicts, full)
        for takers, (eligible, conflicts, full) in zip(given, found, strict=True)
    ]


def _eligible(standing: Standing, case: Case) -> tuple[list[PanelStanding], int, int]:
    """Panels that may take the case; how many have a conflict, and how many others no room."""
    eligible, conflicts, full = [], 0, 0
    for panel in standing.panels_for(case):
        if standing.has_conflict(panel, case):
            conflicts += 1
        elif panel.load >= panel.most:
            full += 1
        else:
            eligible.append(panel)
    return eligible, conflicts, full


def _ordered(arrival: Arrival) -> Arrival:
    case = sorted_case(arrival.case)
    return Arrival(case, arrival.snapshot, arrival.ledger_seq, arrival.ledger_digest, arrival.again)


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
