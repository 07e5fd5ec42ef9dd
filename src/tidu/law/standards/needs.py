"""Which facts a standard needs, for which years, and what uses them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tidu.law.expressions.tree import FactValue
from tidu.law.facts import Derived, Fact, Key
from tidu.law.standards.bands import StandardError
from tidu.law.standards.definition import StandardText


@dataclass(frozen=True)
class Need:
    """A stated fact that judging needs. `years_back` is (0,) for 上年, empty for a fact of now."""

    fact: Fact
    years_back: tuple[int, ...]
    used_by: tuple[str, ...]

    def keys(self, year: int) -> tuple[Key, ...]:
        """The keys of the values meant when 上年 is `year`."""
        if not self.fact.per_year:
            return ((self.fact.id, None),)
        return tuple((self.fact.id, year - back) for back in self.years_back)


def needed_facts(text: StandardText) -> tuple[Need, ...]:
    """Every stated fact that some rule of the standard reads, in the vocabulary's order."""
    years: dict[str, set[int]] = {}
    users: dict[str, dict[str, None]] = {}
    for owner, value in _values(text):
        for fact_id, back in _stated(text, value):
            years.setdefault(fact_id, set()).update(() if back is None else (back,))
            users.setdefault(fact_id, {})[owner] = None
    return tuple(
        Need(fact, tuple(sorted(years[fact.id])), tuple(users[fact.id]))
        for fact in text.vocabulary.facts.values()
        if fact.id in users
    )


def facts_used(text: StandardText) -> tuple[list[Fact], list[Derived]]:
    """The facts (judged or only asked) and derived facts that belong to the standard."""
    asked = {need.fact.id for need in needed_facts(text)} | set(text.form_plan.also)
    unknown = sorted(asked - set(text.vocabulary.facts))
    if unknown:
        raise StandardError(f"{text.id}: the form asks unknown facts {unknown}")
    read = {value.symbol.id for _, value in _values(text)}
    vocabulary = text.vocabulary
    return (
        [fact for fact in vocabulary.facts.values() if fact.id in asked],
        [entry for entry in vocabulary.derived.values() if entry.id in read],
    )


def _values(text: StandardText) -> Iterator[tuple[str, FactValue]]:
    """Each (clause or indicator id, value it reads), scores left out."""
    known = {*text.vocabulary.facts, *text.vocabulary.derived}
    for clause in text.root:
        for value in clause.values:
            if value.symbol.id in known:
                yield clause.id, value
    for indicator in text.indicators:
        for value in indicator.values:
            yield indicator.id, value


def _stated(text: StandardText, value: FactValue) -> Iterator[tuple[str, int | None]]:
    """The stated facts behind a value; those of a derived fact are of 上年 or of now."""
    derived = text.vocabulary.derived.get(value.symbol.id)
    if derived is None:
        yield value.symbol.id, value.years_back
        return
    for fact_id in derived.sources:
        yield fact_id, 0 if text.vocabulary.fact(fact_id).per_year else None
