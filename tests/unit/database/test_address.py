"""The database's address: ours under TIDU_HOME, or the one that DATABASE_URL names."""

from pathlib import Path

import pytest

from tidu.database.address import Address, addresses, parse
from tidu.database.home import Home


def test_a_url_is_taken_apart_with_its_escapes() -> None:
    address = parse("postgresql://maker:p%40ss%2F@db.example.invalid:5433/grad?sslmode=require")
    assert address == Address(
        host="db.example.invalid",
        port=5433,
        name="grad",
        user="maker",
        password="p@ss/",
        options=(("sslmode", "require"),),
    )


def test_a_url_may_name_a_socket_folder() -> None:
    assert parse("postgresql://maker@%2Fvar%2Frun%2Fpostgresql/grad").host == "/var/run/postgresql"


def test_another_kind_of_database_is_refused_with_an_example() -> None:
    with pytest.raises(ValueError, match="postgresql://"):
        parse("mysql://maker@db/grad")


def test_three_roles_enter_the_same_database(tmp_path: Path) -> None:
    found = addresses(Home(tmp_path), {"DATABASE_URL": "postgresql://maker:m@db/grad"})
    users = [address.user for address in (found.admin, found.owner, found.app)]
    assert users == ["maker", "tidu_owner", "tidu_app"]
    assert {address.name for address in (found.admin, found.owner, found.app)} == {"grad"}
    assert len({address.password for address in (found.admin, found.owner, found.app)}) == 3
    assert not found.embedded


def test_without_a_url_the_embedded_server_is_meant(tmp_path: Path) -> None:
    found = addresses(Home(tmp_path), {})
    assert found.embedded
    assert found.app.host == str(tmp_path / "postgres" / "socket")


def test_machines_that_share_a_database_share_the_passwords(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql://db/grad", "TIDU_OWNER_PASSWORD": "o", "TIDU_APP_PASSWORD": "a"}
    found = addresses(Home(tmp_path), environ)
    assert (found.owner.password, found.app.password) == ("o", "a")


def test_a_password_is_not_shown_with_the_address() -> None:
    assert "secret-word" not in repr(parse("postgresql://maker:secret-word@db/grad"))
