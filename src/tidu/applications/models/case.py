"""The case, who may read it, and the stages it has entered."""

from django.db import models
from django.db.models import F, Q

from tidu.applications.enums import LIVE, TODO, CaseKind, CaseStatus, InspectionState, StageKind
from tidu.applications.models.letters import Letter
from tidu.enterprises.models import Firm
from tidu.offices.models import Account, Office
from tidu.programmes.models import Batch
from tidu.records.models import Chain
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title


def _only(status: CaseStatus, field: str) -> Q:
    """`field` is set exactly when the case has `status`."""
    return Q(status=status, **{f"{field}__isnull": False}) | (
        ~Q(status=status) & Q(**{f"{field}__isnull": True})
    )


class Case(models.Model):
    """One firm's application in one batch (一案). Moves only through `actions.perform`."""

    number = models.CharField("案号", max_length=40, unique=True)
    firm = models.ForeignKey(Firm, models.RESTRICT, related_name="cases")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="cases")
    title_kind = models.CharField("称号", max_length=16, choices=TitleKind)
    kind = models.CharField("类型", max_length=10, choices=CaseKind)
    title = models.ForeignKey(Title, models.RESTRICT, null=True, blank=True, related_name="re_reviews")
    copied_from = models.ForeignKey("self", models.RESTRICT, null=True, blank=True, related_name="copies")

    status = models.CharField("状态", max_length=16, choices=CaseStatus, default=CaseStatus.DRAFT)
    version = models.PositiveIntegerField("版本", default=1)
    round = models.PositiveSmallIntegerField("提交轮次", default=0)
    stage = models.CharField("当前阶段", max_length=60, blank=True)
    stage_kind = models.CharField("阶段类型", max_length=12, choices=StageKind, blank=True)
    office = models.ForeignKey(
        Office,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="current_cases",
        verbose_name="当前办理单位",
    )
    assigned_to = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField("本阶段截止", null=True, blank=True)

    notice_digest = models.CharField(max_length=64)
    standard = models.CharField(max_length=80)
    standard_digest = models.CharField(max_length=64)
    procedure_digest = models.CharField(max_length=64)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    verdict = models.CharField("结论", max_length=8, blank=True)
    score_least = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    score_most = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    direct_route = models.CharField("直通条件", max_length=120, blank=True)

    opened_at = models.DateTimeField("建立时间")
    declared_at = models.DateTimeField("声明时间", null=True, blank=True)
    submitted_at = models.DateTimeField("首次提交", null=True, blank=True)
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    recognised_at = models.DateTimeField("公告时间", null=True, blank=True)
    refused_at = models.DateTimeField("不予通过时间", null=True, blank=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    lapsed_at = models.DateTimeField("失效时间", null=True, blank=True)
    reason = models.TextField("理由", blank=True)

    national_status = models.CharField("国家平台状态", max_length=60, blank=True)
    national_receipt = models.CharField("国家平台回执", max_length=80, blank=True)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["office", "status", "due_at"], name="case_queue"),
            models.Index(fields=["batch", "status"], name="case_batch_status"),
            models.Index(fields=["firm", "status"], name="case_firm_status"),
            models.Index(
                fields=["office", "due_at", "submitted_at", "id"],
                condition=Q(status__in=TODO),
                name="case_todo",
            ),
            models.Index(fields=["due_at", "submitted_at", "id"], name="case_by_deadline"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="case_status_known"),
            models.CheckConstraint(condition=Q(kind__in=CaseKind.values), name="case_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=CaseKind.RE_REVIEW, title__isnull=False)
                | Q(kind=CaseKind.NEW, title__isnull=True),
                name="case_re_review_names_its_title",
            ),
            models.UniqueConstraint(
                fields=["firm", "batch"],
                condition=~Q(status=CaseStatus.WITHDRAWN),
                name="case_once_per_firm_and_batch",
            ),
            models.UniqueConstraint(
                fields=["firm", "title_kind"],
                condition=Q(status__in=LIVE),
                name="case_live_once_per_firm_and_title",
            ),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.DRAFT, submitted_at__isnull=True, round=0)
                | Q(status=CaseStatus.WITHDRAWN)
                | Q(status=CaseStatus.LAPSED)
                | (
                    ~Q(status=CaseStatus.DRAFT)
                    & Q(submitted_at__isnull=False, declared_at__isnull=False, round__gte=1)
                ),
                name="case_submitted_with_declaration",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=LIVE) & Q(office__isnull=False) & ~Q(stage="") & ~Q(stage_kind=""))
                | (~Q(status__in=LIVE) & Q(office__isnull=True)),
                name="case_live_iff_an_office_holds_it",
            ),
            models.CheckConstraint(
                condition=~Q(stage_kind=StageKind.PANEL) | Q(status=CaseStatus.IN_REVIEW),
                name="case_with_its_panel_is_in_review",
            ),
            models.CheckConstraint(
                condition=_only(CaseStatus.RETURNED, "returned_at"), name="case_returned_iff_returned_at"
            ),
            models.CheckConstraint(
                condition=_only(CaseStatus.RECOGNISED, "recognised_at"),
                name="case_recognised_iff_recognised_at",
            ),
            models.CheckConstraint(
                condition=_only(CaseStatus.NOT_RECOGNISED, "refused_at"), name="case_refused_iff_refused_at"
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.NOT_RECOGNISED) | ~Q(reason=""),
                name="case_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=_only(CaseStatus.WITHDRAWN, "withdrawn_at"), name="case_withdrawn_iff_withdrawn_at"
            ),
            models.CheckConstraint(
                condition=_only(CaseStatus.LAPSED, "lapsed_at"), name="case_lapsed_iff_lapsed_at"
            ),
            models.CheckConstraint(
                condition=Q(score_least__isnull=True, score_most__isnull=True)
                | Q(score_most__gte=F("score_least")),
                name="case_score_is_an_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseReader(models.Model):
    """Who may read a case: one row per office of its route, kept after the case has moved on.

    Rows are only added. The database keeps the same offices on the case and its stages (`reader_ids`),
    which is what their policies ask.
    """

    case = models.ForeignKey(Case, models.RESTRICT, related_name="readers")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    firm = models.ForeignKey(Firm, models.RESTRICT, related_name="+")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["office", "batch"], name="case_reader_of_batch")]
        constraints = [models.UniqueConstraint(fields=["office", "case"], name="case_reader_once")]

    def __str__(self) -> str:
        return f"{self.office} reads {self.case}"


class CaseStage(models.Model):
    """One stage a case has entered: which office, its clock, what came out and by which letter.

    The database keeps firm and readers of the case on it too (`firm_id`, `reader_ids`), for its policy.
    `happened_on` is the day of the act that ended it, where it was done on paper and entered later.
    """

    case = models.ForeignKey(Case, models.RESTRICT, related_name="stages")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="+")
    seq = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=StageKind)
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    entered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    comment = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)
    happened_on = models.DateField("线下办理日期", null=True, blank=True)
    inspection = models.CharField("实地核查", max_length=8, choices=InspectionState, blank=True)
    credit_checked_on = models.DateField("信用核查日期", null=True, blank=True)
    credit_is_clear = models.BooleanField(null=True, blank=True)
    letter = models.ForeignKey(Letter, models.RESTRICT, null=True, blank=True, related_name="stages")
    opinion = models.CharField("专家组意见", max_length=64, blank=True)
    """The digest of what the panel found, where the stage was a panel's."""

    class Meta:
        ordering = ["case", "seq"]
        indexes = [
            models.Index(fields=["batch", "office"], name="case_stage_of_batch"),
            models.Index(fields=["batch", "due_at", "id"], condition=Q(left_at=None), name="case_stage_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_stage_seq_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(left_at__isnull=True), name="case_stage_one_open"
            ),
            models.CheckConstraint(condition=Q(kind__in=StageKind.values), name="case_stage_kind_known"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, outcome="") | (Q(left_at__isnull=False) & ~Q(outcome="")),
                name="case_stage_left_with_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["refused", "struck"]) | ~Q(comment=""),
                name="case_stage_refused_with_comment",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=["recommended", "reported"]) | Q(letter__isnull=False),
                name="case_stage_recommended_by_letter",
            ),
            models.CheckConstraint(
                condition=Q(credit_checked_on__isnull=True, credit_is_clear__isnull=True)
                | Q(credit_checked_on__isnull=False, credit_is_clear__isnull=False),
                name="case_stage_credit_check_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("entered_at")),
                name="case_stage_leaves_after_entering",
            ),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=True) | Q(left_at__isnull=False),
                name="case_stage_entered_later_only_when_left",
            ),
            models.CheckConstraint(
                condition=(Q(kind=StageKind.PANEL, outcome="opined") & ~Q(opinion=""))
                | (~Q(outcome="opined") & Q(opinion="")),
                name="case_stage_opined_iff_a_panel_did",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.seq} {self.stage}"
