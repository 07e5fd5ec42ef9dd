"""A population held in columns: checked against its layout, with what follows from stated columns beside.

Checked once, because engines of columns wrap around silently: the proof that a comparison fits 64 or 128 bits
holds for numbers within the bounds that the vocabulary declares, so a number outside them is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from tidu.law.backends.deriving import derivation_layers, derived_of
from tidu.law.backends.layout import AS_OF, YEAR, Column, Layout
from tidu.law.backends.polars_engine import Columns
from tidu.law.facts import FactKind, Facts
from tidu.law.standards.definition import StandardText

_TYPES: dict[FactKind, Any] = {
    FactKind.DATE: pl.Date,
    FactKind.FLAG: pl.Boolean,
    FactKind.TEXT: pl.String,
}


class PopulationError(ValueError):
    """A frame is not in the layout, or holds what the vocabulary does not allow; says where and what."""


@dataclass(frozen=True, eq=False)
class Population:
    """Firms in the columns of `layout`, one row each; columns beyond the layout are kept as they are."""

    frame: pl.DataFrame
    layout: Layout

    @classmethod
    def of(cls, frame: pl.DataFrame, *standards: StandardText) -> "Population":
        """The frame as the rules of these standards read it. PopulationError if they cannot."""
        layout = Layout.of(*standards)
        typed = frame.with_columns(
            _typed(frame, YEAR, pl.Int32), _typed(frame, AS_OF, pl.Date), *_columns(frame, layout)
        )
        _check(typed, layout)
        lazy = typed.rechunk().lazy()
        for layer in derivation_layers(derived_of(*standards), Columns()):
            lazy = lazy.with_columns(**layer)
        return cls(lazy.select(pl.exclude("^~.*$")).collect(), layout)

    @classmethod
    def of_facts(cls, firms: Iterable[Facts], *standards: StandardText) -> "Population":
        """The population of these firms, in their order."""
        layout = Layout.of(*standards)
        schema = {YEAR: pl.Int32, AS_OF: pl.Date, **{c.name: _type_of(c) for c in layout.columns}}
        return cls.of(pl.DataFrame([layout.row(facts) for facts in firms], schema=schema), *standards)

    @classmethod
    def from_parquet(cls, path: Path, *standards: StandardText) -> "Population":
        """The population of a Parquet file in the layout; other columns are not read."""
        wanted = [YEAR, AS_OF, *(column.name for column in Layout.of(*standards).columns)]
        there = set(pl.read_parquet_schema(path))
        return cls.of(pl.read_parquet(path, columns=[name for name in wanted if name in there]), *standards)

    def __len__(self) -> int:
        return self.frame.height


def _columns(frame: pl.DataFrame, layout: Layout) -> Iterable[pl.Expr]:
    return (_typed(frame, column.name, _type_of(column)) for column in layout.columns)


def _typed(frame: pl.DataFrame, name: str, kind: Any) -> pl.Expr:
    """The column in its type. PopulationError if it is not there or of another nature."""
    if name not in frame.columns:
        raise PopulationError(f"there is no column {name}")
    given = frame.schema[name]
    is_suitable = {
        pl.Boolean: given == pl.Boolean,
        pl.Date: given == pl.Date,
        pl.String: given in (pl.String, pl.Categorical, pl.Enum),
    }.get(kind, given.is_integer() if kind in (pl.Int32, pl.Int64) else given in (pl.String, pl.Enum))
    if not is_suitable and given != pl.Null:
        raise PopulationError(f"{name} is {given}, not {kind}")
    try:
        return pl.lit(frame.get_column(name).cast(kind)).alias(name)
    except pl.exceptions.InvalidOperationError as error:
        raise PopulationError(f"{name}: {error}") from error


def _type_of(column: Column) -> Any:
    if column.kind.is_number:
        return pl.Int64
    return pl.Enum(column.options) if column.options else _TYPES[column.kind]


def _check(frame: pl.DataFrame, layout: Layout) -> None:
    """Every number within its bounds, every industry code four digits, every row of a year."""
    wrong = [pl.col(YEAR).is_null().alias(f"{YEAR}: missing")]
    for column in layout.columns:
        if column.at_least is not None and column.at_most is not None:
            outside = ~pl.col(column.name).is_between(column.at_least, column.at_most)
            wrong.append(outside.alias(f"{column.name}: outside {column.at_least} to {column.at_most}"))
        elif column.kind is FactKind.TEXT:
            is_code = pl.col(column.name).str.contains(r"\A[0-9]{4}\z")
            wrong.append((~is_code).alias(f"{column.name}: not four digits"))
    for name in layout.counted:
        least, most = pl.col(name + ".least"), pl.col(name + ".most")
        wrong.append((least.is_null() | most.is_null() | (least > most)).alias(f"{name}: not a span"))
    counts = frame.lazy().select(pl.all().sum() if not wrong else [c.sum() for c in wrong]).collect().row(0)
    found = [f"{c.meta.output_name()} ({n} rows)" for c, n in zip(wrong, counts, strict=True) if n]
    if found:
        raise PopulationError("; ".join(found))
