"""The embedded server: made safely, shared by all who need it, stopped by the last."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from tidu.database.address import embedded_admin
from tidu.database.cluster import data, is_alive, is_up, start
from tidu.database.embedded import keep_up, prepare, running
from tidu.database.home import Home
from tidu.database.server_user import ServerProblem

VISITOR = """
import sys
from tidu.database.embedded import running
from tidu.database.home import home
with running(home()):
    print("in", flush=True)
    sys.stdin.readline()
"""


def ask(place: Home, question: str) -> object:
    with psycopg.connect(embedded_admin(place).conninfo(name="postgres")) as connection:
        row = connection.execute(question.encode()).fetchone()
        return row and row[0]


def test_a_new_server_is_safe_and_stops_with_its_last_user(place: Home) -> None:
    with running(place):
        names = ["data_checksums", "fsync", "synchronous_commit", "server_encoding", "password_encryption"]
        assert [ask(place, f"SHOW {name}") for name in names] == ["on", "on", "on", "UTF8", "scram-sha-256"]
        assert ask(place, "SHOW listen_addresses") == ""
        assert ask(place, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == 0
        assert ask(place, "SELECT datlocale FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"
        with running(place):
            pass
        assert is_up(place)
    assert not is_up(place)


def test_what_was_committed_is_there_after_the_server_was_killed(place: Home) -> None:
    with running(place):
        with psycopg.connect(embedded_admin(place).conninfo(name="postgres")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(int((data(place) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        while is_alive(place):
            pass
        keep_up(place)
        assert ask(place, "SELECT answer FROM kept") == 42


def test_another_process_keeps_the_server_up(place: Home) -> None:
    prepare(place)
    with subprocess.Popen(
        [sys.executable, "-c", VISITOR],
        env={**os.environ, "TIDU_HOME": str(place.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as visitor:
        assert visitor.stdout is not None
        assert visitor.stdout.readline() == "in\n"
        with running(place):
            pass
        assert is_up(place)
        visitor.communicate("\n")
    assert visitor.returncode == 0
    assert not is_up(place)


def test_data_of_another_version_is_left_alone(place: Home) -> None:
    prepare(place)
    version = data(place) / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(ServerProblem, match="由 PostgreSQL 17 建立，本版本自带 18"):
        start(place, {})
    assert version.read_text() == "17\n"


def test_a_home_too_deep_for_a_socket_is_refused(far_place: Home) -> None:
    with pytest.raises(ServerProblem, match="TIDU_HOME 的路径过长"):
        prepare(far_place)


def test_a_command_that_is_told_to_stop_stops_the_server(place: Home) -> None:
    """Also before the site serves: nothing may run on unwatched."""
    environ = {
        **os.environ,
        "TIDU_HOME": str(place.path),
        "DJANGO_SETTINGS_MODULE": "tidu.deployment.settings",
    }
    with subprocess.Popen([sys.executable, "-m", "tidu", "migrate"], env=environ) as command:
        while not (data(place) / "postmaster.pid").exists() or not is_up(place):
            assert command.poll() is None
        command.terminate()
    assert command.returncode == 128 + signal.SIGTERM
    assert not is_up(place)


@pytest.mark.skipif(os.geteuid() != 0, reason="only as root the server has a user of its own")
def test_a_home_the_servers_user_cannot_enter_is_refused(place: Home) -> None:
    place.path.mkdir(mode=0o700)
    with pytest.raises(ServerProblem, match="tidu-postgres 的身份运行，它进不了"):
        prepare(Home(place.path / "home"))
