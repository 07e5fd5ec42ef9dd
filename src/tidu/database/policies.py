"""Small words for migrations: row-level security and constraints that Django has no words for.

    operations = [
        protect("applications_case"),
        policy("applications_case", "firm_reads_own", command="SELECT", using="firm_id = (SELECT tidu_firm())"),
        exclude("titles_title", "title_no_overlap", "int8range(firm_id, firm_id, '[]') WITH &&", "validity WITH &&"),
    ]

The calls stand as ``(SELECT tidu_firm())`` so that PostgreSQL evaluates them once per query, not once per row.
"""

from typing import Literal

from django.db.migrations import RunSQL

Command = Literal["ALL", "SELECT", "INSERT", "UPDATE"]


def protect(table: str) -> RunSQL:
    """From here on the serving role sees no row of the table that no policy grants."""
    return RunSQL(
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
    )


def policy(
    table: str, name: str, *, command: Command, using: str | None = None, check: str | None = None
) -> RunSQL:
    """Grants the serving role the rows for which ``using`` holds, to write only those for which ``check`` holds.

    PostgreSQL takes ``using`` for UPDATE and ALL, and ``check`` for INSERT; UPDATE without ``check`` checks ``using``.
    """
    clauses = [f"USING ({using})"] if using else []
    clauses += [f"WITH CHECK ({check})"] if check else []
    return RunSQL(
        f'CREATE POLICY "{name}" ON "{table}" FOR {command} TO tidu_app {" ".join(clauses)}',
        f'DROP POLICY "{name}" ON "{table}"',
    )


def exclude(table: str, name: str, *elements: str, where: str | None = None) -> RunSQL:
    """No two rows may overlap in all ``elements`` at once, e.g. ``"validity WITH &&"``."""
    condition = f" WHERE ({where})" if where else ""
    return RunSQL(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" EXCLUDE USING gist ({", ".join(elements)}){condition}',
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
    )
