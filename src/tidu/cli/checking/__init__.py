"""Firms from a table or from snapshots, judged by several processes, and the table of conclusions."""

from tidu.cli.checking.judging import Form, Said, judged
from tidu.cli.checking.reading import Question, Table, UnreadableFile, read_table
from tidu.cli.checking.writing import UnwritableFile, place_of_results, write_results, writing

__all__ = [
    "Form",
    "Question",
    "Said",
    "Table",
    "UnreadableFile",
    "UnwritableFile",
    "judged",
    "place_of_results",
    "read_table",
    "write_results",
    "writing",
]
