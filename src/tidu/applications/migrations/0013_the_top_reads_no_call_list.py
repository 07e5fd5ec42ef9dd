"""An office that sees cases only once they are sent up to it sees no call list either: it names firms."""

from django.db import migrations

VIEW = """
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
           WHEN (SELECT tidu_kind()) IN ('office', 'auditor'){except_the_top}
           THEN a.office_id IN (SELECT offices_at_or_below((SELECT tidu_office())))
           ELSE false END
"""
"""Runs with the rights of the owner, who sees every case: the last lines are all that stands between."""
EXCEPT_THE_TOP = (
    " AND (SELECT o.level <> 'ministry' FROM offices_office o WHERE o.id = (SELECT tidu_office()))"
)


class Migration(migrations.Migration):
    dependencies = [("applications", "0012_counts_by_area"), ("offices", "0002_policies")]
    operations = [
        migrations.RunSQL(VIEW.format(except_the_top=EXCEPT_THE_TOP), VIEW.format(except_the_top=""))
    ]
