"""What is a firm's own: its members, its profile, its statements, its ledger. Its identity is public."""

from django.db import migrations
from tidu.database.policies import policy, protect

OWN = "firm_id = (SELECT tidu_firm()) OR (SELECT tidu_kind()) = 'system'"
OWN_OR_MINE = f"{OWN} OR account_id = (SELECT tidu_account())"
OWN_LEDGER = """
EXISTS (
    SELECT 1 FROM enterprises_firm f
    WHERE f.chain_id = records_entry.chain_id AND f.id = (SELECT tidu_firm())
)
"""


def append_only(table: str) -> list[migrations.RunSQL]:
    """Rows are added and never changed, by the owner neither."""
    return [
        migrations.RunSQL(f"REVOKE UPDATE ON {table} FROM tidu_app", f"GRANT UPDATE ON {table} TO tidu_app"),
        migrations.RunSQL(
            f"CREATE TRIGGER a_row_stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION records_refuse()",
            f"DROP TRIGGER a_row_stays ON {table}",
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0001_initial"),
        ("records", "0002_append_only"),
        ("database", "0001_who_is_asking"),
    ]
    operations = [
        protect("enterprises_member"),
        # who logs in must learn which firms he acts for before he acts for one
        policy("enterprises_member", "firm_or_the_person_reads", command="SELECT", using=OWN_OR_MINE),
        policy("enterprises_member", "firm_adds", command="INSERT", check=OWN),
        policy("enterprises_member", "firm_changes", command="UPDATE", using=OWN),
        protect("enterprises_profilefield"),
        policy("enterprises_profilefield", "firm_keeps_own", command="ALL", using=OWN),
        protect("enterprises_statement"),
        policy("enterprises_statement", "firm_reads_own", command="SELECT", using=OWN),
        policy("enterprises_statement", "firm_appends_own", command="INSERT", check=OWN),
        *append_only("enterprises_statement"),
        policy("records_entry", "firm_reads_own_ledger", command="SELECT", using=OWN_LEDGER),
    ]
