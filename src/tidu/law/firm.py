"""A firm's facts as the rules of one standard see them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tidu.law.derivation import Found, derivers, seen_scalar
from tidu.law.expressions import Reason, Span
from tidu.law.expressions.numbers import FactValue, Slot
from tidu.law.expressions.views import Seen
from tidu.law.facts import FactKind, Facts, Vocabulary

Reasons = Callable[["FirmView"], tuple[Reason, ...]]


class FirmView(dict[Slot, Seen]):
    """Stated facts, derived facts (computed once) and, when they are known, scores.

    It holds what was looked at already; what was not is looked up when a rule reads its slot.
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._facts = facts
        self._change: tuple[str, int | None, Any] | None = None
        self.year = facts.year
        self.as_of: date | None = facts.as_of
        self._found: dict[str, Found] = {}
        self._scores: dict[str, Reasons] = {}
        self._derivers = derivers(vocabulary)

    def with_fact(self, fact_id: str, period: int | None, value: Any) -> "FirmView":
        """The view in which one stated fact has another value."""
        moved = self.vocabulary.derived_from(fact_id)
        changed = FirmView(self.facts, self.vocabulary)
        changed._change = (fact_id, period, value)
        changed._found = {name: found for name, found in self._found.items() if name not in moved}
        changed.update(self)
        for name in (*moved, *self._scores):
            changed.pop((name, None), None)
        slot = (fact_id, None if period is None else self.year - period)
        changed[slot] = _seen(value, self.vocabulary.fact(fact_id).kind)
        return changed

    def with_derived(self, name: str, seen: Seen) -> "FirmView":
        """The view in which a derived fact is as assumed, whatever its rows say."""
        changed = FirmView(self.facts, self.vocabulary)
        changed._found = {**self._found, name: Found(seen)}
        changed.update(self)
        for score in self._scores:
            del changed[score, None]
        changed[name, None] = seen
        return changed

    @property
    def facts(self) -> Facts:
        """What is stated. A change is made in it when it is first asked for: most rules never do."""
        if self._change is not None:
            self._facts = self._facts.with_value(*self._change)
            self._change = None
        return self._facts

    def add_score(self, name: str, span: Span, why: Reasons) -> None:
        """Make a computed score visible to the rules of clauses; `why` tells what keeps it open."""
        self[name, None] = span
        self._scores[name] = why

    def __missing__(self, slot: Slot) -> Seen:
        name, back = slot
        fact = self.vocabulary.facts.get(name)
        if fact is None:
            seen = self._computed(name).seen
        else:
            stated = self.facts.values_by_key.get(slot if back is None else (name, self.year - back))
            seen = Span(stated, stated) if type(stated) is int else _seen(stated, fact.kind)
        self[slot] = seen
        return seen

    def see(self, value: FactValue) -> Seen:
        return self[value.slot]

    def why(self, value: FactValue) -> tuple[Reason, ...]:
        name = value.symbol.id
        if name in self.vocabulary.facts:
            pending = value.symbol.kind is FactKind.JUDGEMENT
            return (Reason("judgement_pending" if pending else "fact_missing", name, self.period(value)),)
        return self._scores[name](self) if name in self._scores else self._computed(name).reasons

    def period(self, value: FactValue) -> int | None:
        """The fiscal year meant, None for a fact of now."""
        return None if value.years_back is None else self.year - value.years_back

    def _computed(self, name: str) -> Found:
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._derivers[name](self.facts)
        return found


class Supposed:
    """A view in which one value is another, for rules that read nothing derived from it."""

    def __init__(self, view: FirmView, slot: Slot, seen: Seen) -> None:
        self.year = view.year
        self.as_of = view.as_of
        self._view = view
        self._slot = slot
        self._seen = seen

    def __getitem__(self, slot: Slot) -> Seen:
        return self._seen if slot == self._slot else self._view[slot]

    def see(self, value: FactValue) -> Seen:
        return self[value.slot]

    def why(self, value: FactValue) -> tuple[Reason, ...]:
        return self._view.why(value)


def _seen(value: Any, kind: FactKind) -> Seen:
    """A stated value as a rule sees it; of a table nothing."""
    return None if isinstance(value, (tuple, list)) else seen_scalar(value, kind)
