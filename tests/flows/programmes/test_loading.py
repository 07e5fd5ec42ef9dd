"""``tidu notice load``: Dalian's notice from its file into an empty installation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tidu.cli.notice import load, parse
from tidu.database.scope import PUBLIC, scope
from tidu.law.refusals import Refused, sentence
from tidu.law.rulebook import rulebook_file
from tidu.offices.queries import directory
from tidu.programmes.loading import load_notice
from tidu.programmes.queries import notice_by_slug
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 2, 1, tzinfo=UTC)
DALIAN = "dalian-2026-innovative"


def ledger_names() -> list[str]:
    with scope(PUBLIC):
        notice = notice_by_slug(DALIAN)
        assert notice is not None
        return [entry.actor_name for entry in timeline(notice.chain)]


def test_the_notice_comes_with_its_offices(db: None) -> None:
    loaded = load_notice(source=DALIAN, at=AT)
    assert (loaded.batches, loaded.offices) == (4, 15)
    assert not loaded.notice.is_demonstration
    with scope(PUBLIC):
        assert [root.office.name for root in directory()] == ["辽宁省工业和信息化厅"]
    assert ledger_names() == ["系统"]


def test_an_operator_may_publish_in_the_name_of_the_issuing_office(db: None) -> None:
    load_notice(source=DALIAN, at=AT, office="dalian")
    assert ledger_names() == ["大连市工业和信息化局（据通知文件载入）"]


def test_another_office_does_not_lend_its_name(db: None) -> None:
    with pytest.raises(Refused) as refused:
        load_notice(source=DALIAN, at=AT, office="dalian-zhongshan")
    assert "由发布单位“大连市工业和信息化局”办理" in sentence(refused.value)


def test_the_command_says_what_it_did_and_refuses_a_second_time(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notice.toml"
    file.write_text(rulebook_file("notices", f"{DALIAN}.toml").read_text(encoding="utf-8"), encoding="utf-8")
    options = parse(["load", str(file), "--banner", "仅供对照"])
    assert load(options) == 0
    assert "4 个批次，新建 15 个机构" in capsys.readouterr().out
    assert load(options) == 1
    assert "已发布的通知不能重发" in capsys.readouterr().err
