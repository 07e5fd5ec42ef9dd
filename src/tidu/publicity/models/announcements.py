"""Announcements (公告) that grant the titles on their lists; public for ever."""

from django.db import models
from django.db.models import Q

from tidu.applications.enums import CaseKind
from tidu.applications.models import Case
from tidu.files.models import StoredFile
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.records.models import Chain


class Announcement(models.Model):
    """A published announcement, frozen by digest; new titles are valid from `valid_from`."""

    office = models.ForeignKey(Office, models.RESTRICT, related_name="announcements")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="announcements")
    number = models.CharField("文号", max_length=80)
    title = models.CharField("标题", max_length=200)
    announced_on = models.DateField("公告日期")
    valid_from = models.DateField("有效期起")
    published_at = models.DateTimeField()
    scan = models.ForeignKey(StoredFile, models.RESTRICT, null=True, blank=True, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    digest = models.CharField("公告摘要", max_length=64)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-announced_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="announcement_has_a_number"),
            models.CheckConstraint(condition=~Q(title=""), name="announcement_has_a_title"),
            models.UniqueConstraint(fields=["office", "number"], name="announcement_number_once_per_office"),
        ]

    def __str__(self) -> str:
        return self.title


class AnnouncementEntry(models.Model):
    """One firm on an announcement, as published; `valid_from` is the first day of its own title."""

    announcement = models.ForeignKey(Announcement, models.RESTRICT, related_name="entries")
    case = models.OneToOneField(Case, models.RESTRICT, related_name="announcement_entry")
    position = models.PositiveIntegerField("序号")
    firm_name = models.CharField("企业名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    area_name = models.CharField("属地", max_length=100)
    kind = models.CharField("类型", max_length=10, choices=CaseKind)
    valid_from = models.DateField("有效期起")

    class Meta:
        ordering = ["announcement", "position"]
        verbose_name_plural = "announcement entries"
        constraints = [
            models.UniqueConstraint(
                fields=["announcement", "position"], name="announcement_entry_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.firm_name
