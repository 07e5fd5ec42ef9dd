"""A corrigendum may give more time, never less, and says what it changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.law import notices, procedures
from tidu.law.calendars import format_moment, parse_moment
from tidu.law.notices import Change, Corrigendum, Notice
from tidu.law.notices.lengthening import LONGER, MORE_IS_LONGER, ON_NO_TIME
from tidu.law.notices.times import moment_of
from tidu.law.refusals import Refused, sentence

NOTICE = notices.load("dalian-2026-innovative")
AT = parse_moment("2026-04-02 09:00")
MOVED = "batches.2026-1.moved.county-recommend"


def amended(
    *changes: tuple[str, bool | int | str], notice: Notice = NOTICE, number: str = "更正一"
) -> Notice:
    corrigendum = Corrigendum(number, "平台维护", tuple(Change(path, value) for path, value in changes))
    return notices.amend(notice, corrigendum, at=AT)


def recommend_by(notice: Notice, batch: str = "2026-1") -> str:
    return format_moment(moment_of(notice, notice.batch(batch), notice.rule("county-recommend")), ends=True)


def test_a_deadline_is_moved_later_for_one_batch_and_the_change_is_shown() -> None:
    after = amended((MOVED, "2026-04-15 24:00"))
    assert (recommend_by(after), recommend_by(after, "2026-2")) == ("2026-04-15 24:00", "2026-07-10 24:00")
    assert after.version == 2
    (amendment,) = after.amendments
    (change,) = amendment.changes
    assert (change.label, change.before, change.after) == (
        "2026年度第一批区级推荐期限",
        "2026-04-10 24:00",
        "2026-04-15 24:00",
    )
    stage = procedures.load(after.procedure).stage("county-recommend")
    moved = notices.deadline(after, after.batch("2026-1"), stage)
    assert moved is not None
    assert (moved.moved_by, moved.reading) == ("更正一", "")


def test_the_version_before_stands_unchanged() -> None:
    before = notices.to_json(NOTICE)
    amended((MOVED, "2026-04-15 24:00"))
    assert notices.to_json(NOTICE) == before


def test_a_version_frozen_and_read_again_can_be_amended_again() -> None:
    once = notices.from_json(notices.to_json(amended((MOVED, "2026-04-15 24:00"))))
    twice = amended((MOVED, "2026-04-20 24:00"), notice=once, number="更正二")
    assert (twice.version, [a.number for a in twice.amendments]) == (3, ["更正一", "更正二"])
    with pytest.raises(Refused, match="corrigendum_shortens"):
        amended((MOVED, "2026-04-18 24:00"), notice=twice)


def test_a_window_is_extended() -> None:
    after = amended(("batches.2026-2.closes", "2026-07-05 24:00"))
    assert format_moment(after.batch("2026-2").closes, ends=True) == "2026-07-05 24:00"
    assert recommend_by(after, "2026-2") == "2026-07-10 24:00"


def test_a_window_extended_past_the_offices_deadline_needs_that_moved_too() -> None:
    with pytest.raises(Refused, match="deadline_before_window_closes"):
        amended(("batches.2026-2.closes", "2026-07-12 24:00"))
    after = amended(
        ("batches.2026-2.closes", "2026-07-12 24:00"),
        ("batches.2026-2.moved.county-recommend", "2026-07-20 24:00"),
    )
    assert len(after.amendments[0].changes) == 2


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (MOVED, "2026-04-09 24:00"),
        ("readings.publicity_days", 4),
        ("readings.publicity_counting", "calendar"),
        ("readings.mending_days", 9),
        ("readings.recommend_mode", "hard"),
        ("readings.publicity_first_day", "same_day"),
        ("readings.title_years", 1),
        ("readings.re_review_missed_lapse", "window"),
        ("readings.before_includes_day", False),
        ("readings.mending_mode", "hard"),
    ],
)
def test_what_would_shorten_a_time_is_refused(path: str, value: bool | int | str) -> None:
    with pytest.raises(Refused) as refused:
        amended((path, value))
    assert refused.value.code == "corrigendum_shortens"
    assert "缩短了当事人的时间" in sentence(refused.value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("readings.publicity_days", 7),
        ("readings.title_years", 5),
        ("readings.re_review_failed_lapse", "later_of_decision_and_validity"),
        ("readings.sample_rate_percent", 20),
    ],
)
def test_what_gives_more_time_or_takes_none_is_allowed(path: str, value: int | str) -> None:
    assert len(amended((path, value)).amendments[0].changes) == 1


def test_a_change_is_shown_in_the_words_of_the_page() -> None:
    after = amended(("readings.publicity_days", 7), ("readings.objection_real_name", False))
    shown = [(change.before, change.after) for change in after.amendments[0].changes]
    assert shown == [("5 日", "7 日"), ("是", "否")]


def test_what_was_read_shorter_may_be_read_longer_again() -> None:
    data = notices.to_json(NOTICE)
    for reading, value in (("publicity_first_day", "same_day"), ("before_includes_day", False)):
        next(one for one in data["readings"] if one["id"] == reading)["value"] = value
    strict = notices.from_json(data)
    amended(
        ("readings.publicity_first_day", "next_day"), ("readings.before_includes_day", True), notice=strict
    )


def test_a_failed_re_review_does_not_end_a_title_earlier_than_it_was_published() -> None:
    later = amended(("readings.re_review_failed_lapse", "later_of_decision_and_validity"))
    with pytest.raises(Refused, match="corrigendum_shortens"):
        amended(("readings.re_review_failed_lapse", "decision"), notice=later)


def test_when_validity_begins_stays_once_a_batch_has_opened() -> None:
    """From next 1 January: three years that begin later and end later; better for one, worse for another."""
    with pytest.raises(Refused) as refused:
        amended(("readings.title_starts", "next_year"))
    assert refused.value.code == "corrigendum_not_comparable"
    assert "“公告之日”改为“公告次年1月1日”" in sentence(refused.value)
    before_all = Corrigendum("更正一", "与省厅衔接", (Change("readings.title_starts", "next_year"),))
    early = notices.amend(NOTICE, before_all, at=parse_moment("2025-12-31 23:59"))
    assert early.choice("title_starts") == "next_year"


@pytest.mark.parametrize("name", ["dalian-2026-innovative", "xinjiang-2026-specialised-batch1"])
def test_every_reading_is_compared_or_known_to_bear_on_no_time_or_stays(name: str) -> None:
    """What is neither compared nor free stays as it is once a batch has opened: it is named here."""
    notice = notices.load(name)
    made = (value for rule in notice.deadlines for value in (rule.mode, rule.counting, rule.rest_day))
    compared = {*LONGER, *MORE_IS_LONGER, *ON_NO_TIME, "before_includes_day"}
    compared |= {value[1:] for value in made if value.startswith("@")}
    assert {one.id for one in notice.readings if one.editable} - compared <= {
        "as_of",
        "title_starts",
        "window_hours",
    }


@given(st.integers(-20, 20))
def test_a_deadline_moves_only_to_a_later_day(days: int) -> None:
    value = f"2026-07-{10 + days:02d} 24:00" if 1 <= 10 + days <= 31 else "2026-08-01 24:00"
    change = ("batches.2026-2.moved.county-recommend", value)
    if parse_moment(value) > parse_moment("2026-07-10 24:00"):
        assert recommend_by(amended(change), "2026-2") == value
    else:
        with pytest.raises(Refused):
            amended(change)


def test_a_reading_may_be_changed_to_give_more_time() -> None:
    after = amended(("readings.recommend_counting", "working"), notice=first_three())
    assert recommend_by(after) == "2026-04-15 24:00"
    assert after.amendments[0].changes[0].after == "工作日"


def first_three() -> Notice:
    """Without the batch whose ten working days fall into a year that has no calendar yet."""
    data = notices.to_json(NOTICE)
    data["batches"] = data["batches"][:3]
    return notices.from_json(data)


def test_what_the_notice_itself_says_is_not_a_reading_to_change() -> None:
    data = notices.to_json(NOTICE)
    next(r for r in data["readings"] if r["id"] == "publicity_days")["stated"] = True
    with pytest.raises(Refused, match="reading_not_editable"):
        amended(("readings.publicity_days", 7), notice=notices.from_json(data))


@pytest.mark.parametrize("path", ["issuer", "batches.2026-1.opens", "readings", "sentences.S4.4", "version"])
def test_other_places_cannot_be_corrected(path: str) -> None:
    with pytest.raises(Refused, match="corrigendum_path_unknown"):
        amended((path, "x"))


def test_a_batch_or_deadline_that_is_none_cannot_be_corrected() -> None:
    with pytest.raises(Refused, match="notice_batch_unknown"):
        amended(("batches.2027-1.closes", "2027-03-31 24:00"))
    with pytest.raises(Refused, match="notice_deadline_unknown"):
        amended(("batches.2026-1.moved.nowhere", "2026-04-15 24:00"))


def test_a_corrigendum_that_changes_nothing_is_refused() -> None:
    with pytest.raises(Refused, match="corrigendum_empty"):
        amended(("phone", NOTICE.phone))


def test_a_batch_under_way_takes_a_new_standard_only_where_the_reading_says_so() -> None:
    change = ("batches.2026-2.standard", "2022-innovative")
    with pytest.raises(Refused, match="corrigendum_changes_open_standard"):
        amended(change)
    unclosed = amended(("readings.standard_change", "unclosed"))
    assert amended(change, notice=unclosed).batch("2026-2").standard == "2022-innovative"
    with pytest.raises(Refused, match="corrigendum_changes_open_standard"):
        amended(("batches.2026-1.standard", "2022-innovative"), notice=unclosed)
