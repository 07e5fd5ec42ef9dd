"""What is typed of a corrigendum is kept, for the office that issued the notice and its auditors."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tidu.database.policies import policy, predicate, protect

TABLE = "programmes_corrigendumdraft"
OF_ITS_OWN = "programmes_issued(notice_id)"
READ = f"(SELECT tidu_kind()) IN ('office', 'auditor', 'system') AND {OF_ITS_OWN}"
WRITTEN = f"(SELECT tidu_kind()) IN ('office', 'system') AND {OF_ITS_OWN}"
ISSUED = (
    "SELECT 1 FROM programmes_notice WHERE id = which"
    " AND (tidu_kind() = 'system' OR office_id = tidu_office())"
)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0005_who_sees_a_draft"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CorrigendumDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.JSONField(default=dict, verbose_name="内容")),
                ("version", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="programmes.notice"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="corrigendumdraft",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="corrigendum_draft_version_positive"
            ),
        ),
        predicate("programmes_issued", "which bigint", ISSUED),
        protect(TABLE),
        policy(TABLE, "its_office_and_auditors_read", command="SELECT", using=READ),
        policy(TABLE, "its_office_begins", command="INSERT", check=WRITTEN),
        policy(TABLE, "its_office_types", command="UPDATE", using=WRITTEN),
    ]
