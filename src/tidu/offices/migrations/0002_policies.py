"""Who reads the ledger of an office: the office itself and those above it, never its neighbours."""

from django.db import migrations
from tidu.database.policies import policy

AT_OR_BELOW = """
CREATE FUNCTION offices_at_or_below(upper bigint) RETURNS SETOF bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH RECURSIVE held AS (
        SELECT id FROM offices_office WHERE id = upper
        UNION SELECT lower.id FROM offices_office lower JOIN held ON lower.parent_id = held.id
    ) SELECT id FROM held
$$
"""

OWN_LEDGER = """
EXISTS (
    SELECT 1 FROM offices_office o
    WHERE o.chain_id = records_entry.chain_id AND o.id IN (SELECT offices_at_or_below((SELECT tidu_office())))
)
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial"), ("records", "0002_append_only"), ("database", "0001_who_is_asking")]
    operations = [
        migrations.RunSQL(AT_OR_BELOW, "DROP FUNCTION offices_at_or_below"),
        policy("records_entry", "office_reads_ledger_of_its_own_and_lower", command="SELECT", using=OWN_LEDGER),
    ]
