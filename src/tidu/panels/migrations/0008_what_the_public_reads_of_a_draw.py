"""Of a draw's ledger the public reads what it needs to do the draw again, and no more.

When opinions came, and whether a panel talked something over, is for offices: a firm knows to the second
when its own case went on, and could tell what happened to it from the same second here.
"""

from django.db import migrations

from tidu.database.policies import restate

FOR_OFFICES = "(SELECT tidu_kind()) IN ('office', 'auditor', 'system')"
OF_OPINIONS = "('take_opinion', 'ask_to_moderate', 'moderate', 'note_overdue')"
READABLE = "records_read_with_panels_draw(chain_id)"


class Migration(migrations.Migration):
    dependencies = [("panels", "0007_kinds_of_events")]
    operations = [
        restate(
            "records_entry",
            "reads_with_panels_draw",
            using=f"({FOR_OFFICES} OR verb NOT IN {OF_OPINIONS}) AND {READABLE}",
            was=f"(true) AND {READABLE}",
        )
    ]
