"""What follows from stated columns alone: whole years since a day, and the size class by 300号.

The same rules as `law.derivation` and `law.sizes`, said in an engine's words. The size class stands in one
column for each class that is still possible: no measure is guessed, and an industry that is unknown or that
300号 does not cover leaves all of them null.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from tidu.law.backends.dialect import Dialect
from tidu.law.backends.layout import YEAR, derived_name, values_read
from tidu.law.expressions.tree import Operator
from tidu.law.facts import Derived
from tidu.law.industries import industries
from tidu.law.sizes import SizeClass, rule_of, size_rules
from tidu.law.standards.bands import StandardError
from tidu.law.standards.definition import StandardText

T = TypeVar("T")
Terms: TypeAlias = dict[str, T]

_MEASURES = {"employees": "employees.0", "revenue": "revenue.0", "assets": "total_assets.0"}
_INDUSTRY = "industry_code"
_SIZES = "sizes-2011-300"
_NOT_COVERED = 0


def derived_of(*standards: StandardText) -> tuple[Derived, ...]:
    """The derived facts of these standards that other columns tell, once each."""
    found: dict[str, Derived] = {}
    for text in standards:
        for value in values_read(text):
            derived = text.vocabulary.derived.get(value.symbol.id)
            if derived is not None and not derived.table:
                found[derived_name(derived)] = derived
    return tuple(found.values())


def derivation_layers(derived: Iterable[Derived], dialect: Dialect[T]) -> Iterator[Terms[T]]:
    """The terms to add to a population, layer by layer; names that begin with `~` are wanted no longer.

    StandardError for a named rule that only the interpreter knows.
    """
    layers: tuple[Terms[T], ...] = ({}, {}, {})
    for entry in derived:
        name = derived_name(entry)
        if entry.by not in ("", _SIZES):
            raise StandardError(f"{entry.id}: no engine of columns knows the rule {entry.by}")
        terms = ({name: _years_since(entry.since, dialect)},) if entry.since else _size(name, dialect)
        for layer, added in zip(layers, terms, strict=False):
            layer.update(added)
    yield from (layer for layer in layers if layer)


def _years_since(fact_id: str, say: Dialect[T]) -> T:
    """Whole years to the end of 上年, both days counted; none before the first."""
    began = say.column(fact_id)
    apart = say.subtract(say.column(YEAR), say.year_of(began))
    whole = say.first([(say.is_first_of_year(began), say.add(apart, say.number(1)))], apart)
    is_before = say.compare(whole, Operator.BELOW, say.number(0))
    return say.first([(is_before, say.number(0))], whole)


def _industry_rule(say: Dialect[T]) -> T:
    """The number of the industry's rule in 300号: that of the 小类, where it has its own, or of the 中类."""
    code = say.column(_INDUSTRY)
    own, of_group = rules_by_code()
    if not own:
        return say.looked_up(say.prefix(code, 3), of_group)
    found = say.looked_up(code, own)
    is_own = say.compare(found, Operator.AT_LEAST, say.number(0))
    return say.first([(is_own, found)], say.looked_up(say.prefix(code, 3), of_group))


@cache
def rules_by_code() -> tuple[Mapping[str, int], Mapping[str, int]]:
    """The rule of each 小类 that differs from its 中类, and of each 中类; 0 is an industry not covered."""
    number = {rule.id: place for place, rule in enumerate(size_rules(), start=1)}

    def of(code: str) -> int:
        rule = rule_of(code)
        return number[rule.id] if rule else _NOT_COVERED

    groups = {code: of(code) for code in industries() if len(code) == 3}
    own = {code: of(code) for code in industries() if len(code) == 4}
    differing = {code: rule for code, rule in own.items() if groups.get(code[:3]) != rule}
    return MappingProxyType(differing), MappingProxyType(groups)


def _size(name: str, say: Dialect[T]) -> tuple[Terms[T], ...]:
    """The industry's rule; whether each class is reached; and one column for each class, possible or not.

    All classes are null where none can be told.
    """
    rule = f"~{name}.rule"
    classes = (SizeClass.LARGE, SizeClass.MEDIUM, SizeClass.SMALL)
    reached = {f"~{name}.{size_class}": _reaches(size_class, rule, say) for size_class in classes}
    is_covered = say.compare(say.column(rule), Operator.ABOVE, say.number(_NOT_COVERED))
    possible: Terms[T] = {}
    not_larger: list[T] = []
    for size_class, column in zip(classes, map(say.column, reached), strict=True):
        possible[f"{name}.{size_class}"] = say.all_of([*not_larger, say.decided(column, if_open=True)])
        not_larger.append(say.negated(say.decided(column, if_open=False)))
    possible[f"{name}.{SizeClass.MICRO}"] = say.all_of(not_larger)
    return (
        {rule: _industry_rule(say)},
        reached,
        {column: say.only_if(is_covered, term) for column, term in possible.items()},
    )


def _reaches(size_class: SizeClass, rule: str, say: Dialect[T]) -> T:
    """Whether every measure of the industry's rule reaches the limit of the class."""
    limits: dict[str, dict[int, int]] = {measure: {} for measure in _MEASURES}
    for number, one in enumerate(size_rules(), start=1):
        for measure, least in zip(one.measures, dict(one.limits)[size_class], strict=True):
            limits[measure][number] = least
    parts = []
    for measure, by_rule in limits.items():
        limit = say.looked_up(say.column(rule), by_rule)
        asked = say.compare(limit, Operator.AT_LEAST, say.number(0))
        reached = say.compare(say.column(_MEASURES[measure]), Operator.AT_LEAST, limit)
        parts.append(say.any_of([reached, say.negated(say.decided(asked, if_open=False))]))
    return say.all_of(parts)
