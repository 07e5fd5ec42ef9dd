"""Indices in the order of the lists; the batch beside each reader, so that an office's batches are a look-up."""

import django.db.models.deletion
from django.db import migrations, models

READER = "applications_casereader"
FILL = f"""
ALTER TABLE {READER} DISABLE TRIGGER a_row_stays;
UPDATE {READER} r SET batch_id = c.batch_id FROM applications_case c WHERE c.id = r.case_id;
ALTER TABLE {READER} ENABLE TRIGGER a_row_stays;
"""
BATCH = {"on_delete": django.db.models.deletion.RESTRICT, "related_name": "+", "to": "programmes.batch"}


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0010_panels"),
        ("programmes", "0001_initial"),
    ]
    operations = [
        migrations.AddField("casereader", "batch", models.ForeignKey(null=True, **BATCH)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("casereader", "batch", models.ForeignKey(**BATCH)),
        migrations.AddIndex(
            "casereader", models.Index(fields=["office", "batch"], name="case_reader_of_batch")
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["office", "due_at", "submitted_at", "id"],
                condition=models.Q(status__in=["in_review", "passed", "suspended"]),
                name="case_todo",
            ),
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["due_at", "submitted_at", "id"], name="case_by_deadline")
        ),
    ]
