"""Home, board, samples, messages, directory and papers of the office's desk."""

import io
import json
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import cases, scene
from tests.flows.portals_office.desk import officer, signed_in, source, words

from tidu.aftermath.actions import follow_all
from tidu.applications.actions import receive
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.inspections.models import CreditCheck, Sample
from tidu.offices.enums import Role
from tidu.proof.sample import sample_breaks

PAGES = [
    "",
    "queue/",
    "batches/",
    "lists/",
    "objections/",
    "inspections/",
    "board/",
    "messages/",
    "directory/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_every_role_of_an_office_reads_every_page(round_: cases.Round, path: str, role: Role) -> None:
    assert officer(scene.CITY, role).get(f"/office/{path}").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_nobody_reads_them_without_logging_in(round_: cases.Round, path: str) -> None:
    assert Client().get(f"/office/{path}").headers["Location"].startswith("/login/")


@pytest.mark.parametrize("path", ["", "queue/", "batches/", "board/", "inspections/"])
def test_firm_is_refused(round_: cases.Round, path: str) -> None:
    cases.submitted(round_)

    assert signed_in(round_.firms[1]).get(f"/office/{path}").status_code == 403


def test_home_with_one_case_takes_its_queries(
    round_: cases.Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cases.submitted(round_)
    home_takes_its_queries(round_, 1, django_assert_num_queries)


def test_home_takes_as_many_queries_for_fifty_cases_as_for_one(
    round_: cases.Round, fifty_cases: list[Case], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    home_takes_its_queries(round_, len(fifty_cases), django_assert_num_queries)


def home_takes_its_queries(round_: cases.Round, count: int, queries: DjangoAssertNumQueries) -> None:
    east = signed_in(round_.east)
    east.get("/office/")

    with queries(19):
        page = east.get("/office/")

    assert f"{count} 件" in words(page)


def test_board_shows_each_lower_office(round_: cases.Round) -> None:
    cases.submitted(round_, 1)
    cases.passed(round_, round_.west, cases.submitted(round_, 2, area_code=scene.WEST))
    city = signed_in(round_.city)

    page = words(city.get("/office/board/"))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(city.get("/office/board/export/")))).active

    assert "示例东区科技和工业信息化局" in page
    assert "合计" in page
    assert sheet is not None
    held = {row[0]: row[1:] for row in sheet.values}
    assert held["示例东区科技和工业信息化局"][:4] == (1, 1, 0, 0)
    assert held["示例西区科技和工业信息化局"][:4] == (1, 0, 0, 1)


def test_sample_is_drawn_from_who_was_shown_and_can_be_drawn_again(round_: cases.Round) -> None:
    for number in (1, 2, 3, 4):
        cases.submitted(round_, number)
    east = signed_in(round_.east)
    there = f"/office/batches/{round_.batch.pk}/stages/county-review/sample/"
    assert "从 4 家中抽取" in words(east.get(there))

    answer = east.post(there, {"rate_percent": "50", "seed": "今日开奖 0123"})

    with scope(SYSTEM):
        sample = Sample.objects.get()
    assert answer.headers["Location"] == f"/office/samples/{sample.pk}/"
    page = words(east.get(f"/office/samples/{sample.pk}/"))
    assert "抽中 2 / 4" in page
    assert "今日开奖 0123" in page
    record = json.loads(east.get(f"/office/samples/{sample.pk}/record/").content)
    assert list(sample_breaks(record)) == []
    assert "没有可抽取的企业" in words(east.get(there))


@pytest.mark.parametrize("rate", ["0", "101", "很多", ""])
def test_rate_that_is_no_rate_is_refused(round_: cases.Round, rate: str) -> None:
    cases.submitted(round_)
    there = f"/office/batches/{round_.batch.pk}/stages/county-review/sample/"

    assert signed_in(round_.east).post(there, {"rate_percent": rate}).status_code == 422


def test_sample_of_another_district_is_not_there(round_: cases.Round) -> None:
    cases.submitted(round_)
    east = signed_in(round_.east)
    there = f"/office/batches/{round_.batch.pk}/stages/county-review/sample/"
    sample = east.post(there, {"rate_percent": "100"}).headers["Location"]

    assert signed_in(round_.west).get(sample).status_code == 404
    assert signed_in(round_.city).get(sample).status_code == 200


def test_message_leads_to_its_case_and_is_read(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    follow_all(round_.at)
    east = signed_in(round_.east)
    page = east.get("/office/messages/", {"q": "新收"})
    (number,) = re.findall(r'action="/office/messages/(\d+)/"', source(page))
    assert "未读 2 条，其中 1 条需办理" in words(page)

    answer = east.post(f"/office/messages/{number}/")

    assert answer.headers["Location"] == f"/office/cases/{case.pk}/"
    assert "未读 1 条 " in words(east.get("/office/messages/"))
    assert signed_in(round_.west).post(f"/office/messages/{number}/").status_code == 404


def test_all_messages_are_marked_read_at_once(round_: cases.Round) -> None:
    cases.submitted(round_)
    follow_all(round_.at)
    east = signed_in(round_.east)

    east.post("/office/messages/read/")

    assert "未读 0 条" in words(east.get("/office/messages/"))
    assert "没有消息" in words(east.get("/office/messages/?state=unread"))


def test_directory_shows_the_chain_with_office_telephones(round_: cases.Round) -> None:
    page = words(officer(scene.CITY).get("/office/directory/"))

    assert "示例省工业和信息化厅" in page
    assert "示例东区科技和工业信息化局" in page


def test_scan_is_sent_in_pieces_and_goes_into_the_form(round_: cases.Round) -> None:
    east, content = officer(scene.EAST), cases.picture()
    begun = east.post(
        "/office/uploads/scan/",
        json.dumps({"name": "截图.png", "size": len(content)}),
        content_type="application/json",
    ).json()
    at = f"/office/uploads/scan/{begun['token']}/"

    first = _piece(east, at, content[:20], 0)
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "20")
    assert east.head(at).headers["Upload-Offset"] == "20"
    assert _piece(east, at, content[:20], 0).status_code == 409
    last = _piece(east, at, content[20:], 20).json()

    assert last["name"] == "截图.png"
    assert isinstance(last["file"], int)


def test_scan_of_a_wrong_kind_is_refused_before_it_is_sent(round_: cases.Round) -> None:
    said = json.dumps({"name": "程序.exe", "size": 10})

    answer = officer(scene.EAST).post("/office/uploads/scan/", said, content_type="application/json")

    assert answer.status_code == 422
    assert "程序.exe" in answer.json()["message"]


def test_upload_of_somebody_else_is_not_there(round_: cases.Round) -> None:
    token = cases.uploaded(round_.west, cases.picture(), "图.png", at=round_.at)

    assert officer(scene.EAST).head(f"/office/uploads/scan/{token}/").status_code == 404


def test_auditor_sends_nothing(round_: cases.Round) -> None:
    said = json.dumps({"name": "图.png", "size": 10})
    auditor = officer(scene.EAST, Role.AUDITOR)

    assert auditor.post("/office/uploads/scan/", said, content_type="application/json").status_code == 403


def test_without_a_script_the_scan_comes_with_the_form(round_: cases.Round) -> None:
    case = receive(actor=round_.east, case_id=cases.submitted(round_).pk, expected_version=None, at=round_.at)
    said = {
        "credit_china-made": "on",
        "credit_china-checked_on": "2026-03-16",
        "credit_china-result": "clear",
        "credit_china-scan-file": SimpleUploadedFile("截图.png", cases.picture(), "image/png"),
    }
    east = officer(scene.EAST)

    assert east.post(f"/office/cases/{case.pk}/credit/", said).status_code == 302

    with scope(SYSTEM):
        check = CreditCheck.objects.get()
    answer = east.get(f"/office/cases/{case.pk}/credit/{check.pk}/scan/")
    assert b"".join(answer) == cases.picture()


def _piece(client: Client, at: str, content: bytes, offset: int) -> Any:
    return client.patch(
        at, content, content_type="application/offset+octet-stream", headers={"Upload-Offset": str(offset)}
    )


def test_exports_are_workbooks(round_: cases.Round) -> None:
    cases.submitted(round_)

    answer = signed_in(round_.east).get("/office/queue/export/")

    assert zipfile.is_zipfile(io.BytesIO(b"".join(answer)))
