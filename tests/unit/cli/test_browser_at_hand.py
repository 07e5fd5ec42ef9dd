"""What ``./tidu test`` does when the browser or its fonts are missing."""

from pathlib import Path

import pytest

from tidu.cli import test as command


@pytest.fixture(autouse=True)
def _missing_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "chromium").touch()
    places = {"chromium": str(tmp_path / "chromium"), "fonts-noto-cjk": str(tmp_path / "none")}
    monkeypatch.setattr(command, "PACKAGES", places)
    monkeypatch.delenv("TIDU_CHROMIUM", raising=False)


def test_an_ordinary_user_is_told_exactly_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    command.ensure_browser()
    assert "sudo apt-get install fonts-noto-cjk\n" in capsys.readouterr().out


def test_as_root_on_debian_only_what_is_missing_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With an apt-get of the test's own first in the path, which writes down what it is asked."""
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    command.ensure_browser()
    assert (tmp_path / "asked").read_text().splitlines() == [
        "-qq update",
        "-qq install --yes --no-install-recommends fonts-noto-cjk",
    ]
    assert "安装 fonts-noto-cjk" in capsys.readouterr().out


def test_a_browser_named_by_the_person_is_taken_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TIDU_CHROMIUM", "/opt/browser")
    command.ensure_browser()
    assert capsys.readouterr().out == ""
