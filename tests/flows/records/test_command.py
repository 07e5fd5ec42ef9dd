"""``./tidu records verify`` as an operator runs it."""

import json
from dataclasses import replace
from datetime import datetime

import psycopg
import pytest

from tidu.cli.records import erase, ledger_and_files, parse, report
from tidu.database.address import ADMIN, Addresses
from tidu.database.scope import SYSTEM, scope
from tidu.deployment.site import has_schema
from tidu.records.actions import open_chain, record
from tidu.records.models import Chain
from tidu.records.queries import timeline

pytestmark = pytest.mark.commits


@pytest.fixture
def written(noon: datetime) -> Chain:
    with scope(SYSTEM):
        chain = open_chain(kind="case")
        record(chain=chain, verb="case.submit", actor=SYSTEM, at=noon, body={"意见": "提交"})
        record(chain=chain, verb="case.pass", actor=SYSTEM, at=noon, body={"意见": "同意"})
    return chain


@pytest.fixture
def altered(written: Chain, fresh_database: Addresses) -> Chain:
    with psycopg.connect(fresh_database.owner.conninfo(), autocommit=True) as connection:
        connection.execute("ALTER TABLE records_entry DISABLE TRIGGER a_row_is_not_changed")
        connection.execute("UPDATE records_entry SET verb = 'case.refuse' WHERE seq = 2")
    return written


def test_a_true_ledger_is_reported_in_one_line(written: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(ledger_and_files(), as_json=parse(["verify"]).json) == 0
    assert capsys.readouterr().out == "核验通过：台账与文件均未被改动\n"


def test_an_altered_row_is_reported_with_its_place(
    altered: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(ledger_and_files(), as_json=False) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{altered.token} 第 2 条：条目内容与其摘要不符，条目被改动（应为 ")
    assert lines[1:] == ["核验不通过，共 1 处"]


def test_monitoring_reads_the_same_as_json(altered: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(ledger_and_files(), as_json=parse(["verify", "--json"]).json) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["whole"] is False
    assert [(found["chain"], found["seq"], found["what"]) for found in answer["breaks"]] == [
        (altered.token, 2, "entry")
    ]


def test_what_an_entry_says_is_erased_with_its_reason_and_the_chain_still_holds(
    written: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    assert erase(written.token, 1, "依个人信息主体请求删除") == 0
    with scope(SYSTEM):
        first, _, erased = timeline(written)
        assert (first.body, first.salt) == (None, None)
        assert erased.content == {"seq": 1, "reason": "依个人信息主体请求删除"}
    capsys.readouterr()
    assert report(ledger_and_files(), as_json=False) == 0


@pytest.mark.parametrize(
    ("seq", "reason", "said"), [(1, " ", "须填写理由"), (9, "误填", "没有链"), (3, "误填", "没有链")]
)
def test_an_erasure_without_reason_or_of_nothing_is_refused(
    written: Chain, capsys: pytest.CaptureFixture[str], seq: int, reason: str, said: str
) -> None:
    assert erase(written.token, seq, reason) == 1
    assert said in capsys.readouterr().err


def test_a_database_without_our_tables_is_told_from_one_that_has_them(fresh_database: Addresses) -> None:
    elsewhere = replace(fresh_database, owner=replace(fresh_database.owner, name=ADMIN))

    assert has_schema(fresh_database)
    assert not has_schema(elsewhere)
