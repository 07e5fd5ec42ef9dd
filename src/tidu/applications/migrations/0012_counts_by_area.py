"""How many cases stand how in whose area: what an office above may know before any case is sent up to it.

The view counts; it shows no case, no firm and nothing that either says.
"""

from django.db import migrations, models

COUNTS = """
CREATE VIEW applications_areacount WITH (security_barrier) AS
SELECT min(c.id) AS id, c.batch_id, a.office_id, c.status, c.stage_kind, COALESCE(o.level, '') AS level,
       count(*) AS cases
FROM applications_case c
JOIN enterprises_firm e ON e.id = c.firm_id
JOIN offices_area a ON a.id = e.area_id
LEFT JOIN offices_office o ON o.id = c.office_id
WHERE c.submitted_at IS NOT NULL
  AND CASE WHEN (SELECT tidu_kind()) = 'system' THEN true
           WHEN (SELECT tidu_kind()) IN ('office', 'auditor')
           THEN a.office_id IN (SELECT offices_at_or_below((SELECT tidu_office())))
           ELSE false END
GROUP BY c.batch_id, a.office_id, c.status, c.stage_kind, COALESCE(o.level, '')
"""
"""Runs with the rights of the owner, who sees every case: the condition is all that stands between."""


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0011_lists_in_their_order"),
        ("enterprises", "0002_policies"),
        ("offices", "0002_policies"),
    ]
    operations = [
        migrations.RunSQL(COUNTS, "DROP VIEW applications_areacount"),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE ON applications_areacount FROM tidu_app",
            "GRANT INSERT, UPDATE ON applications_areacount TO tidu_app",
        ),
        migrations.CreateModel(
            name="AreaCount",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("status", models.CharField(max_length=16, verbose_name="状态")),
                ("stage_kind", models.CharField(max_length=12, verbose_name="阶段类型")),
                ("level", models.CharField(max_length=10, verbose_name="现办层级")),
                ("cases", models.PositiveIntegerField(verbose_name="件数")),
            ],
            options={"db_table": "applications_areacount", "managed": False},
        ),
    ]
