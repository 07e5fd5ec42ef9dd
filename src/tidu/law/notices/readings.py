"""The points that every notice must settle, in its own words or by a reading, for a round to run."""

from collections.abc import Collection, Iterator, Mapping

from tidu.law.notices.model import Notice
from tidu.law.notices.parts import Reading
from tidu.law.refusals import Refused

ReadingKind = type[bool] | type[int] | type[str] | Collection[str]

READINGS: Mapping[str, ReadingKind] = {
    "before_includes_day": bool,
    "publicity_days": int,
    "publicity_counting": ("calendar", "working"),
    "publicity_first_day": ("same_day", "next_day"),
    "objection_real_name": bool,
    "mending_days": int,
    "mending_counting": ("calendar", "working"),
    "mending_mode": ("hard", "soft"),
    "sample_rate_percent": int,
    "inspectors": int,
    "credit_check_fresh_days": int,
    "title_years": int,
    "title_starts": ("announcement", "next_year"),
    "re_review_missed_lapse": ("window", "later_of_window_and_validity"),
    "re_review_failed_lapse": ("decision", "later_of_decision_and_validity"),
    "as_of": ("submission", "window"),
    "standard_change": ("unopened", "unclosed"),
    "declaration": str,
}

REFERENCES: Mapping[str, Collection[str]] = {
    "mode": ("hard", "soft", "advisory"),
    "counting": ("calendar", "working"),
    "rest_day": ("stay", "roll"),
}
"""What a deadline rule may say itself or take from a reading, written "@reading"."""


def reading_problems(notice: Notice) -> Iterator[Refused]:
    """Readings that are missing, of the wrong kind, or outside what they may be."""
    readings = {reading.id: reading for reading in notice.readings}
    for reading_id, kind in READINGS.items():
        if reading_id not in readings:
            yield Refused(
                "reading_missing", field=f"readings.{reading_id}", value=reading_id, notice=notice.title
            )
        elif not _is_kind(readings[reading_id].value, kind):
            yield _wrong_kind(readings[reading_id])
    for reading in notice.readings:
        yield from _outside(reading)
    for rule in notice.deadlines:
        for name, allowed in REFERENCES.items():
            value = getattr(rule, name)
            said = readings[value[1:]].value if value.startswith("@") and value[1:] in readings else value
            if said not in allowed:
                where = f"deadlines.{rule.id}.{name}"
                yield Refused("deadline_reading_unknown", field=where, value=said, choices=list(allowed))


def _is_kind(value: object, kind: ReadingKind) -> bool:
    # type() and not isinstance(): a yes is an int to Python
    return type(value) is kind if isinstance(kind, type) else value in kind


def _outside(reading: Reading) -> Iterator[Refused]:
    where = f"readings.{reading.id}"
    if reading.choices and reading.value not in [choice.value for choice in reading.choices]:
        labels = [choice.label for choice in reading.choices]
        yield Refused(
            "reading_not_a_choice", field=where, label=reading.label, value=reading.value, choices=labels
        )
    if type(reading.value) is not int:
        return
    least, most = reading.least, reading.most
    if least is None or most is None:
        yield Refused("reading_without_bounds", field=where, label=reading.label)
    elif not least <= reading.value <= most:
        values = {"label": reading.label, "value": reading.value, "least": least, "most": most}
        yield Refused("reading_out_of_bounds", field=where, **values)


def _wrong_kind(reading: Reading) -> Refused:
    return Refused(
        "reading_of_wrong_kind", field=f"readings.{reading.id}", value=reading.value, label=reading.label
    )
