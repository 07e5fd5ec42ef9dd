"""63号 专精特新 written by hand in Polars: exact, three-valued, and with every column that the backend gives.

What somebody writes who knows Polars and this one standard well, for the sake of comparison.
"""

import polars as pl

WAN = 1_000_000
POINTS = pl.Int16


def judged_by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """The results for a population in which the size classes and the years in the niche are derived."""
    lazy = frame.lazy().with_columns(_quotients())
    lazy = lazy.with_columns(
        **{f"t.{name}.{i}": t for name, ts in _ladders().items() for i, t in enumerate(ts)}
    )
    lazy = lazy.with_columns(**_points())
    lazy = lazy.with_columns(**_scores())
    lazy = lazy.with_columns(**_rules()).with_columns(**_joined())
    lazy = lazy.with_columns(_both("clause.score_total", "clause.direct", "clause.score_or_direct"))
    verdict = _all(
        "clause.basic", "clause.niche", "clause.research_floor", "clause.scale", "clause.score_or_direct"
    )
    lazy = lazy.with_columns(verdict.alias("clause.verdict"), verdict.alias("outcome"))
    return lazy.select(pl.col("^(outcome|clause\\..*|score.*|indicator\\..*)$")).collect()


def _quotients() -> dict[str, pl.Expr] | list[pl.Expr]:
    """What several bands share: cross-multiplied numerators, null where the denominator is not above zero."""
    revenue = pl.col("revenue.0")
    sold, assets, staff = revenue > 0, pl.col("total_assets.0") > 0, pl.col("employees.0") > 0
    now, before, first = (pl.col(f"main_revenue.{back}").cast(pl.Int128) for back in range(3))
    grew = (pl.col("main_revenue.1") > 0) & (pl.col("main_revenue.2") > 0)
    growth = ((now - before) * first + (before - first) * before) * pl.lit(25, dtype=pl.Int128)
    return [
        pl.when(sold).then(pl.col("main_revenue.0") * 10).alias("q.main"),
        pl.when(sold).then(pl.col("net_profit.0") * 50).alias("q.net"),
        pl.when(sold).then(pl.col("rd_expense.0") * 100).alias("q.rd"),
        pl.when(assets).then(pl.col("total_liabilities.0") * 10).alias("q.debt"),
        pl.when(staff).then(pl.col("rd_staff.0") * 20).alias("q.staff"),
        pl.when(grew).then(growth).alias("q.growth"),
        (before * first).alias("q.base"),
    ]


def _span(name: str, least: int) -> pl.Expr:
    """Whether a count known between two limits reaches a number."""
    sure, possible = pl.col(f"{name}.least") >= least, pl.col(f"{name}.most") >= least
    return pl.when(sure == possible).then(sure)


def _ladders() -> dict[str, list[pl.Expr]]:
    revenue, assets, staff, rd = (
        pl.col(name) for name in ("revenue.0", "total_assets.0", "employees.0", "rd_expense.0")
    )
    base, chain, digital, years = (
        pl.col(name) for name in ("q.base", "chain_position", "digital_level", "niche_years")
    )
    return {
        "main_share": [pl.col("q.main") >= revenue * k for k in (8, 7, 6)],
        "main_growth": [pl.col("q.growth") >= base * pl.lit(k, dtype=pl.Int128) for k in (5, 4, 3, 2, 0)],
        "niche_years": [years >= k for k in (10, 8, 6, 4, 2)],
        "chain": [
            chain == "fills_gap",
            (chain == "six_bases") | (chain == "time_honoured") | (chain == "serves_leader"),
        ],
        "digital": [(digital == "three") | (digital == "four"), digital == "two"],
        "quality": [
            _span("high_quality_awards", 1),
            _span("quality_certificates_held", 1),
            pl.col("own_brands") >= 1,
            _span("standards_taken_part", 1),
        ],
        "net_margin": [pl.col("q.net") >= revenue * k for k in (5, 4, 3, 2, 1)],
        "debt": [pl.col("q.debt") <= assets * k for k in (5, 6, 7)],
        "property": [
            _span(name, 1) for name in ("high_value_class_one", "own_class_one", "class_one", "class_two")
        ],
        "research": [
            (rd >= amount * WAN) | (pl.col("q.rd") >= revenue * share)
            for amount, share in ((500, 10), (400, 8), (300, 6), (200, 4), (100, 3))
        ],
        "rd_staff": [pl.col("q.staff") >= staff * k for k in (4, 2, 1)],
        "rd_body": [
            _span(name, 1) for name in ("national_bodies", "recognised_bodies", "city_bodies", "bodies_built")
        ],
    }


WORTH = {
    "main_share": (5, 3, 1, 0),
    "main_growth": (10, 8, 6, 4, 2, 0),
    "niche_years": (5, 4, 3, 2, 1, 0),
    "chain": (5, 3, 0),
    "digital": (5, 3, 0),
    "net_margin": (10, 8, 6, 4, 2, 0),
    "debt": (5, 3, 1, 0),
    "property": (10, 8, 6, 2, 0),
    "research": (10, 8, 6, 4, 2, 0),
    "rd_staff": (5, 3, 1, 0),
    "rd_body": (10, 8, 4, 2, 0),
}
DIMENSIONS = {
    "specialisation": ("main_share", "main_growth", "niche_years", "chain"),
    "refinement": ("digital", "quality", "net_margin", "debt"),
    "feature": ("local_feature",),
    "innovation": ("property", "research", "rd_staff", "rd_body"),
}


def _points() -> dict[str, pl.Expr]:
    found: dict[str, pl.Expr] = {}
    for name, worth in WORTH.items():
        for end, if_open in (("least", False), ("most", True)):
            points = pl.lit(worth[-1], dtype=POINTS)
            for i in reversed(range(len(worth) - 1)):
                truth = pl.col(f"t.{name}.{i}")
                reached = truth.fill_null(True) if if_open else truth
                points = pl.when(reached).then(pl.lit(worth[i], dtype=POINTS)).otherwise(points)
            found[f"indicator.{name}.{end}"] = points
    for end, if_open in (("least", False), ("most", True)):
        items = sum(pl.col(f"t.quality.{i}").fill_null(if_open).cast(POINTS) for i in range(4)) * 3
        found[f"indicator.quality.{end}"] = pl.min_horizontal(items, pl.lit(5, dtype=POINTS)).cast(POINTS)
    found["indicator.local_feature.least"] = pl.lit(0, dtype=POINTS)
    found["indicator.local_feature.most"] = pl.lit(15, dtype=POINTS)
    return found


def _scores() -> dict[str, pl.Expr]:
    found: dict[str, pl.Expr] = {}
    for end in ("least", "most"):
        for dimension, members in DIMENSIONS.items():
            found[f"score.{dimension}.{end}"] = _total(members, end)
        found[f"score.{end}"] = _total([name for members in DIMENSIONS.values() for name in members], end)
    return found


def _total(members: list[str] | tuple[str, ...], end: str) -> pl.Expr:
    first, *rest = (pl.col(f"indicator.{name}.{end}") for name in members)
    for one in rest:
        first = first + one
    return first


def _rules() -> dict[str, pl.Expr]:
    rd, before, revenue = pl.col("rd_expense.0"), pl.col("rd_expense.1"), pl.col("revenue.0")
    sizes = {name: pl.col(f"enterprise_size.{name}") for name in ("large", "medium", "small", "micro")}
    inside = sizes["medium"] | sizes["small"] | sizes["micro"]
    sure, possible = pl.col("score.least") >= 60, pl.col("score.most") >= 60
    return {
        "clause.size": pl.when(inside != sizes["large"]).then(inside),
        "clause.lists": pl.col("not_on_abnormal_lists") == "yes",
        "clause.products": pl.col("products_permitted") == "yes",
        "clause.incidents": pl.col("no_major_incident") == "yes",
        "clause.niche": pl.col("niche_years") >= 2,
        "clause.research_amount": rd >= 100 * WAN,
        "clause.research_share": pl.col("q.rd") >= revenue * 3,
        "clause.scale_revenue": revenue >= 1_000 * WAN,
        "clause.scale_financing": _span("recent_financing_two", 2_000 * WAN),
        "clause.score_total": pl.when(sure == possible).then(sure),
        "clause.direct_award": _span("ranked_awards", 1),
        "clause.direct_research": rd + before >= 2_000 * WAN,
        "clause.direct_financing": _span("recent_financing_two", 6_000 * WAN),
        "clause.direct_contest": _span("contest_500", 1),
    }


def _joined() -> dict[str, pl.Expr]:
    direct = [pl.col(f"clause.direct_{name}") for name in ("award", "research", "financing", "contest")]
    return {
        "clause.basic": _all("clause.size", "clause.lists", "clause.products", "clause.incidents"),
        "clause.research_floor": _all("clause.research_amount", "clause.research_share"),
        "clause.scale": pl.col("clause.scale_revenue") | pl.col("clause.scale_financing"),
        "clause.direct": direct[0] | direct[1] | direct[2] | direct[3],
    }


def _both(one: str, other: str, name: str) -> pl.Expr:
    return (pl.col(one) | pl.col(other)).alias(name)


def _all(first: str, *rest: str) -> pl.Expr:
    found = pl.col(first)
    for name in rest:
        found = found & pl.col(name)
    return found
