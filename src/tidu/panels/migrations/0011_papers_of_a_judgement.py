import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0014_a_firm_reads_no_opinion"),
        ("panels", "0010_legal_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="judgement",
            name="paper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="applications.evidenceitem",
                verbose_name="佐证材料",
            ),
        ),
    ]
