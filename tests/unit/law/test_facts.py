"""The vocabulary and the values of a firm: nothing guessed, nothing of the wrong kind."""

from datetime import date
from typing import Any

import pytest
from tests.unit.law.firms import AS_OF, WAN, YEAR, award, firm

from tidu.law.derivation import check_derived
from tidu.law.facts import Facts, VocabularyError, load_vocabulary, vocabulary_of
from tidu.law.facts.reading import read_derived, read_fact
from tidu.law.facts.vocabulary import read_vocabulary

VOCABULARY = load_vocabulary()


def test_every_derived_fact_can_be_computed() -> None:
    for derived in VOCABULARY.derived.values():
        check_derived(VOCABULARY, derived)


def test_every_fact_on_a_form_has_a_section_and_every_amount_a_unit() -> None:
    assert [fact.id for fact in VOCABULARY.facts.values() if not fact.section] == []
    numbers = [f for f in VOCABULARY.facts.values() if f.kind.is_number]
    assert [fact.id for fact in numbers if not fact.unit] == []


def test_missing_is_neither_zero_nor_no() -> None:
    facts = Facts.of({"revenue": {YEAR: None}, "awards": []}, year=YEAR)
    assert facts.known("revenue", YEAR) is None
    assert ("revenue", YEAR) not in facts
    assert facts.rows("awards") == ()
    assert facts.rows("honours") is None
    assert (facts.number("awards"), firm().number("industry_code")) == (None, None)


@pytest.mark.parametrize(
    "stated",
    [
        {"revenue": {YEAR: 1.5}},
        {"revenue": {YEAR: "1"}},
        {"revenue": {YEAR: True}},
        {"revenue": 1},
        {"registered_capital": {YEAR: 1}},
        {"contact_is_employee": 1},
        {"ownership": "民营"},
        {"registered_on": "2025-01-01"},
        {"awards": "无"},
        {"awards": [{"awarded_on": "2025-01-01"}]},
    ],
)
def test_a_value_of_another_kind_is_refused(stated: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Facts.of(stated, year=YEAR)


@pytest.mark.parametrize(
    "stated", [{"turnover": {YEAR: 1}}, {"awards": [{"colour": "red"}]}, {"awards": [{"colour": None}]}]
)
def test_an_unknown_fact_or_column_is_refused(stated: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        Facts.of(stated, year=YEAR)


def test_facts_never_change() -> None:
    rows = [award()]
    facts = firm(awards=rows)
    rows.append(award())
    rows[0]["level"] = "city"
    assert facts.rows("awards") == ({**award()},)
    more = facts.with_value("revenue", YEAR, 1)
    assert (facts.number("revenue", YEAR), more.number("revenue", YEAR)) == (10_000 * WAN, 1)
    with pytest.raises(TypeError):
        facts.values_by_key["revenue", YEAR] = 1  # type: ignore[index]


def test_the_same_values_are_the_same_facts_in_the_words_of_any_standard() -> None:
    other = load_vocabulary().with_derived([read_derived(
        {"id": "z", "label": "乙", "kind": "count", "table": "awards", "where": "科技奖励名次 >= 1"}
    )])  # fmt: skip
    stated = {"revenue": {YEAR: 1}}
    assert len({Facts.of(stated, year=YEAR, vocabulary=other), Facts.of(stated, year=YEAR)}) == 1


@pytest.mark.parametrize(
    ("kind", "most"),
    [("money", 10**15), ("count", 10**7), ("share", 10**6), ("score", 100_00), ("text", 200), ("date", None)],
)
def test_what_says_no_bounds_has_those_of_its_kind(kind: str, most: int | None) -> None:
    fact = read_fact({"id": "x", "label": "甲", "kind": kind})
    assert (fact.at_least, fact.at_most) == (None if most is None else 0, most)
    assert VOCABULARY.fact("awards").at_most == 500


def test_a_snapshot_is_plain_and_stable() -> None:
    facts = Facts.of(
        {"revenue": {2025: 1, 2024: 2}, "awards": [{"rank": 1, "awarded_on": date(2025, 6, 1)}]},
        year=YEAR,
        as_of=AS_OF,
    )
    assert facts.to_json() == {
        "schema": "tidu.facts/1",
        "year": 2025,
        "as_of": "2026-03-01",
        "values": {
            "awards": {"now": [{"awarded_on": "2025-06-01", "rank": 1}]},
            "revenue": {"2024": 2, "2025": 1},
        },
    }
    assert list(facts.to_json()["values"]["revenue"]) == ["2024", "2025"]
    with pytest.raises(ValueError, match="not a snapshot"):
        Facts.from_json({"schema": "tidu.facts/2"})


def test_a_snapshot_is_of_a_year_that_the_calendars_hold() -> None:
    body = Facts.of({}, year=YEAR).to_json()
    for year in (1900, 2199):
        assert Facts.from_json({**body, "year": year}).year == year
    for wrong in (1899, 2200, "2025", True):
        with pytest.raises(ValueError, match="not a year"):
            Facts.from_json({**body, "year": wrong})


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"id": "x", "label": "甲", "kind": "colour"}, "x"),
        ({"id": "x", "label": "甲", "kind": "text", "colour": "red"}, "x"),
        ({"id": "x", "label": "甲且乙", "kind": "text"}, "cannot be written"),
        ({"id": "x", "label": "甲（乙）", "kind": "text"}, "cannot be written"),
        ({"id": "x", "label": "非甲", "kind": "text"}, "begins with a word"),
        ({"id": "x", "label": "甲", "kind": "choice"}, "has options"),
        ({"id": "x", "label": "甲", "kind": "table"}, "has columns"),
        (
            {
                "id": "x",
                "label": "甲",
                "kind": "text",
                "columns": [{"id": "y", "label": "乙", "kind": "text"}],
            },
            "has columns",
        ),
        (
            {
                "id": "x",
                "label": "甲",
                "kind": "table",
                "columns": [{"id": "y", "label": "乙且丙", "kind": "text"}],
            },
            "x.y: label .* cannot be written",
        ),
    ],
)
def test_a_mistake_in_the_vocabulary_is_refused(raw: dict[str, Any], message: str) -> None:
    with pytest.raises(VocabularyError, match=message):
        read_fact(raw)


def test_a_list_of_an_unknown_name_is_refused() -> None:
    with pytest.raises(VocabularyError, match=r"unknown lists \['facts'\]"):
        read_vocabulary({"fact": [], "facts": []})


def test_contradictions_between_entries_are_refused() -> None:
    one = read_fact({"id": "x", "label": "甲", "kind": "text"})
    same_label = read_fact({"id": "y", "label": "甲", "kind": "text"})
    with pytest.raises(VocabularyError, match="defined twice"):
        vocabulary_of([one, one])
    with pytest.raises(VocabularyError, match="same label"):
        vocabulary_of([one, same_label])
    with pytest.raises(VocabularyError, match="unknown evidence"):
        vocabulary_of([read_fact({"id": "x", "label": "甲", "kind": "text", "evidence": ["paper"]})])
    count = {"id": "z", "label": "乙", "kind": "count", "where": "甲 = 1", "table": "x"}
    with pytest.raises(VocabularyError, match="is not a table"):
        vocabulary_of([one], [read_derived(count)])
    with pytest.raises(VocabularyError, match="unknown facts"):
        vocabulary_of([], [read_derived(count)])
    with pytest.raises(VocabularyError, match="give one of a table"):
        read_derived({"id": "z", "label": "乙", "kind": "count"})
    with pytest.raises(VocabularyError, match="cannot be written"):
        read_derived(count | {"label": "乙或丙"})
    with pytest.raises(VocabularyError, match="is not a date"):
        vocabulary_of([one], [read_derived({"id": "z", "label": "乙", "kind": "count", "since": "x"})])
