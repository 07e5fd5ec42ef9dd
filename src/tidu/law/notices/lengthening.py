"""Whether a corrigendum takes time from anybody: every time of two versions of a notice, compared.

Windows, deadlines and the update's day are compared as moments; periods, validity and lapses by
the readings that make them, each with the direction in which it grows. A reading that bears on a
time and has no such direction may not change once a batch has opened.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tidu.law.calendars import format_moment
from tidu.law.notices.model import Notice
from tidu.law.notices.parts import Reading
from tidu.law.notices.times import mode_of, moment_if_known, moment_of, update_deadline
from tidu.law.refusals import Refused

LONGER: Mapping[str, Sequence[str]] = {
    "publicity_counting": ("calendar", "working"),
    "publicity_first_day": ("same_day", "next_day"),
    "mending_counting": ("calendar", "working"),
    "mending_mode": ("hard", "soft"),
    "panel_counting": ("calendar", "working"),
    "re_review_missed_lapse": ("window", "later_of_window_and_validity"),
    "re_review_failed_lapse": ("decision", "later_of_decision_and_validity"),
}
"""The choices of a reading from the one that leaves least time to the one that leaves most."""

MORE_IS_LONGER = ("publicity_days", "mending_days", "panel_days", "title_years")
"""Numbers of days and years."""

ON_NO_TIME = (
    "objection_real_name",
    "sample_rate_percent",
    "inspectors",
    "credit_check_fresh_days",
    "standard_change",
    "declaration",
)
"""Readings that bear on no party's time (standards of open batches are guarded by themselves)."""

STRICTER = {"advisory": 0, "soft": 1, "hard": 2}
LATE_MEANS = {"advisory": "逾期不作记录", "soft": "逾期记录", "hard": "过期不予受理"}


def refuse_shortened(before: Notice, after: Notice, *, at: datetime) -> None:
    """Refuse a version that leaves anybody less time, or where nobody can tell once a batch has opened.

    Refused("corrigendum_shortens"), ("corrigendum_not_comparable").
    """
    _refuse_earlier_moments(before, after)
    for rule in before.deadlines:
        was_mode, now_mode = mode_of(before, rule), mode_of(after, after.rule(rule.id))
        if STRICTER[now_mode] > STRICTER[was_mode]:
            shown = {"before": LATE_MEANS[was_mode], "after": LATE_MEANS[now_mode]}
            raise Refused("corrigendum_shortens", label=rule.title, **shown)
    has_opened = any(batch.opens <= at for batch in before.batches)
    for was, now in zip(before.readings, after.readings, strict=True):
        if was.value != now.value:
            _refuse_shorter(before, was, now, has_opened=has_opened)


def _refuse_earlier_moments(before: Notice, after: Notice) -> None:
    for batch in before.batches:
        now, where = after.batch(batch.id), f"batches.{batch.id}"
        _refuse_earlier(f"{batch.title}申报截止时间", batch.closes, now.closes, f"{where}.closes")
        for rule in before.deadlines:
            was = moment_if_known(before, batch, rule)
            if was is not None:
                label = f"{batch.title}{rule.title}期限"
                then = moment_of(after, now, after.rule(rule.id))
                _refuse_earlier(label, was, then, f"{where}.moved.{rule.id}")
    if before.upkeep is not None:
        label, where = "年度信息更新截止时间", "readings.before_includes_day"
        _refuse_earlier(label, update_deadline(before), update_deadline(after), where)


def _refuse_earlier(label: str, before: datetime, after: datetime, where: str) -> None:
    if after < before:
        shown = {"before": format_moment(before, ends=True), "after": format_moment(after, ends=True)}
        raise Refused("corrigendum_shortens", field=where, label=label, **shown)


def _refuse_shorter(notice: Notice, was: Reading, now: Reading, *, has_opened: bool) -> None:
    if was.id in ON_NO_TIME or was.id in _compared_as_moments(notice):
        return
    shown = {"label": was.label, "before": was.words, "after": now.words}
    if was.id in MORE_IS_LONGER or was.id in LONGER:
        if _length(now) < _length(was):
            raise Refused("corrigendum_shortens", field=f"readings.{was.id}", **shown)
    elif has_opened:
        raise Refused("corrigendum_not_comparable", field=f"readings.{was.id}", **shown)


def _length(reading: Reading) -> int:
    if reading.id in LONGER:
        return LONGER[reading.id].index(str(reading.value))
    return int(reading.value)


def _compared_as_moments(notice: Notice) -> set[str]:
    """Readings that only make deadlines, which have been compared themselves."""
    of_rules = (value for rule in notice.deadlines for value in (rule.mode, rule.counting, rule.rest_day))
    return {"before_includes_day", *(value[1:] for value in of_rules if value.startswith("@"))}
