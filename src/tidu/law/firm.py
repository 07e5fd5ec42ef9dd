"""A firm's facts as the rules of one standard see them."""

from datetime import date
from typing import Any

from tidu.law.derivation import Found, derive, seen_scalar
from tidu.law.expressions import Reason
from tidu.law.expressions.tree import FactValue
from tidu.law.expressions.views import Seen
from tidu.law.facts import FactKind, Facts, Vocabulary


class FirmView:
    """Stated facts, derived facts (computed once) and, when they are known, scores."""

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self._found: dict[str, Found] = {}
        self._seen: dict[tuple[str, int | None], Seen] = {}

    def with_fact(self, fact_id: str, period: int | None, value: Any) -> "FirmView":
        """The view in which one stated fact has another value."""
        changed = FirmView(self.facts.with_value(fact_id, period, value), self.vocabulary)
        changed._found = {
            name: found for name, found in self._derived().items() if fact_id not in self._sources(name)
        }
        return changed

    def with_derived(self, name: str, seen: Seen) -> "FirmView":
        """The view in which a derived fact is as assumed, whatever its rows say."""
        changed = FirmView(self.facts, self.vocabulary)
        changed._found = {**self._derived(), name: Found(seen)}
        return changed

    @property
    def as_of(self) -> date | None:
        return self.facts.as_of

    @property
    def year(self) -> int:
        return self.facts.year

    def add_score(self, name: str, found: Found) -> None:
        """Make a computed score visible to the rules of clauses."""
        self._found[name] = found

    def see(self, value: FactValue) -> Seen:
        name = value.symbol.id
        if name not in self.vocabulary.facts:
            return self._computed(name).seen
        key = (name, value.years_back)
        if key not in self._seen:
            stated = self.facts.known(name, self.period(value))
            self._seen[key] = None if isinstance(stated, tuple) else seen_scalar(stated, value.symbol.kind)
        return self._seen[key]

    def why(self, value: FactValue) -> tuple[Reason, ...]:
        name = value.symbol.id
        if name not in self.vocabulary.facts:
            return self._computed(name).reasons
        pending = value.symbol.kind is FactKind.JUDGEMENT
        return (Reason("judgement_pending" if pending else "fact_missing", name, self.period(value)),)

    def period(self, value: FactValue) -> int | None:
        """The fiscal year meant, None for a fact of now."""
        return None if value.years_back is None else self.facts.year - value.years_back

    def _derived(self) -> dict[str, Found]:
        """What was derived so far, without the scores."""
        return {name: found for name, found in self._found.items() if name in self.vocabulary.derived}

    def _sources(self, name: str) -> tuple[str, ...]:
        return self.vocabulary.derived[name].sources

    def _computed(self, name: str) -> Found:
        found = self._found.get(name)
        if found is None:
            found = derive(self.vocabulary.derived[name], self.facts, self.vocabulary)
            self._found[name] = found
        return found
