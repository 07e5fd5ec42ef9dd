"""Firms, the people who act for them, and what was stated about them and by whom."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from tidu.enterprises.enums import MemberRole, Source
from tidu.law.identity import DEMONSTRATION_PREFIX
from tidu.offices.models import Account, Area
from tidu.records.models import Chain


class Firm(models.Model):
    """The public identity of an enterprise; carries no row policy so that search stays fast."""

    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("企业名称", max_length=120)
    area = models.ForeignKey(Area, models.RESTRICT, related_name="firms", verbose_name="属地")
    registered_on = models.DateField("成立日期", null=True, blank=True)
    is_demonstration = models.BooleanField("演示企业", default=False)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")
    created_at = models.DateTimeField("登记时间")
    name_bigrams = models.GeneratedField(
        expression=Func(F("name"), function="enterprises_bigrams"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    class Meta:
        ordering = ["name"]
        indexes = [GinIndex(fields=["name_bigrams"], name="firm_by_bigrams_of_its_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(uscc__regex=r"^[0-9A-HJ-NP-RT-UW-Y]{18}$"),
                name="firm_uscc_is_18_characters_of_gb32100",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="firm_has_a_name"),
            models.CheckConstraint(
                condition=Q(is_demonstration=True, uscc__startswith=DEMONSTRATION_PREFIX)
                | (Q(is_demonstration=False) & ~Q(uscc__startswith=DEMONSTRATION_PREFIX)),
                name="firm_demonstration_iff_invented_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """An account that may act for a firm; the contact declares to be its employee."""

    firm = models.ForeignKey(Firm, models.RESTRICT, related_name="members")
    account = models.ForeignKey(Account, models.RESTRICT, related_name="memberships")
    role = models.CharField("角色", max_length=10, choices=MemberRole)
    name = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    is_employee = models.BooleanField("本企业员工（已声明）", default=False)
    joined_at = models.DateTimeField("加入时间")
    left_at = models.DateTimeField("离开时间", null=True, blank=True)

    class Meta:
        ordering = ["firm", "joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "account"], condition=Q(left_at__isnull=True), name="member_joined_once"
            ),
            models.CheckConstraint(condition=Q(role__in=MemberRole.values), name="member_role_known"),
            models.CheckConstraint(condition=Q(is_employee=True), name="member_is_an_employee"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
                name="member_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} @ {self.firm}"


class ProfileField(models.Model):
    """One value of the firm's profile as it stands; drafts always save, even when wrong.

    `period` is a fiscal year, or 0 for facts without a period. `value` is the exact value
    (分 for money) or null; `raw` keeps what was typed when it could not be read.
    """

    firm = models.ForeignKey(Firm, models.RESTRICT, related_name="profile_fields")
    fact = models.CharField(max_length=80)
    period = models.PositiveSmallIntegerField(default=0)
    value = models.JSONField(null=True, blank=True)
    raw = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, models.RESTRICT, null=True, related_name="+")

    class Meta:
        ordering = ["firm", "fact", "-period"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "fact", "period"], name="profile_field_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="profile_field_version_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.fact}[{self.period or '-'}]"


class Statement(models.Model):
    """Facts as stated once: who said it, when, from which paper. Append-only."""

    firm = models.ForeignKey(Firm, models.RESTRICT, related_name="statements")
    source = models.CharField(max_length=12, choices=Source)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    references = models.JSONField(default=dict, blank=True)
    snapshot = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["firm", "at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="statement_source_known"),
            models.CheckConstraint(condition=~Q(facts={}), name="statement_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.firm} {self.source} {self.at:%Y-%m-%d}"
