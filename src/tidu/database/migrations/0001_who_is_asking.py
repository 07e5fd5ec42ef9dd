"""The words of every policy: tidu_kind(), tidu_account(), tidu_office(), tidu_firm(); NULL when nobody is set."""

from django.db import migrations


def setting(name: str, sql_type: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION tidu_{name}() RETURNS {sql_type} LANGUAGE sql STABLE PARALLEL SAFE
        RETURN nullif(current_setting('tidu.{name}', true), '')::{sql_type}
        """,
        f"DROP FUNCTION tidu_{name}()",
    )


class Migration(migrations.Migration):
    dependencies = []
    operations = [
        setting("kind", "text"),
        setting("account", "bigint"),
        setting("office", "bigint"),
        setting("firm", "bigint"),
    ]
