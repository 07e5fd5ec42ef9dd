"""The firm reads the status too: what it waits for is the next step, not an act of the office."""

from django.db import migrations, models

STATUSES = [
    ("draft", "填报中"),
    ("in_review", "审核中"),
    ("returned", "退回补正"),
    ("passed", "审核通过，待下一环节"),
    ("listed", "公示中"),
    ("suspended", "公示异议核实中"),
    ("recognised", "已公告"),
    ("not_recognised", "不予通过"),
    ("withdrawn", "已撤回"),
    ("lapsed", "逾期失效"),
]


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_cases_that_were_not_drawn")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="status",
            field=models.CharField(choices=STATUSES, default="draft", max_length=16, verbose_name="状态"),
        ),
        migrations.AlterField(
            model_name="unfinished",
            name="status",
            field=models.CharField(choices=STATUSES, max_length=16, verbose_name="状态"),
        ),
    ]
