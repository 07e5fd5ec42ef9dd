"""``./tidu records verify`` as an operator runs it."""

import json
from datetime import datetime

import psycopg
import pytest

from tidu.cli.records import ledger_and_files, parse, report
from tidu.database.address import Addresses
from tidu.database.scope import SYSTEM, scope
from tidu.records.actions import open_chain, record
from tidu.records.models import Chain

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
