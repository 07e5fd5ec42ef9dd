"""A million invented firms in the columns that 63号 专精特新 reads: some on edges, a little missing.

Everything follows from the number of the row, so that every run measures the same firms.
"""

from collections.abc import Iterator
from datetime import date

import polars as pl

from tidu.law.backends.layout import AS_OF, LEAST, MOST, YEAR, Column, Layout
from tidu.law.facts import FactKind
from tidu.law.standards import Standard

WAN = 1_000_000
"""分 in a 万元."""
ON_EDGES = 60
"""Of 1,000 firms so many stand exactly on an edge."""
INDUSTRIES = ("3515", "3515", "3829", "3911", "6513", "6510", "5110", "6110", "4710", "7010", "6620")


def population(standard: Standard, firms: int) -> pl.DataFrame:
    """So many firms in the standard's layout."""
    layout = Layout.of(standard)
    stated = [column for entry in layout.stated.values() for column in entry.columns()]
    counted = [next(entry.columns()) for entry in layout.counted.values()]
    frame = pl.LazyFrame({"firm": pl.int_range(firms, eager=True)}).with_columns(revenue=_revenue())
    frame = frame.with_columns(_amounts()).with_columns(_on_edges())
    return frame.select(
        pl.lit(2025, dtype=pl.Int32).alias(YEAR),
        pl.lit(date(2026, 3, 1)).alias(AS_OF),
        *(_stated(column, place) for place, column in enumerate(stated)),
        *(end for place, column in enumerate(counted, 100) for end in _span(column.name, place)),
    ).collect()


def _chance(of: int, seed: int) -> pl.Expr:
    """A number from 0 to below `of`, each firm's own for each seed."""
    return (pl.col("firm").hash(seed) % of).cast(pl.Int64)


def _revenue() -> pl.Expr:
    """From a million to a thousand million yuan, in whole hundreds."""
    size = pl.when(_chance(3, 1) == 0).then(1).when(_chance(3, 1) == 1).then(10).otherwise(100)
    return (_chance(900, 2) + 100) * size * WAN + _chance(99, 3) * 10_000


def _amounts() -> Iterator[pl.Expr]:
    revenue = pl.col("revenue")
    main = revenue * (50 + _chance(51, 4)) // 100
    before = main * 100 // (90 + _chance(40, 5))
    assets = revenue * (50 + _chance(150, 6)) // 100
    amounts = {
        "revenue.0": revenue,
        "main_revenue.0": main,
        "main_revenue.1": before,
        "main_revenue.2": before * 100 // (90 + _chance(40, 8)),
        "rd_expense.0": revenue * _chance(130, 9) // 1_000,
        "rd_expense.1": revenue * _chance(120, 10) // 1_000,
        "net_profit.0": revenue * (_chance(200, 11) - 50) // 1_000,
        "total_assets.0": assets,
        "total_liabilities.0": assets * (20 + _chance(70, 12)) // 100,
        "employees.0": 5 + _chance(900, 7),
        "rd_staff.0": (5 + _chance(900, 7)) * _chance(30, 13) // 100,
    }
    yield from (amount.alias(name) for name, amount in amounts.items())


def _on_edges() -> Iterator[pl.Expr]:
    """For each kind of edge a share of the firms, whose numbers are put exactly on it."""
    revenue, step = pl.col("revenue.0"), 1 + _chance(5, 21)
    main, assets, people = (
        pl.col("main_revenue.1") // 100,
        pl.col("total_assets.0") // 10,
        1 + _chance(45, 22),
    )
    edges = (
        {"main_revenue.0": revenue * (50 + 10 * step) // 100},
        {
            "main_revenue.0": main * (100 + 4 * (step - 1)),
            "main_revenue.1": main * 100,
            "main_revenue.2": main * 100,
        },
        {"net_profit.0": revenue * 2 * step // 100},
        {"rd_expense.0": revenue * 2 * step // 100},
        {"rd_expense.0": step * 100 * WAN},
        {"total_assets.0": assets * 10, "total_liabilities.0": assets * (4 + step)},
        {"employees.0": people * 20, "rd_staff.0": people * step},
    )
    for name in dict.fromkeys(name for edge in edges for name in edge):
        column = pl.col(name)
        for place, edge in enumerate(edges):
            if name in edge:
                column = (
                    pl.when(_chance(1_000, 30) * len(edges) // ON_EDGES == place)
                    .then(edge[name])
                    .otherwise(column)
                )
        yield column.alias(name)


def _stated(column: Column, place: int) -> pl.Expr:
    """A stated fact, missing in one to two of a hundred firms."""
    if column.kind.is_number:
        known = pl.col(column.name) if "." in column.name else _chance(3, place)
    elif column.options:
        known = _one_of(("yes",) * 19 + ("no",) if "yes" in column.options else column.options, place)
    elif column.kind is FactKind.DATE:
        known = pl.date(2005 + _chance(21, place), 1 + _chance(12, place + 1), 1)
    else:
        known = _one_of(INDUSTRIES, place)
    return pl.when(_chance(1_000, 200 + place) >= 10 + place % 10).then(known).alias(column.name)


def _one_of(options: tuple[str, ...], place: int) -> pl.Expr:
    return pl.lit(pl.Series(options)).gather(_chance(len(options), place))


def _span(name: str, place: int) -> Iterator[pl.Expr]:
    """A count, mostly none; for one firm in a hundred not certain to one. Financing counts in 分."""
    unit = 3_000 * WAN if "financing" in name else 1
    least = pl.max_horizontal(_chance(6, place) - 3, 0) * unit
    yield least.alias(name)
    yield (least + pl.when(_chance(1_000, 300 + place) < 15).then(unit).otherwise(0)).alias(
        name.removesuffix(LEAST) + MOST
    )
