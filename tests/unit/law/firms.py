"""Invented firms for the tests of the law kernel: one that meets 63号 创新型, and ways to change it."""

from datetime import date
from typing import Any

from tidu.law.facts import Facts

WAN = 1_000_000
"""分 in a 万元."""

YEAR = 2025
AS_OF = date(2026, 3, 1)


def patent(**changes: Any) -> dict[str, Any]:
    """An invention of its own, related to the main product, in force."""
    row = {
        "kind": "invention",
        "name": "一种示例装置",
        "number": "ZL-1",
        "obtained": "own",
        "granted_on": date(2023, 5, 1),
        "valid_until": date(2041, 5, 1),
        "related": True,
        "high_value": "none",
    }
    return row | changes


def honour(**changes: Any) -> dict[str, Any]:
    """高新技术企业, in force."""
    row = {"kind": "high_technology", "granted_on": date(2024, 11, 1), "valid_until": date(2027, 10, 31)}
    return row | changes


def award(**changes: Any) -> dict[str, Any]:
    """A provincial science award of 上年."""
    return {"name": "示例省科学技术奖", "level": "provincial", "awarded_on": date(2025, 6, 1)} | changes


def body(**changes: Any) -> dict[str, Any]:
    """A recognised provincial technology centre."""
    row = {"name": "示例中心", "kind": "technology_centre", "level": "provincial", "recognised": True}
    return row | changes


def financing(**changes: Any) -> dict[str, Any]:
    """500万元 from a qualified investor for 30 % of the shares."""
    row = {
        "investor": "示例基金",
        "qualified": True,
        "paid_on": date(2025, 9, 1),
        "paid_amount": 500 * WAN,
        "shares_given": 300_000,
    }
    return row | changes


def firm(**changes: Any) -> Facts:
    """A small manufacturer with 75 points and no direct route; `changes` by fact id, None takes away."""
    stated: dict[str, Any] = {
        "industry_code": "3515",
        "employees": {YEAR: 120},
        "revenue": {YEAR: 10_000 * WAN, YEAR - 1: 9_000 * WAN},
        "main_revenue": {YEAR: 8_800 * WAN, YEAR - 1: 8_000 * WAN},
        "rd_expense": {YEAR: 250 * WAN},
        "total_assets": {YEAR: 10_000 * WAN},
        "total_liabilities": {YEAR: 6_000 * WAN},
        "strategic_industry": "equipment",
        "not_on_abnormal_lists": "yes",
        "products_permitted": "yes",
        "no_major_incident": "yes",
        "intellectual_property": [patent()],
        "defence_patents": 0,
        "awards": [],
        "honours": [],
        "rd_bodies": [],
        "equity_financing": [],
    }
    return Facts.of(stated | changes, year=YEAR, as_of=AS_OF)
