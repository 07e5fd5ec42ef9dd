"""Bands of points: their edges become conditions, and gaps or overlaps are refused; items that add up."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tidu.law.expressions import Condition, Number, RuleError, Symbol, parse_condition, parse_number
from tidu.law.expressions.tree import Comparison, Constant, Operator
from tidu.law.expressions.widths import MOST_BITS, bits_needed
from tidu.law.standards.definition import Band


class StandardError(ValueError):
    """A standard's file says something impossible; the message says where and what."""


def read_bands(
    raw: Mapping[str, Any], measure: Number | None, symbols: Mapping[str, Symbol], edge: str
) -> tuple[Band, ...]:
    """The bands of one indicator, highest points first. StandardError if they do not fit together.

    Each band has edges of the measure (`from`, `to`) or a rule of its own
    (`when`); of bands with rules the last is what remains.
    """
    entries: Sequence[Mapping[str, Any]] = raw["bands"]
    points = [entry["points"] for entry in entries]
    if points != sorted(set(points), reverse=True):
        raise StandardError(f"{raw['id']}: bands must fall from the highest points to the lowest")
    if measure is None or "when" in entries[0]:
        return tuple(_ruled(raw["id"], entry, entry is entries[-1], symbols) for entry in entries)
    operator, limits = _ladder(raw["id"], entries, edge)
    return tuple(
        Band(entry["points"], entry["text"], _reached(raw["id"], measure, operator, limit))
        for entry, limit in zip(entries, (*limits, None), strict=True)
    )


def read_items(raw: Mapping[str, Any], symbols: Mapping[str, Symbol]) -> tuple[Band, ...]:
    """The items of an indicator that adds up, in the order of the text. StandardError if they cannot."""
    entries: Sequence[Mapping[str, Any]] = raw["adds"]
    if sum(entry["points"] for entry in entries) < raw["full"] or any(e["points"] <= 0 for e in entries):
        raise StandardError(f"{raw['id']}: the items never reach {raw['full']} points")
    return tuple(
        Band(entry["points"], entry["text"], parse_condition(entry["when"], symbols)) for entry in entries
    )


def _ruled(owner: str, entry: Mapping[str, Any], is_last: bool, symbols: Mapping[str, Symbol]) -> Band:
    rule = entry.get("when")
    if (rule is None) != is_last:
        raise StandardError(f"{owner}: every band but the last needs a rule, and the last has none")
    condition = parse_condition(rule, symbols) if rule else None
    return Band(entry["points"], entry["text"], condition)


def _ladder(owner: str, entries: Sequence[Mapping[str, Any]], edge: str) -> tuple[Operator, list[Constant]]:
    """The operator and the edges of bands that touch each other without gap or overlap.

    The better end is `from` where more is better and `to` where less is. With
    `edge` "higher" a value on an edge takes the band with more points.
    """
    rises = "from" in entries[0]
    near, far = ("from", "to") if rises else ("to", "from")
    if far in entries[0] or near in entries[-1]:
        raise StandardError(f"{owner}: the outermost bands must be open at their outer ends")
    for better, worse in pairwise(entries):
        if near not in better or better[near] != worse.get(far):
            raise StandardError(f"{owner}: bands “{better['text']}” and “{worse['text']}” do not touch")
    limits = [_edge(owner, entry[near]) for entry in entries[:-1]]
    values: list[Fraction] = [limit.value for limit in limits]
    if values != sorted(set(values), reverse=rises):
        raise StandardError(f"{owner}: the edges of the bands are not in order")
    inclusive = {"higher": True, "lower": False}.get(edge)
    if inclusive is None:
        raise StandardError(f"{owner}: band_edge must be higher or lower")
    if rises:
        return (Operator.AT_LEAST if inclusive else Operator.ABOVE), limits
    return (Operator.AT_MOST if inclusive else Operator.BELOW), limits


def _edge(owner: str, text: str) -> Constant:
    try:
        limit = parse_number(text, {})
    except RuleError as error:
        raise StandardError(f"{owner}: {error}") from error
    if not isinstance(limit, Constant):
        raise StandardError(f"{owner}: an edge must be a plain number, not “{text}”")
    return limit


def _reached(owner: str, measure: Number, operator: Operator, limit: Constant | None) -> Condition | None:
    if limit is None:
        return None
    if limit.dimension != measure.dimension:
        raise StandardError(f"{owner}: the edge {limit.text} has another unit than the measure")
    comparison = Comparison(measure, operator, limit)
    if bits_needed(comparison) > MOST_BITS:
        raise StandardError(f"{owner}: the edge {limit.text} needs more than {MOST_BITS} bits")
    return comparison
