"""Drafts: what can be read is exact, what cannot is kept, and a table may be stated to be empty."""

import json
from datetime import date
from typing import Any

import pytest

from tidu.law.facts import Facts, load_vocabulary, read_draft
from tidu.law.standards import load

TODAY = date(2026, 3, 16)


def draft(fact: str, typed: Any) -> Any:
    return read_draft(load_vocabulary().fact(fact), typed, today=TODAY)


@pytest.mark.parametrize("typed", ["无", " 无 ", []])
def test_a_table_stated_as_none_is_known_to_be_empty(typed: Any) -> None:
    found = draft("awards", typed)
    assert (found.value, found.raw, found.findings) == ([], "", ())


@pytest.mark.parametrize("typed", ["", "  ", [{}], [{"name": ""}]])
def test_a_table_left_blank_states_nothing(typed: Any) -> None:
    found = draft("awards", typed)
    assert (found.value, found.raw, found.findings) == (None, "", ())


def test_a_table_stated_as_none_no_longer_misses_in_the_form() -> None:
    standard = load("2022-innovative")
    blank = Facts.of({}, year=2025)
    stated = Facts.from_json({**blank.to_json(), "values": {"awards": {"now": draft("awards", "无").value}}})
    assert ("awards", None) in standard.missing_entries(blank)
    assert ("awards", None) not in standard.missing_entries(stated)


def test_any_other_text_for_a_table_is_kept_and_refused() -> None:
    found = draft("awards", "没有得过奖")
    assert found.value is None
    assert found.raw == "没有得过奖"
    assert [finding.code for finding in found.findings] == ["rows_expected"]


def test_one_unreadable_cell_keeps_the_whole_table_as_typed() -> None:
    rows = [
        {"name": "示例奖", "level": "省级", "awarded_on": "2025-06-01"},
        {"name": "示例奖二", "rank": "第一"},
    ]
    found = draft("awards", rows)
    assert found.value is None
    assert json.loads(found.raw) == rows
    assert [finding.field for finding in found.findings] == ["awards.2.rank"]


def test_none_of_a_text_is_a_text() -> None:
    assert draft("controlling_shareholder", "无").value == "无"
