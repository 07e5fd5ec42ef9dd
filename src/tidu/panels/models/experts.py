"""The pool of experts: who they are, what they have signed, with whom they are in conflict."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tidu.enterprises.models import Firm
from tidu.offices.models import Account, Area, Office
from tidu.panels.enums import GONE, SAID, WITH_ACCOUNT, ExpertState, Field, Ground, Oath
from tidu.records.models import Chain


class Expert(models.Model):
    """Somebody whom an office keeps in its pool (专家库).

    `name` is for the office that keeps the pool; the ledger, records of draws and firms know the number.
    `sectors` are 大类 of GB/T 4754, two digits each, and belong to experts of an industry alone. `served` are
    names or codes of units for which the expert worked before. `most_cases` is how many cases he takes at
    once. `away_until` is the last day on which he takes none.
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="experts", verbose_name="建库单位")
    number = models.CharField("编号", max_length=20)
    name = models.CharField("姓名", max_length=60)
    field = models.CharField("专业类别", max_length=12, choices=Field)
    sectors = ArrayField(models.CharField(max_length=2), verbose_name="行业大类", default=list, blank=True)
    area = models.ForeignKey(Area, models.RESTRICT, related_name="+", verbose_name="所在地区")
    employer = models.CharField("工作单位", max_length=120)
    employer_uscc = models.CharField("工作单位统一社会信用代码", max_length=18, blank=True)
    served = ArrayField(
        models.CharField(max_length=120), verbose_name="曾任职或服务的单位", default=list, blank=True
    )
    most_cases = models.PositiveSmallIntegerField("同时承担上限", default=30)
    away_until = models.DateField("暂不参加至", null=True, blank=True)
    account = models.OneToOneField(
        Account, models.RESTRICT, null=True, blank=True, related_name="expert", verbose_name="账号"
    )
    state = models.CharField("状态", max_length=10, choices=ExpertState, default=ExpertState.ENTERED)
    reason = models.CharField("谢绝或退出理由", max_length=200, blank=True)
    entered_at = models.DateTimeField("录入时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    gone_at = models.DateTimeField("谢绝或退出时间", null=True, blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["office", "number"]
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="expert_number_once_per_office"),
            models.UniqueConstraint(
                fields=["office", "name", "employer"],
                condition=~Q(state__in=GONE),
                name="expert_in_a_pool_once",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(employer=""), name="expert_has_name_and_employer"
            ),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="expert_field_known"),
            models.CheckConstraint(
                condition=(Q(field=Field.INDUSTRY) & ~Q(sectors=[]))
                | (~Q(field=Field.INDUSTRY) & Q(sectors=[])),
                name="expert_of_an_industry_has_sectors",
            ),
            models.CheckConstraint(condition=Q(most_cases__gte=1), name="expert_takes_some_cases"),
            models.CheckConstraint(
                condition=Q(state__in=WITH_ACCOUNT, account__isnull=False)
                | Q(state=ExpertState.ENTERED, account__isnull=True)
                | Q(state=ExpertState.LEFT),
                name="expert_invited_iff_account",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExpertState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="expert_confirmed_at_some_time",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=GONE) & Q(gone_at__gte=F("entered_at")) & ~Q(reason=""))
                | (~Q(state__in=GONE) & Q(gone_at__isnull=True, reason="")),
                name="expert_gone_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Undertaking(models.Model):
    """One text that an expert has signed, by the digest of its exact words; a new wording is signed anew."""

    expert = models.ForeignKey(Expert, models.RESTRICT, related_name="undertakings")
    oath = models.CharField("承诺", max_length=10, choices=Oath)
    digest = models.CharField(max_length=64)
    signed_at = models.DateTimeField("签署时间")

    class Meta:
        ordering = ["expert", "signed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(oath__in=Oath.values), name="undertaking_known"),
            models.UniqueConstraint(fields=["expert", "oath", "digest"], name="undertaking_signed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.oath}"


class Conflict(models.Model):
    """Somebody says that an expert must not judge a firm (回避): the expert himself, or an office."""

    expert = models.ForeignKey(Expert, models.RESTRICT, related_name="conflicts")
    firm = models.ForeignKey(Firm, models.RESTRICT, related_name="+")
    ground = models.CharField("来源", max_length=10, choices=[(one.value, one.label) for one in SAID])
    office = models.ForeignKey(Office, models.RESTRICT, null=True, blank=True, related_name="+")
    reason = models.CharField("理由", max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["expert", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground=Ground.DECLARED, office__isnull=True)
                | Q(ground=Ground.NAMED, office__isnull=False),
                name="conflict_named_by_an_office_or_declared",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_carries_a_reason"),
            models.UniqueConstraint(fields=["expert", "firm", "ground"], name="conflict_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.expert} × {self.firm_id}"


class ConductNote(models.Model):
    """What an office wrote down about how an expert did his work (履职记录); for offices alone."""

    expert = models.ForeignKey(Expert, models.RESTRICT, related_name="notes")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    text = models.TextField("履职记录")
    at = models.DateTimeField()

    class Meta:
        ordering = ["expert", "at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="conduct_note_says_something")]

    def __str__(self) -> str:
        return f"{self.expert} {self.at:%Y-%m-%d}"
