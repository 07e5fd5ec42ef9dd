"""Asking every address as everybody: what it answers, what it shows, and which tables it writes to."""

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.core.files.base import File
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.isolation import town
from tests.isolation.town import ROLES, Town

from tidu.database.scope import SYSTEM, scope

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AS_LONG_AS_THE_CLOCK_MAY_MOVE = 60 * 24 * 60 * 60
SESSION = "django_session"
"""Written by any page; it holds nothing but who is logged in."""


def route_names() -> list[str]:
    """Every address of the product by its name, in the order of the addresses."""
    return list(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            assert pattern.name, f"{pattern} has no name"
            yield pattern.name


def arguments_asked(name: str) -> set[str]:
    """What the address of this name takes."""
    ((_, parameters),) = (
        (form, set(params)) for form, params in get_resolver().reverse_dict.getlist(name)[0][0]
    )
    return parameters


@dataclass(frozen=True)
class Answered:
    """What came back: `text` is all of it that can be read, `written` the tables that were written to."""

    status: int
    text: str
    location: str
    written: frozenset[str]

    @property
    def kind(self) -> str:
        """ok, login, elsewhere (another page), or the number of a refusal."""
        if self.status in (301, 302):
            return (
                "login" if self.location.startswith("/login/?") or self.location == "/login/" else "elsewhere"
            )
        return "ok" if self.status in (200, 201, 204) else str(self.status)


@dataclass
class Askers:
    """One browser for each role, over a town whose clock stands still."""

    town: Town
    clients: Mapping[str, Client]
    cookies: Mapping[str, str]
    set_clock: Callable[[datetime], None]
    counted: Mapping[str, int] = field(default_factory=dict)

    def address(self, name: str, **changed: object) -> str:
        """The address of this name, with the town's objects in it."""
        known = self.town.arguments_of(name) | changed
        return reverse(name, kwargs={one: known[one] for one in arguments_asked(name)})

    def ask(self, role: str, method: str, address: str, *words: Any, **more: Any) -> Answered:
        """One request, undone afterwards."""
        client = self.clients[role]
        client.cookies = SimpleCookie(self.cookies[role])
        cache.clear()
        for form in (*words, *more.values()):
            for value in form.values() if isinstance(form, Mapping) else ():
                if isinstance(value, File):
                    value.seek(0)  # whoever was asked before has read it to its end
        with undone():
            response: Any = getattr(client, method.lower())(address, *words, **more)
            after = contents(self._touched())
        before = contents(after)
        written = frozenset(table for table in after if after[table] != before[table])
        location = response.headers.get("Location", "")
        return Answered(response.status_code, text_of(response), location, written)

    def _touched(self) -> set[str]:
        """Tables that may have been written to since this was asked last; what was undone counts as well."""
        counted = writes()
        touched = {table for table, count in counted.items() if count != self.counted.get(table, 0)}
        self.counted = counted
        return touched - {SESSION}

    @contextmanager
    def at(self, moment: datetime | None) -> Iterator[None]:
        """The clock stands elsewhere meanwhile."""
        if moment:
            self.set_clock(moment)
        try:
            yield
        finally:
            self.set_clock(town.NOW)


def open_browsers(built: Town, monkeypatch: pytest.MonkeyPatch) -> Askers:
    """Everybody logged in, the clock at the town's hour."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment.astimezone(UTC))

    set_clock(town.NOW)
    clients = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, client in clients.items():
        if ROLES[role]:
            client.force_login(town.account_of(role), backend=BACKEND)
            client.get("/identity/")
            session = client.session
            session.set_expiry(AS_LONG_AS_THE_CLOCK_MAY_MOVE)
            session.save()
    cookies = {role: client.cookies.output(header="") for role, client in clients.items()}
    return Askers(built, clients, cookies, set_clock)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def writes() -> dict[str, int]:
    """Rows that this test has written so far, by table; what was undone again counts as well."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


def contents(tables: Collection[str]) -> dict[str, object]:
    """A fingerprint of every row of these tables, whoever may read them."""
    found: dict[str, object] = {}
    if not tables:
        return found
    with scope(SYSTEM), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*), sum(hashtextextended(t::text, 0)) FROM "{table}" t')
            found[table] = cursor.fetchone()
    return found


def text_of(response: Any) -> str:
    """Everything a reader of the answer can read: of workbooks their sheets; of pictures and PDFs nothing."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return unquote(response.headers.get("Content-Disposition", "")) + _written_out(response, content)


def _written_out(response: Any, content: bytes) -> str:
    kind = response.headers.get("Content-Type", "")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [name for name in book.namelist() if name.startswith("xl/")]
            return "\n".join(html.unescape(book.read(name).decode()) for name in sheets)
    if kind.startswith("application/json"):
        return json.dumps(json.loads(content), ensure_ascii=False) if content else ""
    if not kind.startswith("text/"):
        return ""
    return html.unescape(content.decode())


def without_chance(text: str, asked: str) -> str:
    """A page without what differs between two askings: the token of its forms, and what was asked for."""
    return re.sub("[0-9A-Za-z]{64}", "", unquote(text)).replace(asked, "")


def nothing_like(text: str) -> str:
    """A text of the same shape that stands nowhere."""
    return "".join(map(_another, text))


def _another(one: str) -> str:
    """A digit for a digit, a letter for a letter."""
    if one.isdecimal():
        return str(9 - int(one))
    if one.isalpha():
        return "x" if one.isascii() else "无"
    return one
