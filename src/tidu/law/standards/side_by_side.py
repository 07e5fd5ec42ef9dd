"""Standards that are easily mixed up, side by side: every word of a cell is a standard's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tidu.law.rulebook import read_toml
from tidu.law.standards.bands import StandardError
from tidu.law.standards.definition import Clause, Indicator
from tidu.law.standards.standard import Standard, load


@dataclass(frozen=True)
class Topic:
    """One thing that they settle differently: what each standard says of it, nothing where it is silent."""

    label: str
    cells: tuple[tuple[Standard, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Shown:
    """A condition quoted to settle a mistake."""

    standard: Standard
    clause: Clause


@dataclass(frozen=True)
class Mistake:
    """A common mistake, why it is one, and the conditions that settle it."""

    question: str
    answer: str
    shown: tuple[Shown, ...]


@dataclass(frozen=True)
class SideBySide:
    """Several standards compared."""

    title: str
    intro: str
    standards: tuple[Standard, ...]
    topics: tuple[Topic, ...]
    mistakes: tuple[Mistake, ...]


@cache
def side_by_side(stem: str) -> SideBySide:
    """The comparison `rulebook/comparisons/<stem>.toml`. StandardError if it names what is not there."""
    raw = read_toml("comparisons", stem)
    standards = tuple(load(one) for one in raw["standards"])
    return SideBySide(
        title=raw["title"],
        intro=raw["intro"],
        standards=standards,
        topics=tuple(_topic(topic, standards) for topic in raw["topic"]),
        mistakes=tuple(_mistake(mistake) for mistake in raw["mistake"]),
    )


def _topic(raw: Mapping[str, Any], standards: tuple[Standard, ...]) -> Topic:
    topic = Topic(raw["label"], tuple((one, tuple(_lines(raw, one))) for one in standards))
    if not any(lines for _, lines in topic.cells):
        raise StandardError(f"comparison: no standard says anything of “{topic.label}”")
    return topic


def _lines(raw: Mapping[str, Any], standard: Standard) -> Iterator[str]:
    """What one standard says of a topic, in its own words."""
    entries = entries_of(standard)
    yield from (_words(entries[name]) for name in raw.get("entries", ()) if name in entries)
    used = {entry["id"] for entry in standard.body["vocabulary"]["derived"]}
    names = [name for name in raw.get("derived", ()) if name in used]
    yield from (standard.vocabulary.derived[name].definition for name in names)
    if raw.get("about") == "use":
        yield f"{standard.confers}（{'、'.join(standard.applications)}）"
    if raw.get("about") == "upkeep" and standard.upkeep:
        yield f"有效期 {standard.upkeep.years} 年，每年{standard.upkeep.update_words}前更新"


def entries_of(standard: Standard) -> dict[str, Clause | Indicator]:
    """Every condition and indicator by its id; of the same id the condition."""
    return {**{i.id: i for i in standard.indicators}, **{clause.id: clause for clause in standard.root}}


def _words(entry: Clause | Indicator) -> str:
    return f"{entry.label}（指标，满分 {entry.full} 分）" if isinstance(entry, Indicator) else entry.label


def _mistake(raw: Mapping[str, Any]) -> Mistake:
    return Mistake(raw["question"], raw["answer"], tuple(_shown(one) for one in raw.get("shows", ())))


def _shown(named: str) -> Shown:
    standard_id, _, clause_id = named.partition(":")
    standard = load(standard_id)
    found = {clause.id: clause for clause in standard.root}.get(clause_id)
    if found is None:
        raise StandardError(f"comparison: {standard_id} has no condition {clause_id}")
    return Shown(standard, found)
