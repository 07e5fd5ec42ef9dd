"""A draft is a file at any time: whatever was typed, right or wrong, it loads back equal."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidu.law import drafting, notices, plain
from tidu.law.drafting import Document, Issuer, Section, Typed, read_file, write_file
from tidu.law.notices import Notice

ISSUER = Issuer.of("shili-province")
WHOLE = drafting.begin_from(notices.load("xinjiang-2026-specialised-batch1"), ISSUER)

texts = st.text(max_size=40)
leaves = st.one_of(texts, st.integers(-(10**6), 10**6), st.booleans(), st.lists(texts, max_size=3))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """The draft of a whole notice in which some values were replaced by anything a form can leave there."""
    document = deepcopy(WHOLE)
    for _ in range(draw(st.integers(0, 5))):
        section = draw(st.sampled_from(drafting.form()))
        block = draw(st.sampled_from(section.blocks))
        column = draw(st.sampled_from(block.columns)).name
        rows: Any = document.get(block.name)
        if block.kind == "rows" and rows:
            draw(st.sampled_from(rows))[column] = draw(leaves)
        elif block.kind == "fields":
            document[column] = draw(leaves)
        elif block.kind == "pairs":
            document[block.name] = draw(st.dictionaries(texts, texts, max_size=3))
    return document


def is_of_a_form(document: Document) -> bool:
    """A list where one value is meant, or one value where a list is, is not what a form leaves."""
    faults = plain.faults(Notice, document)
    return not any(isinstance(fault.values.get("value"), list | dict) for fault in faults)


@given(documents())
@settings(max_examples=60)
def test_a_draft_loads_back_equal(document: Document) -> None:
    if is_of_a_form(document):
        assert read_file(write_file(document)) == document


@pytest.mark.parametrize("notice_id", notices.notice_ids())
def test_a_notice_of_the_rulebook_is_written_as_a_file_that_is_the_same_notice(notice_id: str) -> None:
    notice = notices.load(notice_id)
    assert notices.from_json(read_file(write_file(notices.to_json(notice)))) == notice


@pytest.mark.parametrize("section", drafting.form(), ids=lambda section: section.id)
@pytest.mark.parametrize("notice_id", notices.notice_ids())
def test_what_a_form_shows_and_sends_back_is_what_was_saved(notice_id: str, section: Section) -> None:
    document = notices.to_json(notices.load(notice_id))
    sent = drafting.take(section, as_sent(section, document), document)
    assert notices.from_json({**document, **sent}) == notices.load(notice_id)


def as_sent(section: Section, document: Document) -> Typed:
    """The controls of a section as a browser sends them unchanged."""
    sent: dict[str, list[str]] = {}
    for block in section.blocks:
        for prefix, row in lines(block, document):
            sent[f"{prefix}was"] = [str(row.get("was", ""))]
            for column in block.columns:
                value = row.get(column.name, drafting.default_of(block, column))
                if column.control == "choices":
                    sent[f"{prefix}{column.name}"] = list(value or [])
                else:
                    sent[f"{prefix}{column.name}"] = [drafting.shown(column, value)]
    return sent


def lines(block: drafting.Block, document: Document) -> list[tuple[str, dict[str, Any]]]:
    found = document.get(block.name, {})
    if block.kind == "fields":
        return [("", document)]
    if block.kind == "group":
        return [(f"{block.name}.", found)]
    if block.kind == "pairs":
        keys = drafting.ordered_keys(found)
        return [(f"{block.name}.{n}.", {"key": key, "value": found[key]}) for n, key in enumerate(keys)]
    return [
        (f"{block.name}.{n}.", {**row, "was": drafting.identity(row, n)}) for n, row in enumerate(found or [])
    ]
