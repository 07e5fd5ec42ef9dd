"""The one word other rooms need in their migrations: who reads a case reads its chain."""

from django.db.migrations import RunSQL

from tidu.database.policies import policy


def entries_follow(table: str, *, column: str = "chain_id", where: str = "true") -> RunSQL:
    """Whoever may see a row of ``table`` may read the entries of the chain it names.

    The subquery is itself bound by the table's own policies, therefore nothing about who may see what is
    repeated here. Snapshots follow by themselves: a frozen body is readable through an entry that names it.
    ``where`` narrows it to some entries, e.g. ``"verb LIKE 'notice.%'"``.
    """
    rows = f'SELECT 1 FROM "{table}" WHERE "{table}"."{column}" = "records_entry"."chain_id"'  # noqa: S608
    return policy(
        "records_entry", f"reads_with_{table}", command="SELECT", using=f"EXISTS ({rows}) AND ({where})"
    )
