"""The same record gives the same result in the browser: Python and JavaScript, value for value."""

import contextlib
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import playwright
import pytest

import tidu.portals.public
from tidu.proof import draw
from tidu.proof.documents import Malformed, document_breaks
from tidu.proof.draw.inputs import as_json

from .scene import Scene, case, expert, frozen_input, lived, name_of
from .test_record import SMALL, altered, leaves_of, sealed_again

TWIN = Path(tidu.portals.public.__file__).parent / "static" / "public" / "draw"
NODE = Path(playwright.__file__).parent / "driver" / "node"
SECTORS = ("", "装备制造", "软件")


def run_twin(records: Iterable[str]) -> list[dict[str, Any]]:
    command = [str(NODE), str(Path(__file__).with_name("twin.mjs")), str(TWIN)]
    done = subprocess.run(
        command, input=json.dumps(list(records)), capture_output=True, encoding="utf-8", check=True
    )
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def values_by_chance(random: Random) -> dict[str, Any]:
    """A pool of any shape; about one in three is beyond its quotas."""
    count = random.randint(8, 26)
    fields = [draw.Field(field, sector) for field in draw.FIELDS[:3] for sector in SECTORS]
    weights = [4, 2, 2, 3, 1, 1, 2, 0, 0]
    candidates = [
        expert(
            n,
            *random.choices(fields, weights, k=random.choice([1, 1, 1, 2])),
            employer=random.randint(0, count),
            avoids=[name_of("area", str(random.randint(0, 9)))],
            load=random.choice([0, 0, 1, 5]),
        )
        for n in range(count)
    ]
    divisions = [
        draw.Division("综合", random.randint(2, 4), {"industry": random.randint(1, 2), "finance": 1})
    ]
    if random.random() < 0.5:
        seats = {"industry": 1, "finance": 1, "technology": random.randint(0, 1)}
        divisions.append(draw.Division("装备", 2, seats, ("装备制造",)))
    return {
        "candidates": tuple(candidates),
        "divisions": tuple(divisions),
        "clashes": ((name_of("expert", 0), name_of("expert", 1)),),
        "cases": (case(1, "软件", area="1"),),
        "cap": random.choice([6, 9]),
        "mode": random.choice(["instant", "batch"]),
        "width_percent": random.choice([1, 34, 50, 100]),
        "sweeps": random.randint(0, 4),
    }


def live_by_chance(scene: Scene, random: Random) -> None:
    """Dispatches, withdrawals and conflicts, until something is refused."""
    number = 0
    for _ in range(random.randint(1, 8)):
        seated = [name for panel in scene.standing.panels.values() for name in sorted(panel.experts)]
        what = random.random()
        if what < 0.6:
            size = 1 if scene.frozen.mode == "instant" else random.randint(1, 5)
            arrivals = range(number, number + size)
            number += size
            areas = {n: str(random.randint(0, 9)) for n in arrivals}
            scene.dispatch(*(case(n, random.choice(SECTORS), area=areas[n]) for n in arrivals))
        elif what < 0.8:
            scene.withdraw(random.choice(seated))
        elif scene.standing.where:
            name = random.choice(sorted(scene.standing.where))
            panel = scene.standing.panels[scene.standing.where[name]]
            scene.declare(min(panel.experts), name)
            scene.dispatch(scene.standing.cases[name], again="成员回避")


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Forty records by chance, refused inputs among them."""
    monkeypatch.setattr("tidu.proof.draw.panels.MOST_TRIES", 500)
    found = [lived().record(), lived().record(withheld_until="2027-01-15")]
    random = Random(7)
    while len(found) < 42:
        values = values_by_chance(random)
        try:
            scene = Scene(frozen_input(**values))
        except draw.DrawRefused as refused:
            if refused.rule != "too_tight":
                found.append(_refused(values, monkeypatch))
            continue
        with contextlib.suppress(draw.DrawRefused):
            live_by_chance(scene, random)
        found.append(scene.record())
    return found


def _refused(values: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    with monkeypatch.context() as unchecked:
        unchecked.setattr("tidu.proof.draw.freezing.check_input", lambda _: None)
        frozen = frozen_input(**values)
    return draw.record_document(frozen, witnesses={})


def test_the_same_record_gives_the_same_result(records: list[dict[str, Any]]) -> None:
    told = run_twin(json.dumps(each) for each in records)
    refused = 0
    for record, twin in zip(records, told, strict=True):
        found = document_breaks(record)
        assert [(each["what"], each["seq"]) for each in twin["breaks"]] == [(e.what, e.seq) for e in found]
        if record["drawn"] is None:
            refused += 1
            with pytest.raises(draw.DrawRefused) as reason:
                draw.input_from(record["input"])
            assert twin["breaks"][0]["rule"] == reason.value.rule
        else:
            assert found == []
            assert twin["drawn"] == record["drawn"]
    assert 5 < refused < 30


def test_it_sends_every_case_to_the_same_panel() -> None:
    scene = lived()
    (told,) = run_twin([json.dumps(scene.record())])
    assert dict(told["where"]) == scene.standing.where


def test_it_finds_out_what_the_verifier_finds_out() -> None:
    """Every altered value, though somebody computed the digests anew."""
    leaves = list(leaves_of(SMALL))
    documents = [sealed_again(altered(SMALL, leaf)) for leaf in leaves]
    told = run_twin(json.dumps(each) for each in documents)
    for number, (document, twin) in enumerate(zip(documents, told, strict=True)):
        try:
            expected: list[Any] = [[each.what, each.seq] for each in document_breaks(document)]
        except Malformed:
            expected = [["malformed"]]
        found = [[each["what"], each["seq"]] for each in twin.get("breaks", [])] or [["malformed"]]
        if ["malformed"] not in (*expected, *found):
            assert found == expected, leaves[number]
        assert bool(expected) == ("malformed" in twin or bool(twin["breaks"])), leaves[number]


@pytest.mark.parametrize("source", ["", "[]", "null", '{"format": "tidu.chain.1"}', json.dumps(SMALL)[:-1]])
def test_a_file_that_is_no_record_is_said_to_be_none(source: str) -> None:
    (told,) = run_twin([source])
    assert "malformed" in told


def test_a_fraction_is_no_integer_written_otherwise() -> None:
    (told,) = run_twin([json.dumps(SMALL).replace('"cap": 12', '"cap": 12.0')])
    assert "malformed" in told


def test_a_list_within_the_input_keeps_its_order_only_if_it_has_one() -> None:
    """A pool handed in upside down is not the frozen one."""
    document = json.loads(json.dumps(SMALL))
    document["input"]["candidates"].reverse()
    (told,) = run_twin([json.dumps(sealed_again(document))])
    assert [each["what"] for each in told["breaks"]] == ["draw_order"]
    assert [each.what for each in document_breaks(document)] == ["draw_order"]
    assert as_json(draw.input_from(document["input"])) == SMALL["input"]
