"""One standard cut for its page. Every word is the standard's own; only the arrangement is ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidu.law.facts import Derived, Fact, FactKind
from tidu.law.standards import Clause, Indicator, Need, Shape, Standard

_SIGNS = {
    (True, True): ("≥", "<"),
    (True, False): (">", "≤"),
    (False, True): ("≤", ">"),
    (False, False): ("<", "≥"),
}
"""How a band is reached and the one above it missed, by whether more is better and who has the edge."""
JOINS = {"all": "须同时满足", "any": "满足其一", "": ""}


@dataclass(frozen=True)
class Line:
    """A condition at its depth. `joins` says how the conditions below it count."""

    clause: Clause
    depth: int
    joins: str


@dataclass(frozen=True)
class BandLine:
    """One band: its words, the rule as the file writes it, and its points."""

    text: str
    rule: str
    points: int


@dataclass(frozen=True)
class Scored:
    """An indicator with its bands."""

    indicator: Indicator
    bands: tuple[BandLine, ...]
    is_sum: bool
    is_awaited: bool


@dataclass(frozen=True)
class Group:
    """A dimension with its indicators, and the points that they give together."""

    label: str
    full: int
    indicators: tuple[Scored, ...]


@dataclass(frozen=True)
class Asked:
    """A fact that judging needs: for which years, what reads it, and where that stands."""

    fact: Fact
    years: str
    used_by: tuple[str, ...]
    source: str


def lines(standard: Standard) -> tuple[Line, ...]:
    """Every condition below the outcome, parents first."""
    return tuple(_lines(standard.root, 0))


def _lines(clause: Clause, depth: int) -> Iterator[Line]:
    for part in clause.parts:
        yield Line(part, depth, JOINS[part.joins])
        yield from _lines(part, depth + 1)


def pass_lines(standard: Standard) -> tuple[Clause, ...]:
    """The conditions that ask for a score."""
    return tuple(clause for clause in standard.root if any(name.startswith("score") for name in clause.names))


def groups(standard: Standard) -> tuple[Group, ...]:
    """The indicators by dimension."""
    document = standard.body["document"]
    raw = {entry["id"]: entry for entry in document.get("indicator", ())}
    gains_edge = document.get("band_edge", "higher") == "higher"
    found = []
    for dimension in standard.dimensions:
        members = [one for one in standard.indicators if one.dimension == dimension.id]
        scored = tuple(_scored(one, raw[one.id], gains_edge=gains_edge) for one in members)
        found.append(Group(dimension.label, sum(one.full for one in members), scored))
    return tuple(found)


def _scored(indicator: Indicator, raw: Mapping[str, Any], *, gains_edge: bool) -> Scored:
    entries: Sequence[Mapping[str, Any]] = raw.get("bands") or raw.get("adds") or ()
    is_ladder = bool(entries) and bool({"from", "to"} & set(entries[0]))
    rules = _edges(entries, gains_edge=gains_edge) if is_ladder else _written(entries)
    bands = tuple(
        BandLine(entry["text"], rule, entry["points"]) for entry, rule in zip(entries, rules, strict=True)
    )
    return Scored(indicator, bands, indicator.shape is Shape.SUM, indicator.shape is Shape.AWAITED)


def _written(entries: Sequence[Mapping[str, Any]]) -> list[str]:
    return [" ".join(str(entry.get("when", "其余")).split()) for entry in entries]


def _edges(entries: Sequence[Mapping[str, Any]], *, gains_edge: bool) -> list[str]:
    """The two ends of each band; `gains_edge` puts a value on an edge into the band with more points."""
    rises = "from" in entries[0]
    near = "from" if rises else "to"
    reached, missed = _SIGNS[rises, gains_edge]
    ends = [entry.get(near) for entry in entries]
    pairs = zip(ends, [None, *ends[:-1]], strict=True)
    bands = [((reached, own), (missed, above)) for own, above in pairs]
    lower_first = [band if rises else band[::-1] for band in bands]
    return ["，".join(f"{sign} {end}" for sign, end in band if end is not None) for band in lower_first]


def reckoned(standard: Standard) -> tuple[Derived, ...]:
    """What the standard reckons from lists, as it reckons it."""
    used = (entry["id"] for entry in standard.body["vocabulary"]["derived"])
    return tuple(standard.vocabulary.derived[name] for name in used)


def asked(standard: Standard) -> tuple[Asked, ...]:
    """The facts that judging needs, in the vocabulary's order."""
    labels = {i.id: i.label for i in standard.indicators} | {c.id: c.label for c in standard.root}
    return tuple(_asked(need, labels, source_of(need, standard)) for need in standard.needed_facts())


def _asked(need: Need, labels: Mapping[str, str], source: str) -> Asked:
    years = "、".join("上" * (back + 1) + "年" for back in need.years_back)
    return Asked(need.fact, years, tuple(labels[name] for name in need.used_by), source)


def source_of(need: Need, standard: Standard) -> str:
    """Where it stands that this is asked: for what is asked once, the conditions that read it.

    The vocabulary serves every standard, and its source may be another instrument or one city's notice.
    Figures by year, lists, and what only gives points are defined where the vocabulary says.
    """
    fact = need.fact
    if not fact.source or fact.per_year or fact.kind is FactKind.TABLE:
        return fact.source
    cited = {clause.id: clause.citation.text for clause in standard.root}
    return "；".join(dict.fromkeys(cited[name] for name in need.used_by if name in cited)) or fact.source
