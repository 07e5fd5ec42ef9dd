"""Lists and announcements are public with their chains. An objection is read by the office that handles it.

Objections are written by the system on behalf of whoever files one: the filer cannot read back what
he wrote, and the row names nobody.
"""

from django.db import migrations

from tidu.database.policies import policy, protect
from tidu.records.policies import entries_follow

SYSTEM = "(SELECT tidu_kind()) = 'system'"
AN_OFFICE = "(SELECT tidu_kind()) = 'office'"
OWN = "office_id = (SELECT tidu_office())"
HANDLED_HERE = f"{SYSTEM} OR ({AN_OFFICE} AND {OWN})"

OF_OWN_LIST = (
    "EXISTS (SELECT 1 FROM publicity_publicitylist l"
    " WHERE l.id = list_id AND l.office_id = (SELECT tidu_office()))"
)
UNDER_OBJECTION_HERE = (
    "EXISTS (SELECT 1 FROM publicity_objection o"
    " WHERE o.entry_id = publicity_publicityentry.id AND o.office_id = (SELECT tidu_office()))"
)
OF_OWN_ANNOUNCEMENT = (
    "EXISTS (SELECT 1 FROM publicity_announcement a"
    " WHERE a.id = announcement_id AND a.office_id = (SELECT tidu_office()))"
)
OF_ITS_OBJECTION = "EXISTS (SELECT 1 FROM publicity_objection o WHERE o.id = objection_id)"


def public(table: str, written_by: str) -> list[migrations.RunSQL]:
    """Read by all; added by the office that publishes."""
    return [
        protect(table),
        policy(table, "all_read", command="SELECT", using="true"),
        policy(table, "its_office_publishes", command="INSERT", check=f"{AN_OFFICE} AND {written_by}"),
    ]


class Migration(migrations.Migration):
    dependencies = [("publicity", "0001_initial"), ("records", "0002_append_only")]
    operations = [
        *public("publicity_publicitylist", OWN),
        policy(
            "publicity_publicitylist", "its_office_closes", command="UPDATE", using=f"{AN_OFFICE} AND {OWN}"
        ),
        *public("publicity_publicityentry", OF_OWN_LIST),
        protect("publicity_objection"),
        policy("publicity_objection", "handling_office_reads", command="SELECT", using=HANDLED_HERE),
        policy("publicity_objection", "system_files", command="INSERT", check=SYSTEM),
        policy("publicity_objection", "handling_office_decides", command="UPDATE", using=f"{AN_OFFICE} AND {OWN}"),
        policy(
            "publicity_publicityentry",
            "its_office_and_the_handling_one_settle",
            command="UPDATE",
            using=f"{SYSTEM} OR ({AN_OFFICE} AND ({OF_OWN_LIST} OR {UNDER_OBJECTION_HERE}))",
        ),
        protect("publicity_objectionattachment"),
        policy(
            "publicity_objectionattachment", "read_with_its_objection", command="SELECT", using=OF_ITS_OBJECTION
        ),
        policy("publicity_objectionattachment", "system_files", command="INSERT", check=SYSTEM),
        *public("publicity_announcement", OWN),
        *public("publicity_announcemententry", OF_OWN_ANNOUNCEMENT),
        entries_follow("publicity_publicitylist"),
        entries_follow("publicity_objection"),
        entries_follow("publicity_announcement"),
    ]
