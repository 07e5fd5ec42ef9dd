"""From a standard's document to its checked text. Every mistake is a StandardError."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tidu.law.expressions import (
    Condition,
    Number,
    RuleError,
    Symbol,
    parse_condition,
    parse_number,
    symbol_of,
)
from tidu.law.facts import FactKind, Vocabulary
from tidu.law.standards.bands import StandardError, read_bands, read_items
from tidu.law.standards.definition import (
    Band,
    Certainty,
    Citation,
    Clause,
    Dimension,
    FormPlan,
    Indicator,
    Instrument,
    Joins,
    Shape,
    Upkeep,
)

SCORE_UNIT = "分"
SCORE_BOUND = 1_000
TOTAL_SCORE = "score"
_SHAPES = {"bands": Shape.BANDS, "adds": Shape.SUM, "awaits": Shape.AWAITED}

_KEYS = {
    "schema", "id", "title", "confers", "short", "jurisdiction", "applications", "effective", "ended",
    "unconfirmed", "unconfirmed_words", "band_edge", "outcome", "instrument", "clause", "dimension",
    "indicator", "derived", "form", "upkeep",
}  # fmt: skip


def check_keys(document: Mapping[str, Any]) -> None:
    """StandardError if the document has a key that no standard has."""
    unknown = sorted(set(document) - _KEYS)
    if unknown:
        raise StandardError(f"{document.get('id')}: unknown keys {unknown}")


def read_instrument(raw: Mapping[str, str]) -> Instrument:
    """The document cited."""
    return Instrument(**raw)


def read_upkeep(raw: Mapping[str, Any] | None) -> Upkeep | None:
    """How long the title holds and when its data are updated, where the instrument says it."""
    return Upkeep(**raw) if raw else None


def read_dimensions(document: Mapping[str, Any]) -> tuple[Dimension, ...]:
    """The dimensions in their order."""
    return tuple(Dimension(**raw) for raw in document.get("dimension", ()))


def score_symbols(dimensions: Iterable[Dimension]) -> dict[str, Symbol]:
    """`评价得分` and one `<dimension>得分` each, for the rules of clauses."""
    named = [(TOTAL_SCORE, "评价得分"), *((score_id(d.id), f"{d.label}得分") for d in dimensions)]
    return {
        label: Symbol(name, label, FactKind.COUNT, SCORE_UNIT, at_least=0, at_most=SCORE_BOUND)
        for name, label in named
    }


def score_id(dimension_id: str) -> str:
    """The name under which a dimension's score is seen by rules."""
    return f"{TOTAL_SCORE}.{dimension_id}"


def fact_symbols(vocabulary: Vocabulary) -> dict[str, Symbol]:
    """Every fact and derived fact by its label."""
    return {label: symbol_of(entry) for label, entry in vocabulary.by_label.items()}


def read_clauses(document: Mapping[str, Any], symbols: Mapping[str, Symbol]) -> Clause:
    """The clause named by `outcome`, with all clauses below it."""
    raw_by_id = {raw["id"]: raw for raw in document.get("clause", ())}
    used: list[str] = []

    def build(clause_id: str) -> Clause:
        if clause_id in used:
            raise StandardError(f"clause {clause_id} is used twice, or contains itself")
        used.append(clause_id)
        raw = raw_by_id.get(clause_id)
        if raw is None:
            raise StandardError(f"there is no clause {clause_id}")
        return _clause(raw, tuple(build(part) for part in _part_ids(raw)), symbols)

    root = build(document["outcome"])
    unused = sorted(set(raw_by_id) - set(used))
    if unused:
        raise StandardError(f"clauses {unused} have no part in the outcome")
    return root


def read_indicators(
    document: Mapping[str, Any], symbols: Mapping[str, Symbol], dimensions: Iterable[Dimension]
) -> tuple[Indicator, ...]:
    """The indicators with their bands proved to have neither gap nor overlap."""
    known = {dimension.id: dimension for dimension in dimensions}
    indicators = tuple(
        _indicator(raw, symbols, document.get("band_edge", "higher")) for raw in document.get("indicator", ())
    )
    for indicator in indicators:
        if indicator.dimension not in known:
            raise StandardError(f"{indicator.id}: there is no dimension {indicator.dimension}")
    for dimension in known.values():
        full = sum(indicator.full for indicator in indicators if indicator.dimension == dimension.id)
        if dimension.full not in (None, full):
            raise StandardError(f"{dimension.id}: its indicators give {full} points, not {dimension.full}")
    return indicators


def read_form_plan(raw: Mapping[str, Any]) -> FormPlan:
    """What the form asks besides the facts that judging needs."""
    return FormPlan(raw.get("years", 1), tuple(raw.get("also", ())), tuple(raw.get("also_evidence", ())))


def read_day(value: str | None) -> date | None:
    """A day of the document, which holds days as text."""
    return date.fromisoformat(value) if value else None


def _part_ids(raw: Mapping[str, Any]) -> tuple[str, ...]:
    given = [key for key in ("rule", "all", "any") if key in raw]
    if len(given) != 1:
        raise StandardError(f"clause {raw['id']}: give exactly one of rule, all and any")
    return () if given == ["rule"] else tuple(raw[given[0]])


def _clause(raw: Mapping[str, Any], parts: tuple[Clause, ...], symbols: Mapping[str, Symbol]) -> Clause:
    rule = raw.get("rule", "")
    condition = _condition(raw["id"], rule, symbols) if rule else None
    joins: Joins = "" if rule else ("all" if "all" in raw else "any")
    reading = raw.get("reading", "")
    return Clause(raw["id"], raw["label"], read_citation(raw), rule, condition, joins, parts, reading)


def _condition(owner: str, rule: str, symbols: Mapping[str, Symbol]) -> Condition:
    try:
        return parse_condition(rule, symbols)
    except RuleError as error:
        raise StandardError(f"{owner}: {error}") from error


def read_citation(raw: Mapping[str, Any]) -> Citation:
    """Where the value stands and how certain it is. StandardError if that is not said."""
    try:
        return Citation(raw["citation"], Certainty(raw["certainty"]))
    except (KeyError, ValueError) as error:
        raise StandardError(f"{raw['id']}: citation or certainty is missing or unknown") from error


def _indicator(raw: Mapping[str, Any], symbols: Mapping[str, Symbol], edge: str) -> Indicator:
    shape = _shape(raw)
    measure_text = raw.get("measure", "")
    try:
        measure = parse_number(measure_text, symbols) if measure_text else None
        bands = _bands(raw, shape, measure, symbols, edge)
    except RuleError as error:
        raise StandardError(f"{raw['id']}: {error}") from error
    if shape is Shape.BANDS and bands[0].points != raw["full"]:
        raise StandardError(f"{raw['id']}: the first band gives {bands[0].points}, not {raw['full']}")
    return Indicator(
        raw["id"], raw["label"], raw["dimension"], raw["full"], read_citation(raw), bands,
        shape, measure_text, measure, raw.get("reading", ""),
    )  # fmt: skip


def _shape(raw: Mapping[str, Any]) -> Shape:
    given = [shape for key, shape in _SHAPES.items() if key in raw]
    if len(given) != 1:
        raise StandardError(f"{raw['id']}: give exactly one of {', '.join(_SHAPES)}")
    return given[0]


def _bands(
    raw: Mapping[str, Any], shape: Shape, measure: Number | None, symbols: Mapping[str, Symbol], edge: str
) -> tuple[Band, ...]:
    if shape is Shape.AWAITED:
        return ()
    return read_items(raw, symbols) if shape is Shape.SUM else read_bands(raw, measure, symbols, edge)
