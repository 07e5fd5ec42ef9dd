"""A stage at which a panel of experts has the case, and what the panel found."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ("review", "审核"),
    ("panel", "专家评审"),
    ("recommend", "推荐"),
    ("publicity", "公示"),
    ("report", "报送备案"),
    ("announce", "公告"),
]
SNAPSHOTS = [("submission", "提交"), ("decision", "决定"), ("opinion", "专家组意见")]


def known(name: str, field: str, values: list[tuple[str, str]]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [value for value, _ in values]}), name=name)


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_a_case_knows_its_readers")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="stage_kind",
            field=models.CharField(blank=True, choices=KINDS, max_length=12, verbose_name="阶段类型"),
        ),
        migrations.AlterField(
            model_name="casestage",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12),
        ),
        migrations.AlterField(
            model_name="snapshot",
            name="kind",
            field=models.CharField(choices=SNAPSHOTS, max_length=12),
        ),
        migrations.AddField(
            model_name="casestage",
            name="opinion",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="专家组意见"),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("casestage", "case_stage_kind_known"),
        migrations.AddConstraint("casestage", known("case_stage_kind_known", "kind", KINDS)),
        migrations.RemoveConstraint("snapshot", "snapshot_kind_known"),
        migrations.AddConstraint("snapshot", known("snapshot_kind_known", "kind", SNAPSHOTS)),
        migrations.AddConstraint(
            "case",
            models.CheckConstraint(
                condition=~Q(stage_kind="panel") | Q(status="in_review"),
                name="case_with_its_panel_is_in_review",
            ),
        ),
        migrations.AddConstraint(
            "casestage",
            models.CheckConstraint(
                condition=(Q(kind="panel", outcome="opined") & ~Q(opinion=""))
                | (~Q(outcome="opined") & Q(opinion="")),
                name="case_stage_opined_iff_a_panel_did",
            ),
        ),
    ]
