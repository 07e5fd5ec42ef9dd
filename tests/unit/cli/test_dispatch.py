"""``./tidu`` without a command, with one, and with one that is not there."""

from importlib import import_module

import pytest

from tidu.__main__ import COMMANDS, main


def test_without_a_command_it_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    for name in ("demo", "serve", "migrate", "test"):
        assert f"./tidu {name}" in said


def test_every_listed_command_can_be_run(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    listed = [line.split()[1] for line in capsys.readouterr().out.splitlines() if "./tidu" in line]
    assert set(listed) <= set(COMMANDS)
    assert [name for name in listed if not callable(import_module(f"tidu.cli.{name}").run)] == []


@pytest.mark.parametrize("name", ["dmeo", "progress", "../demo"])
def test_an_unknown_command_is_refused_with_the_list(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name]) == 2
    assert f"没有命令 {name}" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["demo", "serve"])
def test_a_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert f"usage: tidu {name}" in capsys.readouterr().out
