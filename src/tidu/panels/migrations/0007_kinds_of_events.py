"""What kind an event is, told from its document; a dispatch asks for the few that are no dispatches."""

from django.db import migrations, models

FROM_DOCUMENTS = "UPDATE panels_drawevent SET kind = convert_from(document, 'UTF8')::json ->> 'kind'"
KINDS = [("dispatch", "派发"), ("withdrawal", "退出"), ("conflict", "回避")]


class Migration(migrations.Migration):
    dependencies = [("panels", "0006_who_writes_of_a_case")]
    operations = [
        migrations.AddField(
            "drawevent", "kind", models.CharField(choices=KINDS, default="", max_length=10), preserve_default=False
        ),
        migrations.RunSQL(FROM_DOCUMENTS, migrations.RunSQL.noop),
        # what was written is checked before the table is changed again
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "drawevent",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["dispatch", "withdrawal", "conflict"])),
                name="draw_event_kind_known",
            ),
        ),
    ]
