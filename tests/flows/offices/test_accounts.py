"""Accounts and posts: an office opens and closes its own and those of every office below it."""

import re
from datetime import timedelta

import pytest
from tests import scene

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.actions import (
    choose_password,
    close_office,
    close_post,
    move_area,
    open_account,
    open_operator,
    open_post,
    renew_password,
)
from tidu.offices.actors import actor_for_operator, actor_for_post
from tidu.offices.enums import Role
from tidu.offices.models import Account, Office, Post
from tidu.offices.queries import active_posts
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

Offices = dict[str, Office]
LATER = scene.AT + timedelta(days=1)


def open_clerk(
    actor: Actor, office: Office, username: str = "clerk", role: Role = Role.CLERK
) -> tuple[Account, str]:
    return open_account(
        actor=actor, office=office, username=username, name="企业科经办", role=role, at=scene.AT
    )


def post_of(account: Account) -> Post:
    return Post.objects.select_related("office", "account").get(account=account, closed_at__isnull=True)


def me(account: Account) -> Actor:
    return Actor(kind="public", account_id=account.pk)


def test_one_time_password_is_read_out_without_doubt(offices: Offices) -> None:
    account, password = open_clerk(SYSTEM, offices[scene.EAST])
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    assert not set(password) & set("il1o0")
    assert account.check_password(password)
    assert account.one_time_until == scene.AT + timedelta(days=7)


def test_account_acts_as_its_office(offices: Offices) -> None:
    account, _ = open_clerk(SYSTEM, offices[scene.EAST])
    actor = actor_for_post(post_of(account))
    assert actor == Actor(
        kind="office",
        account_id=account.pk,
        office_id=offices[scene.EAST].pk,
        roles=frozenset({"clerk"}),
        name="示例东区科技和工业信息化局",
    )


def test_posts_in_one_office_add_up(offices: Offices) -> None:
    account, _ = open_clerk(SYSTEM, offices[scene.EAST])
    open_post(actor=SYSTEM, office=offices[scene.EAST], account=account, role=Role.LEADER, at=scene.AT)
    open_post(actor=SYSTEM, office=offices[scene.WEST], account=account, role=Role.ADMINISTRATOR, at=scene.AT)
    first = active_posts(account).filter(office=offices[scene.EAST])[0]
    assert actor_for_post(first).roles == frozenset({"clerk", "leader"})


def test_auditor_acts_as_an_auditor(offices: Offices) -> None:
    account, _ = open_clerk(SYSTEM, offices[scene.CITY], role=Role.AUDITOR)
    assert actor_for_post(post_of(account)).kind == "auditor"


@pytest.mark.parametrize("code", [scene.CITY, scene.EAST])
def test_administrator_opens_accounts_of_its_own_office_and_below(offices: Offices, code: str) -> None:
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    account, _ = open_clerk(city, offices[code])
    assert post_of(account).opened_by_id == city.account_id


def test_nobody_else_opens_accounts(offices: Offices) -> None:
    actors = [
        PUBLIC,
        scene.firm_actor(),
        scene.office_actor(scene.CITY, Role.CLERK),
        scene.office_actor(scene.CITY, Role.LEADER),
        scene.office_actor(scene.CITY, Role.AUDITOR),
        scene.office_actor(scene.WEST, Role.ADMINISTRATOR),
        actor_for_operator(open_operator(actor=SYSTEM, username="operator", name="运维", at=scene.AT)[0]),
    ]
    for actor in actors:
        with pytest.raises(Refused, match="not_allowed"):
            open_clerk(actor, offices[scene.EAST])
    assert not Account.objects.filter(username="clerk").exists()


def test_lower_office_opens_no_account_above_it(offices: Offices) -> None:
    east = scene.office_actor(scene.EAST, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="not_allowed"):
        open_clerk(east, offices[scene.CITY])


def test_operator_opens_the_first_administrator_and_no_second(offices: Offices) -> None:
    operator = actor_for_operator(
        open_operator(actor=SYSTEM, username="operator", name="运维", at=scene.AT)[0]
    )
    open_clerk(operator, offices[scene.PROVINCE], "first", Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="not_allowed"):
        open_clerk(operator, offices[scene.PROVINCE], "second", Role.ADMINISTRATOR)


def test_operator_is_opened_by_the_system_alone() -> None:
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="operator_by_command_line_only"):
        open_operator(actor=city, username="operator", name="运维", at=scene.AT)


def test_login_name_is_taken_once(offices: Offices) -> None:
    open_clerk(SYSTEM, offices[scene.EAST])
    with pytest.raises(Refused, match="username_taken"):
        open_clerk(SYSTEM, offices[scene.WEST], "Clerk")


def test_post_is_held_once(offices: Offices) -> None:
    account, _ = open_clerk(SYSTEM, offices[scene.EAST])
    with pytest.raises(Refused, match="post_held_already"):
        open_post(actor=SYSTEM, office=offices[scene.EAST], account=account, role=Role.CLERK, at=scene.AT)


@pytest.mark.parametrize(("first", "second"), [(Role.CLERK, Role.AUDITOR), (Role.AUDITOR, Role.LEADER)])
def test_auditor_holds_no_other_post_in_that_office(offices: Offices, first: Role, second: Role) -> None:
    account, _ = open_clerk(SYSTEM, offices[scene.EAST], role=first)
    with pytest.raises(Refused, match="auditor_holds_no_other_post"):
        open_post(actor=SYSTEM, office=offices[scene.EAST], account=account, role=second, at=scene.AT)
    open_post(actor=SYSTEM, office=offices[scene.WEST], account=account, role=second, at=scene.AT)


def test_closed_office_opens_no_account(offices: Offices) -> None:
    move_area(actor=SYSTEM, area=scene.area(scene.EAST), office=offices[scene.WEST], at=scene.AT)
    closed = close_office(actor=SYSTEM, office=offices[scene.EAST], at=scene.AT)
    with pytest.raises(Refused, match="office_closed"):
        open_clerk(SYSTEM, closed)


def test_post_is_closed_by_an_upper_office_and_opened_again(offices: Offices) -> None:
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    account, _ = open_clerk(city, offices[scene.EAST])
    closed = close_post(actor=city, post=post_of(account), at=LATER)
    assert closed.closed_at == LATER
    assert not active_posts(account).exists()
    with pytest.raises(Refused, match="post_closed"):
        close_post(actor=city, post=closed, at=LATER)
    open_post(actor=city, office=offices[scene.EAST], account=account, role=Role.CLERK, at=LATER)
    assert active_posts(account).count() == 1
    assert account.posts.count() == 2


def test_post_is_not_closed_by_a_neighbour(offices: Offices) -> None:
    account, _ = open_clerk(SYSTEM, offices[scene.EAST])
    west = scene.office_actor(scene.WEST, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="not_allowed"):
        close_post(actor=west, post=post_of(account), at=LATER)
    assert active_posts(account).exists()


def test_ledger_of_the_office_tells_who_was_let_in_and_out(offices: Offices) -> None:
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    account, _ = open_clerk(city, offices[scene.EAST])
    renew_password(actor=city, office=offices[scene.EAST], account=account, at=LATER)
    close_post(actor=city, post=post_of(account), at=LATER)
    with scope(city):
        told = list(Entry.objects.filter(chain=offices[scene.EAST].chain).order_by("seq"))[-3:]
    assert [(entry.verb, entry.actor_name) for entry in told] == [
        ("open_post", "示例市工业和信息化局"),
        ("renew_password", "示例市工业和信息化局"),
        ("close_post", "示例市工业和信息化局"),
    ]
    assert told[0].content == {"username": "clerk", "post": "企业科经办", "role": "clerk"}


def test_forgotten_password_is_renewed_once_more(offices: Offices) -> None:
    account, _ = open_clerk(SYSTEM, offices[scene.EAST])
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    password = renew_password(actor=city, office=offices[scene.EAST], account=account, at=LATER)
    account.refresh_from_db()
    assert account.check_password(password)
    assert account.one_time_until == LATER + timedelta(days=7)


def test_password_of_somebody_elsewhere_is_not_renewed(offices: Offices) -> None:
    account, password = open_clerk(SYSTEM, offices[scene.EAST])
    west = scene.office_actor(scene.WEST, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="not_allowed"):
        renew_password(actor=west, office=offices[scene.EAST], account=account, at=LATER)
    with pytest.raises(Refused, match="account_not_in_office"):
        renew_password(actor=west, office=offices[scene.WEST], account=account, at=LATER)
    account.refresh_from_db()
    assert account.check_password(password)


def test_password_of_who_also_acts_for_an_office_above_is_renewed_above_alone(offices: Offices) -> None:
    account, password = open_clerk(SYSTEM, offices[scene.EAST])
    open_post(actor=SYSTEM, office=offices[scene.CITY], account=account, role=Role.LEADER, at=LATER)
    east = scene.office_actor(scene.EAST, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="还代表您管理范围以外的单位或企业"):
        renew_password(actor=east, office=offices[scene.EAST], account=account, at=LATER)
    account.refresh_from_db()
    assert account.check_password(password)
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    assert renew_password(actor=city, office=offices[scene.EAST], account=account, at=LATER)


def test_account_of_a_firm_or_of_operation_gets_no_post(offices: Offices) -> None:
    _, member = scene.register()
    operator, _ = open_operator(actor=SYSTEM, username="operator", name="运维", at=scene.AT)
    for account in (member.account, operator):
        with pytest.raises(Refused, match="account_not_of_an_office"):
            open_post(actor=SYSTEM, office=offices[scene.EAST], account=account, role=Role.CLERK, at=LATER)
    assert not Post.objects.exists()


def test_own_password_ends_the_one_time_password(offices: Offices) -> None:
    account, password = open_clerk(SYSTEM, offices[scene.EAST])
    changed = choose_password(actor=me(account), old=password, new=scene.PASSWORD, at=LATER)
    assert changed.one_time_until is None
    assert changed.check_password(scene.PASSWORD)


def test_own_password_is_refused_when_it_should_be(offices: Offices) -> None:
    account, password = open_clerk(SYSTEM, offices[scene.EAST])
    tries = [
        ("not this one", scene.PASSWORD, LATER, "old_password_wrong"),
        (password, password, LATER, "password_not_new"),
        (password, "12345678", LATER, "password_weak"),
        (password, "clerk2026", LATER, "password_weak"),
        (password, scene.PASSWORD, scene.AT + timedelta(days=7), "one_time_password_expired"),
    ]
    for old, new, at, code in tries:
        with pytest.raises(Refused, match=code):
            choose_password(actor=me(account), old=old, new=new, at=at)
    account.refresh_from_db()
    assert account.check_password(password)
