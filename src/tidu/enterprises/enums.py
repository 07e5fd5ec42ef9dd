"""Choices of the enterprises room."""

from django.db.models import TextChoices


class MemberRole(TextChoices):
    """What a person may do for the firm."""

    OWNER = "owner", "负责人（可增减成员、可提交）"
    EDITOR = "editor", "填报人（可填写、可提交）"
    VIEWER = "viewer", "查看人"


class Source(TextChoices):
    """Who stated the facts; the merged view prefers in the deployment's stated order."""

    FIRM = "firm", "企业填报"
    IMPORT = "import", "导入"
    DEPARTMENT = "department", "部门共享"
    OFFICE = "office", "主管部门更正"
