"""Who is asking. Every query runs inside ``with scope(actor):``, else row-level security shows no row.

The scope lives in the transaction (``set_config(…, is_local => true)``), so a pooled connection can never
carry one person's rights into another person's request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

from django.db import connection, transaction

Kind = Literal["public", "firm", "office", "auditor", "operator", "system"]


@dataclass(frozen=True)
class Actor:
    """Somebody on whose behalf the system acts.

    ``name`` is what the ledger shows: an office or a firm, never a person.
    """

    kind: Kind
    account_id: int | None = None
    office_id: int | None = None
    firm_id: int | None = None
    roles: frozenset[str] = frozenset()
    name: str = ""


SYSTEM = Actor(kind="system", name="系统")
PUBLIC = Actor(kind="public", name="公众")

_current: ContextVar[Actor | None] = ContextVar("tidu_actor", default=None)


def current_actor() -> Actor | None:
    """The actor of the innermost scope, or None outside any."""
    return _current.get()


@contextmanager
def scope(actor: Actor) -> Iterator[None]:
    """A transaction in which the database sees ``actor``.

    Nested: the same actor only makes a savepoint; another actor is set, and the outer one set again on leaving.
    A failure rolls the savepoint back, and PostgreSQL takes back the setting with it.
    """
    outer = _current.get()
    with transaction.atomic():
        if actor == outer and connection.in_atomic_block:
            yield
            return
        _tell_database(actor)
        token = _current.set(actor)
        try:
            yield
        finally:
            _current.reset(token)
        if not connection.needs_rollback:
            _tell_database(outer)


def _tell_database(actor: Actor | None) -> None:
    """An empty setting reads as NULL in ``tidu_kind()`` and its sisters."""
    told = ("", "", "", "") if actor is None else (
        actor.kind,
        str(actor.account_id or ""),
        str(actor.office_id or ""),
        str(actor.firm_id or ""),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tidu.kind', %s, true), set_config('tidu.account', %s, true),"
            " set_config('tidu.office', %s, true), set_config('tidu.firm', %s, true)",
            told,
        )
