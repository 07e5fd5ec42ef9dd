"""What each office has received of a case on paper; read with the case, written by that office.

Snapshots are found by the code on their prints.
"""

import django.db.models.deletion
from django.db import migrations, models

from tidu.database.policies import policy, protect

TABLE = "applications_casepapers"
OF_ITS_CASE = f'EXISTS (SELECT 1 FROM applications_case c WHERE c.id = "{TABLE}".case_id)'
BY_THE_OFFICE = (
    "((SELECT tidu_kind()) = 'system'"
    " OR (SELECT tidu_kind()) = 'office' AND office_id = (SELECT tidu_office()))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_who_reads_a_case"),
        ("offices", "0002_policies"),
    ]
    operations = [
        migrations.CreateModel(
            name="CasePapers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("missing", "未收到"), ("incomplete", "不齐"), ("complete", "已收齐")],
                        max_length=10,
                        verbose_name="纸质材料",
                    ),
                ),
                ("lacking", models.TextField(blank=True, verbose_name="尚缺")),
                ("noted_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="papers",
                        to="applications.case",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="offices.office"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "case papers",
                "constraints": [
                    models.UniqueConstraint(fields=("case", "office"), name="case_papers_once_per_office"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["missing", "incomplete", "complete"])),
                        name="case_papers_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lacking", ""), ("state", "complete")),
                            models.Q(
                                models.Q(("state", "complete"), _negated=True),
                                models.Q(("lacking", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="case_papers_say_what_is_lacking",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="snapshot", index=models.Index(fields=["digest"], name="snapshot_by_digest")
        ),
        protect(TABLE),
        policy(TABLE, "read_with_its_case", command="SELECT", using=OF_ITS_CASE),
        policy(TABLE, "office_notes", command="INSERT", check=f"{BY_THE_OFFICE} AND {OF_ITS_CASE}"),
        policy(TABLE, "office_notes_again", command="UPDATE", using=f"{BY_THE_OFFICE} AND {OF_ITS_CASE}"),
    ]
