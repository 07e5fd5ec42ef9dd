"""The second lottery: to which panel a case goes.

Each dispatch has a key of its own,

    request = H("tidu.draw.request.1", canonical bytes of {number, arrivals})
    key     = H("tidu.draw.dispatch.1", seed, one body's link, other body's link, request)

where an arrival is the case, the digest of its frozen snapshot and its place in the ledger. Whoever lacks
one link knows nothing of the key. Each body writes the request down before it shows its link, and shows
the link of a number for one request only: what is asked for can no longer be changed.

instant: uniformly among the least loaded panels that suit, where "least loaded" takes in at least two of
them and at least ``width_percent`` of them (and all that are as loaded as the last). No panel is ever
likelier than one in that number, whatever the order of arrival: see docs/adr.
batch: :func:`~.allotment.allot`; the order of arrival plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..canonical import canonical_bytes
from ..digests import tagged_digest
from ..stream import below, words
from .allotment import Taker, Wanting, allot
from .freezing import sorted_case
from .inputs import Case, as_json
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
    told = [as_json(in_order(each)) for each in arrivals]
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


def in_order(arrival: Arrival) -> Arrival:
    """An arrival whose case has its tokens and conflicts in order."""
    case = sorted_case(arrival.case)
    return Arrival(case, arrival.snapshot, arrival.ledger_seq, arrival.ledger_digest, arrival.again)
