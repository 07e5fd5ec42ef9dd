"""Notices and their batches as published, which is public, and the drafts of notices, which are not."""

from django.db import models
from django.db.models import F, Q

from tidu.offices.models import Account, Office
from tidu.records.models import Chain
from tidu.titles.enums import TitleKind


class Mode(models.TextChoices):
    """What being late means."""

    HARD = "hard", "过期不予受理"
    SOFT = "soft", "逾期记录"
    ADVISORY = "advisory", "内部安排，逾期不作记录"


class Notice(models.Model):
    """A published notice (通知). Its text is frozen per version; this row points to the newest.

    `slug` is the id inside the notice's text, under which corrigenda name it.
    """

    slug = models.SlugField("代码", max_length=80, unique=True)
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    office = models.ForeignKey(Office, models.RESTRICT, related_name="notices", verbose_name="发布单位")
    title_kind = models.CharField("称号", max_length=16, choices=TitleKind)
    issued_on = models.DateField("成文日期")
    published_at = models.DateTimeField("发布时间")
    version = models.PositiveSmallIntegerField("版次", default=1)
    digest = models.CharField("现行文本摘要", max_length=64)
    is_demonstration = models.BooleanField("演示通知", default=False)
    banner = models.CharField("提示", max_length=200, blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-issued_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(title_kind__in=TitleKind.values), name="notice_title_kind_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="notice_version_positive"),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeVersion(models.Model):
    """The frozen text of one version; a corrigendum (更正) makes the next one.

    `changes` is what the corrigendum changed, as readers are shown it; the first version has none.
    """

    notice = models.ForeignKey(Notice, models.RESTRICT, related_name="versions")
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    number = models.CharField("更正文号", max_length=80, blank=True)
    reason = models.CharField("更正原因", max_length=500, blank=True)
    changes = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["notice", "version"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "version"], name="notice_version_once"),
            models.CheckConstraint(
                condition=Q(version=1, changes=[]) | (Q(version__gt=1) & ~Q(changes=[])),
                name="notice_version_after_the_first_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} v{self.version}"


class Batch(models.Model):
    """One round of a notice: its window, standard and procedure (both also by content digest)."""

    notice = models.ForeignKey(Notice, models.RESTRICT, related_name="batches")
    code = models.SlugField("代码", max_length=80)
    title = models.CharField("名称", max_length=120)
    position = models.PositiveSmallIntegerField("序号")
    opens_at = models.DateTimeField("开始")
    closes_at = models.DateTimeField("截止")
    standard = models.CharField("标准", max_length=80)
    standard_digest = models.CharField(max_length=64)
    procedure = models.CharField("程序", max_length=80)
    procedure_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["notice", "position"]
        verbose_name_plural = "batches"
        indexes = [models.Index(fields=["closes_at"], name="batch_closes")]
        constraints = [
            models.UniqueConstraint(fields=["notice", "code"], name="batch_code_once_per_notice"),
            models.UniqueConstraint(fields=["notice", "position"], name="batch_position_once_per_notice"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="batch_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BatchDeadline(models.Model):
    """When a stage's office must have finished; computed from the notice, kept for sorting."""

    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="deadlines")
    stage = models.CharField(max_length=60)
    at = models.DateTimeField("截止")
    mode = models.CharField(max_length=8, choices=Mode)

    class Meta:
        ordering = ["batch", "at"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "stage"], name="batch_deadline_once_per_stage"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="batch_deadline_mode_known"),
        ]

    def __str__(self) -> str:
        return f"{self.batch} {self.stage} {self.at:%Y-%m-%d %H:%M}"


class DraftPart(models.TextChoices):
    """The sections of the form into which a notice is typed: `rulebook/drafting/notice.toml`."""

    BASICS = "basics", "基本信息"
    TEXT = "text", "正文句子"
    KINDS = "kinds", "谁可以申报"
    CONDITIONS = "conditions", "条件"
    ROUNDS = "rounds", "批次与期限"
    PAPERS = "papers", "报送材料"
    EVIDENCE = "evidence", "佐证材料"
    DIRECTORY = "directory", "咨询电话"
    READINGS = "readings", "本系统理解"


class NoticeDraft(models.Model):
    """A notice while its office drafts it. The office and its auditors alone see it.

    It ends as a published `notice`, or is put away. `title` is repeated from its section for lists.
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="notice_drafts", verbose_name="起草单位")
    title = models.CharField("标题", max_length=200, blank=True)
    template = models.CharField("底稿", max_length=200)
    opened_at = models.DateTimeField("建立时间")
    opened_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField("最近保存")
    notice = models.OneToOneField(Notice, models.RESTRICT, null=True, blank=True, related_name="draft")
    discarded_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(notice__isnull=True) | Q(discarded_at__isnull=True),
                name="draft_published_or_discarded_not_both",
            ),
            models.CheckConstraint(
                condition=Q(saved_at__gte=F("opened_at")), name="draft_saved_after_it_was_begun"
            ),
        ]

    def __str__(self) -> str:
        return self.title or "未命名的通知"

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be typed into it any more."""
        return self.notice_id is not None or self.discarded_at is not None


class DraftSection(models.Model):
    """One section of a draft as typed, right or wrong. Its version grows with each save."""

    draft = models.ForeignKey(NoticeDraft, models.RESTRICT, related_name="sections")
    section = models.CharField("部分", max_length=16, choices=DraftPart)
    body = models.JSONField("内容", default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["draft", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "section"], name="draft_section_once"),
            models.CheckConstraint(
                condition=Q(section__in=DraftPart.values), name="draft_section_of_the_form"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="draft_section_version_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} {self.section} v{self.version}"


class CorrigendumDraft(models.Model):
    """A corrigendum while it is typed, one for each notice. The issuing office and its auditors alone see it.

    `body` maps what is typed, right or wrong, by its place: "number", "reason", and the paths of
    `amendable` that shall change. It is empty when nothing is under way; its version grows with each save.
    """

    notice = models.OneToOneField(Notice, models.RESTRICT, related_name="+")
    body = models.JSONField("内容", default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField("保存时间")
    saved_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="corrigendum_draft_version_positive")
        ]

    def __str__(self) -> str:
        return f"{self.notice} 更正 v{self.version}"
