"""Unfinished applications as offices see them, who was urged by whom, and acts on many of one office.

A draft is read by its firm alone: the view shows the office of the area that it is there, and nothing it says.
"""

from django.db import migrations

from tidu.database.policies import exclude, policy, predicate, protect
from tidu.records.policies import entries_follow

KIND = "(SELECT tidu_kind())"
SYSTEM = f"{KIND} = 'system'"
OWN = "office_id = (SELECT tidu_office())"
BELOW = "(SELECT offices_at_or_below((SELECT tidu_office())))"

UNFINISHED = f"""
CREATE VIEW applications_unfinished WITH (security_barrier) AS
SELECT c.id AS case_id, c.firm_id, c.batch_id, c.chain_id, c.number, c.status, c.opened_at, k.asked_by,
       COALESCE(k.asked_by, b.closes_at) AS due_at,
       (SELECT max(f.saved_at) FROM applications_casefield f WHERE f.case_id = c.id) AS saved_at
FROM applications_case c
JOIN programmes_batch b ON b.id = c.batch_id
JOIN enterprises_firm e ON e.id = c.firm_id
JOIN offices_area a ON a.id = e.area_id
LEFT JOIN applications_correction k ON k.case_id = c.id AND k.answered_at IS NULL
WHERE c.status IN ('draft', 'returned')
  AND ({SYSTEM} OR {KIND} IN ('office', 'auditor') AND a.office_id IN {BELOW})
"""
"""Runs with the rights of the owner, who sees every case: the last line is all that stands between."""

OF_AREA = (
    "EXISTS (SELECT 1 FROM enterprises_firm e JOIN offices_area a ON a.id = e.area_id"
    f" WHERE e.id = applications_remindertarget.firm_id AND a.office_id IN {BELOW})"
)
OFFICES = f"{KIND} IN ('office', 'auditor')"
WRITERS = f"({SYSTEM} OR {KIND} = 'office' AND {OWN})"

OF_ACT = "EXISTS (SELECT 1 FROM applications_bulkact b WHERE b.id = applications_bulkitem.bulk_id)"


def alone(whom: str) -> str:
    return f"int8range({whom}_id, {whom}_id, '[]') WITH &&"


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_urging_and_acts_on_many"),
        ("enterprises", "0002_policies"),
        ("offices", "0002_policies"),
        ("records", "0002_append_only"),
    ]
    operations = [
        migrations.RunSQL(UNFINISHED, "DROP VIEW applications_unfinished"),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE ON applications_unfinished FROM tidu_app",
            "GRANT INSERT, UPDATE ON applications_unfinished TO tidu_app",
        ),
        exclude(
            "applications_remindertarget",
            "reminder_leaves_a_firm_alone",
            alone("batch"),
            alone("firm"),
            "quiet WITH &&",
            where="firm_id IS NOT NULL",
        ),
        exclude(
            "applications_remindertarget",
            "reminder_leaves_an_office_alone",
            alone("batch"),
            alone("office"),
            "quiet WITH &&",
            where="office_id IS NOT NULL",
        ),
        # asked apart: the two tables' policies would otherwise ask each other without end
        predicate(
            "applications_urges_itself",
            "which bigint",
            "SELECT 1 FROM applications_reminder r WHERE r.id = which AND r.office_id = tidu_office()",
        ),
        protect("applications_remindertarget"),
        policy(
            "applications_remindertarget",
            "those_urged_and_those_above_read",
            command="SELECT",
            using=f"{SYSTEM} OR firm_id = (SELECT tidu_firm())"
            f" OR {OFFICES} AND (office_id IN {BELOW} OR {OF_AREA})",
        ),
        policy(
            "applications_remindertarget",
            "office_urges_below_and_in_its_area",
            command="INSERT",
            check=f"{SYSTEM} OR {KIND} = 'office' AND ({OF_AREA} OR (office_id IN {BELOW} AND NOT {OWN}))"
            " AND applications_urges_itself(reminder_id)",
        ),
        protect("applications_reminder"),
        policy(
            "applications_reminder",
            "who_urged_and_who_reads_a_target_read",
            command="SELECT",
            using=f"{SYSTEM} OR {OWN} OR EXISTS"
            " (SELECT 1 FROM applications_remindertarget t WHERE t.reminder_id = applications_reminder.id)",
        ),
        policy("applications_reminder", "office_urges", command="INSERT", check=WRITERS),
        entries_follow("applications_reminder", where=OFFICES),
        protect("applications_bulkact"),
        policy("applications_bulkact", "office_reads_own", command="SELECT", using=f"{SYSTEM} OR {OWN}"),
        policy("applications_bulkact", "office_confirms", command="INSERT", check=WRITERS),
        policy("applications_bulkact", "office_finishes", command="UPDATE", using=WRITERS),
        entries_follow("applications_bulkact"),
        protect("applications_bulkitem"),
        policy("applications_bulkitem", "read_with_its_act", command="SELECT", using=OF_ACT),
        policy("applications_bulkitem", "add_to_its_act", command="INSERT", check=f"{KIND} IN ('office', 'system') AND {OF_ACT}"),
        policy("applications_bulkitem", "mark_with_its_act", command="UPDATE", using=f"{KIND} IN ('office', 'system') AND {OF_ACT}"),
    ]
