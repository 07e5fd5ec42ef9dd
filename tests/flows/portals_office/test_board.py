"""The prefecture's board: counties with hours left, what holds each case up, urging from there."""

import pytest
from django.test import Client
from tests import cases, rounds, scene
from tests.flows.applications.unfinished import draft, returned
from tests.flows.portals_office.desk import office_id, officer, sheet_of, signed_in, words

from tidu.aftermath.actions import follow_all
from tidu.applications.actions import LetterText, Offline, recommend, withdraw
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import legal_day
from tidu.offices.enums import Role


@pytest.fixture
def city(round_: cases.Round) -> Client:
    return signed_in(round_.city)


def test_each_district_with_what_holds_its_cases_up(round_: cases.Round, city: Client) -> None:
    cases.submitted(round_, 1)
    returned(round_, 2)
    draft(round_, 3)
    cases.submitted(round_, 4, area_code=scene.WEST)

    page = words(city.get("/office/board/"))

    assert "示例东区科技和工业信息化局" in page
    for said in ("未受理 1", "等企业补正 1", "企业尚未提交或补正 2", "未受理 2"):
        assert said in page


def test_a_province_sees_each_city_with_its_districts_after_it(round_: cases.Round) -> None:
    cases.submitted(round_, 1)
    cases.submitted(round_, 2, area_code=scene.WEST)
    draft(round_, 3)

    board = signed_in(round_.province).get("/office/board/")

    assert [(line.row.office.code, line.depth) for line in board.context["lines"]][:3] == [
        (scene.CITY, 0),
        (scene.EAST, 1),
        (scene.WEST, 1),
    ]
    assert "连同下级 待办 2 待补正 0 待行文 0 未提交 1" in words(board)
    assert board.context["total"]["drafts"] == 1


def test_a_district_has_no_days_below_it(round_: cases.Round, city: Client) -> None:
    cases.submitted(round_, 1)
    assert "每日进展" in words(city.get("/office/board/"))
    assert "每日进展" not in words(signed_in(round_.east).get("/office/board/"))


def test_the_board_opens_on_the_batch_that_is_under_way(round_: cases.Round) -> None:
    """Of a newer batch the district has seen one case, and that was withdrawn."""
    first = round_.batch
    cases.submitted(round_, 1)
    with scope(SYSTEM):
        round_.batch = rounds.batch(first.notice, 2)
    round_.later(round_.batch.opens_at + cases.DAY - round_.at)
    gone = cases.submitted(round_, 2)
    withdraw(actor=round_.firms[2], case_id=gone.pk, expected_version=None, reason="下批再报。", at=round_.at)

    board = signed_in(round_.east).get("/office/board/")

    assert board.context["batches"][0] == round_.batch
    assert board.context["batch"] == first


def test_case_by_case_everything_that_is_lacking(round_: cases.Round, city: Client) -> None:
    case, other = cases.submitted(round_, 1), cases.submitted(round_, 2, area_code=scene.WEST)
    there = f"/office/board/cases/?batch={round_.batch.pk}"

    page = words(city.get(there))
    only_east = words(city.get(f"{there}&office={office_id(scene.EAST)}&block=receipt"))

    assert case.number in page
    assert other.number in page
    assert "未受理 未查信用" in page
    assert case.number in only_east
    assert other.number not in only_east
    assert other.number not in words(city.get(f"{there}&q=第1精密"))


def test_a_district_sees_nothing_of_its_neighbours_cases(round_: cases.Round) -> None:
    west = cases.submitted(round_, 1, area_code=scene.WEST)
    cases.submitted(round_, 2)
    east = signed_in(round_.east)

    for address in ("board/", f"board/cases/?batch={round_.batch.pk}", f"calls/?batch={round_.batch.pk}"):
        page = words(east.get(f"/office/{address}"))
        assert west.number not in page
        assert "示例第1精密制造有限公司" not in page


def test_the_lists_are_exported_as_they_are_shown(round_: cases.Round, city: Client) -> None:
    case = cases.submitted(round_, 1)
    draft(round_, 2)

    board = sheet_of(city.get(f"/office/board/export/?batch={round_.batch.pk}"))
    held = sheet_of(city.get(f"/office/board/cases/export/?batch={round_.batch.pk}"))

    east = next(row for row in board if row[0] == "示例东区科技和工业信息化局")
    assert (east[1], east[8], east[9]) == (1, 1, "未受理 1；未查信用 1")
    assert held[1][0] == case.number
    assert held[1][5] == "未受理；未查信用"


def test_districts_are_urged_once_and_see_by_whom(round_: cases.Round, city: Client) -> None:
    cases.submitted(round_, 1)
    said = {"batch": round_.batch.pk, "office": [office_id(scene.EAST)], "comment": "请于今日行文。"}

    page = words(city.post("/office/board/urge/", said, follow=True))
    follow_all(round_.at)

    assert "已催办 1 家单位" in page
    assert "示例市工业和信息化局 3月16日 09:00 催办" in page
    east = signed_in(round_.east)
    assert "示例市工业和信息化局催办" in words(east.get("/office/board/"))
    assert "还有 1 件待审核" in words(east.get("/office/messages/"))
    assert "12 小时内已经催办过" in words(city.post("/office/board/urge/", said, follow=True))


def test_an_auditor_looks_and_urges_nobody(round_: cases.Round) -> None:
    cases.submitted(round_, 1)
    auditor = officer(scene.CITY, Role.AUDITOR)

    assert 'name="office" value=' not in auditor.get("/office/board/").content.decode()
    answer = auditor.post(
        "/office/board/urge/", {"batch": round_.batch.pk, "office": [office_id(scene.EAST)]}
    )
    assert answer.status_code == 403


def test_day_by_day_with_a_drawing_and_an_export(round_: cases.Round, city: Client) -> None:
    cases.submitted(round_, 1)

    page = city.get("/office/board/days/")
    table = sheet_of(city.get("/office/board/days/export/"))

    assert "3月16日 收件 1" in words(page)
    assert table[1] == ["示例东区科技和工业信息化局", "2026-03-16", 1, 0, 0]


def test_what_was_entered_later_is_marked(round_: cases.Round, city: Client) -> None:
    """线下办理后补录的，进度板标明件数."""
    case = cases.passed(round_, round_.east, cases.submitted(round_, 1))
    on = legal_day(round_.at)
    recommend(
        actor=round_.east,
        batch_id=round_.batch.pk,
        case_versions=cases.seen([case]),
        letter=LetterText("示区工信〔2026〕9号", on, cases.scan(round_.east), cases.UNDRAWN),
        offline=Offline(on, "机要室"),
        at=round_.at,
    )
    assert "补录 1" in words(city.get("/office/board/"))
