"""Indices in the order of the lists, and the batch beside each reader and each stage.

An office's batches are a look-up then, and the board reads the stages of one batch and no case. The view of
unfinished applications says whose area they are in, and asks its condition so that the planner takes half
of the areas for the asker's, and not next to none.
"""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
ALTER TABLE {table} DISABLE TRIGGER {trigger};
UPDATE {table} t SET batch_id = c.batch_id FROM applications_case c WHERE c.id = t.case_id;
ALTER TABLE {table} ENABLE TRIGGER {trigger};
"""
UNFINISHED = """
CREATE OR REPLACE VIEW applications_unfinished WITH (security_barrier) AS
SELECT c.id AS case_id, c.firm_id, c.batch_id, c.chain_id, c.number, c.status, c.opened_at, k.asked_by,
       COALESCE(k.asked_by, b.closes_at) AS due_at,
       (SELECT max(f.saved_at) FROM applications_casefield f WHERE f.case_id = c.id) AS saved_at,
       a.office_id
FROM applications_case c
JOIN programmes_batch b ON b.id = c.batch_id
JOIN enterprises_firm e ON e.id = c.firm_id
JOIN offices_area a ON a.id = e.area_id
LEFT JOIN applications_correction k ON k.case_id = c.id AND k.answered_at IS NULL
WHERE c.status IN ('draft', 'returned')
  AND CASE WHEN (SELECT tidu_kind()) = 'system' THEN true
           WHEN (SELECT tidu_kind()) IN ('office', 'auditor')
           THEN a.office_id IN (SELECT offices_at_or_below((SELECT tidu_office())))
           ELSE false END
"""
"""Runs with the rights of the owner, who sees every case: the last lines are all that stands between."""
BATCH = {"on_delete": django.db.models.deletion.RESTRICT, "related_name": "+", "to": "programmes.batch"}


def fill(table: str, trigger: str) -> migrations.RunSQL:
    return migrations.RunSQL(FILL.format(table=table, trigger=trigger), migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0010_panels"),
        ("programmes", "0001_initial"),
    ]
    operations = [
        migrations.AddField("casereader", "batch", models.ForeignKey(null=True, **BATCH)),
        migrations.AddField("casestage", "batch", models.ForeignKey(null=True, **BATCH)),
        fill("applications_casereader", "a_row_stays"),
        fill("applications_casestage", "a_stage_knows_the_readers_of_its_case"),
        migrations.AlterField("casereader", "batch", models.ForeignKey(**BATCH)),
        migrations.AlterField("casestage", "batch", models.ForeignKey(**BATCH)),
        migrations.AddIndex(
            "casereader", models.Index(fields=["office", "batch"], name="case_reader_of_batch")
        ),
        migrations.AddIndex(
            "casestage", models.Index(fields=["batch", "office"], name="case_stage_of_batch")
        ),
        migrations.AddIndex(
            "casestage",
            models.Index(
                fields=["batch", "due_at", "id"], condition=models.Q(left_at=None), name="case_stage_open"
            ),
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
        # the column at its end cannot be taken back; what was asked before may ask on
        migrations.RunSQL(UNFINISHED, migrations.RunSQL.noop),
    ]
