"""The demonstration's notice: invented throughout, valid in every quarter of every year."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidu.law import notices, procedures
from tidu.law.chains import load_chain
from tidu.law.notices import demonstration_notice
from tidu.law.notices.demonstration import LITTLE_GIANT_2026, SPECIALISED, SPECIALISED_2026

moments = st.datetimes(datetime(2026, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments)
@settings(max_examples=20)
def test_the_current_quarter_is_open_and_the_three_before_are_over(at: datetime) -> None:
    notice = demonstration_notice(at)
    assert [at in batch.window for batch in notice.batches] == [False, False, False, True]
    assert [batch.closes <= at for batch in notice.batches] == [True, True, True, False]
    assert list(notices.problems(notice)) == []


@given(moments)
@settings(max_examples=20)
def test_every_time_can_be_computed_without_a_calendar_of_the_year(at: datetime) -> None:
    notice = demonstration_notice(at)
    stages = procedures.load(notice.procedure).stages
    assert [len(notices.deadlines(notice, batch, stages)) for batch in notice.batches] == [1, 1, 1, 1]
    assert notices.publicity_window(notice, at).closes > at


@pytest.mark.parametrize("at", [datetime(2026, 11, 22, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)])
def test_no_real_place_office_or_number_is_left_in_it(at: datetime) -> None:
    text = str(notices.to_json(demonstration_notice(at)))
    assert not [word for word in ("大连", "辽", "0411", "83686040", "86906657") if word in text]
    assert "示例市" in text


@given(moments)
@settings(max_examples=20)
def test_the_second_tiers_round_is_open_whenever_the_demonstration_begins(at: datetime) -> None:
    notice = demonstration_notice(at, SPECIALISED)
    (batch,) = notice.batches
    assert at in batch.window
    assert list(notices.problems(notice)) == []
    stages = procedures.load(notice.procedure).stages
    county, prefecture = notices.deadlines(notice, batch, stages)
    assert (county.mode, prefecture.mode) == ("advisory", "hard")
    assert prefecture.at - batch.closes == timedelta(days=3)
    assert notices.publicity_window(notice, at).closes > at


@pytest.mark.parametrize("template", [SPECIALISED_2026, LITTLE_GIANT_2026])
@given(at=moments)
@settings(max_examples=10)
def test_the_rounds_under_the_new_measures_are_open_too(template: str, at: datetime) -> None:
    """Out of season a round of 小巨人 is remarked; the demonstration runs on any day."""
    notice = demonstration_notice(at, template)
    (batch,) = notice.batches
    assert at in batch.window
    assert list(notices.problems(notice)) == []
    assert {one.code for one in notices.cautions(notice)} <= {"batch_out_of_season"}
    assert notices.publicity_window(notice, at).closes > at
    stages = procedures.load(notice.procedure).stages
    assert all(one.at > batch.closes for one in notices.deadlines(notice, batch, stages))


def test_little_giants_are_sent_to_the_invented_ministry() -> None:
    (delivery,) = demonstration_notice(datetime(2026, 5, 1, tzinfo=UTC), LITTLE_GIANT_2026).deliveries
    assert delivery.office == "shili-ministry"


@pytest.mark.parametrize("at", [datetime(2026, 11, 22, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)])
def test_nothing_of_xinjiang_is_left_in_the_second_tiers_notice(at: datetime) -> None:
    text = str(notices.to_json(demonstration_notice(at, SPECIALISED)))
    real = ("新疆", "自治区", "兵团", "乌鲁木齐", "0991", "xjeic", "xinjiang.gov", "3月8日", "2月5日")
    assert not [word for word in real if word in text]
    assert "示例省" in text
    assert f"{at.year - 3}年认定和复核通过" in text


def test_titles_of_the_same_quarter_three_years_ago_are_re_reviewed() -> None:
    notice = demonstration_notice(datetime(2027, 2, 1, tzinfo=UTC))
    assert [(batch.id, batch.re_reviews) for batch in notice.batches] == [
        ("2026-2", ("2023-2",)),
        ("2026-3", ("2023-3",)),
        ("2026-4", ("2023-4",)),
        ("2027-1", ("2024-1",)),
    ]


def test_its_offices_are_invented_and_one_has_no_division_code() -> None:
    chain = load_chain("demonstration")
    assert chain.demonstration
    assert {office.name[:2] for office in chain.offices} == {"示例"}
    served = [place for office in chain.offices for place in office.places]
    assert len(served) == 5
    assert [place.name for place in served if place.division is None] == ["示例高新区"]
