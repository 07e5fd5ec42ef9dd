"""Each entry of an announcement says from which day its own title counts: a re-reviewed one goes on."""

from django.db import migrations, models

FROM_THE_ANNOUNCEMENT = """
UPDATE publicity_announcemententry e SET valid_from = a.valid_from
FROM publicity_announcement a WHERE a.id = e.announcement_id
"""


class Migration(migrations.Migration):
    dependencies = [("publicity", "0002_policies")]

    operations = [
        migrations.AddField(
            model_name="announcemententry",
            name="valid_from",
            field=models.DateField(null=True, verbose_name="有效期起"),
        ),
        migrations.RunSQL(FROM_THE_ANNOUNCEMENT, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="announcemententry",
            name="valid_from",
            field=models.DateField(verbose_name="有效期起"),
        ),
    ]
