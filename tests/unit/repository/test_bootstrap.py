"""``./tidu`` installs once, and again when a lock or the Python changes."""

import json
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, over a folder with two locks of its own."""
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    loader = SourceFileLoader("bootstrap", str(ROOT / "tidu"))
    spec = spec_from_loader("bootstrap", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    for name, path in {
        "ROOT": tmp_path,
        "PYTHON": tmp_path / ".venv" / "bin" / "python",
        "STAMP": tmp_path / ".venv" / "installed.json",
    }.items():
        monkeypatch.setattr(module, name, path)
    (tmp_path / "requirements").mkdir()
    for group in ("run", "develop"):
        (tmp_path / "requirements" / f"{group}.lock").write_text(group)
    return module


def install(bootstrap: ModuleType, *groups: str) -> None:
    bootstrap.PYTHON.parent.mkdir(parents=True)
    bootstrap.PYTHON.touch()
    digests = bootstrap.digests()
    stamp = {"python": bootstrap.version(), **{group: digests[group] for group in groups}}
    bootstrap.STAMP.write_text(json.dumps(stamp))


def test_nothing_is_current_before_the_first_start(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_current("run")


def test_a_server_has_no_need_of_a_desks_packages(bootstrap: ModuleType) -> None:
    install(bootstrap, "run")
    assert bootstrap.is_current("run")
    assert not bootstrap.is_current("develop")


def test_a_changed_lock_is_installed_again(bootstrap: ModuleType) -> None:
    install(bootstrap, "run", "develop")
    (bootstrap.ROOT / "requirements" / "run.lock").write_text("another")
    assert not bootstrap.is_current("run")
    assert bootstrap.is_current("develop")


def test_another_python_needs_an_environment_of_its_own(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(bootstrap, "run")
    monkeypatch.setattr(bootstrap, "version", lambda: "3.99")
    assert not bootstrap.is_current("run")


def test_an_interrupted_installation_is_begun_again(bootstrap: ModuleType) -> None:
    install(bootstrap, "run")
    bootstrap.STAMP.write_text("{")
    assert not bootstrap.is_current("run")
