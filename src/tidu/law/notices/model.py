"""A notice (通知) as it was issued: everything of it that bears on a round, as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from tidu.law.notices.parts import (
    Amendment,
    Annex,
    ApplicationKind,
    Basis,
    Batch,
    Condition,
    Contact,
    DeadlineRule,
    Delivery,
    Evidence,
    Paper,
    Platform,
    Reading,
    Sentence,
    TitleKind,
    Upkeep,
)
from tidu.law.refusals import Refused


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_Named)
Scalar = TypeVar("Scalar", bool, int, str)


@dataclass(frozen=True)
class Notice:
    """A whole notice. `version` grows with each corrigendum; `offices` names the chain it runs in.

    `headings` are what stands before sentences, word for word, by the beginning of their ids:
    "S1" stands before S1.1 and all after it, "S1.1" (a mark such as （一）) right before S1.1 itself.
    `form_title` is what the notice calls the form that firms fill (自评表, 申请书); `source` is
    where the issuing office published it.
    """

    id: str
    title: str
    number: str
    issuer: str
    issuer_name: str
    issued: date
    title_kind: TitleKind
    procedure: str
    offices: str
    phone: str
    platform: Platform
    basis: tuple[Basis, ...]
    sentences: tuple[Sentence, ...]
    readings: tuple[Reading, ...]
    kinds: tuple[ApplicationKind, ...]
    conditions: tuple[Condition, ...]
    batches: tuple[Batch, ...]
    deadlines: tuple[DeadlineRule, ...]
    evidence: tuple[Evidence, ...]
    evidence_note: str
    directory: tuple[Contact, ...]
    annexes: tuple[Annex, ...] = ()
    papers: tuple[Paper, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    upkeep: Upkeep | None = None
    reminders: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)
    form_title: str = ""
    source: str = ""
    transcription: str = ""
    demonstration: bool = False
    banner: str = ""
    version: int = 1
    amendments: tuple[Amendment, ...] = ()

    def batch(self, batch_id: str) -> Batch:
        """The batch of that id. Refused("notice_batch_unknown")."""
        return self._named(self.batches, batch_id, "notice_batch_unknown")

    def kind(self, kind_id: str) -> ApplicationKind:
        """The kind of application of that id. Refused("notice_kind_unknown")."""
        return self._named(self.kinds, kind_id, "notice_kind_unknown")

    def sentence(self, sentence_id: str) -> Sentence:
        """The sentence of that id. Refused("notice_sentence_unknown")."""
        return self._named(self.sentences, sentence_id, "notice_sentence_unknown")

    def paper(self, paper_id: str) -> Paper:
        """The paper of that id. Refused("notice_paper_unknown")."""
        return self._named(self.papers, paper_id, "notice_paper_unknown")

    def delivery(self, delivery_id: str) -> Delivery:
        """Where papers are sent. Refused("notice_delivery_unknown")."""
        return self._named(self.deliveries, delivery_id, "notice_delivery_unknown")

    def rule(self, deadline_id: str) -> DeadlineRule:
        """The deadline rule of that id. Refused("notice_deadline_unknown")."""
        return self._named(self.deadlines, deadline_id, "notice_deadline_unknown")

    def reading(self, reading_id: str) -> Reading:
        """The reading of that id. Refused("reading_missing")."""
        return self._named(self.readings, reading_id, "reading_missing")

    def flag(self, reading_id: str) -> bool:
        """A reading that is a yes or a no."""
        return self._value(reading_id, bool)

    def count(self, reading_id: str) -> int:
        """A reading that is a number."""
        return self._value(reading_id, int)

    def choice(self, reading_id: str) -> str:
        """A reading that is a text or one of its choices."""
        return self._value(reading_id, str)

    def corresponding_batch(self, recognised_batch: str) -> Batch:
        """Where titles of an earlier batch are re-reviewed. Refused("re_review_not_here")."""
        for batch in self.batches:
            if batch.re_reviews_batch(recognised_batch):
                return batch
        raise Refused("re_review_not_here", value=recognised_batch, notice=self.title)

    def office_at(self, level: str, above: Mapping[str, str]) -> str | None:
        """The office that acts at a level of the procedure for a firm, None if there is none.

        `above` are the offices over the firm's place by their own level. An office
        may sit at another level for one title (a 计划单列市 recommends to its province
        for one and straight to the ministry for the next): `seats` says so.
        """
        return self.seats.get(level) or above.get(level)

    def _named(self, parts: Iterable[Part], wanted: str, code: str) -> Part:
        for candidate in parts:
            if candidate.id == wanted:
                return candidate
        raise Refused(code, field=wanted, value=wanted, notice=self.title)

    def _value(self, reading_id: str, kind: type[Scalar]) -> Scalar:
        value = self.reading(reading_id).value
        if type(value) is not kind:
            raise Refused("reading_of_wrong_kind", field=reading_id, value=value, label=reading_id)
        return value
