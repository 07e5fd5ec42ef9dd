"""63号 专精特新 by hand in DuckDB's SQL: exact, three-valued, and with every column that the backend gives.

What somebody writes who knows SQL and this one standard well. Beside it stands what the backend's own SQL
costs; beside Polars by hand stands what DuckDB costs.
"""

from collections.abc import Iterable, Mapping

from bench.by_hand import DIMENSIONS, WORTH

WAN = 1_000_000


def query_by_hand(source: str) -> str:
    """The results for a relation in which the size classes and the years in the niche are derived."""
    layers = (
        _QUOTIENTS,
        {f"t.{name}.{i}": t for name, truths in _ladders().items() for i, t in enumerate(truths)},
        _points(),
        _scores(),
        _RULES,
        _JOINED,
        {"clause.score_or_direct": '"clause.score_total" OR "clause.direct"'},
        {"outcome": _ALL},
    )
    query = f"SELECT * FROM {source}"  # noqa: S608 - names of this program
    for layer in layers:
        query = f"SELECT *, {_named(layer)} FROM ({query})"  # noqa: S608
    made = [*_points(), *_scores(), *_RULES, *_JOINED, "clause.score_or_direct"]
    names = ", ".join(f'"{name}"' for name in made)
    return f'SELECT firm, outcome, outcome AS "clause.verdict", {names} FROM ({query})'  # noqa: S608


def _named(terms: Mapping[str, str]) -> str:
    return ",\n  ".join(f'{term} AS "{name}"' for name, term in terms.items())


_QUOTIENTS = {
    "q.main": 'CASE WHEN "revenue.0" > 0 THEN "main_revenue.0" * 10 END',
    "q.net": 'CASE WHEN "revenue.0" > 0 THEN "net_profit.0" * 50 END',
    "q.rd": 'CASE WHEN "revenue.0" > 0 THEN "rd_expense.0" * 100 END',
    "q.debt": 'CASE WHEN "total_assets.0" > 0 THEN "total_liabilities.0" * 10 END',
    "q.staff": 'CASE WHEN "employees.0" > 0 THEN "rd_staff.0" * 20 END',
    "q.growth": """CASE WHEN "main_revenue.1" > 0 AND "main_revenue.2" > 0 THEN
        (("main_revenue.0" - "main_revenue.1")::HUGEINT * "main_revenue.2"
        + ("main_revenue.1" - "main_revenue.2")::HUGEINT * "main_revenue.1") * 25 END""",
    "q.base": '"main_revenue.1"::HUGEINT * "main_revenue.2"',
}


def _span(name: str, least: int) -> str:
    """Whether a count known between two limits reaches a number."""
    return f'CASE WHEN "{name}.least" >= {least} THEN TRUE WHEN "{name}.most" < {least} THEN FALSE END'


def _ladders() -> dict[str, list[str]]:
    return {
        "main_share": [f'"q.main" >= "revenue.0" * {k}' for k in (8, 7, 6)],
        "main_growth": [f'"q.growth" >= "q.base" * {k}' for k in (5, 4, 3, 2, 0)],
        "niche_years": [f'"niche_years" >= {k}' for k in (10, 8, 6, 4, 2)],
        "chain": [
            "\"chain_position\" = 'fills_gap'",
            "\"chain_position\" IN ('six_bases', 'time_honoured', 'serves_leader')",
        ],
        "digital": ["\"digital_level\" IN ('three', 'four')", "\"digital_level\" = 'two'"],
        "quality": [
            _span("high_quality_awards", 1),
            _span("quality_certificates_held", 1),
            '"own_brands" >= 1',
            _span("standards_taken_part", 1),
        ],
        "net_margin": [f'"q.net" >= "revenue.0" * {k}' for k in (5, 4, 3, 2, 1)],
        "debt": [f'"q.debt" <= "total_assets.0" * {k}' for k in (5, 6, 7)],
        "property": [
            _span(name, 1) for name in ("high_value_class_one", "own_class_one", "class_one", "class_two")
        ],
        "research": [
            f'"rd_expense.0" >= {amount * WAN} OR "q.rd" >= "revenue.0" * {share}'
            for amount, share in ((500, 10), (400, 8), (300, 6), (200, 4), (100, 3))
        ],
        "rd_staff": [f'"q.staff" >= "employees.0" * {k}' for k in (4, 2, 1)],
        "rd_body": [
            _span(name, 1) for name in ("national_bodies", "recognised_bodies", "city_bodies", "bodies_built")
        ],
    }


def _points() -> dict[str, str]:
    found = {"indicator.local_feature.least": "0::SMALLINT", "indicator.local_feature.most": "15::SMALLINT"}
    for end, said in (("least", ""), ("most", " IS NOT FALSE")):
        for name, worth in WORTH.items():
            cases = " ".join(f'WHEN "t.{name}.{i}"{said} THEN {p}' for i, p in enumerate(worth[:-1]))
            found[f"indicator.{name}.{end}"] = f"(CASE {cases} ELSE {worth[-1]} END)::SMALLINT"
        items = " + ".join(f'CASE WHEN "t.quality.{i}"{said} THEN 3 ELSE 0 END' for i in range(4))
        found[f"indicator.quality.{end}"] = f"LEAST({items}, 5)::SMALLINT"
    return found


def _scores() -> dict[str, str]:
    every = [name for members in DIMENSIONS.values() for name in members]
    groups = {**{f"score.{name}": members for name, members in DIMENSIONS.items()}, "score": every}
    return {
        f"{name}.{end}": _total(members, end) for end in ("least", "most") for name, members in groups.items()
    }


def _total(members: Iterable[str], end: str) -> str:
    return " + ".join(f'"indicator.{name}.{end}"' for name in members)


_RULES = {
    "clause.size": """CASE WHEN NOT ("enterprise_size.medium" OR "enterprise_size.small"
        OR "enterprise_size.micro") THEN FALSE WHEN NOT "enterprise_size.large" THEN TRUE END""",
    "clause.lists": "\"not_on_abnormal_lists\" = 'yes'",
    "clause.products": "\"products_permitted\" = 'yes'",
    "clause.incidents": "\"no_major_incident\" = 'yes'",
    "clause.niche": '"niche_years" >= 2',
    "clause.research_amount": f'"rd_expense.0" >= {100 * WAN}',
    "clause.research_share": '"q.rd" >= "revenue.0" * 3',
    "clause.scale_revenue": f'"revenue.0" >= {1_000 * WAN}',
    "clause.scale_financing": _span("recent_financing_two", 2_000 * WAN),
    "clause.score_total": _span("score", 60),
    "clause.direct_award": _span("ranked_awards", 1),
    "clause.direct_research": f'"rd_expense.0" + "rd_expense.1" >= {2_000 * WAN}',
    "clause.direct_financing": _span("recent_financing_two", 6_000 * WAN),
    "clause.direct_contest": _span("contest_500", 1),
}
_JOINED = {
    "clause.basic": '"clause.size" AND "clause.lists" AND "clause.products" AND "clause.incidents"',
    "clause.research_floor": '"clause.research_amount" AND "clause.research_share"',
    "clause.scale": '"clause.scale_revenue" OR "clause.scale_financing"',
    "clause.direct": """"clause.direct_award" OR "clause.direct_research" OR "clause.direct_financing"
        OR "clause.direct_contest\"""",
}
_ALL = """"clause.basic" AND "clause.niche" AND "clause.research_floor" AND "clause.scale"
    AND "clause.score_or_direct\""""
