"""``./tidu records`` where nobody has set anything up."""

from pathlib import Path

import pytest

from tidu.cli.records import run


@pytest.mark.parametrize(
    "arguments", [["verify"], ["verify", "--json"], ["erase", "a", "1", "--reason", "误填"]]
)
def test_home_without_a_database_is_told_how_to_set_one_up_and_stays_as_it_is(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TIDU_HOME", str(tmp_path / "home"))

    assert run(arguments) == 2

    said = capsys.readouterr()
    assert said.out == ""
    for words in (str(tmp_path / "home"), "还没有数据库", "./tidu demo", "./tidu migrate", "TIDU_HOME"):
        assert words in said.err
    assert not (tmp_path / "home").exists(), "a question sets nothing up"
