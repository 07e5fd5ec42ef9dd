"""``./tidu draw``: a record done again, a witness' commitment, a link of a chain."""

import io
import json
from pathlib import Path

import pytest
from tests.unit.proof.draw.scene import CHAIN_SECRETS, LENGTH, lived

from tidu.cli.draw import run
from tidu.proof import draw

SCENE = lived()
RECORD = SCENE.record()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "笔录.json"
    path.write_text(json.dumps(RECORD))
    return path


def test_a_record_that_holds_is_said_to_hold(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(file), "--commitment", RECORD["commitment"]]) == 0
    said = "核验通过：5 个评审组，派发 10 件次，从冻结的输入到最后一次派发逐步重做，结果一致\n"
    assert capsys.readouterr().out == said


def test_a_record_says_how_far_it_goes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(json.dumps(SCENE.record(withheld_until="2027-01-15")))
    assert run(["verify", str(file)]) == 0
    file.write_text(json.dumps(draw.record_document(SCENE.frozen, witnesses=SCENE.witnesses)))
    assert run(["verify", str(file)]) == 0
    withheld, committed = capsys.readouterr().out.splitlines()
    assert withheld == "核验通过：5 个评审组；12 件事项只公布摘要，2027-01-15 之后公布全文"
    assert committed == f"核验通过：承诺值 {RECORD['commitment']}，尚未抽取"


def test_an_altered_record_is_said_where(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(json.dumps({**RECORD, "seed": "0" * 64}))
    assert run(["verify", str(file)]) == 1
    assert "按各方揭示的数重新合成，种子不同（应为" in capsys.readouterr().out


def test_a_forged_record_differs_from_the_published_commitment(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(file), "--commitment", "0" * 64]) == 1
    assert "冻结的输入与公布的承诺值不符" in capsys.readouterr().out


def test_a_commitment_is_read_as_it_was_copied_and_a_part_of_one_says_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commitment = str(RECORD["commitment"])
    copied = f" {commitment[:30].upper()}\n{chr(0x200B).join(commitment[30:])} "
    assert run(["verify", str(file), "--commitment", copied]) == 0
    assert run(["verify", str(file), "--commitment", commitment[:16]]) == 2
    assert "承诺值应为 64 位十六进制数，写的是 16 位" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "[]", '{"format": "tidu.chain.1"}', '{"format": "tidu.draw.1"}'])
def test_what_is_no_record_cannot_be_read(text: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(text)
    assert run(["verify", str(file)]) == 2
    assert "读不出" in capsys.readouterr().err


def test_a_workbook_is_no_record_and_that_is_said_in_words(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_bytes(b"PK\x03\x04\xaf")
    assert run(["verify", str(file)]) == 2
    assert "不是 JSON，不是抽取笔录" in capsys.readouterr().err


def test_a_witness_commits_on_his_own_machine(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = SCENE.frozen.seed.witnesses[0]
    assert run(["commit", str(file), "--witness", name, "--number", "8151623"]) == 0
    handed_in, kept = (line.split("：")[1] for line in capsys.readouterr().out.splitlines())
    again = draw.witness_commitment(RECORD["commitment"], name, "8151623", bytes.fromhex(kept))
    assert again == handed_in
    assert run(["commit", str(file), "--witness", "路人", "--number", "1"]) == 2
    assert "见证人应为：示例省纪检监察组、示例省公证处" in capsys.readouterr().err


def test_a_body_computes_its_own_link(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for secret, status in ((CHAIN_SECRETS[0].hex(), 0), ("00", 2)):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{secret}\n"))
        assert run(["link", "--length", str(LENGTH), "--number", "3"]) == status
    assert capsys.readouterr().out.strip() == draw.link(CHAIN_SECRETS[0], LENGTH, 3)
