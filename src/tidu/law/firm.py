"""A firm's facts as the rules of one standard see them."""

from collections.abc import Mapping
from datetime import date

from tidu.law.derivation import Found, derive, seen_scalar
from tidu.law.expressions import Reason
from tidu.law.expressions.interpreter import Seen
from tidu.law.expressions.tree import FactValue
from tidu.law.facts import FactKind, Facts, Vocabulary


class FirmView:
    """Stated facts, derived facts (computed once) and, when they are known, scores.

    `assumed` replaces derived facts, for the question what one more of them
    would change.
    """

    def __init__(
        self, facts: Facts, vocabulary: Vocabulary, assumed: Mapping[str, Seen] | None = None
    ) -> None:
        self.facts = facts
        self.vocabulary = vocabulary
        self._found: dict[str, Found] = {name: Found(seen) for name, seen in (assumed or {}).items()}

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
        if name in self.vocabulary.facts:
            stated = self.facts.known(name, self.period(value))
            return None if isinstance(stated, tuple) else seen_scalar(stated, value.symbol.kind)
        return self._computed(name).seen

    def why(self, value: FactValue) -> tuple[Reason, ...]:
        name = value.symbol.id
        if name not in self.vocabulary.facts:
            return self._computed(name).reasons
        pending = value.symbol.kind is FactKind.JUDGEMENT
        return (Reason("judgement_pending" if pending else "fact_missing", name, self.period(value)),)

    def period(self, value: FactValue) -> int | None:
        """The fiscal year meant, None for a fact of now."""
        return None if value.years_back is None else self.facts.year - value.years_back

    def _computed(self, name: str) -> Found:
        found = self._found.get(name)
        if found is None:
            found = derive(self.vocabulary.derived[name], self.facts, self.vocabulary)
            self._found[name] = found
        return found
