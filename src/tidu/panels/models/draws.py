"""Draws, who took part in them, what happened in them. What is public carries pseudonyms alone.

The kernel (`tidu.proof.draw`) decides everything; here stands what it was given and what it said, so that
a draw can be taken up where it stood.
"""

from django.db import models
from django.db.models import F, Q

from tidu.applications.models import Case, EvidenceItem
from tidu.offices.models import Office
from tidu.panels.enums import (
    CURRENT,
    DaysCounted,
    DrawMode,
    DrawState,
    EventKind,
    Field,
    Finding,
    HandState,
    TaskEnd,
)
from tidu.panels.models.experts import Expert
from tidu.programmes.models import Batch
from tidu.records.models import HEX, Chain


class Draw(models.Model):
    """One double random draw (双随机, 第十条) for a stage of a batch.

    `input` and `drawn` are digests of frozen bodies; `sealed` keeps what the office must not show yet: the
    salt of the pseudonyms, its secret, the secrets of the two chains. `days` is how long opinions may take,
    `counting` of which days, both as settled when it was frozen.
    Where the overseer keeps the secret of his chain to himself, `stretch` is what he has handed over of it.
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="draws")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="draws")
    stage = models.CharField(max_length=60)
    mode = models.CharField("派发方式", max_length=8, choices=DrawMode)
    state = models.CharField("状态", max_length=10, choices=DrawState, default=DrawState.FROZEN)
    by_area = models.BooleanField("地区回避", default=False)
    days = models.PositiveSmallIntegerField("评审期限（日）")
    counting = models.CharField("评审期限按", max_length=8, choices=DaysCounted, default=DaysCounted.CALENDAR)
    commitment = models.CharField("承诺值", max_length=64, unique=True)
    input = models.CharField(max_length=64)
    sealed = models.BinaryField()
    stretch = models.BinaryField(null=True, blank=True)
    reveals = models.JSONField(null=True, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    drawn = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField("冻结时间")
    drawn_at = models.DateTimeField("抽取时间", null=True, blank=True)
    published_at = models.DateTimeField("公开时间", null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="replaced_by"
    )
    reason = models.CharField("重新抽取理由", max_length=200, blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-frozen_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "batch", "stage"],
                condition=Q(state__in=CURRENT),
                name="draw_one_current_per_stage",
            ),
            models.CheckConstraint(condition=Q(mode__in=DrawMode.values), name="draw_mode_known"),
            models.CheckConstraint(condition=Q(days__gte=1), name="draw_gives_some_days"),
            models.CheckConstraint(condition=Q(counting__in=DaysCounted.values), name="draw_counting_known"),
            models.CheckConstraint(
                condition=Q(commitment__regex=HEX, input__regex=HEX), name="draw_digests_are_digests"
            ),
            models.CheckConstraint(
                condition=Q(state=DrawState.FROZEN, drawn_at__isnull=True, seed="", drawn="")
                | Q(state=DrawState.REPLACED)
                | (
                    Q(state__in=(DrawState.DRAWN, DrawState.PUBLISHED), drawn_at__gte=F("frozen_at"))
                    & Q(seed__regex=HEX, drawn__regex=HEX, reveals__isnull=False)
                ),
                name="draw_drawn_from_a_seed",
            ),
            models.CheckConstraint(
                condition=Q(state=DrawState.PUBLISHED, published_at__isnull=False)
                | (~Q(state=DrawState.PUBLISHED) & Q(published_at__isnull=True)),
                name="draw_published_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, reason="") | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="draw_replaces_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.commitment[:12]


class Witness(models.Model):
    """A body that watches a draw: it commits to a number after the freeze and shows it for the seed."""

    draw = models.ForeignKey(Draw, models.RESTRICT, related_name="witnesses")
    name = models.CharField("见证单位", max_length=100)
    commitment = models.CharField("承诺值", max_length=64, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["draw", "id"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "name"], name="witness_named_once"),
            models.CheckConstraint(
                condition=Q(commitment="", committed_at__isnull=True)
                | Q(commitment__regex=HEX, committed_at__isnull=False),
                name="witness_commits_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PoolMember(models.Model):
    """An expert whom a draw took in, and under which pseudonym its record knows him."""

    draw = models.ForeignKey(Draw, models.RESTRICT, related_name="members")
    expert = models.ForeignKey(Expert, models.RESTRICT, related_name="+")
    pseudonym = models.CharField(max_length=32)

    class Meta:
        ordering = ["draw", "pseudonym"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "expert"], name="pool_member_once"),
            models.UniqueConstraint(fields=["draw", "pseudonym"], name="pool_pseudonym_once"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class DrawEvent(models.Model):
    """One event of a draw as canonical bytes, with the salt of its digest; rows are added, never changed."""

    draw = models.ForeignKey(Draw, models.RESTRICT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=EventKind)
    document = models.BinaryField()
    salt = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["draw", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "seq"], name="draw_event_seq_once"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="draw_event_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.draw}#{self.seq}"


class Hand(models.Model):
    """A case in the hands of a panel, from its dispatch until the opinion joins it or it is called back."""

    draw = models.ForeignKey(Draw, models.RESTRICT, related_name="hands")
    case = models.ForeignKey(Case, models.RESTRICT, related_name="hands")
    panel = models.CharField("评审组", max_length=20)
    state = models.CharField("状态", max_length=12, choices=HandState, default=HandState.OPEN)
    dispatched_at = models.DateTimeField("派发时间")
    due_at = models.DateTimeField("意见截止")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="hand_one_panel_per_case"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(HandState.OPEN, HandState.MODERATION), ended_at__isnull=True)
                | Q(state__in=(HandState.JOINED, HandState.CALLED_BACK), ended_at__isnull=False),
                name="hand_ends_with_its_state",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("dispatched_at")), name="hand_due_after_its_dispatch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.panel}"


class Task(models.Model):
    """A case before one expert: until it ends he reads the whole of the case, and nothing of the others.

    `answered_at` says that he has handed in his opinion, which others may know before they may read it.
    """

    hand = models.ForeignKey(Hand, models.RESTRICT, related_name="tasks")
    case = models.ForeignKey(Case, models.RESTRICT, related_name="+")
    expert = models.ForeignKey(Expert, models.RESTRICT, related_name="tasks")
    field = models.CharField("专业类别", max_length=12, choices=Field)
    given_at = models.DateTimeField("派发时间")
    due_at = models.DateTimeField("意见截止")
    answered_at = models.DateTimeField("提交时间", null=True, blank=True)
    reminded_at = models.DateTimeField("最近提醒", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField("结束原因", max_length=12, choices=TaskEnd, blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [models.Index(fields=["case", "expert"], name="task_by_case")]
        constraints = [
            models.UniqueConstraint(fields=["hand", "expert"], name="task_once_per_expert"),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="task_field_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="")
                | Q(ended_at__isnull=False, end__in=TaskEnd.values),
                name="task_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(end=TaskEnd.ANSWERED) | Q(answered_at__isnull=False),
                name="task_answered_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(reminded_at__gte=F("given_at")),
                name="task_reminded_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} × {self.expert}"


class Opinion(models.Model):
    """What one expert found of one case, written once; blind until all of the panel are in.

    `answers` are by question of `applications.opinions`, each a `Finding`.
    """

    task = models.OneToOneField(Task, models.RESTRICT, related_name="opinion")
    hand = models.ForeignKey(Hand, models.RESTRICT, related_name="opinions")
    answers = models.JSONField("意见")
    comment = models.TextField("说明", blank=True)
    at = models.DateTimeField("提交时间")

    class Meta:
        ordering = ["hand", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answers__has_keys=["truth", "accuracy", "completeness", "standard"]),
                name="opinion_answers_every_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task}"


class Judgement(models.Model):
    """What an expert found of one fact: his finding, why, and in which paper on which page he saw it.

    A page without a paper is of an opinion older than papers were asked for.
    """

    opinion = models.ForeignKey(Opinion, models.RESTRICT, related_name="judgements")
    fact = models.CharField(max_length=80)
    finding = models.CharField("判断", max_length=8, choices=Finding)
    reason = models.CharField("理由", max_length=500, blank=True)
    paper = models.ForeignKey(
        EvidenceItem, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="佐证材料"
    )
    page = models.PositiveSmallIntegerField("佐证页码", null=True, blank=True)

    class Meta:
        ordering = ["opinion", "id"]
        constraints = [
            models.UniqueConstraint(fields=["opinion", "fact"], name="judgement_once_per_fact"),
            models.CheckConstraint(condition=Q(finding__in=Finding.values), name="judgement_finding_known"),
            models.CheckConstraint(
                condition=Q(finding=Finding.YES) | ~Q(reason=""), name="judgement_against_carries_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(page__isnull=True) | Q(page__gte=1), name="judgement_page_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.finding}"
