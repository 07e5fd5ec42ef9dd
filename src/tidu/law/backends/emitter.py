"""From the steps of a standard to the terms of an engine: the same tree that the interpreter reads.

Ratios are multiplied out as `law.expressions.quotients` does it, in 64 bits where the declared bounds prove
that enough and in 128 otherwise. What may lie between two limits is asked at both ends.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias, TypeVar

from tidu.law.backends.conditions import Conditions
from tidu.law.backends.dialect import Dialect
from tidu.law.backends.layout import LEAST, MOST
from tidu.law.backends.steps import Joined, Points, Rule, Step, Total
from tidu.law.standards.definition import Shape

T = TypeVar("T")
Layers: TypeAlias = tuple[dict[str, T], ...]


def emitted(step: Step, dialect: Dialect[T]) -> Layers[T]:
    """The terms that a step needs, layer by layer; the last makes its columns, others begin with `~`.

    StandardError for what no column can hold.
    """
    match step:
        case Points():
            return _points(step, dialect)
        case Total():
            ends = ((end, [dialect.column(member + end) for member in step.members]) for end in (LEAST, MOST))
            return ({step.name + end: dialect.total(terms) for end, terms in ends},)
        case Rule():
            conditions = Conditions(step.name, dialect, dict(step.reads), [step.condition])
            term = conditions.term(step.condition)
            return _layers(conditions.held, {step.name: term})
        case Joined():
            parts = [dialect.column(part) for part in step.parts]
            return ({step.name: dialect.any_of(parts) if step.joins == "any" else dialect.all_of(parts)},)


def _points(step: Points, dialect: Dialect[T]) -> Layers[T]:
    asked = [condition for _, condition in step.bands if condition is not None]
    conditions = Conditions(step.name, dialect, dict(step.reads), asked)
    truths = {f"~{step.name}.{place}": conditions.term(one) for place, one in enumerate(asked)}
    points = [points for points, _ in step.bands]
    columns, fewest = [dialect.column(name) for name in truths], dialect.column(step.name + LEAST)
    match step.shape:
        case Shape.AWAITED:
            least, most = dialect.total([]), dialect.banded([], [step.full])
        case Shape.SUM:
            least = dialect.summed(columns, points, step.full)
            most = dialect.most_summed(columns, points, step.full, fewest)
        case Shape.BANDS:
            least, most = dialect.banded(columns, points), dialect.most_banded(columns, points, fewest)
    return _layers(conditions.held, truths, {step.name + LEAST: least}, {step.name + MOST: most})


def _layers(*layers: dict[str, T]) -> Layers[T]:
    return tuple(layer for layer in layers if layer)


def together(emissions: Iterable[Layers[T]]) -> Iterator[dict[str, T]]:
    """The layers of steps that need nothing of each other, side by side, all ending with the last."""
    found = tuple(emissions)
    depth = max((len(layers) for layers in found), default=0)
    for place in range(depth):
        parts = (layers[len(layers) - depth + place] for layers in found if len(layers) - depth + place >= 0)
        yield {name: term for part in parts for name, term in part.items()}
