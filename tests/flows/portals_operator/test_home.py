"""The operator's page: the installation's state, offices, and their first administrators."""

from typing import Any

import pytest
from django.test import Client
from tests import scene

from tidu.database.scope import SYSTEM
from tidu.offices.actions import NewOffice, open_office, open_operator
from tidu.offices.enums import Level, Role
from tidu.offices.models import Account, Post
from tidu.offices.queries import office_by_code
from tidu.portals.operator.state import state

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offices() -> None:
    scene.open_offices()


@pytest.fixture
def operator() -> Any:
    account, _ = open_operator(actor=SYSTEM, username="operator", name="运维", at=scene.AT)
    return logged_in(account)


def logged_in(account: Account) -> Any:
    Account.objects.filter(pk=account.pk).update(one_time_until=None)
    client = Client()
    client.force_login(account)
    return client


def test_operator_is_led_to_the_page(operator: Any) -> None:
    assert operator.get("/identity/").url == "/operator/"


def test_page_shows_jobs_root_disk_and_offices(operator: Any) -> None:
    shown = operator.get("/operator/").content.decode()
    assert "示例东区科技和工业信息化局" in shown
    assert "尚未封存" in shown
    assert "无账号管理员" in shown


def test_jobs_are_counted_by_their_state() -> None:
    found = state()
    assert found.waiting > 0
    assert (found.running, found.failed, found.root) == (0, 0, None)
    assert 0 < found.disk_free <= found.disk_total


def test_first_administrator_is_opened_once(operator: Any) -> None:
    given = {"office": scene.PROVINCE, "username": "province-admin"}
    assert "一次性密码" in operator.post("/operator/administrator/", given).content.decode()
    post = Post.objects.get(account__username="province-admin")
    assert (post.office.code, post.role) == (scene.PROVINCE, Role.ADMINISTRATOR)

    again = operator.post("/operator/administrator/", given | {"username": "another"})
    assert again.status_code == 422
    assert not Account.objects.filter(username="another").exists()


def test_nobody_else_enters() -> None:
    _, member = scene.register()
    account, _ = scene.open_post(scene.PROVINCE, Role.ADMINISTRATOR)
    for person in (member.account, account):
        assert logged_in(person).get("/operator/").status_code == 403
        given = {"office": scene.CITY, "username": "another"}
        assert logged_in(person).post("/operator/administrator/", given).status_code == 403
    assert Client().get("/operator/").status_code == 302
    assert not Account.objects.filter(username="another").exists()


def test_page_takes_the_same_queries_for_one_office_and_fifty(operator: Any) -> None:
    before = scene.queries_of(operator, "/operator/")
    for number in range(50):
        code, name = f"more-{number}", f"示例第{number}局"
        office = NewOffice(code=code, name=name, level=Level.COUNTY, is_demonstration=True)
        open_office(actor=SYSTEM, office=office, parent=office_by_code(scene.CITY), at=scene.AT)
    assert scene.queries_of(operator, "/operator/") == before <= scene.MOST_QUERIES
