"""What the law gives out is what its schemas say: every key described, nothing more, nothing less."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.conformance.cases import cases_of, standards_with_cases
from tests.unit.law.json_schemas import faults

from tidu.law.schemas import SCHEMAS, schema
from tidu.law.standards import base_of, load, standard_ids
from tidu.law.standards.verdicts import VERDICT_SCHEMA

VERDICT, FACTS = schema("verdict-1"), schema("facts-1")
SOME = 6
"""Cases of each standard whose verdicts are held to the schema, spread over its file."""


def verdicts(standard_id: str, **how: bool) -> Iterator[Any]:
    """Some verdicts of a standard as another program reads them."""
    cases = cases_of(standard_id if standard_id in standards_with_cases() else base_of(standard_id))
    for case in cases[:: max(1, len(cases) // SOME)]:
        yield json.loads(json.dumps(load(standard_id).judge(case.facts).as_json(**how)))


@pytest.mark.parametrize("standard_id", standard_ids())
def test_a_verdict_is_as_its_schema_says(standard_id: str) -> None:
    for verdict in verdicts(standard_id):
        assert list(faults(verdict, VERDICT, VERDICT)) == []
        assert verdict["schema"] == VERDICT["$id"] == VERDICT_SCHEMA


def test_a_frozen_verdict_may_leave_out_what_would_turn_it_and_nothing_else() -> None:
    whole = next(one for one in verdicts("2022-specialised") if one["outcome"] != "met")
    assert [step["sentence"] for step in whole["turning"]]
    frozen = next(verdicts("2022-specialised", turning=False))
    assert "turning" not in frozen
    assert list(faults(frozen, VERDICT, VERDICT)) == []
    for name in frozen:
        without = {key: value for key, value in frozen.items() if key != name}
        assert list(faults(without, VERDICT, VERDICT)) == [f"$: {name} is missing"]


def test_a_snapshot_of_facts_is_as_its_schema_says() -> None:
    for standard_id in standards_with_cases():
        snapshot = json.loads(json.dumps(cases_of(standard_id)[0].facts.to_json()))
        assert list(faults(snapshot, FACTS, FACTS)) == []


def test_what_is_not_described_is_a_fault() -> None:
    verdict = next(verdicts("2022-specialised"))
    assert list(faults({**verdict, "extra": 1}, VERDICT, VERDICT)) == ["$: unknown extra"]
    verdict["indicators"][0]["points"]["low"] = 0.5
    assert list(faults(verdict, VERDICT, VERDICT)) == ["$.indicators[0]: .points: .low: 0.5 is no integer"]
    assert list(faults({"revenue": 1.5}, FACTS, FACTS))


def test_every_schema_is_named_after_its_version() -> None:
    assert {schema(name)["$id"] for name in SCHEMAS} == {"tidu.facts/1", "tidu.verdict/1"}
    with pytest.raises(KeyError):
        schema("verdict-2")
