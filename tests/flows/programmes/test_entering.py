"""Who may enter a batch: each reason has its sentence, with what would let the firm in."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from tests.flows.titles.announcing import announced
from tests.rounds import batch, notice_of_shili, publish
from tests.scene import EAST, PROVINCE, WEST, office_actor, register

from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.enterprises.models import Firm
from tidu.law.calendars import parse_moment
from tidu.law.notices.parts import KindId
from tidu.offices.actions import NewOffice, open_area, open_office
from tidu.offices.enums import Level, Role
from tidu.offices.models import Office
from tidu.offices.queries import office_chain
from tidu.programmes.models import Notice
from tidu.programmes.queries import Entry, due_for_re_review, may_enter
from tidu.titles.actions import enter_existing_title
from tidu.titles.models import Title
from tidu.titles.queries import held_and_past

pytestmark = pytest.mark.django_db

MARCH = parse_moment("2026-03-02 10:00")
CLOSING = parse_moment("2026-03-31 24:00")
OPENING = parse_moment("2026-01-01 00:00")
SECOND = timedelta(seconds=1)


@pytest.fixture
def firm(offices: dict[str, Office]) -> Firm:
    found, _ = register(1)
    return found


@pytest.fixture
def title(firm: Firm, offices: dict[str, Office]) -> Title:
    """An innovative title of the first batch of 2023, valid until 30 April 2026."""
    return enter_existing_title(
        actor=office_actor(PROVINCE),
        announced=announced(firm, offices[PROVINCE]),
        valid_from=date(2023, 5, 1),
        valid_until=date(2026, 4, 30),
        at=OPENING,
    )


def entry(
    firm: Firm, notice: Notice, number: int, kind: KindId, at: datetime, live_case: str | None = None
) -> Entry:
    with scope(PUBLIC):
        holds, past = held_and_past(firm, at=at)
        return may_enter(
            firm,
            batch(notice, number),
            kind,
            at=at,
            held=holds,
            past=past,
            live_case=live_case,
            above=office_chain(firm.area.office).values(),
        )


def reasons(found: Entry) -> list[str]:
    return [reason.code for reason in found.reasons]


def test_a_firm_without_the_title_may_apply_in_the_window(firm: Firm, notice: Notice) -> None:
    assert entry(firm, notice, 1, "new", MARCH) == Entry()
    assert entry(firm, notice, 1, "new", MARCH).answer.allowed


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENING - SECOND, ["entry_not_open_yet"]),
        (OPENING, []),
        (CLOSING - SECOND, []),
        (CLOSING, ["entry_closed"]),
    ],
)
def test_the_window_is_kept_to_the_second(
    firm: Firm, notice: Notice, at: datetime, expected: list[str]
) -> None:
    assert reasons(entry(firm, notice, 1, "new", at)) == expected


def test_a_closed_window_names_the_next_one(firm: Firm, notice: Notice) -> None:
    found = entry(firm, notice, 1, "new", CLOSING)
    assert (
        found.answer.reason
        == "2026年度第一批已截止：申报时间为 2026年1月1日 00:00 至 2026年3月31日 24:00，过期不予受理。"
    )
    assert found.remedy == "可在2026年度第二批申报：2026年4月1日 00:00 至 2026年6月30日 24:00。"


def test_after_the_last_window_nothing_is_left_to_wait_for(firm: Firm, notice: Notice) -> None:
    found = entry(firm, notice, 4, "new", parse_moment("2026-12-31 24:00"))
    assert (reasons(found), found.remedy) == (["entry_closed"], "")


def test_before_the_window_the_firm_waits_for_the_same_batch(firm: Firm, notice: Notice) -> None:
    found = entry(firm, notice, 2, "new", MARCH)
    assert reasons(found) == ["entry_not_open_yet"]
    assert found.remedy.startswith("可在2026年度第二批申报")


def test_a_holder_of_the_title_does_not_apply_anew(firm: Firm, notice: Notice, title: Title) -> None:
    found = entry(firm, notice, 1, "new", MARCH)
    assert reasons(found) == ["entry_title_held"]
    assert "有效期至 2026年4月30日" in found.answer.reason


def test_after_its_title_has_ended_a_firm_may_apply_anew(firm: Firm, notice: Notice, title: Title) -> None:
    assert reasons(entry(firm, notice, 2, "new", parse_moment("2026-05-01 00:00"))) == []


def test_a_holder_of_the_corresponding_batch_may_be_re_reviewed(
    firm: Firm, notice: Notice, title: Title
) -> None:
    assert reasons(entry(firm, notice, 1, "re_review", MARCH)) == []


@pytest.fixture
def ran_out(firm: Firm, offices: dict[str, Office]) -> Title:
    """A title of the first batch of 2023 that was valid until 14 March 2026."""
    return enter_existing_title(
        actor=office_actor(PROVINCE),
        announced=announced(firm, offices[PROVINCE]),
        valid_from=date(2023, 3, 15),
        valid_until=date(2026, 3, 14),
        at=OPENING,
    )


@pytest.mark.parametrize("at", ["2026-03-15 00:00", "2026-03-20 10:00", "2026-03-31 23:59"])
def test_a_title_that_ran_out_may_be_re_reviewed_until_its_window_closes(
    firm: Firm, notice: Notice, ran_out: Title, at: str
) -> None:
    """re_review_missed_lapse: 对应批次截止前仍可申请."""
    found = entry(firm, notice, 1, "re_review", parse_moment(at))
    assert (reasons(found), found.title) == ([], ran_out)


def test_it_is_sent_to_its_own_batch_while_that_is_open(firm: Firm, notice: Notice, ran_out: Title) -> None:
    found = entry(firm, notice, 2, "re_review", parse_moment("2026-03-20 10:00"))
    assert reasons(found) == ["entry_not_open_yet", "entry_re_review_elsewhere"]


def test_after_its_window_it_opens_no_re_review(firm: Firm, notice: Notice, ran_out: Title) -> None:
    assert reasons(entry(firm, notice, 2, "re_review", CLOSING)) == ["entry_title_needed"]


def test_another_batch_than_the_corresponding_one_is_named(firm: Firm, notice: Notice, title: Title) -> None:
    found = entry(firm, notice, 2, "re_review", parse_moment("2026-04-02 10:00"))
    assert reasons(found) == ["entry_re_review_elsewhere"]
    assert "在2026年度第一批申请复核：2026年1月1日 00:00 至 2026年3月31日 24:00" in found.answer.reason


def test_a_title_of_another_year_is_not_due(firm: Firm, notice: Notice, offices: dict[str, Office]) -> None:
    said = announced(firm, offices[PROVINCE], batch_code="2024-1", batch_label="2024年度第一批")
    enter_existing_title(
        actor=office_actor(PROVINCE),
        announced=said,
        valid_from=date(2024, 5, 1),
        valid_until=date(2027, 4, 30),
        at=OPENING,
    )
    found = entry(firm, notice, 1, "re_review", MARCH)
    assert reasons(found) == ["entry_re_review_not_due"]
    assert "2024年度第一批" in found.answer.reason


def test_re_review_needs_a_title(firm: Firm, notice: Notice) -> None:
    found = entry(firm, notice, 1, "re_review", MARCH)
    assert reasons(found) == ["entry_title_needed"]
    assert "创新型中小企业" in found.answer.reason


def test_a_missed_re_review_has_no_next_window(firm: Firm, notice: Notice, title: Title) -> None:
    found = entry(firm, notice, 1, "re_review", CLOSING)
    assert (reasons(found), found.remedy) == (["entry_closed"], "")


def test_a_firm_of_another_place_is_told_its_own_office(offices: dict[str, Office]) -> None:
    of_the_east = publish(office_actor(EAST, Role.LEADER), notice=replace(notice_of_shili(), issuer=EAST))
    from_the_west, _ = register(2, area_code=WEST)
    found = entry(from_the_west, of_the_east, 1, "new", MARCH)
    assert reasons(found) == ["entry_under_another_office"]
    assert found.answer.reason.startswith("企业属地为示例西区（主管部门：示例西区科技和工业信息化局）")
    assert "请按示例西区科技和工业信息化局的通知申报" in found.answer.reason


def test_a_firm_without_any_office_at_the_issuers_level_is_told_whom_it_belongs_to(
    offices: dict[str, Office], notice: Notice
) -> None:
    with scope(SYSTEM):
        alone = NewOffice("alone", "示例独立厅", Level.PROVINCE, is_demonstration=True)
        office = open_office(actor=SYSTEM, office=alone, parent=None, at=OPENING)
        open_area(actor=SYSTEM, code="alone", name="示例独立区", office=office, at=OPENING)
    found = entry(register(2, area_code="alone")[0], notice, 1, "new", MARCH)
    assert reasons(found) == ["entry_not_in_area"]
    assert "不属于示例市工业和信息化局的受理范围" in found.answer.reason


def test_a_live_case_is_named(firm: Firm, notice: Notice) -> None:
    found = entry(firm, notice, 1, "new", MARCH, live_case="26001-000001")
    assert reasons(found) == ["entry_case_live"]
    assert "26001-000001" in found.answer.reason


def test_every_reason_is_told_at_once(firm: Firm, notice: Notice) -> None:
    assert reasons(entry(firm, notice, 1, "re_review", CLOSING)) == ["entry_closed", "entry_title_needed"]


def test_titles_due_for_re_review_are_those_of_the_corresponding_batch(
    firm: Firm, notice: Notice, title: Title
) -> None:
    with scope(PUBLIC):
        assert list(due_for_re_review(batch(notice, 1))) == [title]
        assert list(due_for_re_review(batch(notice, 2))) == []


def test_titles_of_another_place_are_not_due_here(offices: dict[str, Office], title: Title) -> None:
    of_the_west = publish(office_actor(WEST, Role.LEADER), notice=replace(notice_of_shili(), issuer=WEST))
    of_the_east = publish(
        office_actor(EAST, Role.LEADER), notice=replace(notice_of_shili(), id="shili-east", issuer=EAST)
    )
    with scope(PUBLIC):
        assert list(due_for_re_review(batch(of_the_east, 1))) == [title]
        assert list(due_for_re_review(batch(of_the_west, 1))) == []
