"""The vocabulary: every fact, derived fact, evidence and section of the rulebook."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from tidu.law.facts import reading
from tidu.law.facts.definitions import Derived, Evidence, Fact, FactKind, Section
from tidu.law.facts.reading import VocabularyError
from tidu.law.rulebook import read_toml, toml_stems

Entry = TypeVar("Entry", Fact, Derived, Evidence, Section)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All entries by id, in the order of the files."""

    facts: Mapping[str, Fact]
    derived: Mapping[str, Derived]
    evidence: Mapping[str, Evidence]
    sections: Mapping[str, Section]

    def fact(self, fact_id: str) -> Fact:
        """The stated fact with this id. KeyError if there is none."""
        return self.facts[fact_id]

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of everything that a rule can speak of: stated facts and derived ones."""
        return frozenset((*self.facts, *self.derived))

    def derived_from(self, fact_id: str) -> tuple[str, ...]:
        """The ids of the derived facts that are computed from a stated one."""
        return self._derived_from.get(fact_id, ())

    @cached_property
    def _derived_from(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for entry in self.derived.values():
            for fact_id in entry.sources:
                found[fact_id] = (*found.get(fact_id, ()), entry.id)
        return MappingProxyType(found)

    @cached_property
    def by_label(self) -> Mapping[str, Fact | Derived]:
        """Facts and derived facts by the Chinese label that rules use."""
        labelled: dict[str, Fact | Derived] = {fact.label: fact for fact in self.facts.values()}
        labelled.update((derived.label, derived) for derived in self.derived.values())
        return MappingProxyType(labelled)

    def with_derived(self, derived: Iterable[Derived]) -> "Vocabulary":
        """A vocabulary in which a standard's own derived facts replace or join the common ones."""
        merged = {**self.derived, **{entry.id: entry for entry in derived}}
        return vocabulary_of(
            self.facts.values(), merged.values(), self.evidence.values(), self.sections.values()
        )


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary of the rulebook, read once. VocabularyError if a file is wrong."""
    raw: dict[str, list[dict[str, Any]]] = {}
    for stem in toml_stems("facts"):
        for name, entries in read_toml("facts", stem).items():
            raw.setdefault(name, []).extend(entries)
    return read_vocabulary(raw)


def read_vocabulary(lists: Mapping[str, Iterable[Mapping[str, Any]]]) -> Vocabulary:
    """The vocabulary that lists of tables state. VocabularyError if one of them is wrong."""
    unknown = sorted(set(lists) - {"fact", "derived", "evidence", "section", "check"})
    if unknown:
        raise VocabularyError(f"rulebook/facts: unknown lists {unknown}")
    return vocabulary_of(
        map(reading.read_fact, lists.get("fact", ())),
        map(reading.read_derived, lists.get("derived", ())),
        map(reading.read_evidence, lists.get("evidence", ())),
        map(reading.read_section, lists.get("section", ())),
    )


def vocabulary_of(
    facts: Iterable[Fact],
    derived: Iterable[Derived] = (),
    evidence: Iterable[Evidence] = (),
    sections: Iterable[Section] = (),
) -> Vocabulary:
    """A vocabulary of these entries. VocabularyError if they contradict each other."""
    vocabulary = Vocabulary(_by_id(facts), _by_id(derived), _by_id(evidence), _by_id(sections))
    _check_references(vocabulary)
    return vocabulary


def _by_id(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in found:
            raise VocabularyError(f"{entry.id} is defined twice")
        found[entry.id] = entry
    return MappingProxyType(found)


def _check_references(vocabulary: Vocabulary) -> None:
    """Every id that an entry names exists, and a label means one thing."""
    facts, derived = vocabulary.facts, vocabulary.derived
    if len(vocabulary.by_label) != len(facts) + len(derived):
        raise VocabularyError("two facts have the same label")
    for fact in facts.values():
        unknown = [e for e in fact.evidence if e not in vocabulary.evidence]
        if unknown or (fact.section and fact.section not in vocabulary.sections):
            raise VocabularyError(f"{fact.id}: unknown evidence {unknown} or section")
    for entry in derived.values():
        unknown = [source for source in entry.sources if source not in facts]
        if unknown:
            raise VocabularyError(f"{entry.id}: derived from unknown facts {unknown}")
        if entry.table and facts[entry.table].kind is not FactKind.TABLE:
            raise VocabularyError(f"{entry.id}: {entry.table} is not a table")
        if entry.since and facts[entry.since].kind is not FactKind.DATE:
            raise VocabularyError(f"{entry.id}: {entry.since} is not a date")
