"""Drafting a notice: what is typed into its form, kept as the notice's own data, and what is wrong with it.

A draft is a document of the shape of a notice's file. What was typed wrongly stays in it as it was typed;
`problems_of` says where and why. `tidu.law.notices` reads the document once nothing stands against it.
"""

from tidu.law.drafting.documents import (
    Document,
    Issuer,
    begin_blank,
    begin_from,
    document_of,
    sections_of,
    standard_readings,
)
from tidu.law.drafting.entries import Typed, fact_names, identity, read_single, reading_control, shown, take
from tidu.law.drafting.files import MOST_BYTES, read_file, write_file
from tidu.law.drafting.form import Block, Column, Section, default_of, form, section
from tidu.law.drafting.places import Place, place_of, row_label, row_title
from tidu.law.drafting.problems import Problem, problems_of, readable
from tidu.law.drafting.rows import add_row, merged, move_row, ordered_keys, remove_row

__all__ = [
    "MOST_BYTES",
    "Block",
    "Column",
    "Document",
    "Issuer",
    "Place",
    "Problem",
    "Section",
    "Typed",
    "add_row",
    "begin_blank",
    "begin_from",
    "default_of",
    "document_of",
    "fact_names",
    "form",
    "identity",
    "merged",
    "move_row",
    "ordered_keys",
    "place_of",
    "problems_of",
    "read_file",
    "read_single",
    "readable",
    "reading_control",
    "remove_row",
    "row_label",
    "row_title",
    "section",
    "sections_of",
    "shown",
    "standard_readings",
    "take",
    "write_file",
]
