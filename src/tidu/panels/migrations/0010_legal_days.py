from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("panels", "0009_stretches")]

    operations = [
        migrations.AddField(
            model_name="draw",
            name="counting",
            field=models.CharField(
                choices=[("calendar", "自然日"), ("working", "工作日")],
                default="calendar",
                max_length=8,
                verbose_name="评审期限按",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("counting__in", ["calendar", "working"])), name="draw_counting_known"
            ),
        ),
    ]
