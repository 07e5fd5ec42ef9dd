"""Fifty at once: one registers the firm, one saves the field, one owner stays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from tests import scene

from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.enterprises.actions import (
    Contact,
    Login,
    NewMember,
    add_member,
    change_role,
    register_firm,
    remove_member,
    save_profile_field,
)
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, Member, ProfileField
from tidu.law.identity import demonstration_code
from tidu.law.refusals import Refused
from tidu.offices.models import Account, Area

pytestmark = pytest.mark.commits

EVERYBODY, AT_ONCE = 50, 10


def outcomes(work: Callable[[int], Any]) -> list[str]:
    """What became of fifty attempts, ten at a time: `done` or the refusal's code."""
    barrier = Barrier(AT_ONCE, timeout=30)

    def run(number: int) -> str:
        try:
            barrier.wait()
            work(number)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(EVERYBODY)))


@pytest.fixture(autouse=True)
def area() -> Area:
    scene.open_offices()
    return scene.area()


def test_firm_is_registered_once(area: Area) -> None:
    def register(number: int) -> None:
        register_firm(
            actor=PUBLIC,
            uscc=demonstration_code(1),
            name="示例第1精密制造有限公司",
            area=area,
            contact=Contact(name="企业联系人", is_employee=True),
            login=Login(f"person-{number}", scene.PASSWORD),
            at=scene.AT,
            demonstration=True,
        )

    assert outcomes(register) == ["done"] + ["firm_registered_already"] * (EVERYBODY - 1)
    with scope(SYSTEM):
        assert (Firm.objects.count(), Member.objects.count()) == (1, 1)
        assert Account.objects.count() == 1


@pytest.mark.parametrize("first", [True, False])
def test_one_of_fifty_tabs_saves(first: bool) -> None:
    owner = scene.firm_actor()
    firm = Firm.objects.get(pk=owner.firm_id or 0)

    def save(number: int, version: int) -> None:
        save_profile_field(
            actor=owner,
            firm=firm,
            fact="revenue",
            period=2025,
            raw=str(number),
            expected_version=version,
            at=scene.AT,
        )

    if not first:
        save(0, 0)
    version = 0 if first else 1
    assert outcomes(lambda number: save(number, version)) == ["done"] + ["field_moved"] * (EVERYBODY - 1)
    with scope(owner):
        assert ProfileField.objects.get().version == version + 1


def test_two_owners_do_not_both_leave() -> None:
    _, mine = scene.register()
    me = actor_for_member(mine)
    colleague = NewMember(username="colleague", name="财务", role=MemberRole.OWNER, is_employee=True)
    other, _ = add_member(actor=me, firm=mine.firm, colleague=colleague, at=scene.AT)
    pair = (mine, other)

    def leave(number: int) -> None:
        if number % 2:
            remove_member(actor=me, member=pair[number // 2 % 2], at=scene.AT)
        else:
            change_role(actor=me, member=pair[number // 2 % 2], role=MemberRole.EDITOR, at=scene.AT)

    assert "last_owner_stays" in outcomes(leave)
    with scope(SYSTEM):
        assert Member.objects.filter(role=MemberRole.OWNER, left_at__isnull=True).count() == 1
