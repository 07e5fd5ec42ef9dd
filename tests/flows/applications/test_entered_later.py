"""线下办理补录: the day of the paper is what deadlines look at, so it must be borne out."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from tests import cases, rounds
from tests.plugins.beginnings import beginning

from tidu.applications.actions import LetterText, Offline, pass_review, receive, recommend
from tidu.applications.models import Case, CaseStage, Letter
from tidu.applications.queries.board import board
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import parse_moment
from tidu.law.refusals import Refused
from tidu.offices.models import Office

pytestmark = pytest.mark.django_db

AFTER = parse_moment("2026-04-12 09:00")
"""推荐截止 is 10 April, 24:00."""


@beginning
def hard() -> cases.Round:
    """A round whose notice takes no recommendation after its day."""
    return cases.open_round(rounds.with_reading(rounds.notice_of_shili(), "recommend_mode", "hard"))


def sent(round_: cases.Round, case: Case, on: date, *, scan: bool = True) -> Letter:
    text = LetterText("示区工信〔2026〕9号", on, cases.scan(round_.east) if scan else None, cases.UNDRAWN)
    return recommend(
        actor=round_.east,
        batch_id=round_.batch.pk,
        case_versions=cases.seen([case]),
        letter=text,
        offline=Offline(on, "机要室档案柜"),
        at=AFTER,
    )


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2026, 3, 15)])
def test_nobody_recommended_a_case_before_it_had_it(hard: cases.Round, on: date) -> None:
    case = cases.passed(hard, hard.east, cases.submitted(hard))
    with pytest.raises(Refused, match="offline_before_arrival"):
        sent(hard, case, on)


def test_what_was_sent_on_paper_in_time_is_taken_and_marked(hard: cases.Round) -> None:
    case = cases.passed(hard, hard.east, cases.submitted(hard))
    sent(hard, case, date(2026, 4, 10))
    with scope(SYSTEM):
        row = CaseStage.objects.get(case=case, stage="county-recommend")
    assert (row.is_late, row.happened_on) == (False, date(2026, 4, 10))


def test_what_was_sent_on_paper_too_late_is_refused(hard: cases.Round) -> None:
    case = cases.passed(hard, hard.east, cases.submitted(hard))
    with pytest.raises(Refused, match="deadline_over"):
        sent(hard, case, date(2026, 4, 11))


def test_without_the_paper_nobody_is_believed(hard: cases.Round) -> None:
    case = cases.passed(hard, hard.east, cases.submitted(hard))
    with pytest.raises(Refused, match="offline_without_scan"):
        sent(hard, case, date(2026, 4, 10), scan=False)


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2001, 1, 1), "paper_dated_before_arrival"),
        (date(2026, 3, 15), "paper_dated_before_arrival"),
        (date(2099, 1, 1), "paper_dated_in_future"),
    ],
)
def test_a_letter_is_dated_while_the_office_had_the_case(round_: cases.Round, on: date, code: str) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))
    with pytest.raises(Refused, match=code):
        recommend(
            actor=round_.east,
            batch_id=round_.batch.pk,
            case_versions=cases.seen([case]),
            letter=LetterText("示区工信〔2026〕9号", on, cases.scan(round_.east), cases.UNDRAWN),
            at=round_.later(),
        )


def test_passed_and_sent_on_paper_and_both_entered_later(round_: cases.Round) -> None:
    """The letter may be older than the entry of the decision, not older than the decision."""
    case = cases.submitted(round_)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    round_.later(timedelta(days=10))
    cases.checked(round_, round_.east, case)
    scan = cases.scan(round_.east)
    pass_review(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        comment="符合条件",
        offline=Offline(date(2026, 3, 18), "审核意见单", scan),
        at=round_.at,
    )
    for on, works in [(date(2026, 3, 17), False), (date(2026, 3, 18), True)]:
        with nullcontext() if works else pytest.raises(Refused, match="offline_before_arrival"):
            recommend(
                actor=round_.east,
                batch_id=round_.batch.pk,
                case_versions=cases.seen([case]),
                letter=LetterText("示区工信〔2026〕9号", date(2026, 3, 18), scan, cases.UNDRAWN),
                offline=Offline(on, "机要室", scan),
                at=round_.at,
            )


def test_the_board_counts_what_was_entered_later(hard: cases.Round) -> None:
    later, now = (cases.passed(hard, hard.east, cases.submitted(hard, number)) for number in (1, 2))
    cases.recommended(hard, hard.east, [now])
    sent(hard, later, date(2026, 4, 10))
    with scope(hard.city):
        city = Office.objects.get(pk=hard.city.office_id or 0)
        (row,) = (one for one in board(city, hard.batch, at=AFTER + timedelta(hours=1)) if one.received)
    assert (row.sent_on, row.entered_later) == (2, 1)
