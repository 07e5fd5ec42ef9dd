"""``verify_all`` finds any altered row, in every column, even one altered by the administrator himself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import LiteralString

import psycopg
import pytest
from django.apps import apps
from psycopg import sql

from tidu.database.address import Addresses
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.records.actions import erase_body, freeze, open_chain, record, seal_day
from tidu.records.models import Chain
from tidu.records.verification import verify_all, verify_chain

NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)
OFFICE = Actor(kind="office", account_id=8, office_id=2, name="示例区工信局")

pytestmark = pytest.mark.commits


@pytest.fixture
def written() -> Chain:
    """Two chains with snapshots, an erasure, an empty chain, two nights, one entry not sealed yet."""
    with scope(SYSTEM):
        chains = [open_chain(kind="case"), open_chain(kind="case")]
        for chain in chains:
            snapshot = freeze({"案": chain.token})
            record(
                chain=chain,
                verb="case.submit",
                actor=SYSTEM,
                at=NOON,
                body={"联系人": "某"},
                snapshot=snapshot,
            )
            with scope(OFFICE):
                record(chain=chain, verb="case.pass", actor=OFFICE, at=NOON, body={"意见": "同意"})
        open_chain(kind="notice")
        seal_day(day=date(2026, 4, 1), at=NOON)
        erase_body(entry=chains[0].entries.get(seq=1), reason="当事人要求", actor=SYSTEM, at=NOON)
        seal_day(day=date(2026, 4, 2), at=NOON)
        record(chain=chains[1], verb="case.note", actor=SYSTEM, at=NOON, body={})
    return chains[0]


def found() -> set[str]:
    with scope(SYSTEM):
        return {broken.what for broken in verify_all()}


@pytest.fixture
def administrator(written: Chain, fresh_database: Addresses) -> Iterator[psycopg.Connection]:
    """One who has put triggers, foreign keys and checks out of his way."""
    with psycopg.connect(fresh_database.admin.conninfo(), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for table, name in connection.execute(CHECKS).fetchall():
            check = map(sql.Identifier, (table, name))
            connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(*check))
        for table in tables():
            names = (saved(table), sql.Identifier(table))
            connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(*names))
        yield connection


CHECKS: LiteralString = (
    "SELECT conrelid::regclass::text, conname FROM pg_constraint"
    " WHERE contype = 'c' AND conname ~ '^(chain|entry|frozen|root|sealed)_'"
)


def tables() -> list[str]:
    return [model._meta.db_table for model in apps.get_app_config("records").get_models()]


def saved(table: str) -> sql.Identifier:
    return sql.Identifier(f"saved_{table}")


def found_after(connection: psycopg.Connection, statement: sql.SQL | sql.Composed) -> set[str]:
    """What verification finds once the statement was executed; afterwards all is as before."""
    assert connection.execute(statement).rowcount > 0
    what = found()
    for table in tables():
        names = {"table": sql.Identifier(table), "saved": saved(table)}
        connection.execute(sql.SQL("DELETE FROM {table}").format(**names))
        connection.execute(sql.SQL("INSERT INTO {table} TABLE {saved}").format(**names))
    return what


def test_a_true_ledger_holds(written: Chain) -> None:
    assert found() == set()
    with scope(SYSTEM):
        assert verify_chain(written) == []


ALTERED: dict[str, LiteralString] = {
    "bigint": "coalesce({column}, 0) + 1000",
    "integer": "{column} + 1000",
    "character varying": "overlay(coalesce({column}, repeat('0', 64)) placing '0g' from 1 for 2)",
    "timestamp with time zone": "{column} + interval '1 microsecond'",
    "date": "{column} + 700",
    "bytea": "coalesce({column}, '') || '\\x00'::bytea",
}
UNPROTECTED = {("records_frozen", "public")}
"""Who may read a body is no part of the record."""
BARE_KEYS = [("records_chain", "id"), ("records_entry", "id")]
"""The keys of an empty chain and of an entry not sealed yet: nothing points at them, they say nothing."""


def columns(connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    rows = connection.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_name = ANY(%s) ORDER BY 1, ordinal_position",
        [tables()],
    ).fetchall()
    return [row for row in rows if row[:2] not in UNPROTECTED]


def test_an_altered_value_is_found_in_every_column(administrator: psycopg.Connection) -> None:
    """One value at a time, in every row of every table."""
    unnoticed = []
    for table, column, kind in columns(administrator):
        names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
        rows = administrator.execute(sql.SQL("SELECT count(*) FROM {table}").format(**names)).fetchone()
        for row in range(rows[0] if rows else 0):
            altered = sql.SQL(ALTERED[kind]).format(**names)
            statement = sql.SQL(
                "UPDATE {table} SET {column} = {altered} WHERE ctid ="
                " (SELECT ctid FROM {table} ORDER BY ctid OFFSET {row} LIMIT 1)"
            ).format(**names, altered=altered, row=row)
            if found_after(administrator, statement) == set():
                unnoticed.append((table, column))
    assert unnoticed == BARE_KEYS
    assert found() == set()


TAMPERING: dict[LiteralString, str] = {
    "UPDATE records_entry SET verb = 'case.refuse' WHERE seq = 2": "entry",
    "UPDATE records_entry SET body = '{}' WHERE seq = 2": "body",
    "UPDATE records_entry SET body = NULL, salt = NULL WHERE seq = 2": "erased",
    "UPDATE records_entry SET salt = NULL WHERE seq = 2": "half_erased",
    "UPDATE records_entry SET snapshot = NULL WHERE seq = 1": "entry",
    "UPDATE records_entry SET algorithm = 'md5' WHERE seq = 1": "algorithm",
    "UPDATE records_entry SET office_id = NULL, account_id = NULL WHERE seq = 2": "entry",
    "UPDATE records_root SET algorithm = 'md5'": "algorithm",
    "UPDATE records_frozen SET body = '{}'": "snapshot",
    "UPDATE records_chain SET kind = 'title' WHERE kind = 'notice'": "head",
    "DELETE FROM records_frozen": "snapshot_missing",
    "DELETE FROM records_entry WHERE seq = 1": "sequence",
    "DELETE FROM records_entry WHERE seq = 3": "length",
    "DELETE FROM records_entry": "length",
    "DELETE FROM records_sealedentry WHERE index = 0": "sealed_count",
    "DELETE FROM records_root WHERE day = '2026-04-01'": "root_previous",
}


def test_each_kind_of_tampering_is_named(administrator: psycopg.Connection) -> None:
    named = {text: found_after(administrator, sql.SQL(text)) for text in TAMPERING}
    assert {text: what for text, what in named.items() if TAMPERING[text] not in what} == {}


def test_a_chain_rewritten_whole_is_found_by_its_nights(
    written: Chain, administrator: psycopg.Connection
) -> None:
    """Whoever rewrites an entry and every digest after it still cannot rewrite what was sealed."""
    with scope(SYSTEM):
        forged = open_chain(kind="case")
        record(chain=forged, verb="case.submit", actor=SYSTEM, at=NOON, body={"联系人": "另一人"})
    keys = {"true": written.pk, "forged": forged.pk}
    administrator.execute("DELETE FROM records_entry WHERE chain_id = %(true)s", keys)
    administrator.execute("DELETE FROM records_chain WHERE id = %(true)s", keys)
    administrator.execute("UPDATE records_chain SET id = %(true)s WHERE id = %(forged)s", keys)
    administrator.execute("UPDATE records_entry SET chain_id = %(true)s WHERE chain_id = %(forged)s", keys)
    assert found() == {"sealed"}


def test_an_altered_row_is_named_by_chain_and_number(
    written: Chain, administrator: psycopg.Connection
) -> None:
    administrator.execute(
        "UPDATE records_entry SET actor_name = '别的局' WHERE seq = 2 AND chain_id = %s", [written.pk]
    )
    with scope(SYSTEM):
        broken = verify_chain(written)
    assert [(item.chain, item.seq, item.what) for item in broken] == [(written.token, 2, "entry")]
