"""What each fact bears on in a standard: found once, so that a change is tried only on what it can touch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

from tidu.law.expressions import Compiled
from tidu.law.expressions.tree import FactValue
from tidu.law.standards.definition import Clause, Indicator, StandardText


@dataclass(frozen=True)
class Bearing:
    """What moves with one fact, stated or derived.

    `moved` are the names that rules see: the fact itself, what is derived from it, the scores it bears on.
    `rules` read the fact itself, as one of `values`. `clauses` are the ids of those whose own rule reads
    something that moves, `indicators` the places of those that do.
    """

    fact: str
    moved: frozenset[str]
    rules: tuple[Compiled, ...]
    values: tuple[FactValue, ...]
    clauses: frozenset[str]
    indicators: frozenset[int]


@dataclass(frozen=True)
class Bearings:
    """Of every fact that a rule of the standard reads, by its id, in the order of the text."""

    by_fact: Mapping[str, Bearing]

    @cached_property
    def facts(self) -> frozenset[str]:
        """The ids of all these facts."""
        return frozenset(self.by_fact)

    @cached_property
    def movers(self) -> Mapping[str, frozenset[str]]:
        """The facts that move what a clause's own rule reads, by the clause's id."""
        clauses = {clause for bearing in self.by_fact.values() for clause in bearing.clauses}
        return {one: frozenset(n for n, b in self.by_fact.items() if one in b.clauses) for one in clauses}


_FOUND: WeakKeyDictionary[StandardText, Bearings] = WeakKeyDictionary()


def bearings_of(text: StandardText) -> Bearings:
    """The bearings in this standard, found when they are first asked for."""
    found = _FOUND.get(text)
    if found is None:
        found = _FOUND[text] = _bearings(text)
    return found


def _bearings(text: StandardText) -> Bearings:
    owners = tuple(_owners(text))
    read = {value.symbol.id: None for owner, _ in owners for value in owner.values}
    scores = frozenset(read) - text.vocabulary.ids
    return Bearings({name: _bearing(name, text, owners, scores) for name in read if name not in scores})


def _owners(text: StandardText) -> Iterator[tuple[Clause | Indicator, tuple[Compiled, ...]]]:
    """Each clause with a rule of its own and each indicator, with what is to be read of it."""
    for clause in text.root:
        if clause.compiled:
            yield clause, (clause.compiled,)
    for indicator in text.indicators:
        yield indicator, tuple(band.compiled for band in indicator.bands)


def _bearing(
    fact: str,
    text: StandardText,
    owners: tuple[tuple[Clause | Indicator, tuple[Compiled, ...]], ...],
    scores: frozenset[str],
) -> Bearing:
    moved = frozenset((fact, *text.vocabulary.derived_from(fact)))
    indicators = frozenset(place for place, one in enumerate(text.indicators) if one.names & moved)
    if indicators:
        moved |= scores
    readers = [(owner, rules) for owner, rules in owners if fact in owner.names]
    return Bearing(
        fact=fact,
        moved=moved,
        rules=tuple(rule for _, rules in readers for rule in rules if fact in rule.names),
        values=tuple(dict.fromkeys(v for owner, _ in readers for v in owner.values if v.symbol.id == fact)),
        clauses=frozenset(clause.id for clause in text.root if clause.names & moved),
        indicators=indicators,
    )
