"""The canonical bytes of a value: one spelling, and refusal of whatever has none."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.proof.canonical import MAXIMUM_DEPTH, NotCanonical, canonical_bytes, parse_canonical

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | text
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_chinese_is_not_escaped() -> None:
    assert canonical_bytes({"营收": 1, "a": [True, None], "B": "“甲”\n"}) == (
        '{"B":"“甲”\\n","a":[true,null],"营收":1}'.encode()
    )


def test_keys_are_sorted_by_code_point_even_above_the_basic_plane() -> None:
    assert canonical_bytes({"𠮷": 1, "\uffee": 2}) == '{"\uffee":2,"𠮷":1}'.encode()


def test_text_is_written_in_normalisation_form_c() -> None:
    assert canonical_bytes("e\u0301") == canonical_bytes("\u00e9") == '"\u00e9"'.encode()


def test_a_moment_is_written_in_utc_and_a_date_as_it_is() -> None:
    beijing = timezone(timedelta(hours=8))
    assert canonical_bytes([datetime(2026, 2, 2, tzinfo=beijing), date(2026, 2, 2)]) == (
        b'["2026-02-01T16:00:00.000000Z","2026-02-02"]'
    )
    assert canonical_bytes(datetime(1, 1, 1, tzinfo=UTC)) == b'"0001-01-01T00:00:00.000000Z"'


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        float("nan"),
        {"深": [{"浅": 1.0}]},
        2**63,
        -(2**63) - 1,
        datetime(2026, 2, 2),  # noqa: DTZ001
        b"bytes",
        {1, 2},
        {1: "键不是文字"},
        {"\u00e9": 1, "e\u0301": 2},
        "\ud800",
    ],
    ids=repr,
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


def test_a_refusal_says_where() -> None:
    with pytest.raises(NotCanonical) as refusal:
        canonical_bytes({"表": [{"金额": 0.1}]})  # type: ignore[dict-item]
    assert refusal.value.path == "$.表[0].金额"


def test_depth_has_a_limit() -> None:
    value: Any = 1
    for _ in range(MAXIMUM_DEPTH - 1):
        value = [value]
    assert parse_canonical(canonical_bytes(value)) == value
    with pytest.raises(NotCanonical):
        canonical_bytes([value])


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"1e3",
        b"NaN",
        b'"\\u4e2d"',
        b"\xff",
        b"",
        b"[1",
        b"[" * 9999,
    ],
    ids=lambda data: str(data[:12]),
)
def test_bytes_in_another_spelling_are_refused(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        parse_canonical(data)


@given(values)
def test_writing_then_reading_then_writing_gives_the_same_bytes(value: Any) -> None:
    data = canonical_bytes(value)
    assert canonical_bytes(parse_canonical(data)) == data
    assert json.loads(data) == parse_canonical(data)


@given(st.dictionaries(text, scalars, max_size=6).filter(lambda d: len(d) > 1))
def test_the_order_in_which_keys_were_set_does_not_matter(value: dict[str, Any]) -> None:
    backwards = dict(reversed(list(value.items())))
    try:
        expected = canonical_bytes(value)
    except NotCanonical:
        return
    assert canonical_bytes(backwards) == expected
