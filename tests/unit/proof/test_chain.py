"""Hash chains: whatever is changed, moved, added or removed is found and named."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.proof.canonical import canonical_bytes
from tidu.proof.chain import (
    Break,
    Head,
    Header,
    Link,
    body_digest,
    breaks,
    entry_digest,
    start_digest,
)

TOKEN = "c0ffee"
START = datetime(2026, 1, 1, tzinfo=UTC)


def build(bodies: list[Any], *, token: str = TOKEN) -> tuple[Head, list[Link]]:
    """A true chain with one entry for each body."""
    previous = start_digest(token, "case")
    links = []
    for seq, content in enumerate(bodies, start=1):
        salt, body = bytes([seq]) * 32, canonical_bytes(content)
        header = Header(
            chain=token,
            seq=seq,
            verb="case.submit",
            actor_kind="firm",
            account=7,
            office=None,
            firm=3,
            actor_name="示例有限公司",
            at=START + timedelta(hours=seq),
            written_at=START + timedelta(hours=seq, seconds=1),
            snapshot=None,
            body_digest=body_digest(salt, body),
            previous=previous,
        )
        links.append(Link(header, entry_digest(header), salt, body))
        previous = links[-1].digest
    return Head(token, "case", len(bodies), previous), links


HEAD, LINKS = build([{"意见": "同意"}, {"意见": "退回补正"}, {"意见": "通过"}])


def found(head: Head, links: list[Link]) -> list[tuple[int | None, str]]:
    return [(broken.seq, broken.what) for broken in breaks(head, links)]


@given(st.lists(st.integers(), max_size=5))
def test_a_true_chain_holds(numbers: list[int]) -> None:
    head, links = build([{"n": number % 97} for number in numbers])
    assert found(head, links) == []


@given(st.data())
def test_any_changed_byte_of_a_body_is_found(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, 2))
    body = LINKS[at].body or b""
    place = data.draw(st.integers(0, len(body) - 1))
    other = bytes([body[place] ^ data.draw(st.integers(1, 255))])
    links = list(LINKS)
    links[at] = replace(LINKS[at], body=body[:place] + other + body[place + 1 :])
    assert found(HEAD, links) == [(at + 1, "body")]


@given(st.data())
def test_any_changed_digit_of_a_digest_is_found(data: st.DataObject) -> None:
    at, place = data.draw(st.integers(0, 2)), data.draw(st.integers(0, 63))
    digest = LINKS[at].digest
    other = f"{int(digest[place], 16) ^ data.draw(st.integers(1, 15)):x}"
    links = list(LINKS)
    links[at] = replace(LINKS[at], digest=digest[:place] + other + digest[place + 1 :])
    assert (at + 1, "entry") in found(HEAD, links)


CHANGES: dict[str, Any] = {
    "chain": "decade",
    "seq": 9,
    "verb": "case.refuse",
    "actor_kind": "office",
    "account": 8,
    "office": 1,
    "firm": None,
    "actor_name": "示例公司",
    "at": START,
    "written_at": START,
    "snapshot": "0" * 64,
    "body_digest": "0" * 64,
    "previous": "0" * 64,
    "algorithm": "sm3",
}


@pytest.mark.parametrize("field", [field.name for field in fields(Header)])
def test_each_field_of_the_header_is_covered(field: str) -> None:
    header = replace(LINKS[1].header, **{field: CHANGES[field]})
    assert (header.seq, "entry") in found(HEAD, [LINKS[0], replace(LINKS[1], header=header), LINKS[2]])


@pytest.mark.parametrize(
    ("what", "head"),
    [
        ("previous", replace(HEAD, chain="decade")),
        ("previous", replace(HEAD, kind="notice")),
        ("length", replace(HEAD, seq=4)),
        ("head", replace(HEAD, digest="0" * 64)),
    ],
)
def test_each_field_of_the_head_is_covered(what: str, head: Head) -> None:
    assert what in [broken.what for broken in breaks(head, LINKS)]


@pytest.mark.parametrize(
    ("expected", "links"),
    [
        ([(3, "sequence"), (3, "previous")], [LINKS[0], LINKS[2]]),
        ([(None, "length"), (None, "head")], LINKS[:2]),
        (
            [
                (3, "sequence"),
                (3, "previous"),
                (2, "sequence"),
                (2, "previous"),
                (None, "length"),
                (None, "head"),
            ],
            [LINKS[0], LINKS[2], LINKS[1]],
        ),
        ([(2, "sequence"), (2, "previous")], [*LINKS[:2], LINKS[1], LINKS[2]]),
        ([(None, "length"), (None, "head")], []),
    ],
    ids=["one taken out", "last cut off", "two swapped", "one twice", "all gone"],
)
def test_missing_moved_and_repeated_entries_are_found(
    expected: list[tuple[int | None, str]], links: list[Link]
) -> None:
    assert [item for item in found(HEAD, links) if item not in expected] in (
        [],
        [(3, "previous")],
        [(3, "sequence")],
    )
    assert set(expected) <= set(found(HEAD, links))


def test_a_rewritten_entry_breaks_the_next_one() -> None:
    header = replace(LINKS[0].header, verb="case.withdraw")
    links = [replace(LINKS[0], header=header, digest=entry_digest(header)), *LINKS[1:]]
    assert found(HEAD, links) == [(2, "previous")]


def test_an_erased_body_leaves_the_chain_whole() -> None:
    assert found(HEAD, [LINKS[0], replace(LINKS[1], salt=None, body=None), LINKS[2]]) == []


@pytest.mark.parametrize("gone", ["salt", "body"])
def test_a_body_without_its_salt_or_a_salt_without_its_body_is_found(gone: str) -> None:
    half: Link = replace(LINKS[1], **{gone: None})  # type: ignore[arg-type]
    assert found(HEAD, [LINKS[0], half, LINKS[2]]) == [(2, "half_erased")]


def test_an_algorithm_nobody_knows_cannot_be_passed_off_as_checked() -> None:
    assert list(breaks(replace(HEAD, algorithm="md5"), [])) == [Break(TOKEN, None, "algorithm", found="md5")]
