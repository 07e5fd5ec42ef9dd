"""Small words for migrations: row-level security and constraints that Django has no words for.

    operations = [
        protect("applications_case"),
        policy("applications_case", "firm_reads", command="SELECT", using="firm_id = (SELECT tidu_firm())"),
        exclude("titles_title", "no_overlap", "int8range(firm_id, firm_id, '[]') WITH &&", "valid WITH &&"),
    ]

The calls stand as ``(SELECT tidu_firm())`` so that PostgreSQL evaluates them once per query.
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


def withhold_rows(table: str, name: str, *, unless: str) -> RunSQL:
    """The serving role reads no row for which ``unless`` does not hold, whatever other policies grant."""
    return RunSQL(
        f'CREATE POLICY "{name}" ON "{table}" AS RESTRICTIVE FOR SELECT TO tidu_app USING ({unless})',
        f'DROP POLICY "{name}" ON "{table}"',
    )


def policy(
    table: str, name: str, *, command: Command, using: str | None = None, check: str | None = None
) -> RunSQL:
    """Grants the serving role the rows for which ``using`` holds; what it writes must satisfy ``check``.

    INSERT knows only ``check``; UPDATE and ALL without ``check`` hold what is written to ``using`` as well.
    """
    clauses = [f"USING ({using})"] if using else []
    clauses += [f"WITH CHECK ({check})"] if check else []
    return RunSQL(
        f'CREATE POLICY "{name}" ON "{table}" FOR {command} TO tidu_app {" ".join(clauses)}',
        f'DROP POLICY "{name}" ON "{table}"',
    )


def restate(table: str, name: str, *, using: str, was: str) -> RunSQL:
    """Another ``using`` for a policy that stands; ``was`` is what it said before, for the way back."""
    return RunSQL(
        f'ALTER POLICY "{name}" ON "{table}" USING ({using})',
        f'ALTER POLICY "{name}" ON "{table}" USING ({was})',
    )


def predicate(name: str, argument: str, query: str) -> RunSQL:
    """A function for policies: whether ``query``, itself bound by the policies of its tables, finds a row.

    PL/pgSQL keeps its plan for the whole session. Written into a policy, the query would be planned anew
    with every statement, together with the policies of every table it names, and theirs in turn: reading
    one row of the ledger through ten rooms took forty times as long to plan as to run.
    """
    return RunSQL(
        f"CREATE FUNCTION {name}({argument}) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE"
        f" AS $$ BEGIN RETURN EXISTS ({query}); END $$",
        f"DROP FUNCTION {name}",
    )


def exclude(table: str, name: str, *elements: str, where: str | None = None) -> RunSQL:
    """No two rows may overlap in all ``elements`` at once, e.g. ``"validity WITH &&"``."""
    condition = f" WHERE ({where})" if where else ""
    clause = f"EXCLUDE USING gist ({', '.join(elements)}){condition}"
    return RunSQL(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {clause}',
        f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"',
    )
