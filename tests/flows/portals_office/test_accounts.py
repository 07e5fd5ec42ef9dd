"""The page on which an office opens and closes accounts."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import scene

from tidu.database.scope import SYSTEM, scope
from tidu.law.identity import demonstration_code
from tidu.offices.enums import Role
from tidu.offices.models import Account, Office, Post
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

LIST = "/office/accounts/"


@pytest.fixture(autouse=True)
def offices(opened_offices: dict[str, Office]) -> None:
    """The offices of 示例省."""


def logged_in(account: Account) -> Client:
    Account.objects.filter(pk=account.pk).update(one_time_until=None)
    client = Client()
    client.force_login(account)
    return client


def administrator(code: str = scene.CITY) -> Any:
    return logged_in(scene.open_post(code, Role.ADMINISTRATOR)[0])


def new(**changed: str) -> dict[str, str]:
    return {"office": scene.EAST, "role": "clerk", "name": "企业科经办", "username": "east-clerk"} | changed


def words(response: Any) -> str:
    return str(response.content.decode())


def shown_password(response: Any) -> str:
    found = re.search(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", words(response))
    assert found
    return found[0]


def test_account_is_opened_below_and_its_password_shown_once() -> None:
    client = administrator()
    response = client.post(f"{LIST}open/", new())
    account = Account.objects.get(username="east-clerk")
    assert account.check_password(shown_password(response))
    assert "no-store" in response.headers["Cache-Control"]
    assert shown_password(response) not in words(client.get(LIST))


def test_list_shows_own_and_lower_posts_and_no_others() -> None:
    scene.open_post(scene.EAST, username="in-the-east")
    scene.open_post(scene.PROVINCE, username="in-the-province")
    shown = words(administrator(scene.CITY).get(LIST))
    assert "in-the-east" in shown
    assert "in-the-province" not in shown
    assert "in-the-east" not in words(administrator(scene.WEST).get(LIST))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=EAST", ["in-the-east"]),
        (f"office={scene.WEST}", ["in-the-west"]),
        ("role=auditor", ["in-the-west"]),
        ("state=closed", []),
        ("state=open&role=clerk", ["in-the-east"]),
        ("office=dalian", []),
    ],
)
def test_list_is_filtered_by_the_words_of_the_address(query: str, found: list[str]) -> None:
    scene.open_post(scene.EAST, username="in-the-east")
    scene.open_post(scene.WEST, Role.AUDITOR, username="in-the-west")
    page = administrator().get(f"{LIST}?{query}").context["posts"]
    assert [post.account.username for post in page] == found


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"office": scene.PROVINCE}, "office"),
        ({"office": "dalian"}, "office"),
        ({"role": "chief"}, "role"),
        ({"username": "X Y"}, "username"),
        ({"username": "shili-city-administrator"}, "username"),
        ({"name": ""}, "name"),
    ],
)
def test_what_is_wrong_stands_at_its_field(changed: dict[str, str], field: str) -> None:
    response = administrator().post(f"{LIST}open/", new(**changed))
    assert response.status_code == 422
    assert list(response.context["account_form"].errors) == [field]
    assert not Account.objects.filter(username="east-clerk").exists()


def test_post_is_closed_and_opened_again() -> None:
    account, post = scene.open_post(scene.EAST)
    client = administrator()
    assert client.post(f"{LIST}{post.pk}/close/").status_code == 302
    post.refresh_from_db()
    assert post.closed_at is not None
    assert post.closed_at <= timezone.now()
    assert "已停用" in words(client.get(LIST))
    client.post(f"{LIST}{post.pk}/reopen/")
    assert account.posts.filter(closed_at__isnull=True).count() == 1


def test_password_is_renewed() -> None:
    account, post = scene.open_post(scene.EAST)
    response = administrator().post(f"{LIST}{post.pk}/password/")
    account.refresh_from_db()
    assert account.check_password(shown_password(response))
    assert account.one_time_until is not None


@pytest.mark.parametrize("act", ["close", "reopen", "password"])
def test_forged_number_finds_nothing(act: str) -> None:
    _, post = scene.open_post(scene.EAST)
    password = Account.objects.get(pk=post.account_id).password
    west = administrator(scene.WEST)
    for number in (post.pk, 10**9):
        assert west.post(f"{LIST}{number}/{act}/").status_code == 404
    post.refresh_from_db()
    assert post.closed_at is None
    assert Account.objects.get(pk=post.account_id).password == password


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER, Role.AUDITOR])
def test_others_of_the_office_are_refused(role: Role) -> None:
    scene.open_post(scene.EAST, username="in-the-east")
    client = logged_in(scene.open_post(scene.CITY, role)[0])
    for response in (client.get(LIST), client.post(f"{LIST}open/", new())):
        assert response.status_code == 403
        assert "in-the-east" not in words(response)
    assert not Account.objects.filter(username="east-clerk").exists()


def test_firm_is_refused_and_the_public_is_asked_to_log_in() -> None:
    _, member = scene.register()
    assert logged_in(member.account).get(LIST).status_code == 403
    response: Any = Client().get(LIST)
    assert (response.status_code, response.url) == (302, "/login/?next=%2Foffice%2Faccounts%2F")


def test_owner_of_a_firm_gets_a_new_password_from_the_office_of_its_area() -> None:
    firm, member = scene.register()
    forgotten = {"uscc": demonstration_code(1), "username": "firm-1"}
    assert "不在本单位及下级单位之内" in words(administrator(scene.WEST).post(f"{LIST}firm/", forgotten))
    member.account.refresh_from_db()
    assert member.account.check_password(scene.PASSWORD)

    response = administrator(scene.EAST).post(f"{LIST}firm/", forgotten)
    member.account.refresh_from_db()
    assert member.account.check_password(shown_password(response))
    with scope(SYSTEM):
        entry = Entry.objects.get(chain=firm.chain_id, verb="renew_owner_password")
    assert (entry.actor_name, entry.content) == (
        "示例东区科技和工业信息化局",
        {"username": "firm-1", "role": "owner", "second_factor_dropped": False},
    )


@pytest.mark.parametrize(
    ("changed", "field"), [({"uscc": demonstration_code(2)}, "uscc"), ({"username": "firm-2"}, "username")]
)
def test_password_of_nobody_is_not_renewed(changed: dict[str, str], field: str) -> None:
    scene.register()
    given = {"uscc": demonstration_code(1), "username": "firm-1"} | changed
    response = administrator(scene.EAST).post(f"{LIST}firm/", given)
    assert list(response.context["owner_form"].errors) == [field]


def test_list_takes_the_same_queries_for_one_and_fifty() -> None:
    client = administrator()
    for_one = scene.queries_of(client, LIST)
    for number in range(49):
        scene.open_post(scene.EAST, username=f"clerk-{number}")
    assert scene.queries_of(client, LIST) == for_one <= scene.MOST_QUERIES
    assert client.get(LIST).context["posts"].paginator.count == 50


def test_history_of_a_post_stays() -> None:
    _, post = scene.open_post(scene.EAST)
    client = administrator()
    client.post(f"{LIST}{post.pk}/close/")
    client.post(f"{LIST}{post.pk}/reopen/")
    assert Post.objects.filter(account=post.account).count() == 2
