from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("panels", "0008_what_the_public_reads_of_a_draw")]
    operations = [migrations.AddField("draw", "stretch", models.BinaryField(blank=True, null=True))]
