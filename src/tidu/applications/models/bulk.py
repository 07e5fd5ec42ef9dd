"""批量办理: one act that an officer confirmed for many cases, carried out case by case."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tidu.applications.enums import BulkAction, BulkState
from tidu.applications.models.case import Case
from tidu.offices.models import Account, Office
from tidu.records.models import Chain


class BulkAct(models.Model):
    """What was confirmed, by whom and when. `at` is the legal time of every single act.

    `roles` and `actor_name` are those of the confirmation, under which the acts are done even
    if the post is closed meanwhile: what was confirmed was within the right of whoever confirmed it.
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="bulk_acts")
    by = models.ForeignKey(Account, models.RESTRICT, related_name="+")
    roles = ArrayField(models.CharField(max_length=16))
    actor_name = models.CharField(max_length=200)
    action = models.CharField("办理", max_length=24, choices=BulkAction)
    comment = models.TextField("意见", blank=True)
    at = models.DateTimeField("确认时间")
    finished_at = models.DateTimeField("办完时间", null=True, blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["office", "-at"], name="bulk_act_of_office")]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=BulkAction.values), name="bulk_action_known"),
            models.CheckConstraint(
                condition=~Q(action=BulkAction.PASS_REVIEW) | ~Q(comment=""), name="bulk_pass_has_an_opinion"
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("at")),
                name="bulk_act_finishes_after_it_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.at:%Y-%m-%d %H:%M}"


class BulkItem(models.Model):
    """One case of it: the version that was seen, and what became of it."""

    bulk = models.ForeignKey(BulkAct, models.RESTRICT, related_name="items")
    case = models.ForeignKey(Case, models.RESTRICT, related_name="+")
    seen_version = models.PositiveIntegerField("所见版本")
    state = models.CharField("结果", max_length=8, choices=BulkState, default=BulkState.WAITING)
    reason = models.TextField("未办原因", blank=True)
    done_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        ordering = ["bulk", "id"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "case"], name="bulk_item_once_per_case"),
            models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_item_state_known"),
            models.CheckConstraint(
                condition=Q(state=BulkState.REFUSED) & ~Q(reason="")
                | (~Q(state=BulkState.REFUSED) & Q(reason="")),
                name="bulk_item_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=BulkState.WAITING, done_at__isnull=True)
                | (~Q(state=BulkState.WAITING) & Q(done_at__isnull=False)),
                name="bulk_item_waits_or_is_through",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulk} {self.case_id}"
