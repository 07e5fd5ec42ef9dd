"""对公示有异议的: anybody may file one and learns a query code; only the handling office sees who."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cases, scene
from tests.flows.portals_public.conftest import stand_at, text_of

from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.files.models import Upload
from tidu.offices.models import Office
from tidu.publicity.actions import Content, file_objection
from tidu.publicity.models import Objection, PublicityList
from tidu.publicity.queries import objection_content, objection_paper, objections_for

SAID = {"name": "异议人甲", "contact": "000-00009999", "text": "该企业主导产品早已停产。", "office": ""}


@pytest.fixture
def form(listed: PublicityList) -> str:
    return f"/publicity/{listed.token}/1/"


def filed(visitor: Client, form: str, **changes: Any) -> str:
    """The query code of an objection that was accepted."""
    answer = visitor.post(form, {**SAID, **changes})
    assert answer.status_code == 302, text_of(answer)
    return shown_code(visitor.get("/objections/received/"))


def shown_code(answer: Any) -> str:
    """The query code on the page, or nothing."""
    found = re.search(r'id="token">([0-9a-f]{32})<', text_of(answer))
    return found[1] if found else ""


def objections() -> list[Objection]:
    with scope(SYSTEM):
        return list(Objection.objects.all())


def test_objection_gives_a_query_code_that_tells_its_status(visitor: Client, form: str) -> None:
    token = filed(visitor, form)
    shown = text_of(Client().post("/objections/", {"token": token}))
    assert "已收到" in shown
    assert "异议人甲" not in shown
    assert "停产" not in shown


def test_handling_office_reads_what_was_said(visitor: Client, form: str, round_: cases.Round) -> None:
    filed(visitor, form)
    with scope(round_.city):
        _, content = objection_content(round_.city, objections_for(round_.city).get().pk)
    assert (content.name, content.contact, content.text) == (SAID["name"], SAID["contact"], SAID["text"])


def test_paper_comes_along_without_a_script(visitor: Client, form: str, round_: cases.Round) -> None:
    filed(visitor, form, files=[SimpleUploadedFile("证明.png", cases.picture())])
    with scope(round_.city):
        paper = objections_for(round_.city).get().attachments.get()
        assert objection_paper(round_.city, paper.pk).name == "证明.png"


def test_paper_sent_in_pieces_comes_along(visitor: Client, form: str, round_: cases.Round) -> None:
    content = cases.picture()
    begun = visitor.post(
        f"{form}papers/", {"name": "证明.png", "size": len(content)}, content_type="application/json"
    ).json()
    piece = f"{form}papers/{begun['token']}/"
    assert visitor.head(piece).headers["Upload-Offset"] == "0"
    said = visitor.patch(
        piece, content, content_type="application/offset+octet-stream", headers={"Upload-Offset": "0"}
    )
    assert said.json() == {"paper": begun["token"], "name": "证明.png"}
    filed(visitor, form, paper=[begun["token"]])
    with scope(round_.city):
        paper = objections_for(round_.city).get().attachments.get()
        assert objection_paper(round_.city, paper.pk).content == content


def test_bad_paper_is_refused_when_it_arrives(visitor: Client, form: str) -> None:
    answer = visitor.post(form, {**SAID, "files": [SimpleUploadedFile("证明.png", b"not a picture")]})
    assert answer.status_code == 422
    assert "“证明.png”的内容不是" in text_of(answer)
    assert objections() == []


def test_what_was_typed_and_sent_survives_a_refusal(visitor: Client, form: str) -> None:
    answer = visitor.post(
        form, {**SAID, "text": "绝密★", "files": [SimpleUploadedFile("证明.png", cases.picture())]}
    )
    shown = text_of(answer)
    assert answer.status_code == 422
    assert 'value="异议人甲"' in shown
    assert "证明.png" in shown
    assert '<input type="hidden" name="paper"' in shown
    assert objections() == []


def test_objection_needs_a_real_name_where_the_notice_asks_it(visitor: Client, form: str) -> None:
    answer = visitor.post(form, {**SAID, "name": " "})
    assert answer.status_code == 422
    assert "请填写“姓名或单位名称”" in text_of(answer)
    assert objections() == []


def test_complaint_of_the_publishing_office_goes_to_the_office_above(
    visitor: Client, form: str, round_: cases.Round
) -> None:
    assert "示例市工业和信息化局</option>" in text_of(visitor.get(form))
    filed(visitor, form, office=str(round_.city.office_id))
    (objection,) = objections()
    assert (objection.complained_office_id, objection.office_id) == (
        round_.city.office_id,
        round_.province.office_id,
    )


def test_complaint_of_an_office_with_none_above_is_refused_with_the_way_to_go(
    visitor: Client, form: str, round_: cases.Round
) -> None:
    with scope(SYSTEM):
        Office.objects.filter(pk=round_.province.office_id or 0).update(parent=None)
    answer = visitor.post(form, {**SAID, "office": str(round_.province.office_id)})
    assert answer.status_code == 422
    assert "请直接向其上级机关书面反映" in text_of(answer)
    assert SAID["text"] in text_of(answer)
    assert objections() == []


def test_office_outside_the_route_cannot_be_chosen(visitor: Client, form: str, round_: cases.Round) -> None:
    assert visitor.post(form, {**SAID, "office": str(round_.west.office_id)}).status_code == 422
    assert objections() == []


def test_objection_of_somebody_logged_in_is_tied_to_no_account(form: str) -> None:
    _, member = scene.register(9)
    client = Client()
    client.force_login(member.account)
    filed(client, form, files=[SimpleUploadedFile("证明.png", cases.picture())])
    with scope(SYSTEM):
        (sent,) = Upload.objects.filter(actor_kind="public")
        (entry,) = objections()[0].chain.entries.all()
    assert (sent.actor_kind, sent.account_id, sent.firm_id) == ("public", None, None)
    assert (entry.actor_kind, entry.account_id, entry.firm_id) == ("public", None, None)


def test_query_code_stays_in_the_browser_and_in_no_session(visitor: Client, form: str) -> None:
    _, member = scene.register(9)
    client = Client()
    client.force_login(member.account)
    codes = {filed(client, form), filed(visitor, form)}
    (session,) = Session.objects.all()
    kept = session.get_decoded()
    assert kept["_auth_user_id"] == str(member.account_id)
    assert [code for code in codes if code in str(kept)] == []
    cookie = client.cookies["objection"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "/objections/received/",
        True,
        "Strict",
    )
    assert [code for code in codes if code in cookie.value] == []


def test_query_code_is_shown_for_half_an_hour(
    visitor: Client, form: str, round_: cases.Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, sealed = filed(visitor, form), visitor.cookies["objection"].value
    filed_at = round_.at + timedelta(hours=1)
    for minutes, expected in ((29, code), (31, "")):
        stand_at(monkeypatch, filed_at + timedelta(minutes=minutes))
        assert shown_code(visitor.get("/objections/received/")) == expected
    stand_at(monkeypatch, filed_at)
    for forged in ("", "x", code, sealed[:-8] + "AAAAAAA="):
        visitor.cookies["objection"] = forged
        assert shown_code(visitor.get("/objections/received/")) == ""


def test_paper_of_somebody_else_cannot_be_sent_along(visitor: Client, form: str, round_: cases.Round) -> None:
    foreign = cases.uploaded(round_.city, cases.picture(), "别人的.png")
    answer = visitor.post(form, {**SAID, "paper": [foreign]})
    assert answer.status_code == 404
    assert objections() == []


def test_wrong_query_code_finds_nothing(db: None, visitor: Client) -> None:
    answer = visitor.post("/objections/", {"token": "0" * 32})
    assert answer.status_code == 404
    assert "没有这个查询码" in text_of(answer)


def test_query_codes_cannot_be_tried_by_the_thousand(db: None, visitor: Client) -> None:
    answers = {
        visitor.post("/objections/", {"token": "0" * 32}, REMOTE_ADDR="192.0.2.7").status_code
        for _ in range(31)
    }
    assert answers == {404, 429}


def test_one_address_objects_twenty_times_in_an_hour_at_most(visitor: Client, form: str) -> None:
    answers = [visitor.post(form, {**SAID, "name": " "}, REMOTE_ADDR="192.0.2.8") for _ in range(21)]
    assert [answer.status_code for answer in answers] == [422] * 20 + [429]
    assert "短时间内来自同一网络的操作过多，这一次没有生效" in text_of(answers[-1])
    assert visitor.post(form, {**SAID, "name": " "}, REMOTE_ADDR="192.0.2.9").status_code == 422


def test_one_address_sends_sixty_papers_in_an_hour_at_most(visitor: Client, form: str) -> None:
    def begin(address: str) -> Any:
        return visitor.post(
            f"{form}papers/",
            {"name": "证明.png", "size": 9},
            content_type="application/json",
            headers={"Accept": "application/json"},
            REMOTE_ADDR=address,
        )

    answers = [begin("192.0.2.8") for _ in range(61)]
    assert [answer.status_code for answer in answers] == [201] * 60 + [429]
    assert answers[-1].json()["message"].startswith("短时间内来自同一网络的操作过多")
    assert begin("192.0.2.9").status_code == 201


def test_listed_firm_that_objects_to_itself_shuts_nobody_out(
    visitor: Client, form: str, listed: PublicityList, round_: cases.Round
) -> None:
    content = Content(name=SAID["name"], contact=SAID["contact"], text=SAID["text"])
    for _ in range(50):
        file_objection(
            actor=PUBLIC, entry_id=listed.entries.get(position=1).pk, content=content, at=round_.at
        )
    assert filed(visitor, form)
    assert len(objections()) == 51


def test_unknown_entry_is_not_found(visitor: Client, listed: PublicityList) -> None:
    assert visitor.get(f"/publicity/{listed.token}/99/").status_code == 404
