"""The day of an act that was done on paper and entered later, beside what the act ended."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_who_urges_and_acts_on_many")]

    operations = [
        migrations.AddField(
            model_name="casestage",
            name="happened_on",
            field=models.DateField(blank=True, null=True, verbose_name="线下办理日期"),
        ),
        migrations.AddConstraint(
            model_name="casestage",
            constraint=models.CheckConstraint(
                condition=Q(happened_on__isnull=True) | Q(left_at__isnull=False),
                name="case_stage_entered_later_only_when_left",
            ),
        ),
    ]
