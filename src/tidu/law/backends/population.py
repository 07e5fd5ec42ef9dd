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
from tidu.law.backends.layout import AS_OF, LEAST, MOST, YEAR, Column, Layout
from tidu.law.backends.polars_engine import Columns
from tidu.law.facts import FactKind, Facts
from tidu.law.standards.definition import StandardText

_TYPES: dict[FactKind, Any] = {
    FactKind.DATE: pl.Date,
    FactKind.FLAG: pl.Boolean,
    FactKind.TEXT: pl.String,
}
_INDUSTRY_CODE = r"\A[0-9]{4}\z"


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
        typed = frame.with_columns(_typed(frame, name, kind) for name, kind in _schema(layout).items())
        _check(typed, layout)
        lazy = typed.rechunk().lazy()
        for layer in derivation_layers(derived_of(*standards), Columns()):
            lazy = lazy.with_columns(**layer)
        return cls(lazy.select(pl.exclude("^~.*$")).collect(), layout)

    @classmethod
    def of_facts(cls, firms: Iterable[Facts], *standards: StandardText) -> "Population":
        """The population of these firms, in their order."""
        layout = Layout.of(*standards)
        frame = pl.DataFrame([layout.row(facts) for facts in firms], schema=_schema(layout))
        return cls.of(frame, *standards)

    @classmethod
    def from_parquet(cls, path: Path, *standards: StandardText) -> "Population":
        """The population of a Parquet file in the layout; other columns are not read."""
        there = pl.read_parquet_schema(path)
        wanted = [name for name in _schema(Layout.of(*standards)) if name in there]
        return cls.of(pl.read_parquet(path, columns=wanted), *standards)

    def __len__(self) -> int:
        return self.frame.height


def _schema(layout: Layout) -> dict[str, Any]:
    """The type of every column."""
    return {YEAR: pl.Int32, AS_OF: pl.Date} | {column.name: _type_of(column) for column in layout.columns}


def _type_of(column: Column) -> Any:
    if column.kind.is_number:
        return pl.Int64
    return pl.Enum(column.options) if column.options else _TYPES[column.kind]


def _typed(frame: pl.DataFrame, name: str, kind: Any) -> pl.Series:
    """The column in its type. PopulationError if it is not there or of another nature."""
    if name not in frame.columns:
        raise PopulationError(f"there is no column {name}")
    given = frame.schema[name]
    if not _is_suitable(given, kind):
        raise PopulationError(f"{name} is {given}, not {kind}")
    try:
        return frame.get_column(name).cast(kind)
    except pl.exceptions.InvalidOperationError as error:
        raise PopulationError(f"{name}: {error}") from error


def _is_suitable(given: pl.DataType, wanted: Any) -> bool:
    """Whether values of a type may be read as another without guessing; no integer is made of a float."""
    if given == pl.Null:
        return True
    if wanted in (pl.Int32, pl.Int64):
        return given.is_integer()
    texts = (pl.String, pl.Categorical, pl.Enum)
    return given == wanted or (given in texts and (wanted == pl.String or isinstance(wanted, pl.Enum)))


def _check(frame: pl.DataFrame, layout: Layout) -> None:
    """Every number within its bounds, every industry code four digits, every row of a year."""
    wrong = {f"{YEAR}: missing": pl.col(YEAR).is_null()}
    for column in layout.columns:
        value, least, most = pl.col(column.name), column.at_least, column.at_most
        if least is not None and most is not None:
            wrong[f"{column.name}: outside {least} to {most}"] = ~value.is_between(least, most)
        elif column.kind is FactKind.TEXT:
            wrong[f"{column.name}: not four digits"] = ~value.str.contains(_INDUSTRY_CODE)
    for name in layout.counted:
        ends = pl.col(name + LEAST), pl.col(name + MOST)
        wrong[f"{name}: not a span"] = (ends[0] <= ends[1]).not_().fill_null(value=True)
    counts = frame.lazy().select(rows.sum().alias(said) for said, rows in wrong.items())
    found = [f"{said} ({rows} rows)" for said, rows in counts.collect().row(0, named=True).items() if rows]
    if found:
        raise PopulationError("; ".join(found))
