"""Where an installation keeps its data, and the secrets it makes for itself."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tidu.database.home import Home, home


def test_tidu_home_is_where_the_variable_says(tmp_path: Path) -> None:
    assert home({"TIDU_HOME": str(tmp_path / "here")}).path == tmp_path / "here"


def test_a_home_in_the_users_folder_is_expanded() -> None:
    assert home({"TIDU_HOME": "~/tidu"}).path == Path.home() / "tidu"


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    first = Home(tmp_path / "home").secret("web-key")
    assert len(first) == 64
    assert Home(tmp_path / "home").secret("web-key") == first
    assert Home(tmp_path / "home").secret("other-key") != first


def test_secrets_are_for_the_owner_alone(tmp_path: Path) -> None:
    place = Home(tmp_path)
    place.secret("web-key")
    assert stat.S_IMODE(place.secrets.stat().st_mode) == 0o700
    assert stat.S_IMODE((place.secrets / "web-key").stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_a_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(lambda _: Home(tmp_path).secret("web-key"), range(64)))
    assert len(secrets) == 1
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["web-key"]
