"""The form covers the notice: whatever a notice can say can be typed, and every control means something."""

from dataclasses import fields

import pytest

from tidu.law import drafting, notices, plain
from tidu.law.drafting import Block
from tidu.law.notices import Notice
from tidu.law.refusals import Refused
from tidu.programmes.models import DraftPart

BLOCKS = [block for section in drafting.form() for block in section.blocks]
FOLLOWS = {
    "issuer": "the office that drafts",
    "offices": "the chain in which it stands",
    "demonstration": "whether its offices are invented",
    "version": "grows with each corrigendum",
    "amendments": "the corrigenda",
}
"""What of a notice nobody types, and why."""
NOT_TYPED = {("batches", "moved"): "only a corrigendum moves a deadline", ("readings", "choices"): "as begun"}


def test_everything_that_a_notice_says_has_its_place_in_the_form() -> None:
    keys = [key for block in BLOCKS for key in block.keys]
    assert sorted({*keys, *FOLLOWS}) == sorted(field.name for field in fields(Notice))
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.kind in ("rows", "group")], ids=lambda b: b.name)
def test_every_column_is_a_field_and_every_field_a_column(block: Block) -> None:
    part = plain.part_of(Notice, block.name)
    untyped = {name for key, name in NOT_TYPED if key == block.name}
    assert {column.name for column in block.columns} | untyped == {field.name for field in fields(part)}


def test_the_sections_are_those_that_are_stored() -> None:
    assert [one.id for one in drafting.form()] == DraftPart.values
    assert [one.title for one in drafting.form()] == DraftPart.labels


def test_words_of_a_choice_are_all_that_the_law_knows() -> None:
    """A value that the law takes and the form does not offer could never be chosen."""
    for notice_id in notices.notice_ids():
        data = notices.to_json(notices.load(notice_id))
        for block in BLOCKS:
            rows = data.get(block.name, []) if block.kind == "rows" else [data]
            for column in (one for one in block.columns if one.words and not one.options):
                for row in rows:
                    value = row.get(column.name, [])
                    chosen = value if isinstance(value, list) else [value]
                    assert set(chosen) <= set(column.words), (notice_id, block.name, column.name)


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(Refused, match="draft_section_unknown"):
        drafting.section("annex")
