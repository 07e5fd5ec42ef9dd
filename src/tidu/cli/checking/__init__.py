"""Firms from a table or from snapshots, judged one after another, and the table of conclusions."""

from tidu.cli.checking.reading import Firms, Judged, Question, UnreadableFile, read_firms
from tidu.cli.checking.writing import write_results, write_template

__all__ = ["Firms", "Judged", "Question", "UnreadableFile", "read_firms", "write_results", "write_template"]
