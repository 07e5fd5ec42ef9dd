"""An office at its pool and its draws: a sheet of experts, a draw step by step, what a panel differs on."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from tests import cases, panels, scene

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.identity import demonstration_code
from tidu.offices.enums import Role
from tidu.offices.models import Account
from tidu.panels.actions import submit_opinion
from tidu.panels.enums import DrawState, Finding, HandState
from tidu.panels.lists import COLUMNS
from tidu.panels.models import Draw, Expert, Hand, PoolMember
from tidu.panels.queries.draws import differing_cases
from tidu.panels.queries.figures import judged_of
from tidu.panels.severity import severities
from tidu.proof.draw import witness_commitment

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def round_(monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    monkeypatch.setattr("django.utils.timezone.now", lambda: panels.SUBMITTED)
    return panels.open_round()


def browser(actor: Actor) -> Client:
    client, account = Client(), Account.objects.get(pk=actor.account_id or 0)
    Account.objects.filter(pk=account.pk).update(one_time_until=None)
    client.force_login(account, backend=BACKEND)
    return client


def sheet(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book, target = Workbook(), BytesIO()
    assert book.active
    for row in (tuple(COLUMNS.values()), *rows):
        book.active.append(list(row))
    book.save(target)
    return SimpleUploadedFile("专家.xlsx", target.getvalue())


def test_a_sheet_of_experts_is_shown_row_by_row_before_it_is_entered(round_: cases.Round) -> None:
    client = browser(round_.province)
    good = ("示例专家01", "财务", "", "示例西区", "示例第1研究所")
    wrong = ("示例专家02", "产业", "", "示例西区", "示例第2研究所")
    page = client.post("/office/experts/preview/", {"file": sheet(good, wrong)})
    assert page.status_code == 422
    assert "产业专家须填写行业大类" in page.content.decode()
    shown = client.post("/office/experts/preview/", {"file": sheet(good)}).content.decode()
    found = re.search('name="sealed" value="([^"]+)"', shown)
    assert found
    for _ in range(2):
        client.post("/office/experts/confirm/", {"sealed": found[1]})
    with scope(round_.province):
        expert = Expert.objects.get()
    invited = client.post("/office/experts/", {"do": "invite", "expert": expert.pk, "username": "zhuanjia-1"})
    assert "只显示这一次" in invited.content.decode()
    listed = client.get("/office/experts/?state=invited&field=finance").content.decode()
    assert "示例专家01" in listed
    assert scene.queries_of(client, "/office/experts/") <= scene.MOST_QUERIES
    _noted_and_kept_away(client, f"/office/experts/{expert.pk}/")


def _noted_and_kept_away(client: Client, path: str) -> None:
    """What an office writes down of an expert, and a firm from which it keeps him."""
    scene.register(1)
    assert client.post(path, {"do": "note", "text": "按时、认真"}).status_code == 302
    firm = {"do": "conflict", "uscc": demonstration_code(1), "reason": "企业反映"}
    unknown = client.post(path, firm | {"uscc": demonstration_code(77)})
    assert (unknown.status_code, "没有登记代码为" in unknown.content.decode()) == (422, True)
    assert client.post(path, {"do": "note", "text": " "}).status_code == 422
    assert client.post(path, {"do": "praise"}).status_code == 422
    assert client.post(path, firm).status_code == 302
    shown = client.get(path).content.decode()
    assert [text for text in ("按时、认真", "企业反映", "主管部门提出") if text not in shown] == []
    assert scene.queries_of(client, path) <= scene.MOST_QUERIES


def test_a_draw_step_by_step_and_what_its_panel_differs_about(round_: cases.Round) -> None:
    panels.experts(round_)
    case, client = panels.arrived(round_), browser(round_.province)
    offered = client.get("/office/panels/").content.decode()
    assert "省级专家评审，意见至多 10 日" in offered
    assert '<details class="pane fold" open>' in offered
    plan = {"where": f"{round_.batch.pk}:{panels.STAGE}", "panels": 1, "industry": 2, "finance": 1}
    plan |= {"technology": 0, "property": 0, "mode": "instant", "cap": 40, "days": 7}
    plan |= {"witnesses": panels.WITNESS, "overseer": panels.OVERSEER}
    assert "须有两个以上" in client.post("/office/panels/", plan).content.decode()
    half = client.post("/office/panels/", plan | {"panels": 2, "lottery_name": "示例体彩"})
    assert "请补全，或者都不填" in half.content.decode()
    path = client.post("/office/panels/", plan | {"panels": 2}).headers["Location"]
    with scope(round_.province):
        draw = Draw.objects.get()
    assert draw.commitment in client.get(path).content.decode()
    again = client.get("/office/panels/").content.decode()
    assert ("再次抽取" in again, '<details class="pane fold" open>' in again) == (True, False)
    shown = {"do": "seed", "number": panels.NUMBER, "salt": panels.SALT.hex()}
    assert "见证人" in client.post(path, shown).content.decode()
    committed = witness_commitment(draw.commitment, panels.WITNESS, panels.NUMBER, panels.SALT)
    client.post(path, {"do": "commit", "name": panels.WITNESS, "commitment": committed})
    assert client.post(path, shown).status_code == 302
    hand = panels.hand_of(case)
    assert "不需要再抽取" in client.get("/office/panels/").content.decode()
    page = client.get(path).content.decode()
    assert ("还有 1 件在评审组手中" in page, "公开派发</button>" in page) == (True, False)
    assert all(task.expert.name in page for task, _ in panels.tasks_of(hand))
    assert scene.queries_of(client, path) <= scene.MOST_QUERIES
    assert client.get(f"{path}record.pdf").headers["Content-Type"] == "application/pdf"
    _moderated(round_, client, hand)
    assert client.post(path, {"do": "publish"}).status_code == 302
    with scope(round_.province):
        assert Draw.objects.get().state == DrawState.PUBLISHED
    _fairness_shown(round_, client, path)


def _moderated(round_: cases.Round, client: Client, hand: Hand) -> None:
    """Nothing is shown before all are in; then the office writes down what came of it."""
    path = f"/office/panels/cases/{hand.pk}/"
    for (task, actor), truth in zip(panels.tasks_of(hand), Finding, strict=True):
        assert "意见齐备之前，任何人都看不到" in client.get(path).content.decode()
        text = panels.opinion(task, truth=truth)
        submit_opinion(actor=actor, case_id=hand.case_id, text=text, at=round_.at + timedelta(hours=1))
    assert panels.WHY in client.get(path).content.decode()
    _waits_to_be_talked_over(client, hand)
    assert client.post(path, {"do": "moderate"}).status_code == 422
    said = {"do": "moderate", "settled-truth": "yes", "summary": "一致认为属实。"}
    assert client.post(path, said).status_code == 302
    assert "待会商" not in client.get("/office/").content.decode()
    with scope(SYSTEM):
        assert Hand.objects.get(pk=hand.pk).state == HandState.JOINED


def _waits_to_be_talked_over(client: Client, hand: Hand) -> None:
    """The desk and the list of draws say so to the office that drew; no other office reads of it."""
    link = f'href="/office/panels/{hand.draw_id}/">去会商'
    for path, said in (("/office/", link), ("/office/", "待会商 1 件"), ("/office/panels/", "待会商 1 件")):
        assert said in client.get(path).content.decode()
    assert scene.queries_of(client, "/office/panels/") <= scene.MOST_QUERIES
    other = scene.office_actor(scene.CITY, Role.LEADER, "city-leads")
    with scope(other):
        assert differing_cases(other) == []


def _fairness_shown(round_: cases.Round, client: Client, path: str) -> None:
    """One of three said no to one question; auditors read it too, and nobody is named."""
    auditor = browser(scene.office_actor(scene.PROVINCE, Role.AUDITOR, "province-audits"))
    for reader in (client, auditor):
        shown = reader.get(f"{path}fairness/").content.decode()
        assert "同项同组他人" in shown
        assert "用时中位数" in shown
        assert [name for name in panels.names() if name in shown] == []
        assert scene.queries_of(reader, f"{path}fairness/") <= scene.MOST_QUERIES
    with scope(round_.province):
        found = severities(
            judged_of(Draw.objects.get()), PoolMember.objects.values_list("pseudonym", flat=True)
        )
    assert sorted(one.cases for one in found.values()) == [0] * 5 + [1] * 3
    assert max(one.difference or 0 for one in found.values()) > 0
