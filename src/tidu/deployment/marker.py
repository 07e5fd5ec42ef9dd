"""Demonstration and real work never share a database: a file in TIDU_HOME marks the demonstration."""

from psycopg import connect

from tidu.database.address import Addresses
from tidu.database.home import Home

NAME = "demonstration"


class MixedUp(Exception):
    """A demonstration was asked for over real data, or the other way round."""


def is_demonstration(place: Home) -> bool:
    return (place.path / NAME).exists()


def claim(place: Home, found: Addresses) -> None:
    """Marks a still empty database as a demonstration; refuses one that holds anything else."""
    mark = f"{found.admin.host} {found.admin.name}"
    marker = place.path / NAME
    if marker.exists() and marker.read_text(encoding="utf-8") == mark:
        return
    if not is_empty(found):
        raise MixedUp(
            f"数据库 {found.admin.name} 已有正式数据，演示不会写入。请用 TIDU_HOME 或 DATABASE_URL 另指一处。"
        )
    marker.write_text(mark, encoding="utf-8")


def refuse_demonstration(place: Home) -> None:
    if is_demonstration(place):
        raise MixedUp(f"{place.path} 是演示数据，不能作为正式系统启动。请用 TIDU_HOME 另指一处。")


def is_empty(found: Addresses) -> bool:
    """Nobody has an account in it yet."""
    with connect(found.owner.conninfo()) as connection:
        if connection.execute("SELECT to_regclass('public.offices_account')").fetchone() == (None,):
            return True
        return connection.execute("SELECT 1 FROM offices_account LIMIT 1").fetchone() is None
