"""Whoever began an upload sees it and nobody else; a stored file is never changed."""

from django.db import migrations
from tidu.database.policies import policy, protect

MINE = (
    "(SELECT tidu_kind()) = 'system' OR"
    " actor_kind = (SELECT tidu_kind())"
    " AND account_id IS NOT DISTINCT FROM (SELECT tidu_account())"
    " AND office_id IS NOT DISTINCT FROM (SELECT tidu_office())"
    " AND firm_id IS NOT DISTINCT FROM (SELECT tidu_firm())"
)


class Migration(migrations.Migration):
    dependencies = [("database", "0001_who_is_asking"), ("records", "0002_append_only"), ("files", "0001_uploads")]

    operations = [
        protect("files_upload"),
        policy("files_upload", "whoever_began_it", command="ALL", using=MINE, check=MINE),
        migrations.RunSQL(
            "REVOKE UPDATE ON files_storedfile FROM tidu_app", "GRANT UPDATE ON files_storedfile TO tidu_app"
        ),
        migrations.RunSQL(
            "CREATE TRIGGER a_file_is_not_changed BEFORE UPDATE OR DELETE ON files_storedfile"
            " FOR EACH ROW EXECUTE FUNCTION records_refuse()",
            "DROP TRIGGER a_file_is_not_changed ON files_storedfile",
        ),
    ]
