"""Who reads a parcel: the office that received it; an office on the route of a case of which it holds papers.

What came for a case is read with the case, by its firm too; the parcel itself, with whatever else it
held, is not for firms. Only the receiving office writes, and it registers nothing for cases it may not read.
"""

from django.db import migrations

from tidu.database.policies import policy, predicate, protect
from tidu.records.policies import entries_follow

SYSTEM = "(SELECT tidu_kind()) = 'system'"
AN_OFFICE = "(SELECT tidu_kind()) = 'office'"
OWN = "office_id = (SELECT tidu_office())"
PARCEL, RECEIPT, PAPER = "deliveries_parcel", "deliveries_receipt", "deliveries_receivedpaper"
OF_ITS_CASE = f'EXISTS (SELECT 1 FROM applications_case c WHERE c.id = "{RECEIPT}".case_id)'
IN_OWN_PARCEL = (
    f'EXISTS (SELECT 1 FROM {PARCEL} p WHERE p.id = "{RECEIPT}".parcel_id'
    " AND p.office_id = (SELECT tidu_office()))"
)
OF_ITS_RECEIPT = f'EXISTS (SELECT 1 FROM {RECEIPT} r WHERE r.id = "{PAPER}".receipt_id{{more}})'


class Migration(migrations.Migration):
    dependencies = [
        ("deliveries", "0001_initial"),
        ("applications", "0003_papers"),
        ("offices", "0002_policies"),
        ("records", "0002_append_only"),
    ]
    operations = [
        predicate(
            "deliveries_has_readable_receipt",
            "which bigint",
            f"SELECT 1 FROM {RECEIPT} r WHERE r.parcel_id = which",
        ),
        protect(PARCEL),
        policy(
            PARCEL,
            "receiver_and_route_read",
            command="SELECT",
            using=f"{SYSTEM} OR {OWN} OR ((SELECT tidu_office()) IS NOT NULL"
            " AND deliveries_has_readable_receipt(id))",
        ),
        policy(PARCEL, "office_registers", command="INSERT", check=f"{SYSTEM} OR {AN_OFFICE} AND {OWN}"),
        policy(PARCEL, "office_corrects", command="UPDATE", using=f"{SYSTEM} OR {AN_OFFICE} AND {OWN}"),
        protect(RECEIPT),
        policy(RECEIPT, "read_with_its_case", command="SELECT", using=OF_ITS_CASE),
        policy(
            RECEIPT,
            "office_registers",
            command="INSERT",
            check=f"({SYSTEM} OR {AN_OFFICE} AND {OWN} AND {IN_OWN_PARCEL}) AND {OF_ITS_CASE}",
        ),
        policy(RECEIPT, "office_corrects", command="UPDATE", using=f"{SYSTEM} OR {AN_OFFICE} AND {OWN}"),
        protect(PAPER),
        policy(PAPER, "read_with_its_receipt", command="SELECT", using=OF_ITS_RECEIPT.format(more="")),
        policy(
            PAPER,
            "office_counts",
            command="INSERT",
            check=f"({SYSTEM} OR {AN_OFFICE}) AND "
            + OF_ITS_RECEIPT.format(more=f" AND ({SYSTEM} OR r.office_id = (SELECT tidu_office()))"),
        ),
        entries_follow(PARCEL),
    ]
