"""The record of a draw (抽取笔录): everything from which anyone can do the draw again.

While opinions are open the events are withheld: their salted digests stand in the record and bind them,
who judges what stays unknown. Afterwards the same record is published with the events in full. A record
without reveals is that of a commitment alone, as it is published before the seed exists.

    record's digest = H("tidu.draw.1", canonical bytes of every other field)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..canonical import canonical_bytes
from ..chain import Break
from ..digests import tagged_digest
from .checks import day, is_digest
from .events import Event, declare_conflict, dispatch, withdraw
from .inputs import DrawInput, commitment, input_document
from .panels import Drawn, draw_panels
from .reading import (
    arrivals_from,
    drawn_document,
    event_from,
    input_from,
    moment_from,
    reveals_document,
    reveals_from,
)
from .refusal import DrawRefused
from .seeds import Reveals, seed
from .standing import Standing

FORMAT = "tidu.draw.1"
Document = Mapping[str, Any]


def record_document(
    frozen: DrawInput,
    *,
    witnesses: Mapping[str, str],
    reveals: Reveals | None = None,
    drawn: Drawn | None = None,
    events: Sequence[Event] = (),
    withheld_until: str | None = None,
) -> dict[str, Any]:
    """A record for publication; with ``withheld_until`` (a date) the events appear as digests only."""
    sown = None if reveals is None else seed(frozen, witnesses, reveals).hex()
    document = {
        "format": FORMAT,
        "input": input_document(frozen),
        "commitment": commitment(frozen),
        "witnesses": dict(witnesses),
        "reveals": None if reveals is None else reveals_document(reveals),
        "seed": sown,
        "drawn": None if drawn is None else drawn_document(drawn),
        "events": [_event_fields(each, withheld=withheld_until is not None) for each in events],
        "withheld_until": withheld_until,
    }
    return {**document, "digest": record_digest(document)}


def record_digest(document: Document) -> str:
    """The digest of a record, over every field but itself."""
    rest = {name: value for name, value in document.items() if name != "digest"}
    return tagged_digest(FORMAT, canonical_bytes(rest), algorithm=document["input"]["algorithm"]).hex()


def record_breaks(document: Document) -> Iterator[Break]:
    """Every place where a record does not give its own result again; KeyError and its like if malformed."""
    name = f"抽取 {document['input']['draw']}"
    try:
        yield from _breaks(name, document)
    except DrawRefused as refused:
        yield Break(name, None, "draw_refused", found=refused.sentence)


def same(one: object, other: Any) -> bool:
    """Whether two values have the same canonical bytes; 1 is not ``true``."""
    return canonical_bytes(one) == canonical_bytes(other)  # type: ignore[arg-type]


def _event_fields(event: Event, *, withheld: bool) -> dict[str, Any]:
    shown = {"salt": event.salt.hex(), "event": event.document}
    return {"digest": event.digest, **({"salt": None, "event": None} if withheld else shown)}


def _breaks(name: str, document: Document) -> Iterator[Break]:
    found = record_digest(document)
    if found != document["digest"]:
        yield Break(name, None, "draw_digest", found, document["digest"])
    frozen = input_from(document["input"])
    if not same(input_document(frozen), document["input"]):
        yield Break(name, None, "draw_order")
    committed = commitment(frozen)
    if committed != document["commitment"]:
        yield Break(name, None, "draw_commitment", committed, document["commitment"])
    witnesses = document["witnesses"]
    if witnesses and (sorted(witnesses) != sorted(frozen.seed.witnesses)):
        yield Break(name, None, "draw_witnesses", "、".join(frozen.seed.witnesses), "、".join(witnesses))
    if not all(is_digest(each) for each in witnesses.values()):
        yield Break(name, None, "draw_witnesses")
    yield from _result_breaks(name, document, frozen)


def _result_breaks(name: str, document: Document, frozen: DrawInput) -> Iterator[Break]:
    """The seed from its reveals, the panels from the seed, the events from the panels."""
    if document["reveals"] is None:
        if document["seed"] is not None or document["drawn"] is not None or document["events"]:
            yield Break(name, None, "draw_unrevealed")
        return
    sown = seed(frozen, document["witnesses"], reveals_from(document["reveals"]))
    if sown.hex() != document["seed"]:
        yield Break(name, None, "draw_seed", sown.hex(), str(document["seed"]))
    if document["drawn"] is not None:
        drawn = draw_panels(frozen, sown)
        yield from _panel_breaks(name, document["drawn"], drawn)
        yield from _event_breaks(name, document, Standing.begin(frozen, sown, drawn))
    elif document["events"]:
        yield Break(name, None, "draw_unrevealed")


def _panel_breaks(name: str, told: Document, drawn: Drawn) -> Iterator[Break]:
    again = drawn_document(drawn)
    for part, value in again.items():
        if not same(value, told[part]):
            yield Break(name, None, f"draw_{part}")
    if len(again) != len(told):
        yield Break(name, None, "draw_order")


def _event_breaks(name: str, document: Document, standing: Standing) -> Iterator[Break]:
    withheld = document["withheld_until"]
    if withheld is not None:
        day(withheld, "withheld_until")
    for number, fields in enumerate(document["events"], start=1):
        if sorted(fields) != ["digest", "event", "salt"] or not is_digest(fields["digest"]):
            yield Break(name, number, "draw_event", found=str(fields["digest"]))
        elif (fields["event"] is None, fields["salt"] is None) != (withheld is not None,) * 2:
            yield Break(name, number, "draw_withheld")
        elif withheld is None:
            found = list(_one_event_breaks(name, number, fields, standing))
            yield from found
            if found:
                return  # what follows was made from another standing


def _one_event_breaks(name: str, number: int, fields: Document, standing: Standing) -> Iterator[Break]:
    told = event_from(fields, standing.frozen.algorithm)
    if told.digest != fields["digest"]:
        yield Break(name, number, "draw_event", told.digest, fields["digest"])
    try:
        again = happen_again(standing, told)
    except DrawRefused as refused:
        yield Break(name, number, "draw_refused", found=refused.sentence)
        return
    if not same(again.document, told.document):
        outcome = {"dispatch": "panels", "withdrawal": "substitute"}.get(again.document["kind"], "case")
        expected, found = (_said(each.document.get(outcome)) for each in (again, told))
        differ = expected != found
        yield Break(name, number, "draw_again", expected if differ else "", found if differ else "")


def _said(outcome: object) -> str:
    return "、".join(map(str, outcome)) if isinstance(outcome, list) else str(outcome)


def happen_again(standing: Standing, told: Event) -> Event:
    """The event anew from what led to it; ValueError for a kind that there is not."""
    document, salt = told.document, told.salt
    at = moment_from(document["at"])
    if document["kind"] == "dispatch":
        one, other = document["links"]
        arrivals = arrivals_from(document["arrivals"])
        return dispatch(standing, arrivals, links=(one, other), at=at, salt=salt)
    if document["kind"] == "withdrawal":
        expert, reason = document["expert"], document["reason"]
        return withdraw(standing, expert=expert, reason=reason, at=at, salt=salt)
    if document["kind"] == "conflict":
        expert, case, reason = document["expert"], document["case"], document["reason"]
        return declare_conflict(standing, expert=expert, case=case, reason=reason, at=at, salt=salt)
    raise ValueError(document["kind"])
