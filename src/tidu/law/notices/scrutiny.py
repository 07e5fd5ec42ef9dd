"""What an office should look at before it publishes a notice: nothing here stands against publishing."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations

from tidu.law import standards
from tidu.law.calendars import legal_day, quarter_window
from tidu.law.chains import load_chain
from tidu.law.notices.contradictions import stages_passed_over
from tidu.law.notices.known import Known
from tidu.law.notices.model import Notice
from tidu.law.refusals import Refused

_SHOWN = 6


def cautions(notice: Notice, known: Known | None = None) -> Iterator[Refused]:
    """Each with its place, like a problem. What names nothing that exists is a problem and no caution."""
    known = known or Known.in_rulebook()
    yield from _said_and_not_done(notice)
    yield from _headings_over_nothing(notice)
    yield from _unusual_batches(notice)
    yield from _out_of_season(notice)
    yield from _unconfirmed_standards(notice, known)
    yield from _offices_without_telephone(notice)
    with suppress(Refused):
        yield from _passed_over(notice, known)


def enforced_sentences(notice: Notice) -> set[str]:
    """The sentences from which some rule of the notice follows."""
    named = {one.sentence for one in notice.kinds} | {one.sentence for one in notice.conditions}
    named |= {one.sentence for one in notice.deadlines} | {one.sentence for one in notice.papers}
    named |= {name for reading in notice.readings for name in reading.sentences}
    named |= {name for one in notice.deliveries for name in (one.sentence, one.mailbox_sentence)}
    return named | ({notice.upkeep.sentence} if notice.upkeep else set())


def _said_and_not_done(notice: Notice) -> Iterator[Refused]:
    enforced = enforced_sentences(notice)
    left = [one.id for one in notice.sentences if one.flow and one.id not in enforced]
    if left:
        shown = "、".join(left[:_SHOWN]) + (f"等 {len(left)} 句" if len(left) > _SHOWN else "")
        yield Refused("notice_sentences_unused", field=f"sentences.{left[0]}", value=shown)


def _passed_over(notice: Notice, known: Known) -> Iterator[Refused]:
    stages = [stage.title for stage in stages_passed_over(notice, known)]
    if stages:
        yield Refused("stages_passed_over", field="procedure", stages=stages)


def _headings_over_nothing(notice: Notice) -> Iterator[Refused]:
    for key in notice.headings:
        if not any(f"{one.id}.".startswith(f"{key}.") for one in notice.sentences):
            yield Refused("notice_heading_unused", field="headings", value=key)


def _unusual_batches(notice: Notice) -> Iterator[Refused]:
    for batch in notice.batches:
        where = f"batches.{batch.id}"
        if legal_day(batch.closes) <= notice.issued:
            yield Refused(
                "batch_over_before_issue", field=f"{where}.closes", batch=batch.title, at=batch.closes
            )
        if not batch.kinds:
            yield Refused("batch_for_nobody", field=f"{where}.kinds", batch=batch.title)
    for one, other in combinations(notice.batches, 2):
        if set(one.kinds) & set(other.kinds) and one.opens < other.closes and other.opens < one.closes:
            yield Refused(
                "batches_overlap", field=f"batches.{other.id}.opens", one=one.title, other=other.title
            )
    offered = {kind for batch in notice.batches for kind in batch.kinds}
    for kind in notice.kinds:
        if kind.id not in offered:
            yield Refused("kind_in_no_batch", field=f"kinds.{kind.id}", title=kind.title)


def _out_of_season(notice: Notice) -> Iterator[Refused]:
    """原则上每年第二季度组织开展“小巨人”认定（2号第八条）: another time is the office's to decide."""
    if notice.title_kind != "little_giant":
        return
    for batch in notice.batches:
        season = quarter_window(f"{legal_day(batch.opens).year}Q2")
        if batch.opens < season.opens or batch.closes > season.closes:
            times = {"opens": batch.opens, "closes": batch.closes}
            yield Refused(
                "batch_out_of_season", field=f"batches.{batch.id}.opens", batch=batch.title, **times
            )


def _unconfirmed_standards(notice: Notice, known: Known) -> Iterator[Refused]:
    first = {batch.standard: batch for batch in reversed(notice.batches)}
    for name, batch in reversed(first.items()):
        if name in known.standards and standards.load(name).unconfirmed:
            where = f"batches.{batch.id}.standard"
            yield Refused("standard_unconfirmed", field=where, value=standards.load(name).title)


def _offices_without_telephone(notice: Notice) -> Iterator[Refused]:
    """Offices that firms turn to, under the issuer, of which the notice gives no number."""
    chain = load_chain(notice.offices)
    listed = {contact.office for contact in notice.directory}
    lacking = [
        office.name
        for office in chain.offices
        if office.places and notice.issuer in chain.above(office.code).values() and office.code not in listed
    ]
    if lacking:
        yield Refused(
            "offices_without_telephone", field="directory", count=len(lacking), names=lacking[:_SHOWN]
        )
