"""The register is public, with its chains; only offices and the system write in it."""

from django.db import migrations

from tidu.database.policies import policy, protect
from tidu.records.policies import entries_follow

REGISTRARS = "(SELECT tidu_kind()) IN ('office', 'system')"


class Migration(migrations.Migration):
    dependencies = [("titles", "0001_initial"), ("records", "0002_append_only")]

    operations = [
        protect("titles_title"),
        policy("titles_title", "all_read", command="SELECT", using="true"),
        policy("titles_title", "registrars_enter", command="INSERT", check=REGISTRARS),
        policy("titles_title", "system_ends", command="UPDATE", using="(SELECT tidu_kind()) = 'system'"),
        entries_follow("titles_title"),
    ]
