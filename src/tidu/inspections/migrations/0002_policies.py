"""Who reads a check: the offices on its case's route; the firm its own check and findings, and no more.

Notes, photos and credit checks stay with the offices. A sample is read by the office that drew
it and by those above it. Auditors read what their office reads; only offices write.
"""

from django.db import migrations

from tidu.database.policies import policy, protect
from tidu.records.policies import entries_follow

SYSTEM = "(SELECT tidu_kind()) = 'system'"
AN_OFFICE = "(SELECT tidu_kind()) = 'office'"
OWN = "office_id = (SELECT tidu_office())"
ITS_OWN_OR_BELOW = "office_id IN (SELECT offices_at_or_below((SELECT tidu_office())))"
ON_THE_ROUTE = (
    "EXISTS (SELECT 1 FROM applications_casereader r"
    ' WHERE r.case_id = "{table}".case_id AND r.office_id = (SELECT tidu_office()))'
)
OF_THE_FIRM = (
    "EXISTS (SELECT 1 FROM applications_case c"
    ' WHERE c.id = "{table}".case_id AND c.firm_id = (SELECT tidu_firm()))'
)
OF_ITS_CHECK = 'EXISTS (SELECT 1 FROM inspections_inspection i WHERE i.id = "{table}".inspection_id{more})'
OF_ITS_SAMPLE = 'EXISTS (SELECT 1 FROM inspections_sample s WHERE s.id = "{table}".sample_id{more})'
MINE = " AND {alias}.office_id = (SELECT tidu_office())"
NOT_A_FIRM = "(SELECT tidu_firm()) IS NULL"


def of_check(table: str, *, read_more: str = "") -> list[migrations.RunSQL]:
    """Rows that hang on a check: read with it, written by the office that does it."""
    read = OF_ITS_CHECK.format(table=table, more="")
    written = OF_ITS_CHECK.format(table=table, more=MINE.format(alias="i"))
    return [
        protect(table),
        policy(table, "read_with_its_check", command="SELECT", using=f"{read}{read_more}"),
        policy(table, "written_by_its_office", command="INSERT", check=f"{AN_OFFICE} AND {written}"),
    ]


CHECK, CREDIT = "inspections_inspection", "inspections_creditcheck"
SAMPLE, MEMBER = "inspections_sample", "inspections_samplemember"


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0001_initial"),
        ("applications", "0002_who_reads_a_case"),
        ("offices", "0002_policies"),
        ("records", "0002_append_only"),
    ]
    operations = [
        protect(CHECK),
        policy(
            CHECK,
            "route_and_firm_read",
            command="SELECT",
            using=f"{SYSTEM} OR {ON_THE_ROUTE.format(table=CHECK)} OR {OF_THE_FIRM.format(table=CHECK)}",
        ),
        policy(
            CHECK,
            "office_plans",
            command="INSERT",
            check=f"{AN_OFFICE} AND {OWN} AND {ON_THE_ROUTE.format(table=CHECK)}",
        ),
        policy(CHECK, "office_records", command="UPDATE", using=f"{AN_OFFICE} AND {OWN}"),
        *of_check("inspections_inspectionfinding"),
        *of_check("inspections_inspectionnote", read_more=f" AND {NOT_A_FIRM}"),
        *of_check("inspections_inspectionphoto", read_more=f" AND {NOT_A_FIRM}"),
        protect(CREDIT),
        policy(CREDIT, "route_reads", command="SELECT", using=f"{SYSTEM} OR {ON_THE_ROUTE.format(table=CREDIT)}"),
        policy(
            CREDIT,
            "office_looks_up",
            command="INSERT",
            check=f"{AN_OFFICE} AND {OWN} AND {ON_THE_ROUTE.format(table=CREDIT)}",
        ),
        protect(SAMPLE),
        policy(SAMPLE, "drawer_and_uppers_read", command="SELECT", using=f"{SYSTEM} OR {ITS_OWN_OR_BELOW}"),
        policy(SAMPLE, "office_draws", command="INSERT", check=f"{AN_OFFICE} AND {OWN}"),
        protect(MEMBER),
        policy(
            MEMBER, "read_with_its_sample", command="SELECT", using=OF_ITS_SAMPLE.format(table=MEMBER, more="")
        ),
        policy(
            MEMBER,
            "drawn_with_its_sample",
            command="INSERT",
            check=f"{AN_OFFICE} AND {OF_ITS_SAMPLE.format(table=MEMBER, more=MINE.format(alias='s'))}",
        ),
        entries_follow("inspections_sample"),
    ]
