"""The one word other rooms need in their migrations: who reads a case reads its chain."""

from django.db.migrations import SeparateDatabaseAndState

from tidu.database.policies import policy, predicate


def entries_follow(table: str, *, column: str = "chain_id", where: str = "true") -> SeparateDatabaseAndState:
    """Whoever may see a row of ``table`` may read the entries of the chain it names.

    The query is itself bound by the table's own policies, therefore nothing about who may see what is
    repeated here. Snapshots follow by themselves: a frozen body is readable through an entry that names it.
    ``where`` narrows it to some entries, e.g. ``"verb LIKE 'notice.%'"``.
    """
    function = f"records_read_with_{table}"
    row = f'SELECT 1 FROM "{table}" WHERE "{table}"."{column}" = which'  # noqa: S608
    readable = f"({where}) AND {function}(chain_id)"
    return SeparateDatabaseAndState(
        [
            predicate(function, "which bigint", row),
            policy("records_entry", f"reads_with_{table}", command="SELECT", using=readable),
        ]
    )
