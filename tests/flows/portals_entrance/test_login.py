"""Logging in, with a one-time password, with several identities, with a second factor."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialLogin
from django.test import Client
from django.utils import timezone
from tests import scene

from tidu.database.scope import SYSTEM, scope
from tidu.files.encryption import CannotUnseal
from tidu.offices.actions import (
    NewOffice,
    close_post,
    open_account,
    open_office,
    open_post,
    renew_password,
)
from tidu.offices.enums import Level, Role
from tidu.offices.models import Account, Post
from tidu.offices.queries import office_by_code
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

SECURITY = ("", "authenticator/", "authenticator/stop/", "codes/", "codes/new/", "codes/download/")


def log_in(client: Any, username: str, password: str = scene.PASSWORD, **more: str) -> Any:
    return client.post("/login/", {"login": username, "password": password, **more})


def kind_at(client: Any, path: str = "/identity/") -> Any:
    response = client.get(path)
    return response.wsgi_request.actor


def clerk(username: str = "clerk", code: str = scene.EAST, role: Role = Role.CLERK) -> tuple[Account, str]:
    with scope(SYSTEM):
        return open_account(
            actor=SYSTEM,
            office=office_by_code(code),
            username=username,
            name="经办岗",
            role=role,
            at=timezone.now(),
        )


def own_password(account: Account) -> None:
    account.set_password(scene.PASSWORD)
    account.one_time_until = None
    account.save()


def said(response: Any) -> str:
    return str(response.content.decode())


def test_login_page_says_no_fee_and_no_agent(client: Any, settings: Any) -> None:
    settings.TIDU_HELP_PHONE = "000-00000100"
    words = said(client.get("/login/"))
    assert "认定工作不收取任何费用" in words
    assert "从未委托任何单位或个人为企业代理申报" in words
    assert "000-00000100" in words


def test_registration_page_says_so_too(client: Any, settings: Any) -> None:
    settings.TIDU_HELP_PHONE = "000-00000100"
    words = said(client.get("/register/"))
    assert "认定工作不收取任何费用" in words
    assert "不需要也不建议通过任何中介机构" in words
    assert "000-00000100" in words


def test_firm_logs_in_and_is_at_its_desk(client: Any) -> None:
    firm, _ = scene.register()
    response = log_in(client, "firm-1")
    assert (response.status_code, response.url) == (302, "/identity/")
    response = client.get("/identity/")
    assert (response.status_code, response.url) == (302, "/enterprise/")
    assert kind_at(client).firm_id == firm.pk


def test_login_name_is_the_same_in_capitals(client: Any) -> None:
    scene.register()
    assert log_in(client, " FIRM-1 ").status_code == 302


def test_wrong_password_says_what_to_do(client: Any) -> None:
    scene.register()
    response = log_in(client, "firm-1", "not this one")
    assert "登录名或密码不正确" in said(response)
    assert kind_at(client, "/login/").kind == "public"


def test_sixth_wrong_password_closes_the_door_for_a_while(client: Any) -> None:
    scene.register()
    for _ in range(5):
        log_in(client, "firm-1", "not this one")
    assert "已暂停登录" in said(log_in(client, "firm-1"))


def test_login_leads_where_the_person_wanted_to_go(client: Any) -> None:
    scene.register()
    assert log_in(client, "firm-1", next="/enterprise/profile/").url == "/enterprise/profile/"


def test_login_leads_nowhere_else(client: Any) -> None:
    scene.register()
    assert log_in(client, "firm-1", next="https://example.invalid/").url == "/identity/"


def test_one_time_password_opens_only_the_page_that_changes_it(client: Any) -> None:
    _, password = clerk()
    log_in(client, "clerk", password)
    response = client.get("/identity/")
    assert (response.status_code, response.url) == (302, "/password/")
    assert kind_at(client, "/password/").kind == "public"
    assert "首次登录" in said(client.get("/password/"))

    new = {"old": password, "password": scene.PASSWORD, "again": scene.PASSWORD}
    assert client.post("/password/", new).status_code == 302
    assert client.get("/identity/").url == "/office/"
    assert Account.objects.get(username="clerk").one_time_until is None


@pytest.mark.parametrize("path", [*(f"/security/{page}" for page in SECURITY), "/register/"])
def test_one_time_password_ties_nothing_to_the_account(client: Any, path: str) -> None:
    account, password = clerk()
    log_in(client, "clerk", password)
    for response in (client.get(path), client.post(path, {"code": "000000"})):
        assert (response.status_code, response.url) == (302, "/password/")
    assert not Authenticator.objects.filter(user=account).exists()


def test_identity_of_the_provider_is_not_tied_with_a_one_time_password(client: Any) -> None:
    account, password = clerk()
    log_in(client, "clerk", password)
    request = client.get("/password/").wsgi_request
    with pytest.raises(ImmediateHttpResponse) as led_away:
        get_social_adapter().pre_social_login(request, SocialLogin(user=account))
    assert led_away.value.response.url == "/password/"
    own_password(account)
    client.force_login(account)
    request = client.get("/password/").wsgi_request
    assert get_social_adapter().pre_social_login(request, SocialLogin(user=account)) is None


def test_one_time_password_must_not_be_kept(client: Any) -> None:
    _, password = clerk()
    log_in(client, "clerk", password)
    response = client.post("/password/", {"old": password, "password": password, "again": password})
    assert "新密码与原密码相同" in said(response)


def test_expired_one_time_password_opens_nothing(client: Any) -> None:
    account, password = clerk()
    Account.objects.filter(pk=account.pk).update(one_time_until=timezone.now() - timedelta(minutes=1))
    assert "请联系开户单位的账号管理员重新发放" in said(log_in(client, "clerk", password))
    assert not client.session.get("_auth_user_id")


def test_several_identities_are_chosen_from(client: Any) -> None:
    account, _ = clerk()
    own_password(account)
    with scope(SYSTEM):
        west = office_by_code(scene.WEST)
        open_post(actor=SYSTEM, office=west, account=account, role=Role.LEADER, at=scene.AT)
    log_in(client, "clerk")
    response = client.get("/identity/")
    assert response.status_code == 200
    assert [one.name for one in response.context["identities"]] == [
        "示例东区科技和工业信息化局",
        "示例西区科技和工业信息化局",
    ]
    assert kind_at(client).kind == "public"

    assert client.post("/identity/", {"identity": f"office:{west.pk}"}).url == "/office/"
    actor = kind_at(client)
    assert (actor.kind, actor.office_id, actor.roles) == ("office", west.pk, {"leader"})


@pytest.mark.parametrize(
    "key", ["office:{city}", "firm:{firm}", "operator", "office:x", "office:²", "", "office:"]
)
def test_identity_that_is_not_held_is_not_taken(client: Any, key: str) -> None:
    firm, _ = scene.register()
    account, _ = clerk()
    own_password(account)
    with scope(SYSTEM):
        west = office_by_code(scene.WEST)
        open_post(actor=SYSTEM, office=west, account=account, role=Role.CLERK, at=scene.AT)
        city = office_by_code(scene.CITY)
    log_in(client, "clerk")
    response = client.post("/identity/", {"identity": key.format(city=city.pk, firm=firm.pk)})
    assert response.status_code == 200
    assert kind_at(client).kind == "public"


def test_closed_post_opens_nothing_from_the_next_page_on(client: Any) -> None:
    account, _ = clerk()
    own_password(account)
    log_in(client, "clerk")
    assert kind_at(client).kind == "office"
    with scope(SYSTEM):
        close_post(
            actor=SYSTEM, post=Post.objects.select_related("office").get(account=account), at=timezone.now()
        )
    assert kind_at(client).kind == "public"
    assert "没有可用的身份" in said(client.get("/identity/"))


def test_auditor_is_an_auditor(client: Any) -> None:
    account, _ = clerk(role=Role.AUDITOR)
    own_password(account)
    log_in(client, "clerk")
    assert client.get("/identity/").url == "/office/"
    assert kind_at(client).kind == "auditor"


def test_closed_account_does_not_log_in(client: Any) -> None:
    account, _ = clerk()
    own_password(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert log_in(client, "clerk").url == "/login/closed/"
    assert not client.session.get("_auth_user_id")


def test_logout_takes_a_post(client: Any) -> None:
    scene.register()
    log_in(client, "firm-1")
    assert "退出登录？" in said(client.get("/logout/"))
    assert kind_at(client).kind == "firm"
    assert client.post("/logout/").url == "/login/"
    assert client.get("/identity/").url == "/login/?next=/identity/"


def test_second_factor_is_asked_for(client: Any) -> None:
    account, _ = clerk()
    own_password(account)
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    assert log_in(client, "clerk").url == "/login/code/"
    assert kind_at(client, "/login/code/").kind == "public"
    assert "验证码不正确" in said(client.post("/login/code/", {"code": "000000"}))

    code = hotp_value(secret, next(iter(yield_hotp_counters_from_time())))
    assert client.post("/login/code/", {"code": f"{code:06d}"}).url == "/identity/"
    assert kind_at(client).kind == "office"


def test_secret_of_a_second_factor_lies_sealed(client: Any) -> None:
    account, _ = clerk()
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    stored = Authenticator.objects.get(user=account).data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret


def test_secret_of_a_second_factor_opens_with_the_sealing_key_alone(
    client: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, _ = clerk()
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    stored = Authenticator.objects.get(user=account).data["secret"]
    settings.SECRET_KEY = "another key of sessions"
    assert get_adapter().decrypt(stored) == secret
    monkeypatch.setenv("TIDU_SEALING_KEY", "another key of what is sealed")
    with pytest.raises(CannotUnseal):
        get_adapter().decrypt(stored)


def test_who_lost_the_second_factor_is_let_in_by_the_administrator(client: Any) -> None:
    account, post = scene.open_post(scene.EAST)
    own_password(account)
    TOTP.activate(account, generate_totp_secret())
    other, _ = clerk("other")
    TOTP.activate(other, generate_totp_secret())
    admin, _ = scene.open_post(scene.CITY, Role.ADMINISTRATOR)
    own_password(admin)
    desk = Client()
    desk.force_login(admin)
    assert said(desk.get("/office/accounts/")).count("重置并解除两步验证") == 2
    answer = desk.post(f"/office/accounts/{post.pk}/password/", {"factor": "drop"})
    password = answer.context["password"]
    assert log_in(client, account.username, password).url == "/identity/"
    assert client.get("/identity/").url == "/password/"
    assert [one.user_id for one in Authenticator.objects.all()] == [other.pk]
    with scope(SYSTEM):
        entry = Entry.objects.filter(chain=post.office.chain).latest("seq")
    assert (entry.verb, entry.content["second_factor_dropped"]) == ("renew_password", True)


def test_renewed_password_alone_leaves_the_second_factor(client: Any) -> None:
    account, post = scene.open_post(scene.EAST)
    TOTP.activate(account, generate_totp_secret())
    with scope(SYSTEM):
        password = renew_password(actor=SYSTEM, office=post.office, account=account, at=timezone.now())
    assert log_in(client, account.username, password).url == "/login/code/"


def test_second_factor_is_set_up_after_the_password_is_given_again(client: Any) -> None:
    account, _ = clerk()
    own_password(account)
    log_in(client, "clerk")
    assert "未启用" in said(client.get("/security/"))
    again = client.get("/security/authenticator/").url
    assert again == "/login/again/?next=%2Fsecurity%2Fauthenticator%2F"
    assert client.post(again, {"password": scene.PASSWORD}).url == "/security/authenticator/"

    secret = client.get("/security/authenticator/").context["form"].secret
    code = hotp_value(secret, next(iter(yield_hotp_counters_from_time())))
    assert client.post("/security/authenticator/", {"code": f"{code:06d}"}).url == "/security/codes/"
    assert "已启用" in said(client.get("/security/"))
    codes = client.get("/security/codes/").context["unused_codes"]
    assert len(codes) == 10

    client.post("/logout/")
    log_in(client, "clerk")
    assert client.post("/login/code/", {"code": codes[0]}).url == "/identity/"
    client.post(client.get("/security/authenticator/stop/").url, {"password": scene.PASSWORD})
    assert client.post("/security/authenticator/stop/").url == "/security/"
    assert not Authenticator.objects.filter(user=account).exists()


PAGES = ["/login/", "/login/closed/", "/logout/", "/register/", "/password/forgotten/"]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_open_to_all(client: Any, path: str) -> None:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    assert "本系统不是国家优质中小企业梯度培育平台" in said(response)


OWN_PAGES = [
    "/identity/", "/password/", "/security/", "/security/authenticator/", "/security/authenticator/stop/",
    "/security/codes/", "/security/codes/new/", "/security/codes/download/",
    "/login/again/", "/login/code/again/",
]  # fmt: skip


@pytest.mark.parametrize("path", OWN_PAGES)
def test_page_of_ones_own_asks_for_the_login(client: Any, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.url.partition("?")[0]) == (302, "/login/")


def test_choice_takes_the_same_queries_for_two_and_fifty(client: Any) -> None:
    account, _ = clerk()
    own_password(account)
    hold_posts(account, 1)
    log_in(client, "clerk")
    for_two = scene.queries_of(client, "/identity/")
    hold_posts(account, 48)
    assert scene.queries_of(client, "/identity/") == for_two <= scene.MOST_QUERIES
    assert len(client.get("/identity/").context["identities"]) == 50


def hold_posts(account: Account, number: int) -> None:
    """Posts in so many new offices."""
    with scope(SYSTEM):
        city = office_by_code(scene.CITY)
        for each in range(number):
            code, name = f"more-{number}-{each}", f"示例第{number}之{each}局"
            office = NewOffice(code=code, name=name, level=Level.COUNTY, is_demonstration=True)
            opened = open_office(actor=SYSTEM, office=office, parent=city, at=scene.AT)
            open_post(actor=SYSTEM, office=opened, account=account, role=Role.CLERK, at=scene.AT)
