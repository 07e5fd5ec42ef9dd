"""From the tables to the kernel of the draw: who can be drawn, how a case looks, where a draw stands."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from django.db.models import Count, Q

from tidu.applications.models import Case
from tidu.applications.queries.contents import last_bodies
from tidu.law.calendars import Counting
from tidu.law.notices import opinion_deadline
from tidu.law.refusals import Refused
from tidu.panels.avoidance import plain_name
from tidu.panels.enums import EventKind, Field
from tidu.panels.models import Conflict, Draw, DrawEvent, Expert, Hand, PoolMember
from tidu.panels.secrets import Secrets
from tidu.proof import draw as kernel
from tidu.proof.canonical import parse_canonical
from tidu.records.queries import thaw

SECTOR = "industry_code"
HOLDERS = ("controlling_shareholder", "actual_controller")
UNIT, AREA, EXPERT, CASE = "unit", "area", "expert", "case"
"""Kinds of pseudonym. An employer, a holder and a unit served before are all units."""


def candidate(expert: Expert, kept: Secrets, *, cap: int, in_hand: int, by_area: bool) -> kernel.Candidate:
    """An expert as the draw knows him. Who takes fewer cases than the cap has so many already."""
    units = [expert.employer_uscc, plain_name(expert.employer), *map(plain_name, expert.served)]
    avoids = {kept.pseudonym(UNIT, unit) for unit in units if unit}
    if by_area:
        avoids.add(kept.pseudonym(AREA, expert.area_id))
    fields = [kernel.Field(expert.field, sector) for sector in expert.sectors or ("",)]
    return kernel.Candidate(
        id=kept.pseudonym(EXPERT, expert.pk),
        fields=tuple(fields),
        apart=(kept.pseudonym(UNIT, plain_name(expert.employer)),),
        avoids=tuple(sorted(avoids)),
        load=min(cap, in_hand + max(0, cap - expert.most_cases)),
    )


def cases_in_hand(experts: Iterable[Expert]) -> Mapping[int, int]:
    """How many cases each of these has before him, by expert; one query."""
    found = Expert.objects.filter(pk__in=[one.pk for one in experts])
    counted = found.annotate(now=Count("tasks", filter=Q(tasks__ended_at__isnull=True)))
    return dict(counted.values_list("pk", "now"))


def draw_case(case: Case, draw: Draw, kept: Secrets) -> kernel.Case:
    """A case as the draw knows it, from what its firm submitted last."""
    values = last_bodies([case.pk]).get(case.pk, {}).get("facts", {}).get("values", {})
    units = [case.firm.uscc, plain_name(case.firm.name), *(plain_name(_now(values, one)) for one in HOLDERS)]
    tokens = {kept.pseudonym(UNIT, unit) for unit in units if unit}
    if draw.by_area:
        tokens.add(kept.pseudonym(AREA, case.firm.area_id))
    return kernel.Case(
        id=kept.pseudonym(CASE, case.pk),
        sector=_now(values, SECTOR)[:2],
        tokens=tuple(sorted(tokens)),
        conflicts=tuple(said_against(case, draw)),
    )


def said_against(case: Case, draw: Draw) -> list[str]:
    """The pseudonyms of those of whom somebody said that they must not judge the firm of this case."""
    said = Conflict.objects.filter(firm_id=case.firm_id).values("expert_id")
    members = PoolMember.objects.filter(draw=draw, expert_id__in=said)
    return sorted(members.values_list("pseudonym", flat=True))


def input_of(draw: Draw) -> kernel.DrawInput:
    """What the draw was frozen with."""
    return _frozen(draw.input)


@lru_cache(maxsize=4)
def _frozen(digest: str) -> kernel.DrawInput:
    """Read and checked once for each process: the digest stands for these bytes and no others."""
    return kernel.input_from(thaw(digest))


def drawn_of(draw: Draw) -> kernel.Drawn:
    """What came out of its first lottery."""
    return kernel.drawn_from(thaw(draw.drawn))


def events_of(draw: Draw) -> list[kernel.Event]:
    """Everything that has happened since, in order."""
    rows = DrawEvent.objects.filter(draw=draw).order_by("seq")
    return [_event(row) for row in rows]


def standing_of(draw: Draw) -> kernel.Standing:
    """Where a draw stands now; the draw must be locked by whoever goes on from here."""
    return kernel.resume(input_of(draw), bytes.fromhex(draw.seed), drawn_of(draw), events_of(draw))


def standing_for(draw: Draw, kept: Secrets, case_ids: Collection[int]) -> kernel.Standing:
    """Where a draw stands, as far as the dispatch of these cases asks: told from what is stored.

    Dispatches before are counted by panel and not taken up one by one; of other cases the standing knows
    nothing. The draw must be locked.
    """
    standing = kernel.Standing.begin(input_of(draw), bytes.fromhex(draw.seed), drawn_of(draw))
    events = DrawEvent.objects.filter(draw=draw).order_by("seq")
    for row in events.exclude(kind=EventKind.DISPATCH):
        standing.apply(_event(row).document, "")
    newest, sent = events.last(), events.filter(kind=EventKind.DISPATCH)
    if newest is not None:
        standing.seq, standing.previous = newest.seq, _event(newest).digest
    if (last := sent.last()) is not None:
        one, other = _event(last).document["links"]
        standing.number, standing.shown = sent.count(), (one, other)
    latest = Hand.objects.filter(draw=draw).order_by("case_id", "-pk").distinct("case_id")
    for case_id, name in latest.values_list("case_id", "panel"):
        standing.panels[name].load += 1
        if case_id in case_ids:
            standing.where[kept.pseudonym(CASE, case_id)] = name
    return standing


def _event(row: DrawEvent) -> kernel.Event:
    return kernel.Event(parse_canonical(bytes(row.document)), bytes(row.salt))


def members_of(draw: Draw) -> dict[str, PoolMember]:
    """Everybody whom the draw took in, by pseudonym."""
    found = PoolMember.objects.filter(draw=draw).select_related("expert")
    return {member.pseudonym: member for member in found}


def due_from(draw: Draw, given_at: datetime) -> datetime:
    """Until when an opinion is due of a case that is given to somebody at a moment; legal days (通知).

    Refused("calendar_year_unknown") for working days of a year not on file.
    """
    return opinion_deadline(given_at, draw.days, cast("Counting", draw.counting))


def due_of_substitute(draw: Draw, hand: Hand, given_at: datetime) -> datetime:
    """Until when an opinion is due of somebody who takes another's seat.

    A seat must be filled even in a year whose working days are not on file yet: then its days are counted
    as calendar days, and never end before those of the panel.
    """
    try:
        return due_from(draw, given_at)
    except Refused as refused:
        if refused.code != "calendar_year_unknown":
            raise
        return max(hand.due_at, opinion_deadline(given_at, draw.days, "calendar"))


def field_of(seat: kernel.Seat) -> Field:
    """For what a member of a panel sits."""
    return Field(seat.field)


def _now(values: Mapping[str, Any], fact: str) -> str:
    """A text of now among stated facts; empty if the firm said nothing."""
    return str((values.get(fact) or {}).get("now") or "")
