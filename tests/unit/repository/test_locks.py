"""The locks install the same packages everywhere, from wherever the machine's pip takes them."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PIN = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.MULTILINE)


def lock(group: str) -> str:
    return (ROOT / "requirements" / f"{group}.lock").read_text(encoding="utf-8")


def pins(group: str) -> dict[str, str]:
    return dict(PIN.findall(lock(group)))


def wanted(group: str) -> set[str]:
    """The names that pyproject.toml asks for in a group, without those it includes."""
    entries = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"][group]
    return {re.split(r"[\[~=<>]", entry)[0] for entry in entries if isinstance(entry, str)}


@pytest.mark.parametrize("group", ["run", "develop", "peers"])
def test_every_package_is_pinned_with_hashes(group: str) -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", lock(group).split("\n", 2)[2])
    assert {block.split("==")[0] for block in blocks} == set(pins(group))
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("group", ["run", "develop", "peers"])
def test_no_lock_names_a_registry_or_a_folder(group: str) -> None:
    assert re.findall(r"https?:|file:|--index|--extra-index|--find-links", lock(group)) == []


@pytest.mark.parametrize("group", ["run", "develop", "peers"])
def test_a_lock_holds_what_the_project_asks_for(group: str) -> None:
    assert wanted(group) - set(pins(group)) == set()


def test_a_desk_runs_what_a_server_runs() -> None:
    assert pins("run").items() <= pins("develop").items()
