"""A verdict as a paper prints it, from its plain JSON, fresh or frozen."""

from collections.abc import Mapping
from typing import Any

from tidu.law.standards.frozen import clauses_of

OUTCOMES = {"met": "符合", "unmet": "不符合", "open": "待补充"}
_SCORES = "得分"


def verdict_of(verdict: dict[str, Any]) -> dict[str, Any]:
    """Outcome, score, indicators and the conditions that have a rule of their own."""
    points = verdict["points"]
    return {
        "outcome": verdict["outcome_label"],
        "unconfirmed": verdict["standard"]["unconfirmed"],
        "standard": verdict["standard"]["title"],
        "score": span(points) if points["full"] else "",
        "full": str(points["full"]),
        "dimensions": "，".join(f"{d['label']} {span(d['points'])} 分" for d in verdict["dimensions"]),
        "indicators": [_indicator(each) for each in verdict["indicators"]],
        "clauses": [
            _clause(clause.body, clause.counts)
            for clause in clauses_of(verdict["clauses"])
            if clause.body["checks"] and _SCORES not in clause.body["rule"]
        ],
    }


def span(points: dict[str, Any]) -> str:
    """`61`, or `58～66` where it is not exact."""
    low, high = points["low"], points["high"]
    return str(low) if low == high else f"{low}～{high}"


def _indicator(indicator: dict[str, Any]) -> dict[str, str]:
    # Of bands one counts; of items that add up, any number.
    met = "；".join(band["text"] for band in indicator["bands"] if band["outcome"] == "met")
    return {
        "label": indicator["label"],
        "value": indicator["value"] or met,
        "points": span(indicator["points"]),
        "full": str(indicator["full"]),
    }


def _clause(clause: Mapping[str, Any], needed: bool) -> dict[str, str]:
    values = "；".join(check["value"] for check in clause["checks"] if check["value"])
    words = OUTCOMES[clause["outcome"]]
    spared = not needed and clause["outcome"] != "met"
    return {"label": clause["label"], "value": values, "outcome": f"{words}（非必须）" if spared else words}
