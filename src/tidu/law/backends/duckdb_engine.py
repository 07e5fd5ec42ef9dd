"""Judging a population by DuckDB, from a table, a view or a file in the layout.

DuckDB itself raises where an integer would overflow, so what lies outside the declared bounds ends in its
OutOfRangeException and never in a wrong answer.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from tidu.law.backends.sql import Sql, deriving_query, judging_query
from tidu.law.backends.steps import plan_of
from tidu.law.standards.definition import StandardText


def derive_relation(
    connection: duckdb.DuckDBPyConnection, source: str, *standards: StandardText
) -> duckdb.DuckDBPyRelation:
    """A relation in the layout of these standards, with what follows from its stated columns beside them."""
    return connection.sql(deriving_query(source, Sql(), *standards))


def judge_relation(
    connection: duckdb.DuckDBPyConnection, source: str, standard: StandardText, *, keep: Sequence[str] = ()
) -> duckdb.DuckDBPyRelation:
    """What the standard says of each row of a derived relation, beside its columns `keep`.

    The columns are those of `Judged.results`. A relation has no order: keep a column that tells firms apart.
    """
    return connection.sql(judging_query(plan_of(standard), source, Sql(), keep=keep))


def judge_file(population: Path, standard: StandardText, results: Path, *, keep: Sequence[str] = ()) -> None:
    """Judge the rows of one Parquet file in the layout into another."""
    with duckdb.connect() as connection:
        derive_relation(connection, parquet(population), standard).create_view("population")
        judge_relation(connection, "population", standard, keep=keep).write_parquet(str(results))


def parquet(path: Path) -> str:
    """A Parquet file as a relation to select from."""
    return "read_parquet('" + str(path).replace("'", "''") + "')"
