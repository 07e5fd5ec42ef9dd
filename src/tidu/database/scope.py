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
from psycopg.pq import TransactionStatus

Kind = Literal["public", "firm", "office", "auditor", "expert", "operator", "system"]


@dataclass(frozen=True)
class Actor:
    """Somebody on whose behalf the system acts.

    ``name`` is what the ledger shows: an office or a firm, never a person. An expert acts by his account.
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
def scope(actor: Actor, *, writes: bool = True) -> Iterator[None]:
    """A transaction in which the database sees ``actor``; one that cannot write if ``writes`` is false.

    Nested: the same actor only makes a savepoint; another is set, and the outer one set again on leaving.
    A failure rolls the savepoint back, and PostgreSQL takes back the setting with it.
    """
    outer = _current.get()
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if actor == outer and not outermost and writes:
            yield
            return
        _tell_database(actor, writes=writes)
        token = _current.set(actor)
        try:
            yield
        finally:
            _current.reset(token)
        if connection.needs_rollback:
            return
        if outermost:
            _refuse_a_hollow_commit()
        else:
            _tell_database(outer)


def _refuse_a_hollow_commit() -> None:
    """PostgreSQL answers COMMIT after a swallowed error with a silent rollback: say so instead."""
    if connection.connection.info.transaction_status == TransactionStatus.INERROR:
        raise transaction.TransactionManagementError("a database error was swallowed inside the scope")


def _tell_database(actor: Actor | None, *, writes: bool = True) -> None:
    """An empty setting reads as NULL in ``tidu_kind()`` and its sisters."""
    read_only = "" if writes else ", set_config('transaction_read_only', 'on', true)"
    told = (actor.kind, actor.account_id, actor.office_id, actor.firm_id) if actor else (None,) * 4
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tidu.kind', %s, true), set_config('tidu.account', %s, true),"
            f" set_config('tidu.office', %s, true), set_config('tidu.firm', %s, true){read_only}",
            ["" if value is None else str(value) for value in told],
        )
