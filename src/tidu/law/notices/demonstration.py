"""The demonstration's notice: Dalian's, moved to an invented city and to quarters around a given day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tidu.law.calendars import format_moment, legal_day, quarter_of, quarter_window, shift_quarter
from tidu.law.chains import load_chain
from tidu.law.notices.checks import check
from tidu.law.notices.loading import from_json
from tidu.law.notices.model import Notice
from tidu.law.rulebook import read_toml

_TEMPLATE = "shili-innovative"
_ORDINALS = "一二三四"
_YEARS_OF_VALIDITY = 3
_DAYS_BEFORE_ISSUE = timedelta(days=32)
"""As in Dalian, where the first window had been open for a month when the notice was issued."""


def demonstration_notice(at: datetime) -> Notice:
    """The notice of the invented 示例市 with four batches: the quarter of `at` and the three before it."""
    template = read_toml("demonstration", _TEMPLATE)
    quarters = [shift_quarter(quarter_of(at), back) for back in (-3, -2, -1, 0)]
    issued = legal_day(quarter_window(quarters[0]).opens) + _DAYS_BEFORE_ISSUE
    words = _words(quarters, issued, legal_day(at))
    data = _replaced(read_toml("notices", template["base"]), template["replace"], words)
    data |= {key: _filled(value, words) for key, value in template["notice"].items()}
    data["platform"] |= template["platform"]
    data["issued"] = issued.isoformat()
    data["upkeep"]["update_by"] = f"{words['update_year']}-05-31"
    data["batches"] = [_batch(quarter, template["batches"]["standard"]) for quarter in quarters]
    data["directory"] = list(_directory(data["offices"]))
    for reading in data["readings"]:
        reading["value"] = template["readings"].get(reading["id"], reading["value"])
    notice = from_json(data)
    check(notice)
    return notice


def _words(quarters: list[str], issued: date, today: date) -> dict[str, str]:
    return {
        "issued_year": str(issued.year),
        "update_year": str(today.year),
        "first_quarter": _quarter_in_words(quarters[0]),
        "last_quarter": _quarter_in_words(quarters[-1]),
    }


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


def _batch(quarter: str, standard: str) -> dict[str, Any]:
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


def _directory(chain_id: str) -> Iterable[dict[str, Any]]:
    for office in load_chain(chain_id).offices:
        if office.places:
            yield {"office": office.code, "name": office.name, "phones": list(office.phones)}


def _quarter_in_words(quarter: str) -> str:
    year, number = quarter.split("Q")
    return f"{year}年第{_ORDINALS[int(number) - 1]}季度"
