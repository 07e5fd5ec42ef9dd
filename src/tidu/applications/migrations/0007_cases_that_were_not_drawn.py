"""Which cases a draw spared, and why cases go up that took part in none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_acts_entered_later")]

    operations = [
        migrations.AlterField(
            model_name="casestage",
            name="inspection",
            field=models.CharField(
                blank=True,
                choices=[("planned", "待核查"), ("done", "已核查"), ("spared", "未抽中")],
                max_length=8,
                verbose_name="实地核查",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="undrawn_reason",
            field=models.TextField(blank=True, default="", verbose_name="未抽查说明"),
            preserve_default=False,
        ),
    ]
