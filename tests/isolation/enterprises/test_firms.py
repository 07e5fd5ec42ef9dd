"""Two firms beside each other, committed: not even SQL shows one what is the other's."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import Connection
from tests import scene

from tidu.database.address import Addresses
from tidu.database.scope import Actor, scope
from tidu.enterprises.actions import append_statement, save_profile_field
from tidu.enterprises.models import Firm

pytestmark = pytest.mark.commits

PRIVATE = ("enterprises_member", "enterprises_profilefield", "enterprises_statement", "records_entry")


@pytest.fixture
def firms() -> tuple[Actor, Actor]:
    scene.open_offices()
    first, second = scene.firm_actor(1), scene.firm_actor(2)
    for actor in (first, second):
        with scope(actor):
            firm = Firm.objects.get(pk=actor.firm_id or 0)
            save_profile_field(
                actor=actor, firm=firm, fact="revenue", period=2025, raw="1", expected_version=0, at=scene.AT
            )
            append_statement(
                actor=actor,
                firm=firm,
                source="firm",
                facts={"year": 2025},
                references={},
                snapshot="",
                at=scene.AT,
            )
    return first, second


@pytest.fixture
def serving(fresh_database: Addresses, firms: tuple[Actor, Actor]) -> Iterator[Connection]:
    with psycopg.connect(fresh_database.app.conninfo()) as connection:
        yield connection


def act_as(serving: Connection, actor: Actor) -> None:
    for name, value in {
        "kind": actor.kind,
        "account": actor.account_id,
        "office": actor.office_id,
        "firm": actor.firm_id,
    }.items():
        serving.execute(
            "SELECT set_config(%s, %s, false)", [f"tidu.{name}", "" if value is None else str(value)]
        )


def count(serving: Connection, table: str) -> int:
    row = serving.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("table", PRIVATE[:3])
def test_firm_sees_its_own_rows_alone(serving: Connection, firms: tuple[Actor, Actor], table: str) -> None:
    for actor in firms:
        act_as(serving, actor)
        rows = serving.execute(f"SELECT DISTINCT firm_id FROM {table}").fetchall()
        assert rows == [(actor.firm_id,)]


def test_firm_reads_its_own_ledger_alone(serving: Connection, firms: tuple[Actor, Actor]) -> None:
    for actor in firms:
        act_as(serving, actor)
        rows = serving.execute("SELECT verb, firm_id FROM records_entry ORDER BY seq").fetchall()
        assert rows == [("register", actor.firm_id), ("state", actor.firm_id)]


@pytest.mark.parametrize("table", PRIVATE)
@pytest.mark.parametrize("kind", ["", "public", "office", "auditor", "operator"])
def test_nobody_else_sees_anything(
    serving: Connection, firms: tuple[Actor, Actor], table: str, kind: str
) -> None:
    serving.execute("SELECT set_config('tidu.kind', %s, false)", [kind])
    if table == "records_entry" and kind in ("auditor", "operator"):
        rows = serving.execute("SELECT 1 FROM records_entry WHERE firm_id IS NOT NULL").fetchall()
        assert rows == []
    else:
        assert count(serving, table) == 0


def test_firm_writes_for_no_other_firm(serving: Connection, firms: tuple[Actor, Actor]) -> None:
    first, second = firms
    act_as(serving, first)
    changed = serving.execute("UPDATE enterprises_profilefield SET raw = 'x'")
    assert changed.rowcount == 1
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving.execute(
            "INSERT INTO enterprises_profilefield (firm_id, fact, period, raw, version, saved_at)"
            " VALUES (%s, 'x', 0, '', 1, now())",
            [second.firm_id],
        )


def test_firm_lets_nobody_into_another_firm(serving: Connection, firms: tuple[Actor, Actor]) -> None:
    first, second = firms
    act_as(serving, first)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        serving.execute(
            "INSERT INTO enterprises_member (firm_id, account_id, role, name, phone, is_employee, joined_at)"
            " VALUES (%s, %s, 'owner', '', '', true, now())",
            [second.firm_id, first.account_id],
        )


def test_identity_of_a_firm_is_public(serving: Connection) -> None:
    assert count(serving, "enterprises_firm") == 2
