"""Published proofs, checked by this folder alone."""

import contextlib
import copy
import json
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import tidu.proof
from tidu.proof.chain import Break
from tidu.proof.documents import (
    Malformed,
    chain_document,
    document_breaks,
    inclusion_document,
    roots_document,
)
from tidu.proof.roots import FIRST_PREVIOUS, Root, root_digest
from tidu.proof.tree import inclusion_path, tree_root
from tidu.proof.wording import BREAKS, sentence

from .test_chain import HEAD, LINKS

NIGHT = tree_root(bytes.fromhex(link.digest) for link in LINKS).hex()
MIDNIGHT = datetime(2026, 4, 1, 16, tzinfo=UTC)
FIRST = Root(date(2026, 4, 1), 3, NIGHT, FIRST_PREVIOUS, MIDNIGHT)
SECOND = Root(date(2026, 4, 2), 0, tree_root([]).hex(), root_digest(FIRST), MIDNIGHT + timedelta(days=1))
PATH = inclusion_path([bytes.fromhex(link.digest) for link in LINKS], 1)

CHAIN = chain_document(HEAD, LINKS, bodies=True)
WITHHELD = chain_document(HEAD, LINKS, bodies=False)
INCLUSION = inclusion_document(LINKS[1], index=1, path=PATH, root=FIRST, root_digest=root_digest(FIRST))
ROOTS = roots_document([(FIRST, root_digest(FIRST)), (SECOND, root_digest(SECOND))])
DOCUMENTS = {"chain": CHAIN, "withheld": WITHHELD, "inclusion": INCLUSION, "roots": ROOTS}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_true_proof_holds_after_a_round_through_a_file(name: str) -> None:
    assert document_breaks(json.loads(json.dumps(DOCUMENTS[name]))) == []


def leaves_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves_of(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for n, item in enumerate(value) for leaf in leaves_of(item, (*path, n))]
    return [path]


def changed(value: Any) -> Any:
    """A neighbour of the same type, so that only the proof can notice."""
    if value is None:
        return 1
    if isinstance(value, int):
        return value + 1
    if value[-1:] == "Z":
        return value.replace(":00.", ":01.").replace(":01.000000", ":02.000000")
    if value.startswith("2026-"):
        return "2027" + value[4:]
    return value[:-1] + ("0" if value[-1:] != "0" else "1")


@pytest.mark.parametrize(
    ("name", "leaf"), [(name, leaf) for name, d in DOCUMENTS.items() for leaf in leaves_of(d)]
)
def test_any_changed_value_in_the_file_is_noticed(name: str, leaf: tuple[Any, ...]) -> None:
    document = copy.deepcopy(DOCUMENTS[name])
    place: Any = document
    for step in leaf[:-1]:
        place = place[step]
    place[leaf[-1]] = changed(place[leaf[-1]])
    with contextlib.suppress(Malformed):
        assert document_breaks(document) != []


def test_bodies_are_withheld_with_their_salt() -> None:
    assert {(entry["salt"], entry["body"]) for entry in WITHHELD["entries"]} == {(None, None)}
    assert CHAIN["entries"][0]["body"] == '{"意见":"同意"}'


@pytest.mark.parametrize(
    "document", [{}, {"format": "tidu.chain.2"}, [], {"format": "tidu.roots.1", "roots": [1]}, None]
)
def test_a_file_that_is_no_proof_is_malformed(document: Any) -> None:
    with pytest.raises(Malformed):
        document_breaks(document)


def test_every_break_has_a_sentence() -> None:
    assert all(sentence(Break("c", 1, what)).startswith("c 第 1 条：") for what in BREAKS)
    assert (
        sentence(Break("c", None, "head", "a", "b")) == "c：最后一条的摘要与链头登记的不符（应为 a，实为 b）"
    )


@pytest.fixture
def verifier(tmp_path: Path) -> Path:
    """The folder alone, as a stranger would copy it."""
    shutil.copytree(
        Path(tidu.proof.__file__).parent, tmp_path / "proof", ignore=shutil.ignore_patterns("__pycache__")
    )
    return tmp_path


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the verifier without any installed package (-S) and without this environment (-E)."""
    command = [sys.executable, "-S", "-E", "-X", "utf8", "-m", "proof", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_folder_alone_verifies_a_file(verifier: Path) -> None:
    (verifier / "a.json").write_text(json.dumps(CHAIN), encoding="utf-8")
    assert run(verifier, "verify", "a.json") == (0, "a.json：核验通过\n")


def test_the_folder_alone_names_what_was_altered(verifier: Path) -> None:
    altered = copy.deepcopy(CHAIN)
    altered["entries"][1]["body"] = '{"意见":"同意"}'
    (verifier / "a.json").write_text(json.dumps(altered), encoding="utf-8")
    status, output = run(verifier, "verify", "a.json")
    assert status == 1
    assert output.startswith("c0ffee 第 2 条：正文与登记的摘要不符，正文被改动")
    assert output.endswith("a.json：核验不通过，共 1 处\n")


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b'{"format":"?"}', None])
def test_what_cannot_be_read_is_neither_true_nor_false(verifier: Path, content: bytes | None) -> None:
    if content is not None:
        (verifier / "a.json").write_bytes(content)
    assert run(verifier, "verify", "a.json")[0] == 2


def test_the_verifier_says_how_to_use_it(verifier: Path) -> None:
    assert run(verifier) == (2, "用法：python -m tidu.proof verify 文件.json 或 案卷.zip\n")
