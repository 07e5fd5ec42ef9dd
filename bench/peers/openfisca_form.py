"""63号 专精特新 as an OpenFisca system: `openfisca_form.py POPULATION RESULTS WIDTH`.

WIDTH 32 is OpenFisca as it comes: float32, and zero for what is missing. WIDTH 64 is its best form: its table
of types changed to float64, missing as not-a-number, growth from cross-multiplied sides.
"""

import json
import sys
import time

import numpy as np
import polars as pl
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable, config

WAN = 1_000_000.0
YEAR = "2025"
POPULATION, RESULTS, WIDTH = sys.argv[1], sys.argv[2], int(sys.argv[3])
if WIDTH == 64:
    config.VALUE_TYPES[float]["dtype"] = np.float64

Firm = build_entity(key="firm", plural="firms", label="企业", is_person=True)


def variable(name, formula=None):
    """A yearly number of a firm."""
    body = {"value_type": float, "entity": Firm, "definition_period": periods.DateUnit.YEAR, "label": name}
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def ladder(value, limits, points):
    """The points beside the first limit reached."""
    return np.select([value >= limit for limit in limits], points[:-1], points[-1])


def share(above, below):
    def formula(firm, period):
        with np.errstate(all="ignore"):
            return firm(above, period) / firm(below, period)

    return formula


def main_growth(firm, period):
    now, before, first = (firm(f"main_revenue_{back}", period) for back in range(3))
    with np.errstate(all="ignore"):
        if WIDTH == 64:
            grown = (now - before) * first + (before - first) * before
            growth = np.where((before > 0) & (first > 0), grown / (2 * before * first), np.nan)
        else:
            growth = ((now - before) / before + (before - first) / first) / 2
    return ladder(growth, (0.10, 0.08, 0.06, 0.04, 0.0), (10, 8, 6, 4, 2, 0))


def research(firm, period):
    amount, part = firm("rd_expense_0", period), firm("rd_share", period)
    reached = [
        (amount >= a * WAN) | (part >= p)
        for a, p in ((500, 0.1), (400, 0.08), (300, 0.06), (200, 0.04), (100, 0.03))
    ]
    return np.select(reached, (10, 8, 6, 4, 2), 0)


def debt(firm, period):
    part = firm("debt_share", period)
    return np.select([part <= 0.5, part <= 0.6, part <= 0.7], (5, 3, 1), 0)


def first_held(names, points):
    def formula(firm, period):
        return np.select([firm(name, period) >= 1 for name in names], points, 0)

    return formula


def quality(firm, period):
    names = (
        "high_quality_awards_least",
        "quality_certificates_held_least",
        "own_brands",
        "standards_taken_part_least",
    )
    return np.minimum(sum(3 * (firm(name, period) >= 1) for name in names), 5)


def score(firm, period):
    return sum(firm(name, period) for name in POINTS)


def verdict(firm, period):
    basic = (
        (firm("is_small", period) > 0)
        & (firm("stated_well", period) > 0)
        & (firm("niche_years", period) >= 2)
    )
    floor = (firm("rd_expense_0", period) >= 100 * WAN) & (firm("rd_share", period) >= 0.03)
    financing = firm("recent_financing_two_least", period)
    scale = (firm("revenue_0", period) >= 1_000 * WAN) | (financing >= 2_000 * WAN)
    direct = (
        (firm("ranked_awards_least", period) >= 1)
        | (firm("rd_expense_0", period) + firm("rd_expense_1", period) >= 2_000 * WAN)
        | (financing >= 6_000 * WAN)
        | (firm("contest_500_least", period) >= 1)
    )
    return basic & floor & scale & (direct | (firm("score", period) >= 60))


def banded(name, limits, points):
    return lambda firm, period: ladder(firm(name, period), limits, points)


POINTS = {
    "p_main_share": banded("main_share", (0.8, 0.7, 0.6), (5, 3, 1, 0)),
    "p_main_growth": main_growth,
    "p_niche_years": banded("niche_years", (10, 8, 6, 4, 2), (5, 4, 3, 2, 1, 0)),
    "p_chain": banded("chain", (2, 1), (5, 3, 0)),
    "p_digital": banded("digital", (2, 1), (5, 3, 0)),
    "p_quality": quality,
    "p_net_margin": banded("net_share", (0.1, 0.08, 0.06, 0.04, 0.02), (10, 8, 6, 4, 2, 0)),
    "p_debt": debt,
    "p_property": first_held(
        ("high_value_class_one_least", "own_class_one_least", "class_one_least", "class_two_least"),
        (10, 8, 6, 2),
    ),
    "p_research": research,
    "p_rd_staff": banded("staff_share", (0.2, 0.1, 0.05), (5, 3, 1, 0)),
    "p_rd_body": first_held(
        ("national_bodies_least", "recognised_bodies_least", "city_bodies_least", "bodies_built_least"),
        (10, 8, 4, 2),
    ),
}
SHARES = {
    "main_share": share("main_revenue_0", "revenue_0"),
    "net_share": share("net_profit_0", "revenue_0"),
    "rd_share": share("rd_expense_0", "revenue_0"),
    "debt_share": share("total_liabilities_0", "total_assets_0"),
    "staff_share": share("rd_staff_0", "employees_0"),
}


def inputs():
    """Every column as a number: answers as steps, a class of size as yes or no."""
    frame = pl.read_parquet(POPULATION)
    chain, digital = pl.col("chain_position"), pl.col("digital_level")
    three = ["six_bases", "time_honoured", "serves_leader"]
    declared = ("not_on_abnormal_lists", "products_permitted", "no_major_incident")
    numbers = frame.select(
        pl.col(pl.Int64),
        pl.when(chain == "fills_gap")
        .then(2.0)
        .when(chain.is_in(three))
        .then(1.0)
        .when(chain.is_not_null())
        .then(0.0)
        .alias("chain"),
        pl.when(digital.is_in(["three", "four"]))
        .then(2.0)
        .when(digital == "two")
        .then(1.0)
        .when(digital.is_not_null())
        .then(0.0)
        .alias("digital"),
        (
            ~pl.col("enterprise_size.large")
            & pl.any_horizontal(pl.col("^enterprise_size.(medium|small|micro)$"))
        )
        .cast(pl.Float64)
        .alias("is_small"),
        pl.all_horizontal(pl.col(name) == "yes" for name in declared).cast(pl.Float64).alias("stated_well"),
    )
    missing = 0.0 if WIDTH == 32 else float("nan")
    return {
        name.replace(".", "_"): numbers[name].cast(pl.Float64).fill_null(missing).to_numpy()
        for name in numbers.columns
    }


def main():
    given = inputs()
    system = TaxBenefitSystem([Firm])
    for name in given:
        system.add_variable(variable(name))
    for name, formula in {**SHARES, **POINTS, "score": score, "verdict": verdict}.items():
        system.add_variable(variable(name, formula))
    began = time.perf_counter()
    simulation = SimulationBuilder().build_default_simulation(system, count=len(next(iter(given.values()))))
    for name, values in given.items():
        simulation.set_input(name, YEAR, values)
    entered = time.perf_counter()
    with np.errstate(all="ignore"):
        points, outcome = simulation.calculate("score", YEAR), simulation.calculate("verdict", YEAR)
    ended = time.perf_counter()
    pl.DataFrame({"score": points.astype(np.int64), "verdict": outcome > 0}).write_parquet(RESULTS)
    sys.stdout.write(json.dumps({"input": entered - began, "seconds": ended - entered}))


main()
