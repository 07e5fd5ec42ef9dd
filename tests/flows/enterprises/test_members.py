"""Who acts for a firm."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from pytest_django import DjangoAssertNumQueries
from tests import scene

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.enterprises.actions import (
    Contact,
    NewMember,
    add_member,
    change_role,
    register_firm,
    remove_member,
    renew_owner_password,
    renew_password,
)
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, Member
from tidu.enterprises.queries import active_memberships, member_of, members
from tidu.law.identity import demonstration_code
from tidu.law.refusals import Refused
from tidu.offices.actions import open_operator
from tidu.offices.enums import Role
from tidu.offices.models import Account
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

COLLEAGUE = NewMember(username="colleague", name="财务", role=MemberRole.EDITOR, is_employee=True)
LATER = scene.AT + timedelta(days=1)


@pytest.fixture
def owner() -> Actor:
    return scene.firm_actor(1)


@pytest.fixture
def firm(owner: Actor) -> Firm:
    return Firm.objects.get(pk=owner.firm_id or 0)


def test_owner_adds_a_colleague_with_a_one_time_password(owner: Actor, firm: Firm) -> None:
    member, password = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    assert (member.role, member.is_employee, member.name) == ("editor", True, "财务")
    assert member.account.check_password(password)
    assert member.account.one_time_until == LATER + timedelta(days=7)


def test_only_an_owner_adds_and_removes(owner: Actor, firm: Firm) -> None:
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    others = [
        PUBLIC,
        actor_for_member(member),
        scene.firm_actor(2),
        scene.office_actor(scene.EAST, Role.ADMINISTRATOR),
    ]
    for actor in others:
        with pytest.raises(Refused, match="not_allowed"):
            add_member(actor=actor, firm=firm, colleague=replace(COLLEAGUE, username="third"), at=LATER)
        with pytest.raises(Refused, match="not_allowed"):
            remove_member(actor=actor, member=member, at=LATER)
        with pytest.raises(Refused, match="not_allowed"):
            renew_password(actor=actor, member=member, at=LATER)
    with scope(owner):
        assert members(firm).filter(left_at=None).count() == 2


def test_colleague_is_an_employee_too(owner: Actor, firm: Firm) -> None:
    with pytest.raises(Refused, match="agents_not_needed"):
        add_member(actor=owner, firm=firm, colleague=replace(COLLEAGUE, is_employee=False), at=LATER)


def test_who_is_removed_acts_no_longer(owner: Actor, firm: Firm) -> None:
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    remove_member(actor=owner, member=member, at=LATER)
    with scope(SYSTEM):
        assert not active_memberships(member.account_id).exists()
    with pytest.raises(Refused, match="member_left"):
        remove_member(actor=owner, member=member, at=LATER)


def test_last_owner_stays(owner: Actor, firm: Firm) -> None:
    with scope(owner):
        mine = members(firm).get()
    with pytest.raises(Refused, match="last_owner_stays"):
        remove_member(actor=owner, member=mine, at=LATER)
    with pytest.raises(Refused, match="last_owner_stays"):
        change_role(actor=owner, member=mine, role=MemberRole.VIEWER, at=LATER)
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    change_role(actor=owner, member=member, role=MemberRole.OWNER, at=LATER)
    assert remove_member(actor=owner, member=mine, at=LATER).left_at == LATER


def test_forgotten_password_is_renewed_by_the_owner(owner: Actor, firm: Firm) -> None:
    member, first = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    second = renew_password(actor=owner, member=member, at=LATER)
    member.account.refresh_from_db()
    assert not member.account.check_password(first)
    assert member.account.check_password(second)


def register_another(account: Account, number: int, area_code: str = scene.EAST) -> Firm:
    """Somebody who acts for a firm already registers one more."""
    firm, _ = register_firm(
        actor=Actor(kind="public", account_id=account.pk),
        uscc=demonstration_code(number),
        name=f"示例第{number}精密制造有限公司",
        area=scene.area(area_code),
        contact=Contact(name="企业联系人", is_employee=True),
        login=None,
        at=LATER,
        demonstration=True,
    )
    return firm


def settle(account: Account) -> str:
    """The person has a password of their own; returns what the database keeps of it."""
    account.set_password(scene.PASSWORD)
    account.one_time_until = None
    account.save()
    return str(account.password)


def test_password_of_who_acts_for_another_firm_too_is_not_renewed(owner: Actor, firm: Firm) -> None:
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    kept = settle(member.account)
    register_another(member.account, 2)
    with pytest.raises(Refused, match="还代表您管理范围以外的单位或企业"):
        renew_password(actor=owner, member=member, at=LATER)
    member.account.refresh_from_db()
    assert (member.account.password, member.account.one_time_until) == (kept, None)


def test_member_who_left_the_other_firm_gets_a_new_password(owner: Actor, firm: Firm) -> None:
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    settle(member.account)
    other = register_another(member.account, 2)
    with scope(SYSTEM):
        Member.objects.filter(firm=other).update(left_at=LATER)
    assert renew_password(actor=owner, member=member, at=LATER)


@pytest.mark.parametrize(("code", "allowed"), [(scene.EAST, False), (scene.WEST, False), (scene.CITY, True)])
def test_owner_of_firms_in_two_areas_is_helped_by_the_office_above_both(code: str, allowed: bool) -> None:
    _, member = scene.register(1)
    kept = settle(member.account)
    register_another(member.account, 2, scene.WEST)
    number = 2 if code == scene.WEST else 1
    ask: dict[str, Any] = {
        "uscc": demonstration_code(number),
        "username": member.account.username,
        "at": LATER,
    }
    actor = scene.office_actor(code, Role.ADMINISTRATOR)
    if allowed:
        assert renew_owner_password(actor=actor, **ask)
    else:
        with pytest.raises(Refused, match="还代表您管理范围以外的单位或企业"):
            renew_owner_password(actor=actor, **ask)
    member.account.refresh_from_db()
    assert (member.account.password == kept) is not allowed


def test_account_of_an_office_or_of_operation_registers_no_firm() -> None:
    officer, _ = scene.open_post(scene.EAST)
    settle(officer)
    operator, _ = open_operator(actor=SYSTEM, username="operator", name="运维", at=scene.AT)
    settle(operator)
    for account in (officer, operator):
        with pytest.raises(Refused, match="account_not_of_firms"):
            register_another(account, 2)
    assert not Firm.objects.exists()


def test_one_time_password_registers_no_firm(owner: Actor, firm: Firm) -> None:
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    with pytest.raises(Refused, match="one_time_password_first"):
        register_another(member.account, 2)
    assert Firm.objects.count() == 1


def test_owner_drops_a_second_factor_that_was_lost(owner: Actor, firm: Firm) -> None:
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    TOTP.activate(member.account, generate_totp_secret())
    renew_password(actor=owner, member=member, at=LATER)
    assert Authenticator.objects.filter(user=member.account).exists()
    renew_password(actor=owner, member=member, at=LATER, drop_factor=True)
    assert not Authenticator.objects.exists()


def test_ledger_of_the_firm_tells_who_came_and_went(owner: Actor, firm: Firm) -> None:
    member, _ = add_member(actor=owner, firm=firm, colleague=COLLEAGUE, at=LATER)
    remove_member(actor=owner, member=member, at=LATER)
    with scope(owner):
        verbs = list(Entry.objects.filter(chain=firm.chain).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["register", "add_member", "remove_member"]


def test_member_of_another_firm_is_unknown(owner: Actor, firm: Firm) -> None:
    _, stranger = scene.register(2)
    with scope(owner), pytest.raises(Refused, match="member_unknown"):
        member_of(firm, stranger.pk)


@pytest.mark.parametrize("more", [1, 50])
def test_list_of_members_takes_one_query(
    owner: Actor, firm: Firm, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        add_member(actor=owner, firm=firm, colleague=replace(COLLEAGUE, username=f"staff-{number}"), at=LATER)
    with scope(owner), django_assert_num_queries(1):
        names = [member.account.username for member in members(firm)]
    assert len(names) == more + 1


def test_members_are_seen_by_their_firm_and_themselves(owner: Actor, firm: Firm) -> None:
    _, stranger = scene.register(2)
    office = scene.office_actor(scene.EAST)
    with scope(owner):
        assert [member.firm for member in Member.objects.all()] == [firm]
    with scope(Actor(kind="public", account_id=stranger.account_id)):
        assert [member.pk for member in Member.objects.all()] == [stranger.pk]
    for blind in (PUBLIC, office):
        with scope(blind):
            assert not Member.objects.exists()
