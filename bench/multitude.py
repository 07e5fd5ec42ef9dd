"""A hundred thousand cases at every stage: the demonstration, told by real actions, copied row by row.

The copies are made by the owner of the tables, outside every action: nothing of them is meant to be true,
only to be as many and as mixed as in a large province. Each copy is a whole world: firm, title, case,
stages, readers, checks and papers refer to each other as the originals do.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from django.apps import apps
from django.db.models import Field, Model
from psycopg import sql

from tidu.records.models import Chain

COPIED = (
    "enterprises.Firm",
    "enterprises.Member",
    "titles.Title",
    "applications.Case",
    "applications.CaseReader",
    "applications.CaseStage",
    "applications.Correction",
    "inspections.CreditCheck",
    "inspections.Inspection",
)
"""In the order in which they refer to each other."""

#: What must differ between copies, from the old row `o`, the number of the copy `k` and the new key `new`.
DIFFERENT: Mapping[tuple[str, str], str] = {
    ("enterprises.Firm", "uscc"): "'91990000' || upper(lpad(to_hex(m.new), 10, '0'))",
    ("enterprises.Firm", "name"): "replace(o.name, '示例', '示例' || m.k)",
    ("titles.Title", "token"): "md5('title' || m.new)",
    ("titles.Title", "case_number"): "o.case_number || '-' || m.k",
    ("applications.Case", "number"): "o.number || '-' || m.k",
}

#: Columns that the database keeps by triggers: copied as they stand, which is what the triggers would find.
KEPT: Mapping[str, tuple[str, ...]] = {"applications.Case": ("reader_ids",)}
TRIGGERS = (
    ("applications_case", "a_case_knows_its_readers"),
    ("applications_casereader", "a_case_is_told_of_its_readers"),
)


def multiply(conninfo: str, *, cases: int) -> int:
    """Copy until there are at least so many cases; how many there are then."""
    with psycopg.connect(conninfo, autocommit=True) as owner, owner.cursor() as cursor:
        there = _count(cursor, "applications.Case")
        times = max(0, -(-(cases - there) // there))
        with owner.transaction():
            _switch(cursor, "DISABLE")
            for name in COPIED:
                _copy(cursor, apps.get_model(name), times)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _switch(cursor, "ENABLE")
        cursor.execute("VACUUM (ANALYZE)")
        return _count(cursor, "applications.Case")


def _switch(cursor: psycopg.Cursor[Any], how: str) -> None:
    for table, trigger in TRIGGERS:
        statement = sql.SQL("ALTER TABLE {} {} TRIGGER {}")
        cursor.execute(statement.format(sql.Identifier(table), sql.SQL(how), sql.Identifier(trigger)))


def _count(cursor: psycopg.Cursor[Any], name: str) -> int:
    table = sql.Identifier(apps.get_model(name)._meta.db_table)  # noqa: SLF001
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(table))
    (found,) = cursor.fetchone() or (0,)
    return int(found)


def _copy(cursor: psycopg.Cursor[Any], model: type[Model], times: int) -> None:
    """New keys for every row and copy, then the rows; a chain of its own where the original has one."""
    table = sql.Identifier(model._meta.db_table)  # noqa: SLF001
    keys = sql.Identifier(_keys(model))
    cursor.execute(
        sql.SQL(
            "CREATE TEMP TABLE {keys} AS SELECT o.id AS old, k, nextval(pg_get_serial_sequence({name}, 'id'))"
            " AS new, nextval(pg_get_serial_sequence('records_chain', 'id')) AS chain"
            " FROM {table} o CROSS JOIN generate_series(1, {times}) k"
        ).format(keys=keys, table=table, name=model._meta.db_table, times=times)  # noqa: SLF001
    )
    cursor.execute(sql.SQL("CREATE INDEX ON {keys} (old, k)").format(keys=keys))
    cursor.execute(sql.SQL("ANALYZE {keys}").format(keys=keys))
    if any(field.related_model is Chain for field in _fields(model)):
        _open_chains(cursor, table, keys)
    columns, values, joins = zip(*_columns(model), strict=True)
    insert = sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM {keys} m JOIN {table} o ON o.id = m.old "
    )
    cursor.execute(
        insert.format(
            table=table, columns=sql.SQL(", ").join(columns), values=sql.SQL(", ").join(values), keys=keys
        )
        + sql.SQL(" ").join(joins)
    )


def _open_chains(cursor: psycopg.Cursor[Any], table: sql.Identifier, keys: sql.Identifier) -> None:
    cursor.execute(
        sql.SQL(
            "INSERT INTO records_chain (id, kind, token, algorithm, head_seq, head_digest)"
            " SELECT m.chain, c.kind, md5('chain' || m.chain), c.algorithm, 0, c.head_digest"
            " FROM {keys} m JOIN {table} o ON o.id = m.old JOIN records_chain c ON c.id = o.chain_id"
        ).format(keys=keys, table=table)
    )


def _columns(model: type[Model]) -> Iterator[tuple[sql.Composable, sql.Composable, sql.Composable]]:
    """Each column, what stands in it in a copy, and what must be joined for that."""
    for field in _fields(model):
        column = sql.Identifier(str(field.column))
        old = sql.SQL("o.{}").format(column)
        different = DIFFERENT.get((model._meta.label, field.name))  # noqa: SLF001
        if field.primary_key:
            yield column, sql.SQL("m.new"), sql.SQL("")
        elif different is not None:
            yield column, sql.SQL(different), sql.SQL("")
        elif field.related_model is Chain:
            yield column, sql.SQL("m.chain"), sql.SQL("")
        elif field.related_model is not None and field.related_model._meta.label in COPIED:  # noqa: SLF001
            other = sql.Identifier(f"of_{field.name}")
            join = sql.SQL("LEFT JOIN {keys} {other} ON {other}.old = {old} AND {other}.k = m.k").format(
                keys=sql.Identifier(_keys(field.related_model)), other=other, old=old
            )
            yield column, sql.SQL("{}.new").format(other), join
        else:
            yield column, old, sql.SQL("")
    for name in KEPT.get(model._meta.label, ()):  # noqa: SLF001
        yield sql.Identifier(name), sql.SQL("o.{}").format(sql.Identifier(name)), sql.SQL("")


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001


def _keys(model: type[Model]) -> str:
    return f"keys_{model._meta.db_table}"  # noqa: SLF001
