"""An expert at his desk: invited, signing, judging what lies before him, stepping back."""

from datetime import datetime

import pytest
from django.test import Client
from tests import panels, pool, scene

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.identity import demonstration_code
from tidu.offices.enums import Role
from tidu.offices.models import Account
from tidu.panels.enums import ExpertState, HandState
from tidu.panels.models import Conflict, Expert, Hand, Judgement, Task
from tidu.panels.undertakings import texts

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id or 0), backend=BACKEND)
    return client


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr("django.utils.timezone.now", lambda: panels.SUBMITTED)
    return panels.SUBMITTED


def body(client: Client, path: str = "/expert/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_first_the_invitation_then_the_undertakings_then_the_cases(clock: datetime) -> None:
    scene.open_offices()
    province = scene.office_actor(scene.PROVINCE, Role.LEADER, "province-signs")
    (expert,) = pool.entered(province, [pool.row(1)])
    client = browser(pool.invited(province, expert))
    assert "确认参加" in body(client)
    assert client.post("/expert/invitation/accept/").status_code == 302
    page = body(client)
    assert all(text.text in page for text in texts().values())
    assert "在您面前的案件" not in page
    assert client.get("/expert/cases/1/").headers["Location"] == "/expert/"
    client.post("/expert/undertakings/", {"digests": [text.digest for text in texts().values()]})
    page = body(client)
    assert "现在没有案件" in page
    assert "示例专家01" not in page
    refused = client.post("/expert/conflicts/", {"uscc": demonstration_code(77), "reason": "亲属任职"})
    assert (refused.status_code, "没有登记代码为" in refused.content.decode()) == (422, True)


def test_who_declines_has_nothing_before_him(clock: datetime) -> None:
    scene.open_offices()
    province = scene.office_actor(scene.PROVINCE, Role.LEADER, "province-signs")
    (expert,) = pool.entered(province, [pool.row(1)])
    client = browser(pool.invited(province, expert))
    assert "请填写“理由”" in client.post("/expert/invitation/decline/").content.decode()
    client.post("/expert/invitation/decline/", {"reason": "出国访问"})
    assert "您没有参加评审" in body(client)
    with scope(province):
        assert Expert.objects.get().state == ExpertState.DECLINED


@pytest.fixture
def hand(clock: datetime) -> Hand:
    round_ = panels.open_round()
    panels.experts(round_)
    panels.drawn(round_)
    return panels.handed(round_)


def test_a_case_is_judged_with_the_papers_beside_it_and_handed_in_once(hand: Hand) -> None:
    (task, actor), (_, other), _ = panels.tasks_of(hand)
    client, path = browser(actor), f"/expert/cases/{hand.case_id}/"
    assert hand.case.number in body(client, path)
    text = panels.opinion(task)
    form: dict[str, object] = {f"answer-{question}": finding for question, finding in text.answers.items()}
    missing = client.post(f"{path}opinion/", form)
    for said in ("没有判断", "没有写明理由"):
        assert (missing.status_code, missing.content.decode().count(said)) == (422, len(text.judged))
    reasoned = client.post(f"{path}opinion/", form | {f"reason-{fact}": "属实" for fact in text.judged})
    assert "没有写明理由" not in reasoned.content.decode(), "a reason stands before its finding"
    for fact, one in text.judged.items():
        form |= {f"finding-{fact}": one.finding, f"page-{fact}": "3"}
    unfounded = client.post(f"{path}opinion/", form).content.decode()
    for said in ("没有写明理由", "没有选是哪份佐证材料", 'value="3"'):
        assert unfounded.count(said) == len(text.judged), "everything at once, nothing typed is lost"
    form |= {f"reason-{fact}": "见第三页甲乙丙" for fact in text.judged}
    form |= {f"page-{fact}": "" for fact in text.judged}
    assert client.post(f"{path}opinion/", form).status_code == 302
    with scope(SYSTEM):
        judged = Judgement.objects.filter(page=None, paper=None)
        assert set(judged.values_list("reason", flat=True)) == {"见第三页甲乙丙"}
    assert "您的意见已提交" in body(client, path)
    assert "已提交" in body(client)
    assert "见第三页甲乙丙" not in body(browser(other), path)


def test_who_steps_back_no_longer_sees_the_case(hand: Hand) -> None:
    (_, actor), *_ = panels.tasks_of(hand)
    client, path = browser(actor), f"/expert/cases/{hand.case_id}/"
    assert client.post(f"{path}recuse/", {"reason": " "}).status_code == 422
    assert client.post(f"{path}recuse/", {"reason": "亲属任职"}).status_code == 302
    assert client.get(path).status_code == 404
    home = body(client)
    assert "已办结" in home
    assert "未提交意见" in home
    assert hand.case.firm.name not in home
    with scope(SYSTEM):
        assert Conflict.objects.get().reason == "亲属任职"
        assert Hand.objects.get(pk=hand.pk).state == HandState.CALLED_BACK
        assert Task.objects.filter(hand=hand, ended_at__isnull=True).count() == 0


def test_the_desk_asks_the_database_for_little(hand: Hand) -> None:
    (_, actor), *_ = panels.tasks_of(hand)
    client = browser(actor)
    assert scene.queries_of(client, "/expert/") <= scene.MOST_QUERIES
    assert scene.queries_of(client, f"/expert/cases/{hand.case_id}/") <= scene.MOST_QUERIES
