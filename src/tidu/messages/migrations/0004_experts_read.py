"""An expert reads and marks what was sent to himself."""

from django.db import migrations

from tidu.database.policies import policy

MINE = "(SELECT tidu_kind()) = 'expert' AND panels_is_me(expert_id)"


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_to_experts"), ("panels", "0004_who_sees_a_draw")]
    operations = [
        policy("inbox_message", "expert_reads_his_own", command="SELECT", using=MINE),
        policy("inbox_message", "expert_marks_his_own", command="UPDATE", using=MINE),
    ]
