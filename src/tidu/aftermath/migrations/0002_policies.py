"""Only the system draws consequences, so only the system sees which have been drawn."""

from django.db import migrations

from tidu.database.policies import policy, protect

SYSTEM = "(SELECT tidu_kind()) = 'system'"


class Migration(migrations.Migration):
    dependencies = [("aftermath", "0001_initial"), ("database", "0001_who_is_asking")]

    operations = [
        protect("aftermath_handledentry"),
        policy("aftermath_handledentry", "system_reads", command="SELECT", using=SYSTEM),
        policy("aftermath_handledentry", "system_notes", command="INSERT", check=SYSTEM),
    ]
