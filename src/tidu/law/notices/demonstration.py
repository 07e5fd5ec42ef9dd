"""The demonstration's notices: real ones, moved to an invented province and to days around a given one.

A template of rulebook/demonstration names the notice that it moves and every text to replace. Its
batches are four quarters, of which the last one is running, or one window that is open.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tidu.law.calendars import (
    add_days,
    end_of,
    format_moment,
    legal_day,
    quarter_of,
    quarter_window,
    shift_quarter,
    start_of,
)
from tidu.law.chains import load_chain
from tidu.law.notices.checks import check
from tidu.law.notices.loading import from_json
from tidu.law.notices.model import Notice
from tidu.law.refusals import fill
from tidu.law.rulebook import read_toml

INNOVATIVE, SPECIALISED = "shili-innovative", "shili-specialised"
SPECIALISED_2026, LITTLE_GIANT_2026 = "shili-specialised-2026", "shili-little-giant-2026"
_ORDINALS = "一二三四"
_YEARS_OF_VALIDITY = 3
_DAYS_BEFORE_ISSUE = timedelta(days=32)
"""As in Dalian, where the first window had been open for a month when the notice was issued."""

Data = dict[str, Any]


def demonstration_notice(at: datetime, template_id: str = INNOVATIVE) -> Notice:
    """The notice of a template, as it would read at a moment at which its round is running."""
    template = read_toml("demonstration", template_id)
    build = _of_window if "window" in template else _of_quarters
    words, dated = build(template, at)
    data = _replaced(read_toml("notices", template["base"]), template["replace"], words)
    data |= {key: _filled(value, words) for key, value in template["notice"].items()} | dated
    data["platform"] |= template["platform"]
    data["directory"] = list(_directory(data["offices"]))
    for delivery in data.get("deliveries", ()):
        delivery["office"] = template.get("deliver_to", data["issuer"])
    if "upkeep" in data:
        data["upkeep"]["update_by"] = f"{legal_day(at).year}-05-31"
    for rule in data["deadlines"]:
        if "before" in rule:
            rule["before"] = words["recommend_by"]
    for reading in data["readings"]:
        reading["value"] = template["readings"].get(reading["id"], reading["value"])
    notice = from_json(data)
    check(notice)
    return notice


def _of_quarters(template: Mapping[str, Any], at: datetime) -> tuple[dict[str, str], Data]:
    """The quarter of `at` and the three before it."""
    quarters = [shift_quarter(quarter_of(at), back) for back in (-3, -2, -1, 0)]
    issued = legal_day(quarter_window(quarters[0]).opens) + _DAYS_BEFORE_ISSUE
    words = {
        "issued_year": str(issued.year),
        "update_year": str(legal_day(at).year),
        "first_quarter": _quarter_in_words(quarters[0]),
        "last_quarter": _quarter_in_words(quarters[-1]),
    }
    batches = [_quarter_batch(quarter, template["batches"]["standard"]) for quarter in quarters]
    return words, {"issued": issued.isoformat(), "batches": batches}


def _of_window(template: Mapping[str, Any], at: datetime) -> tuple[dict[str, str], Data]:
    """One window that opened some days ago and closes in some days, and the office's days after it."""
    told, today = template["window"], legal_day(at)
    opens = add_days(today, -told["opened_before"], "calendar")
    closes = add_days(today, told["closes_after"], "calendar")
    recommend_by = add_days(closes, told["recommend_within"], "calendar")
    called = opens.year - _YEARS_OF_VALIDITY
    words = {
        "issued_year": str(opens.year),
        "batch": f"{opens.year}年第{told.get('ordinal', '一')}批",
        "called_year": str(called),
        "opens_day": _day(opens),
        "closes_day": _day(closes),
        "recommend_day": _day(recommend_by),
        "recommend_by": recommend_by.isoformat(),
    }
    batch = {
        "id": f"{opens.year}-1",
        "title": words["batch"],
        "opens": format_moment(start_of(opens)),
        "closes": format_moment(end_of(closes), ends=True),
        "standard": told["standard"],
        "kinds": told.get("kinds", ["new", "re_review"]),
        "re_reviews": [] if "kinds" in told else [str(called)],
    }
    return words, {"issued": add_days(opens, -1, "calendar").isoformat(), "batches": [batch]}


def _replaced(value: Any, pairs: Iterable[Mapping[str, str]], words: Mapping[str, str]) -> Any:
    """The same data with every pair replaced in every text."""
    if isinstance(value, dict):
        return {key: _replaced(item, pairs, words) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, pairs, words) for item in value]
    if isinstance(value, str):
        for pair in pairs:
            value = value.replace(pair["old"], pair["new"].format(**words))
    return value


def _filled(value: object, words: Mapping[str, str]) -> object:
    return value.format(**words) if isinstance(value, str) else value


def _quarter_batch(quarter: str, standard: str) -> Data:
    year, number = (int(part) for part in quarter.split("Q"))
    window = quarter_window(quarter)
    return {
        "id": f"{year}-{number}",
        "title": f"{year}年度第{_ORDINALS[number - 1]}批",
        "quarter": quarter,
        "opens": format_moment(window.opens),
        "closes": format_moment(window.closes, ends=True),
        "standard": standard,
        "kinds": ["new", "re_review"],
        "re_reviews": [f"{year - _YEARS_OF_VALIDITY}-{number}"],
    }


def _directory(chain_id: str) -> Iterable[Data]:
    for office in load_chain(chain_id).offices:
        if office.places:
            yield {"office": office.code, "name": office.name, "phones": list(office.phones)}


def _quarter_in_words(quarter: str) -> str:
    year, number = quarter.split("Q")
    return f"{year}年第{_ORDINALS[int(number) - 1]}季度"


def _day(day: date) -> str:
    return fill("{day:day}", {"day": day})
