"""What is published is read by all, with its chain; written by its own office, or entered by the system."""

from django.db import migrations

from tidu.database.policies import policy, protect
from tidu.records.policies import entries_follow

ITS_OFFICE = "office_id = (SELECT tidu_office())"
OF_ITS_OFFICE = f"EXISTS (SELECT 1 FROM programmes_notice n WHERE n.id = notice_id AND n.{ITS_OFFICE})"
OF_A_BATCH_OF_ITS_OFFICE = (
    "EXISTS (SELECT 1 FROM programmes_batch b JOIN programmes_notice n ON n.id = b.notice_id"
    f" WHERE b.id = batch_id AND n.{ITS_OFFICE})"
)
WRITTEN_BY = {
    "programmes_notice": ITS_OFFICE,
    "programmes_noticeversion": OF_ITS_OFFICE,
    "programmes_batch": OF_ITS_OFFICE,
    "programmes_batchdeadline": OF_A_BATCH_OF_ITS_OFFICE,
}


def public_register(table: str, written_by: str) -> list[migrations.RunSQL]:
    check = f"(SELECT tidu_kind()) = 'system' OR (SELECT tidu_kind()) = 'office' AND {written_by}"
    return [
        protect(table),
        policy(table, "all_read", command="SELECT", using="true"),
        policy(table, "its_office_publishes", command="INSERT", check=check),
        policy(table, "its_office_corrects", command="UPDATE", using=check),
    ]


class Migration(migrations.Migration):
    dependencies = [("programmes", "0001_initial"), ("records", "0002_append_only")]

    operations = [
        *[operation for table, written_by in WRITTEN_BY.items() for operation in public_register(table, written_by)],
        entries_follow("programmes_notice"),
    ]
