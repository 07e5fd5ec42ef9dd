from django.db import migrations, models


class Migration(migrations.Migration):
    """A deadline by which nothing is ever late: how offices divide the time among themselves."""

    dependencies = [("programmes", "0002_policies")]

    operations = [
        migrations.RemoveConstraint(model_name="batchdeadline", name="batch_deadline_mode_known"),
        migrations.AlterField(
            model_name="batchdeadline",
            name="mode",
            field=models.CharField(
                choices=[
                    ("hard", "过期不予受理"),
                    ("soft", "逾期记录"),
                    ("advisory", "内部安排，逾期不作记录"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="batchdeadline",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["hard", "soft", "advisory"])),
                name="batch_deadline_mode_known",
            ),
        ),
    ]
