"""The people and offices that tests act with, made by the same actions as anywhere else."""

from datetime import UTC, datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.enterprises.actions import Contact, Login, register_firm
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.models import Firm, Member
from tidu.law.identity import demonstration_code
from tidu.offices.actions import load_offices, open_account
from tidu.offices.actors import actor_for_post
from tidu.offices.enums import Role
from tidu.offices.models import Account, Area, Office, Post
from tidu.offices.queries import area_by_code, office_by_code

AT = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
"""A Monday morning in Beijing."""

PASSWORD = "correct horse battery staple"

MOST_QUERIES = 20
"""Of any page, whatever it lists."""

PROVINCE, CITY, EAST, WEST = "shili-province", "shili-city", "shili-east", "shili-west"
MINISTRY = "shili-ministry"
"""The invented office above the province, which recognises 小巨人."""


def open_offices(at: datetime = AT) -> dict[str, Office]:
    """The offices of 示例省 by their codes."""
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="demonstration", at=at)
        return {office.code: office for office in Office.objects.all()}


def open_post(
    code: str, role: Role = Role.CLERK, username: str = "", at: datetime = AT
) -> tuple[Account, Post]:
    """A new account with a post in the office with this code."""
    with scope(SYSTEM):
        office = office_by_code(code)
        account, _ = open_account(
            actor=SYSTEM,
            office=office,
            username=username or f"{code}-{role}",
            name=f"{role.label}岗",
            role=role,
            at=at,
        )
        return account, account.posts.select_related("office", "account").get()


def office_actor(code: str, role: Role = Role.CLERK, username: str = "", at: datetime = AT) -> Actor:
    """Somebody who acts for the office with this code."""
    _, post = open_post(code, role, username, at)
    return actor_for_post(post)


def area(code: str = EAST) -> Area:
    """The area with this code."""
    with scope(PUBLIC):
        return area_by_code(code)


def register(number: int = 1, *, area_code: str = EAST, at: datetime = AT) -> tuple[Firm, Member]:
    """The invented firm of this number, with its owner `firm-<number>`."""
    return register_firm(
        actor=PUBLIC,
        uscc=demonstration_code(number),
        name=f"示例第{number}精密制造有限公司",
        area=area(area_code),
        contact=Contact(
            name="企业联系人", phone="000-00001000", email=f"firm-{number}@example.invalid", is_employee=True
        ),
        login=Login(username=f"firm-{number}", password=PASSWORD),
        at=at,
        demonstration=True,
    )


def firm_actor(number: int = 1, *, area_code: str = EAST, at: datetime = AT) -> Actor:
    """The owner of the invented firm of this number, which is registered now."""
    _, member = register(number, area_code=area_code, at=at)
    return actor_for_member(member)


def queries_of(client: Client, path: str) -> int:
    """How many queries a page takes, once whoever asks is known to it."""
    client.get(path)
    with CaptureQueriesContext(connection) as caught:
        response = client.get(path)
    assert response.status_code == 200
    return len(caught)
