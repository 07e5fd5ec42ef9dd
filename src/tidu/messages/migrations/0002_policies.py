"""A message is read by those who act for its recipient, and sent by the system alone."""

from django.db import migrations

from tidu.database.policies import policy, protect

KIND = "(SELECT tidu_kind())"
SYSTEM = f"{KIND} = 'system'"
OF_THE_FIRM = f"{KIND} = 'firm' AND firm_id = (SELECT tidu_firm())"
OF_THE_OFFICE = "office_id = (SELECT tidu_office())"


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_initial"), ("database", "0001_who_is_asking")]

    operations = [
        protect("inbox_message"),
        policy("inbox_message", "system_reads", command="SELECT", using=SYSTEM),
        policy("inbox_message", "firm_reads_its_own", command="SELECT", using=OF_THE_FIRM),
        policy(
            "inbox_message",
            "office_reads_its_own",
            command="SELECT",
            using=f"{KIND} IN ('office', 'auditor') AND {OF_THE_OFFICE}",
        ),
        policy("inbox_message", "system_sends", command="INSERT", check=SYSTEM),
        policy("inbox_message", "firm_marks_its_own", command="UPDATE", using=OF_THE_FIRM),
        policy("inbox_message", "office_marks_its_own", command="UPDATE", using=f"{KIND} = 'office' AND {OF_THE_OFFICE}"),
    ]
