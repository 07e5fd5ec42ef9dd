"""63号 专精特新 as a zen-engine decision: `zen_form.py POPULATION RESULTS`.

One decision of one expression node, loaded once and asked firm by firm: the engine has no other way. Firms of
whom anything is missing are not asked, since `null >= 3` raises.
"""

import json
import sys
import time

import polars as pl
import zen

WAN = 1_000_000


def ladder(value, steps, last=0):
    """`value >= a ? p : …`"""
    text = str(last)
    for limit, points in reversed(steps):
        text = f"({value} >= {limit} ? {points} : {text})"
    return text


def first(conditions, last=0):
    text = str(last)
    for condition, points in reversed(conditions):
        text = f"({condition} ? {points} : {text})"
    return text


YEARLY = [f"(main_revenue_{n} - main_revenue_{n + 1}) / main_revenue_{n + 1}" for n in (0, 1)]
GROWTH = f"(({YEARLY[0]} + {YEARLY[1]}) / 2)"
RESEARCH = [
    (f"rd_expense_0 >= {a * WAN} or rd_expense_0 / revenue_0 >= {p}", points)
    for a, p, points in ((500, 0.1, 10), (400, 0.08, 8), (300, 0.06, 6), (200, 0.04, 4), (100, 0.03, 2))
]
POINTS = {
    "main_share": ladder("main_revenue_0 / revenue_0", [(0.8, 5), (0.7, 3), (0.6, 1)]),
    "main_growth": ladder(GROWTH, [(0.1, 10), (0.08, 8), (0.06, 6), (0.04, 4), (0, 2)]),
    "niche": ladder("niche_years", [(10, 5), (8, 4), (6, 3), (4, 2), (2, 1)]),
    "chain": first(
        [
            ("chain_position == 'fills_gap'", 5),
            ("chain_position in ['six_bases', 'time_honoured', 'serves_leader']", 3),
        ]
    ),
    "digital": first([("digital_level in ['three', 'four']", 5), ("digital_level == 'two'", 3)]),
    "quality": "min([5, "
    + " + ".join(
        f"({name} >= 1 ? 3 : 0)"
        for name in (
            "high_quality_awards_least",
            "quality_certificates_held_least",
            "own_brands",
            "standards_taken_part_least",
        )
    )
    + "])",
    "net_margin": ladder("net_profit_0 / revenue_0", [(0.1, 10), (0.08, 8), (0.06, 6), (0.04, 4), (0.02, 2)]),
    "debt": first(
        [(f"total_liabilities_0 / total_assets_0 <= {p}", n) for p, n in ((0.5, 5), (0.6, 3), (0.7, 1))]
    ),
    "property": first(
        [
            (f"{name}_least >= 1", n)
            for name, n in (
                ("high_value_class_one", 10),
                ("own_class_one", 8),
                ("class_one", 6),
                ("class_two", 2),
            )
        ]
    ),
    "research": first(RESEARCH),
    "staff": ladder("rd_staff_0 / employees_0", [(0.2, 5), (0.1, 3), (0.05, 1)]),
    "body": first(
        [
            (f"{name}_least >= 1", n)
            for name, n in (
                ("national_bodies", 10),
                ("recognised_bodies", 8),
                ("city_bodies", 4),
                ("bodies_built", 2),
            )
        ]
    ),
}
VERDICT = f"""$.score >= 60 or ranked_awards_least >= 1 or rd_expense_0 + rd_expense_1 >= {2000 * WAN}
 or recent_financing_two_least >= {6000 * WAN} or contest_500_least >= 1"""
BASIC = f"""is_small and not_on_abnormal_lists == 'yes' and products_permitted == 'yes'
 and no_major_incident == 'yes' and niche_years >= 2
 and rd_expense_0 >= {100 * WAN} and rd_expense_0 / revenue_0 >= 0.03
 and (revenue_0 >= {1000 * WAN} or recent_financing_two_least >= {2000 * WAN})"""


def decision():
    expressions = {
        **POINTS,
        "score": " + ".join(f"$.{name}" for name in POINTS),
        "verdict": f"({BASIC}) and ({VERDICT})".replace("\n", " "),
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {
            "id": "rule",
            "name": "rule",
            "type": "expressionNode",
            "position": {"x": 0, "y": 0},
            "content": {"expressions": [{"id": k, "key": k, "value": v} for k, v in expressions.items()]},
        },
        {"id": "out", "name": "out", "type": "outputNode", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "rule"},
        {"id": "2", "type": "edge", "sourceId": "rule", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def main():
    frame = pl.read_parquet(sys.argv[1]).with_columns(is_small=~pl.col("enterprise_size.large"))
    rows = frame.drop("as_of", "year", "niche_since").rename(lambda name: name.replace(".", "_")).to_dicts()
    asked = zen.ZenEngine().create_decision(decision())
    began = time.perf_counter()
    answers = [asked.evaluate(row)["result"] for row in rows]
    seconds = time.perf_counter() - began
    found = [{"score": int(one["score"]), "verdict": bool(one["verdict"])} for one in answers]
    pl.DataFrame(found).write_parquet(sys.argv[2])
    sys.stdout.write(json.dumps({"seconds": seconds}))


main()
