"""A draft is read by the office that drafts it and its auditors, written by the office alone."""

from django.db import migrations

from tidu.database.policies import policy, predicate, protect

SYSTEM = "(SELECT tidu_kind()) = 'system'"
ITS_OFFICE = "office_id = (SELECT tidu_office())"
READ = f"{SYSTEM} OR (SELECT tidu_kind()) IN ('office', 'auditor') AND {ITS_OFFICE}"
WRITTEN = f"{SYSTEM} OR (SELECT tidu_kind()) = 'office' AND {ITS_OFFICE}"
OF_A_DRAFT = "programmes_sees_draft(draft_id)"
WRITTEN_WITH_IT = f"(SELECT tidu_kind()) IN ('system', 'office') AND {OF_A_DRAFT}"


def readable_by(table: str, read: str, written: str) -> list[migrations.RunSQL]:
    return [
        protect(table),
        policy(table, "its_office_and_auditors_read", command="SELECT", using=read),
        policy(table, "its_office_begins", command="INSERT", check=written),
        policy(table, "its_office_drafts", command="UPDATE", using=written),
    ]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_drafts")]

    operations = [
        *readable_by("programmes_noticedraft", READ, WRITTEN),
        predicate("programmes_sees_draft", "which bigint", "SELECT 1 FROM programmes_noticedraft WHERE id = which"),
        *readable_by("programmes_draftsection", OF_A_DRAFT, WRITTEN_WITH_IT),
    ]
