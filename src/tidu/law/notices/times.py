"""By when: deadlines of offices, publicity, mending, updates and lapses, from the notice and its readings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from tidu.law.calendars import (
    Counting,
    Window,
    add_days,
    before_day,
    end_of,
    hours_left,
    is_working_day,
    legal_day,
    months_after,
    quarter_window,
    start_of,
    within_days,
)
from tidu.law.notices.model import Notice
from tidu.law.notices.parts import OUR_READING, Batch, DeadlineRule, Mode
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused


@dataclass(frozen=True)
class Deadline:
    """When something must be done: what arrives at `at` or later is late.

    `sentence` is the notice's own sentence; `reading` is 本系统理解 where part of the
    computation is ours; `moved_by` the corrigendum that moved it.
    """

    id: str
    stage: str
    title: str
    at: datetime
    mode: Mode
    sentence: str
    reading: str = ""
    moved_by: str = ""

    def is_late(self, arrived_at: datetime) -> bool:
        """Whether what arrives at that moment is late; the deadline itself is."""
        return arrived_at >= self.at

    def hours_left(self, at: datetime) -> int:
        """Whole hours left; negative once it has passed."""
        return hours_left(self.at, at=at)


def deadline(notice: Notice, batch: Batch, stage: Stage) -> Deadline | None:
    """When a stage must be done in a batch, None if the notice sets it no time.

    Refused("calendar_year_unknown") if it counts working days of a year not on file.
    """
    return None if stage.clock is None else deadline_by(notice, batch, notice.rule(stage.clock))


def deadline_by(notice: Notice, batch: Batch, rule: DeadlineRule) -> Deadline:
    """The deadline that one rule sets in a batch. Refused("calendar_year_unknown") as above."""
    moved_by = _moved_by(notice, batch, rule)
    return Deadline(
        id=rule.id,
        stage=rule.stage,
        title=rule.title,
        at=moment_of(notice, batch, rule),
        mode=mode_of(notice, rule),
        sentence=notice.sentence(rule.sentence).text,
        reading=OUR_READING if _is_ours(notice, rule) and not moved_by else "",
        moved_by=moved_by,
    )


def deadline_if_known(notice: Notice, batch: Batch, stage: Stage) -> Deadline | None:
    """The same, None also while it counts working days of a year whose calendar is not on file."""
    if stage.clock is None or moment_if_known(notice, batch, notice.rule(stage.clock)) is None:
        return None
    return deadline(notice, batch, stage)


def deadlines(notice: Notice, batch: Batch, stages: tuple[Stage, ...]) -> tuple[Deadline, ...]:
    """The deadlines of a batch that can be computed by now, in the order of the stages.

    One that counts working days of a year whose calendar is not on file is left out;
    `deadline` of that stage says why.
    """
    found = (deadline_if_known(notice, batch, stage) for stage in stages)
    return tuple(one for one in found if one is not None)


def all_deadlines(notice: Notice, batch: Batch) -> tuple[Deadline, ...]:
    """Every deadline of a batch that can be computed by now, also those that are no stage's clock."""
    known = [rule for rule in notice.deadlines if moment_if_known(notice, batch, rule) is not None]
    return tuple(deadline_by(notice, batch, rule) for rule in known)


def moment_of(notice: Notice, batch: Batch, rule: DeadlineRule) -> datetime:
    """When a rule's time is over in a batch: as moved by a corrigendum, else as computed."""
    if rule.id in batch.moved:
        return batch.moved[rule.id]
    over = _over(notice, batch, rule)
    return _past_rest_days(over) if _resolve(notice, rule.rest_day) == "roll" else over


def _over(notice: Notice, batch: Batch, rule: DeadlineRule) -> datetime:
    """When the time is over, whatever day that is."""
    if rule.before is not None:
        return before_day(rule.before, includes_day=notice.flag("before_includes_day"))
    if rule.within is None:
        raise Refused("deadline_without_time", field=rule.id, value=rule.title)
    return within_days(_start(batch, rule), rule.within, _counting(notice, rule.counting))


def moment_if_known(notice: Notice, batch: Batch, rule: DeadlineRule) -> datetime | None:
    """The same, None while it counts working days of a year whose calendar is not on file."""
    try:
        return moment_of(notice, batch, rule)
    except Refused as problem:
        if problem.code != "calendar_year_unknown":
            raise
        return None


def mode_of(notice: Notice, rule: DeadlineRule) -> Mode:
    """hard: what is late is not accepted. soft: it is recorded as late. advisory: nothing is late."""
    return cast("Mode", _resolve(notice, rule.mode))


def readings_of(notice: Notice, rule: DeadlineRule) -> tuple[str, ...]:
    """The readings of ours that a rule rests on."""
    named = [value[1:] for value in (rule.mode, rule.counting, rule.rest_day) if value.startswith("@")]
    if rule.before is not None:
        named.append("before_includes_day")
    return tuple(name for name in named if notice.reading(name).editable)


def _is_ours(notice: Notice, rule: DeadlineRule) -> bool:
    """Whether part of the computation, or the whole deadline, is not the notice's own."""
    return mode_of(notice, rule) == "advisory" or bool(readings_of(notice, rule))


def terms_end(notice: Notice, closes: datetime, submitted_at: datetime) -> date:
    """截至日: the day to which terms are counted (近三年, how long a certificate is valid).

    `closes` is when its batch closes, `submitted_at` when the case was submitted first; of a draft,
    the moment at which it is looked at.
    """
    if notice.choice("as_of") == "window":
        return add_days(legal_day(closes), -1, "calendar")
    return legal_day(submitted_at)


def publicity_window(notice: Notice, listed_at: datetime) -> Window:
    """How long a list published at a moment stays open for objections."""
    first_counted = legal_day(listed_at)
    count = notice.count("publicity_days")
    counting = _counting(notice, notice.choice("publicity_counting"))
    if notice.choice("publicity_first_day") == "same_day":
        first_counted = add_days(first_counted, -1, "calendar")
    return Window(listed_at, end_of(add_days(first_counted, count, counting)))


def mending_deadline(notice: Notice, asked_at: datetime) -> datetime:
    """Until when a firm is asked to answer a request to mend, counted from the next day."""
    counting = _counting(notice, notice.choice("mending_counting"))
    return end_of(add_days(legal_day(asked_at), notice.count("mending_days"), counting))


def update_deadline(notice: Notice) -> datetime:
    """By when holders of the title must have updated their data."""
    if notice.upkeep is None:
        raise Refused("notice_without_upkeep", notice=notice.title)
    return before_day(notice.upkeep.update_by, includes_day=notice.flag("before_includes_day"))


def change_deadline(notice: Notice, changed_on: date) -> datetime:
    """By when a major change of that day must be reported."""
    if notice.upkeep is None:
        raise Refused("notice_without_upkeep", notice=notice.title)
    return end_of(months_after(changed_on, notice.upkeep.change_months))


def title_validity(notice: Notice, announced_on: date) -> tuple[date, date]:
    """First day and first day after the validity of a title announced on a day."""
    start = announced_on
    if notice.choice("title_starts") == "next_year":
        start = date(announced_on.year + 1, 1, 1)
    return start, months_after(start, 12 * notice.count("title_years"))


def lapse_if_not_applied(notice: Notice, batch: Batch, valid_until: date) -> datetime:
    """When a title lapses whose holder has not applied for its re-review in `batch`.

    `valid_until` is the first day after its validity.
    """
    if notice.choice("re_review_missed_lapse") == "window":
        return batch.closes
    return max(batch.closes, start_of(valid_until))


def lapse_if_refused(notice: Notice, refused_at: datetime, valid_until: date) -> datetime:
    """When a title lapses whose re-review was refused."""
    if notice.choice("re_review_failed_lapse") == "decision":
        return refused_at
    return max(refused_at, start_of(valid_until))


def _start(batch: Batch, rule: DeadlineRule) -> datetime:
    if rule.after == "window":
        return batch.closes
    if batch.quarter is None:
        raise Refused("batch_without_quarter", field=batch.id, value=batch.title, deadline=rule.title)
    return quarter_window(batch.quarter).closes


def _past_rest_days(over: datetime) -> datetime:
    """民法典第二百零三条: a period that would end on a rest day ends on the next working day."""
    last = add_days(legal_day(over), -1, "calendar")
    while not is_working_day(last):
        last = add_days(last, 1, "calendar")
    return end_of(last)


def _resolve(notice: Notice, value: str) -> str:
    return notice.choice(value[1:]) if value.startswith("@") else value


def _counting(notice: Notice, value: str) -> Counting:
    return cast("Counting", _resolve(notice, value))


def _moved_by(notice: Notice, batch: Batch, rule: DeadlineRule) -> str:
    path = f"batches.{batch.id}.moved.{rule.id}"
    numbers = [a.number for a in notice.amendments for change in a.changes if change.path == path]
    return numbers[-1] if numbers else ""
