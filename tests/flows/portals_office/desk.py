"""Officers at their pages: clients that are logged in, and what a page says."""

import html
import io
import re
from typing import Any

import openpyxl
from django.test import Client
from tests import scene

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.offices.enums import Role
from tidu.offices.models import Account
from tidu.offices.queries import office_by_code


def officer(code: str, role: Role = Role.LEADER) -> Client:
    """Somebody with this post in this office, logged in."""
    account, _ = scene.open_post(code, role, username=f"{code}-{role}-at-desk")
    return _logged_in(account.pk)


def signed_in(actor: Actor) -> Client:
    """The very person who acts in the story, logged in now."""
    assert actor.account_id is not None
    return _logged_in(actor.account_id)


def _logged_in(account_id: int) -> Client:
    with scope(SYSTEM):
        Account.objects.filter(pk=account_id).update(one_time_until=None)
        account = Account.objects.get(pk=account_id)
    client = Client()
    client.force_login(account)
    return client


def office_id(code: str) -> int:
    with scope(SYSTEM):
        return office_by_code(code).pk


def words(response: Any) -> str:
    """The page as text: without tags, in one line."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))


def source(response: Any) -> str:
    """The page as it was sent."""
    return str(response.content.decode())


def sheet_of(response: Any) -> list[list[Any]]:
    """The rows of an exported workbook, its head first."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    assert sheet is not None
    return [list(row) for row in sheet.values]
