"""Demonstration and real data stay apart."""

from pathlib import Path

import psycopg
import pytest

from tidu.database.address import Addresses
from tidu.database.home import Home
from tidu.deployment.marker import MixedUp, claim, is_demonstration, refuse_demonstration

pytestmark = pytest.mark.commits


def open_an_account(found: Addresses) -> None:
    with psycopg.connect(found.owner.conninfo()) as connection:
        connection.execute(
            "INSERT INTO offices_account"
            " (username, name, email, password, is_active, is_operator, created_at)"
            " VALUES ('someone', '', '', '', true, false, now())"
        )


def test_an_empty_database_becomes_a_demonstration_and_stays_one(
    fresh_database: Addresses, tmp_path: Path
) -> None:
    place = Home(tmp_path)
    assert not is_demonstration(place)
    claim(place, fresh_database)
    assert is_demonstration(place)
    open_an_account(fresh_database)
    claim(place, fresh_database)


def test_a_database_in_use_never_becomes_a_demonstration(fresh_database: Addresses, tmp_path: Path) -> None:
    open_an_account(fresh_database)
    with pytest.raises(MixedUp, match="已有正式数据，演示不会写入"):
        claim(Home(tmp_path), fresh_database)
    assert not is_demonstration(Home(tmp_path))


def test_a_demonstration_is_never_served_as_the_real_thing(fresh_database: Addresses, tmp_path: Path) -> None:
    place = Home(tmp_path)
    refuse_demonstration(place)
    claim(place, fresh_database)
    with pytest.raises(MixedUp, match="不能作为正式系统启动"):
        refuse_demonstration(place)
