"""Papers come in pieces, are looked at, taken out and pointed at; nobody else's browser gets them."""

from typing import Any

import pytest
from tests.flows.portals_enterprise.desk import Desk, said, sit_down

from tidu.applications.models import EvidenceItem
from tidu.database.scope import SYSTEM, scope
from tidu.demonstration.papers import paper
from tidu.files.models import Upload
from tidu.programmes.models import Batch

pytestmark = pytest.mark.django_db


def address(case_id: int, rest: str = "") -> str:
    return f"/enterprise/cases/{case_id}/{rest}"


def begin(desk: Desk, case_id: int, item: str, name: str, size: int) -> Any:
    return desk.client.post(
        address(case_id, f"uploads/{item}/"),
        {"name": name, "size": size},
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


def test_a_paper_is_listed_looked_at_and_saved(desk: Desk, case_id: int) -> None:
    told = desk.upload(case_id, "business_licence", "营业执照.pdf").json()
    assert told["pages"] == 1
    assert "营业执照.pdf" in said(desk.client.get(address(case_id, "form/evidence/")))
    assert "第 1 / 1 页" in said(desk.client.get(told["url"]))
    picture = desk.client.get(f"{told['url']}picture/")
    assert picture.headers["Content-Type"] == "image/png"
    assert b"".join(picture).startswith(b"\x89PNG")
    saved = desk.client.get(f"{told['url']}download/")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(saved).startswith(b"%PDF")


def test_an_upload_goes_on_where_it_stopped(desk: Desk, case_id: int) -> None:
    content = paper("营业执照", desk.firm.name)
    token = begin(desk, case_id, "business_licence", "营业执照.pdf", len(content)).json()["token"]
    piece = address(case_id, f"uploads/business_licence/{token}/")

    def send(offset: int, part: bytes) -> Any:
        return desk.client.patch(
            piece,
            part,
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset)},
        )

    assert send(0, content[:1000]).status_code == 204
    assert desk.client.head(piece).headers["Upload-Offset"] == "1000"
    again = send(0, content[:1000])
    assert (again.status_code, again.headers["Upload-Offset"]) == (409, "1000")
    assert send(1000, content[1000:]).status_code == 200


def test_an_answer_that_was_lost_is_given_again(desk: Desk, case_id: int) -> None:
    """The file is whole and attached, but the browser never heard of it: it asks with an empty piece."""
    content = paper("营业执照", desk.firm.name)
    told = desk.upload(case_id, "business_licence", "营业执照.pdf", content)
    with scope(SYSTEM):
        token = Upload.objects.get(firm_id=desk.firm.pk).token
    piece = address(case_id, f"uploads/business_licence/{token}/")
    assert desk.client.head(piece).headers["Upload-Offset"] == str(len(content))

    def send(offset: int, part: bytes) -> Any:
        return desk.client.patch(
            piece,
            part,
            content_type="application/offset+octet-stream",
            headers={"Upload-Offset": str(offset)},
        )

    for _ in range(2):
        again = send(len(content), b"")
        assert (again.status_code, again.json()) == (200, told.json())
    from_the_start = send(0, content)
    assert (from_the_start.status_code, from_the_start.headers["Upload-Offset"]) == (409, str(len(content)))
    with scope(SYSTEM):
        assert EvidenceItem.objects.filter(case=case_id).count() == 1


def test_the_same_file_sent_anew_is_still_one_too_many(desk: Desk, case_id: int) -> None:
    content = paper("营业执照", desk.firm.name)
    desk.upload(case_id, "business_licence", "营业执照.pdf", content)
    assert desk.upload(case_id, "business_licence", "营业执照.pdf", content).status_code == 422


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("营业执照.pdf", 0, "是空文件（0 字节）"),
        ("营业执照.exe", 10, "此处不接受"),
        ("营业执照.pdf", 60 * 1024 * 1024, "超过 50 MB 的上限"),
        ("机密★执照.pdf", 10, "机密★"),
    ],
)
def test_a_file_is_refused_before_it_is_sent(
    desk: Desk, case_id: int, name: str, size: int, says: str
) -> None:
    answer = begin(desk, case_id, "business_licence", name, size)
    assert answer.status_code == 422
    assert says in answer.json()["message"]


def test_a_mislabelled_file_never_becomes_a_paper(desk: Desk, case_id: int) -> None:
    answer = desk.upload(case_id, "business_licence", "营业执照.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 200)
    assert answer.status_code == 422
    assert answer.json()["message"]
    page = desk.client.get(address(case_id, "form/evidence/"))
    assert [one for one in page.context["items"] if one.papers] == []


def test_the_same_file_twice_under_an_item_is_refused(desk: Desk, case_id: int) -> None:
    desk.upload(case_id, "business_licence", "营业执照.pdf")
    answer = desk.upload(case_id, "business_licence", "营业执照（副本）.pdf")
    assert answer.status_code == 422
    assert "无须重复上传" in answer.json()["message"]


def test_an_item_that_is_not_on_the_list_is_not_there(desk: Desk, case_id: int) -> None:
    assert begin(desk, case_id, "passport", "护照.pdf", 10).status_code == 404


def test_a_paper_is_taken_out(desk: Desk, case_id: int) -> None:
    told = desk.upload(case_id, "business_licence", "营业执照.pdf").json()
    assert desk.client.post(f"{told['url']}remove/").status_code == 302
    assert "营业执照.pdf" not in said(desk.client.get(address(case_id, "form/evidence/")))


def test_a_value_is_pointed_at_a_page(desk: Desk, case_id: int) -> None:
    year = desk.year_of(case_id)
    desk.save(address(case_id, "fields/"), f"revenue.{year}", "5250")
    told = desk.upload(case_id, "audit_report", "审计报告.pdf").json()
    words = {f"paper.revenue.{year}": told["id"], f"page.revenue.{year}": 1}
    assert desk.client.post(address(case_id, "point/"), words).status_code == 302
    assert "审计报告.pdf 第 1 页" in said(desk.client.get(address(case_id, "form/statements/")))
    words[f"page.revenue.{year}"] = 7
    assert desk.client.post(address(case_id, "point/"), words).status_code == 404


def test_values_are_pointed_at_together_or_not_at_all(desk: Desk, case_id: int) -> None:
    year = desk.year_of(case_id)
    for fact in ("revenue", "rd_expense"):
        desk.save(address(case_id, "fields/"), f"{fact}.{year}", "5250")
    told = desk.upload(case_id, "audit_report", "审计报告.pdf").json()
    words = {f"paper.{fact}.{year}": told["id"] for fact in ("revenue", "rd_expense")}
    words |= {f"page.revenue.{year}": 1, f"page.rd_expense.{year}": 7}
    assert desk.client.post(address(case_id, "point/"), words).status_code == 404
    assert "审计报告.pdf 第 1 页" not in said(desk.client.get(address(case_id, "form/statements/")))


def test_a_stranger_gets_nothing_of_a_paper(desk: Desk, case_id: int) -> None:
    told = desk.upload(case_id, "business_licence", "营业执照.pdf").json()
    stranger = sit_down(5)
    for rest in ("", "picture/", "download/"):
        assert stranger.client.get(f"{told['url']}{rest}").status_code == 404, rest
    assert stranger.client.post(f"{told['url']}remove/").status_code == 404
    own = stranger.open_case(desk_batch(desk))
    elsewhere = told["url"].replace(f"/cases/{case_id}/", f"/cases/{own}/")
    assert stranger.client.get(elsewhere).status_code == 404


def desk_batch(desk: Desk) -> Batch:
    batch: Batch = desk.client.get("/enterprise/").context["doors"][0].batch
    return batch


def test_somebody_elses_upload_cannot_be_continued(desk: Desk, case_id: int) -> None:
    token = begin(desk, case_id, "business_licence", "营业执照.pdf", 100).json()["token"]
    stranger = sit_down(6)
    own = stranger.open_case(desk_batch(desk))
    piece = address(own, f"uploads/business_licence/{token}/")
    assert stranger.client.head(piece).status_code == 404
    sent = stranger.client.patch(
        piece, b"x" * 100, content_type="application/offset+octet-stream", headers={"Upload-Offset": "0"}
    )
    assert sent.status_code == 404
