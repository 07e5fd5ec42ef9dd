"""Each refusal in the source has a sentence that can be filled, and each sentence is said somewhere."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest

from tidu.law.facts import load_vocabulary
from tidu.law.refusals import sentences
from tidu.law.relations import relations
from tidu.portals.parts.refusals import STATUS

SOURCE = Path(__file__).parents[3] / "src" / "tidu"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(SOURCE.rglob("*.py"))}


@dataclass(frozen=True)
class Refusal:
    """One `Refused("code", …)` of the source: where, and which values it brings (None: not told here)."""

    place: str
    code: str
    values: frozenset[str] | None


def refusals() -> Iterator[Refusal]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                code, names = node.args[0], {keyword.arg for keyword in node.keywords}
                if isinstance(code, ast.Constant):
                    brought = None if None in names else frozenset(name for name in names if name)
                    yield Refusal(f"{path.relative_to(SOURCE)}:{node.lineno}", str(code.value), brought)


REFUSALS = list(refusals())
WORDS = {
    node.value
    for tree in TREES.values()
    for node in ast.walk(tree)
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
"""Every text of the source: codes that reach `Refused` through a variable are among them."""


def composed() -> set[str]:
    """Codes put together: by kind of number, place of a secrecy mark, relation, open reason."""
    facts = load_vocabulary().facts.values()
    kinds = {fact.kind for fact in facts} | {column.kind for fact in facts for column in fact.columns}
    numbers = {f"{kind}_{end}" for kind in kinds for end in ("unreadable", "too_fine")}
    marks = {f"secrecy_mark_in_{place}" for place in ("text", "file_name")}
    return numbers | marks | {relation.code for relation in relations()} | {f"open_{word}" for word in WORDS}


def placeholders(sentence: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_refusal_has_a_sentence() -> None:
    assert len(REFUSALS) > 200
    assert [one for one in REFUSALS if one.code not in sentences()] == []


def test_every_refusal_brings_what_its_sentence_names() -> None:
    lacking = {
        f"{one.place} {one.code}": placeholders(sentences()[one.code]) - one.values
        for one in REFUSALS
        if one.values is not None
    }
    assert {place: names for place, names in lacking.items() if names} == {}


def test_every_sentence_is_said_somewhere() -> None:
    assert sorted(set(sentences()) - WORDS - composed()) == []


def test_every_status_is_of_a_refusal_that_exists() -> None:
    assert sorted(set(STATUS) - {one.code for one in REFUSALS}) == []


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_sentence_is_whole(code: str) -> None:
    """Chinese from beginning to end, and closed; a reason handed on brings its own full stop."""
    said = sentences()[code]
    assert any("一" <= character <= "鿿" for character in said) or said == "{reason}"
    assert said.endswith(("。", "？", "{why}", "{reason}", "{first}"))
