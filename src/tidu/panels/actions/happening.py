"""What every act on a draw goes through: the draw held, refusals said, events and ledger written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from tidu.database.scope import Actor
from tidu.law.refusals import Refused
from tidu.panels.models import Draw, DrawEvent
from tidu.proof import draw as kernel
from tidu.proof.canonical import JSON, canonical_bytes
from tidu.records.actions import record


@contextmanager
def kernels_words() -> Iterator[None]:
    """What the kernel refuses, refused here with its own sentence: Refused("draw_refused")."""
    try:
        yield
    except kernel.DrawRefused as refused:
        raise Refused("draw_refused", reason=f"{refused.sentence.rstrip('。')}。") from refused


def lock_draw(draw_id: int, *, office_id: int | None = None) -> Draw:
    """A draw, held until the transaction ends; of this office if one is named. Refused("draw_unknown")."""
    found = Draw.objects.select_for_update(of=("self",)).select_related("chain", "batch__notice", "office")
    draw = found.filter(pk=draw_id, **({} if office_id is None else {"office_id": office_id})).first()
    if draw is None:
        raise Refused("draw_unknown")
    return draw


def record_in(
    draw: Draw,
    actor: Actor,
    verb: str,
    at: datetime,
    body: Mapping[str, JSON],
    *,
    snapshot: str | None = None,
) -> None:
    """One entry in the draw's own ledger, which is public: pseudonyms and digests alone."""
    record(chain=draw.chain, verb=verb, actor=actor, at=at, body=body, snapshot=snapshot)


def keep_event(draw: Draw, actor: Actor, verb: str, event: kernel.Event, at: datetime, **more: JSON) -> None:
    """Store what happened, and bind it by its salted digest in the ledger."""
    document = dict(event.document)
    DrawEvent.objects.create(
        draw=draw,
        seq=document["seq"],
        kind=document["kind"],
        document=canonical_bytes(document),
        salt=event.salt,
        at=at,
    )
    said: dict[str, JSON] = {"seq": document["seq"], "event": event.digest, **more}
    record_in(draw, actor, verb, at, said)
