"""What an overlay changes of the standard that it builds on, told by the two standards themselves."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from tidu.law.facts import Derived
from tidu.law.rulebook import read_toml
from tidu.law.standards.definition import Clause, Indicator, Shape
from tidu.law.standards.standard import Standard, load, standard_ids

Kind = Literal["changed", "added", "dropped"]
Entry = TypeVar("Entry", Clause, Indicator, Derived)


@dataclass(frozen=True)
class Difference:
    """One entry that the overlay changes, adds or leaves out; `before` and `after` are its text and rule."""

    kind: Kind
    label: str
    before: str
    after: str


def base_of(standard_id: str) -> str:
    """The id of the standard that this one overlays; empty if it stands alone. KeyError if there is none."""
    if standard_id not in standard_ids():
        raise KeyError(standard_id)
    return str(read_toml("standards", standard_id).get("base", ""))


def overlays_of(standard_id: str) -> tuple[str, ...]:
    """The ids of the standards that overlay this one."""
    return tuple(one for one in standard_ids() if base_of(one) == standard_id)


def differences(standard_id: str) -> tuple[Difference, ...]:
    """What an overlay changes of its base, in the order of the base; empty for a standard of its own."""
    base_id = base_of(standard_id)
    if not base_id:
        return ()
    base, own = load(base_id), load(standard_id)
    return (
        *_between(_clauses(base), _clauses(own), _clause_words),
        *_between({i.id: i for i in base.indicators}, {i.id: i for i in own.indicators}, _indicator_words),
        *_between(_derived(base), _derived(own), _derived_words),
    )


def _between(
    base: Mapping[str, Entry], own: Mapping[str, Entry], words: Callable[[Entry], str]
) -> Iterator[Difference]:
    """Entries by their id: what is gone, what reads otherwise, what has come."""
    for name, entry in base.items():
        if name not in own:
            yield Difference("dropped", entry.label, words(entry), "")
        elif words(entry) != words(own[name]):
            yield Difference("changed", own[name].label, words(entry), words(own[name]))
    for name, entry in own.items():
        if name not in base:
            yield Difference("added", entry.label, "", words(entry))


def _clause_words(clause: Clause) -> str:
    """A clause in a line; what a joined clause consists of shows in its parts."""
    return _line(clause.label, clause.rule.strip(), *_cited(clause))


def _indicator_words(indicator: Indicator) -> str:
    if indicator.shape is Shape.AWAITED:
        bands = "分档待省级主管部门设定"
    else:
        bands = "；".join(f"{band.text} {band.points} 分" for band in indicator.bands)
    return _line(indicator.label, f"满分 {indicator.full} 分", bands, *_cited(indicator))


def _derived_words(derived: Derived) -> str:
    return _line(derived.label, derived.definition, derived.source)


def _cited(entry: Clause | Indicator) -> tuple[str, str]:
    return f"{entry.citation.text}（{entry.citation.certainty.label}）", entry.reading


def _line(*words: str) -> str:
    return "\n".join(word for word in words if word)


def _clauses(standard: Standard) -> dict[str, Clause]:
    return {clause.id: clause for clause in standard.root}


def _derived(standard: Standard) -> dict[str, Derived]:
    """The derived facts that the standard reads, as it reckons them."""
    used = [entry["id"] for entry in standard.body["vocabulary"]["derived"]]
    return {name: standard.vocabulary.derived[name] for name in used}
