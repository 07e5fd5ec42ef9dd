"""The record: done again from nothing but the file, and any altered value is found out."""

import contextlib
import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import tidu.proof
from tidu.proof import draw
from tidu.proof.canonical import canonical_bytes
from tidu.proof.digests import UnknownAlgorithm, tagged_digest
from tidu.proof.documents import Malformed, document_breaks
from tidu.proof.draw.record import record_digest
from tidu.proof.wording import sentence

from .scene import Scene, case, expert, frozen_input, lived, name_of

LIVED = lived()
RECORD = LIVED.record()


def small() -> Scene:
    """A draw of two panels, with one of every event."""
    people = (
        *(expert(n, "industry", employer=n // 2) for n in range(4)),
        *(expert(n, "finance") for n in range(10, 13)),
    )
    scene = Scene(
        frozen_input(
            candidates=people,
            divisions=(draw.Division("甲", 2, {"industry": 1, "finance": 1}),),
            cases=(case(1, area="一区"),),
            replaces=draw.Replaces("0" * 64, "见证人未按时揭示"),
        )
    )
    scene.dispatch(case(1, area="一区"))
    panel = scene.standing.panels[scene.standing.where[name_of("case", 1)]]
    scene.withdraw(panel.members[0].expert)
    scene.declare(panel.members[0].expert, name_of("case", 1))
    scene.dispatch(case(1, area="一区"), again="成员回避")
    return scene


SMALL = small().record()


def leaves_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list) and value:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves_of(item, (*path, key))
    else:
        yield path


def changed(value: Any) -> Any:
    """A neighbour of the same type where there is one, so that only the proof can notice."""
    if value is None or isinstance(value, dict | list):
        return 1
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return (value[:-1] if value else "") + ("0" if value[-1:] != "0" else "1")


def altered(record: dict[str, Any], leaf: tuple[Any, ...]) -> dict[str, Any]:
    document = copy.deepcopy(record)
    place: Any = document
    for step in leaf[:-1]:
        place = place[step]
    place[leaf[-1]] = changed(place[leaf[-1]])
    return document


def sealed_again(document: dict[str, Any]) -> dict[str, Any]:
    """As by somebody who alters a record and computes its digest, and those of the events, anew."""
    for fields in document["events"]:
        if fields["event"] is not None:
            with contextlib.suppress(ValueError, TypeError):
                salt, data = bytes.fromhex(fields["salt"]), canonical_bytes(fields["event"])
                fields["digest"] = tagged_digest("tidu.draw.event.1", salt, data).hex()
    with contextlib.suppress(UnknownAlgorithm):
        document["digest"] = record_digest(document)
    return document


def is_found_out(document: dict[str, Any]) -> bool:
    try:
        return document_breaks(document) != []
    except Malformed:
        return True


@pytest.mark.parametrize("withheld", [None, "2027-01-15"])
def test_a_record_holds_after_a_round_through_a_file(withheld: str | None) -> None:
    assert document_breaks(json.loads(json.dumps(LIVED.record(withheld_until=withheld)))) == []


def test_any_altered_value_is_found_out() -> None:
    """Pool, quota, seed, result, reason, moment: everything that stands in the file."""
    missed = [leaf for leaf in leaves_of(SMALL) if not is_found_out(altered(SMALL, leaf))]
    assert missed == []


def test_whoever_computes_the_digests_anew_is_found_out_by_the_draw_itself() -> None:
    """But for the last event, which only the ledger can hold: it holds the digest of each."""
    last = len(SMALL["events"]) - 1
    for leaf in leaves_of(SMALL):
        if leaf[-1] != "digest" and leaf[:2] != ("events", last):
            assert is_found_out(sealed_again(altered(SMALL, leaf))), leaf


def test_withheld_events_are_bound_by_their_digests() -> None:
    withheld = LIVED.record(withheld_until="2027-01-15")
    assert [each["digest"] for each in withheld["events"]] == [each["digest"] for each in RECORD["events"]]
    assert {(each["salt"], each["event"]) for each in withheld["events"]} == {(None, None)}
    text = json.dumps(withheld["events"])
    assert not any(name in text for name in LIVED.standing.where)
    assert is_found_out(sealed_again({**withheld, "withheld_until": None}))
    assert is_found_out(sealed_again({**RECORD, "withheld_until": "2027-01-15"}))


def test_a_commitment_is_published_before_there_is_a_seed() -> None:
    frozen = LIVED.frozen
    before = draw.record_document(frozen, witnesses=LIVED.witnesses)
    assert (before["reveals"], before["seed"], before["drawn"]) == (None, None, None)
    assert before["commitment"] == RECORD["commitment"]
    assert document_breaks(before) == []
    too_soon = sealed_again({**before, "drawn": RECORD["drawn"]})
    assert [each.what for each in document_breaks(too_soon)] == ["draw_unrevealed"]


def test_seven_breaks_are_told_apart() -> None:
    """Each is what a verifier reports, in words for whoever reads it."""
    drawn = copy.deepcopy(RECORD["drawn"])
    members = drawn["panels"][0]["members"]
    members[0], members[1] = members[1], members[0]
    events = copy.deepcopy(RECORD["events"])
    events[0]["event"]["panels"] = ["综合-9"]
    for change, what in (
        ({"digest": "0" * 64}, "draw_digest"),
        ({"commitment": "0" * 64}, "draw_commitment"),
        ({"seed": "0" * 64}, "draw_seed"),
        ({"drawn": drawn}, "draw_panels"),
        ({"drawn": {**RECORD["drawn"], "tries": {"综合": 1, "装备": 2}}}, "draw_tries"),
        ({"events": events}, "draw_again"),
        ({"reveals": {**RECORD["reveals"], "ledger_root": None}}, "draw_refused"),
    ):
        document = {**RECORD, **change}
        found = document_breaks(document if "digest" in change else sealed_again(document))
        assert [each.what for each in found] == [what]
        assert sentence(found[0]).startswith("抽取 示例抽取-1")


def test_an_event_left_out_or_moved_is_found_out() -> None:
    events = RECORD["events"]
    for altered_events in (events[1:], [events[1], events[0], *events[2:]], [*events, events[-1]]):
        assert is_found_out(sealed_again(copy.deepcopy({**RECORD, "events": altered_events})))


def test_the_folder_alone_verifies_a_record(tmp_path: Path) -> None:
    """Copied under another name, run without any installed package (-S) and without this environment (-E)."""
    shutil.copytree(
        Path(tidu.proof.__file__).parent, tmp_path / "proof", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "record.json").write_text(json.dumps(RECORD))
    command = [sys.executable, "-S", "-E", "-X", "utf8", "-m", "proof", "verify", "record.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "record.json：核验通过\n")


def test_the_figures_say_who_had_which_chance_and_what_conflicts_did() -> None:
    figures = draw.fairness(LIVED.frozen, LIVED.seed, LIVED.drawn, LIVED.events)
    assert (figures.dispatched, figures.again, figures.withdrawn) == (10, 1, 1)
    assert sum(panel.cases for panel in figures.panels) == 9
    assert sum(figures.among.values()) == 10
    machines = [each for each in figures.experts if each.division == "装备" and each.field == "industry"]
    assert {each.chance for each in machines} == {(4, 12)}
    assert sum(each.panel is not None for each in machines) == 4
    assert figures.not_drawn == ()
    assert {each.id for each in figures.experts} == {each.id for each in LIVED.frozen.candidates}
    for panel in figures.panels:
        standing = LIVED.standing.panels[panel.id]
        assert (panel.cases, panel.room) == (standing.load, standing.room)
