"""What the database refuses, constraint by constraint, and that the ledger only grows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from psycopg import sql
from pytest_django import DjangoDbBlocker

from tidu.database.scope import SYSTEM
from tidu.records.actions import open_chain, record, seal_day
from tidu.records.models import BODY_LIMIT, Chain, Entry, Frozen, Root, SealedEntry

DIGEST = "0" * 64


def night(**changes: str) -> Root:
    at = datetime(2026, 4, 1, 16, tzinfo=UTC)
    digests = {"tree_root": DIGEST, "previous": DIGEST, "digest": DIGEST}
    return Root(day=at.date(), count=0, sealed_at=at, **digests | changes)


def append(chain: Chain, **changes: Any) -> None:
    """Straight through the database's door, past the action."""
    values = {
        "chain": chain.pk,
        "seq": 1,
        "verb": "case.note",
        "kind": "system",
        "account": None,
        "office": None,
        "firm": None,
        "name": "",
        "happened_at": "2026-04-01T04:00:00Z",
        "written_at": "2026-04-01T04:00:00Z",
        "salt": b"s",
        "body": b"{}",
        "body_digest": DIGEST,
        "snapshot": None,
        "previous": chain.head_digest,
        "digest": DIGEST,
        "algorithm": "sha256",
        **changes,
    }
    named = [sql.SQL("{} => {}").format(sql.Identifier(name), value) for name, value in values.items()]
    arguments = sql.SQL(", ").join(named)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(sql.SQL("SELECT records_append({})").format(arguments).as_string(cursor.connection))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("entry_verb_is_a_word", {"verb": "Case Note"}),
        ("entry_actor_kind_known", {"kind": "robot"}),
        ("entry_of_a_firm_names_the_firm", {"kind": "firm"}),
        ("entry_of_an_office_names_the_office", {"kind": "office"}),
        ("entry_body_and_salt_go_together", {"salt": None}),
        ("entry_body_and_salt_go_together", {"body": None}),
        ("entry_body_within_limit", {"body": b"x" * (BODY_LIMIT + 1)}),
        ("entry_algorithm_known", {"algorithm": "md5"}),
        ("entry_digests_are_digests", {"body_digest": "短"}),
        ("chain_head_is_a_digest", {"digest": "ABC"}),
    ],
)
def test_an_entry_that_must_never_be_is_refused(
    chain: Chain, constraint: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        append(chain, **changes)


def test_an_entry_names_only_a_snapshot_that_is_there(chain: Chain) -> None:
    append(chain, snapshot="f" * 64)
    with pytest.raises(IntegrityError, match="records_entry_snapshot"), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


def test_an_entry_must_follow_the_head(chain: Chain, noon: datetime) -> None:
    record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})
    for changes in ({"seq": 1}, {"seq": 3}, {"seq": 2, "previous": DIGEST}):
        with pytest.raises(DatabaseError, match="does not follow the head"):
            append(chain, **changes)


def test_the_same_digest_is_not_written_twice(chain: Chain) -> None:
    append(chain)
    with pytest.raises(IntegrityError, match="entry_digest_once"):
        append(open_chain(kind="case"))


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("chain_kind_is_a_word", Chain(kind="案 件", token="a" * 32, head_digest=DIGEST)),
        ("chain_token_is_hexadecimal", Chain(kind="case", token="短", head_digest=DIGEST)),
        ("chain_algorithm_known", Chain(kind="case", token="a" * 32, head_digest=DIGEST, algorithm="md5")),
        ("chain_head_is_a_digest", Chain(kind="case", token="a" * 32, head_digest="短")),
        ("records_chain_head_seq_check", Chain(kind="case", token="a" * 32, head_digest=DIGEST, head_seq=-1)),
        ("frozen_digest_is_that_of_the_body", Frozen(digest=DIGEST, body=b"{}")),
        ("root_algorithm_known", night(algorithm="md5")),
        ("root_digests_are_digests", night(tree_root="短")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_must_never_be_is_refused(owner: psycopg.Connection, constraint: str, row: Any) -> None:
    """Tried as the owner, whom no policy binds."""
    fields = [field for field in row._meta.concrete_fields if field.column != "id"]
    values = {field.column: getattr(row, field.attname) for field in fields}
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(row._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(sql.Placeholder() * len(values)),
    )
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
        owner.execute(insert, list(values.values()))


def test_an_index_is_sealed_once_per_root(chain: Chain, noon: datetime) -> None:
    entries = [record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={"n": n}) for n in range(2)]
    root = seal_day(day=noon.date(), at=noon)
    later = record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})
    with pytest.raises(IntegrityError, match="sealed_entry_index_once_per_root"), transaction.atomic():
        SealedEntry.objects.create(entry=later, root=root, index=1, leaf=DIGEST)
    with pytest.raises(IntegrityError, match="records_sealedentry_pkey"), transaction.atomic():
        SealedEntry.objects.bulk_create([SealedEntry(entry=entries[0], root=root, index=9, leaf=DIGEST)])


# The ledger only grows


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[psycopg.Connection]:
    """The owner of the tables, with a row in each, all of it rolled back."""
    with django_db_blocker.unblock():
        where = connections["owner"].get_connection_params()
    where = {name: where[name] for name in ("host", "port", "dbname", "user", "password")}
    with psycopg.connect(**where) as owner:
        owner.execute(ROWS, {"d": DIGEST, "e": sha256(b"{}").hexdigest(), "token": "a" * 32})
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield owner
        owner.rollback()


ROWS: LiteralString = """
    WITH frozen AS (INSERT INTO records_frozen (digest, body, public) VALUES (%(e)s, '{}', false)),
    chain AS (
        INSERT INTO records_chain (kind, token, algorithm, head_seq, head_digest)
        VALUES ('case', %(token)s, 'sha256', 1, %(d)s) RETURNING id
    ),
    entry AS (
        INSERT INTO records_entry (chain_id, seq, verb, actor_kind, actor_name, at, written_at, salt, body,
            body_digest, previous, digest, algorithm)
        SELECT id, 1, 'case.note', 'system', '', now(), now(), 's', '{}', %(d)s, %(d)s, %(d)s, 'sha256'
        FROM chain RETURNING id
    ),
    root AS (
        INSERT INTO records_root (day, count, tree_root, previous, sealed_at, algorithm, digest)
        VALUES ('2026-04-01', 1, %(d)s, %(d)s, now(), 'sha256', %(d)s) RETURNING id
    )
    INSERT INTO records_sealedentry (entry_id, root_id, index, leaf)
    SELECT entry.id, root.id, 0, %(d)s FROM entry, root
"""
TABLES = ["records_frozen", "records_chain", "records_entry", "records_root", "records_sealedentry"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_even_the_owner_cannot_delete(
    owner: psycopg.Connection, table: str, statement: LiteralString
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="the ledger only grows"):
        owner.execute(sql.SQL(statement).format(sql.Identifier(table)))


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE records_entry SET verb = 'case.pass'", "only its body may be erased"),
        ("UPDATE records_entry SET body = '{}'", "only its body may be erased"),
        ("UPDATE records_entry SET body = NULL, salt = NULL, office_id = 1", "only its body may be erased"),
        ("UPDATE records_chain SET kind = 'title'", "a chain only grows"),
        ("UPDATE records_chain SET head_seq = head_seq - 1", "a chain only grows"),
        ("UPDATE records_chain SET head_digest = repeat('0', 64)", "a chain only grows"),
        ("UPDATE records_frozen SET public = true, body = '[]'", "never changed"),
        ("UPDATE records_root SET count = 0", "the ledger only grows"),
        ("UPDATE records_sealedentry SET index = 7", "the ledger only grows"),
    ],
)
def test_even_the_owner_cannot_change(owner: psycopg.Connection, statement: LiteralString, why: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match=why):
        owner.execute(statement)


def test_a_public_body_does_not_become_private_again(owner: psycopg.Connection) -> None:
    owner.execute("UPDATE records_frozen SET public = true")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"):
        owner.execute("UPDATE records_frozen SET public = false")


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["records_chain", "records_entry", "records_root", "records_sealedentry"])
def test_the_serving_role_may_not_even_try(chain: Chain, table: str, statement: LiteralString) -> None:
    column = "leaf" if table == "records_sealedentry" else "id"
    names = [sql.Identifier(name) for name in (table, column, column)]
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        connection.cursor() as cursor,
        transaction.atomic(),
    ):
        cursor.execute(sql.SQL(statement).format(*names).as_string(cursor.connection))


def test_the_serving_role_inserts_no_entry_but_through_the_door(chain: Chain, noon: datetime) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Entry.objects.create(chain=chain, seq=1, verb="case.note", at=noon, written_at=noon)
