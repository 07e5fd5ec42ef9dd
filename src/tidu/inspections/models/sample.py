"""Samples of cases for on-site checks, and the pools they were drawn from."""

from django.db import models
from django.db.models import F, Q

from tidu.applications.models import Case
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.records.models import Chain


class Sample(models.Model):
    """A drawn sample. Its record (`digest`, a frozen `tidu.sample.1`) lets anyone draw it again.

    `seed_was_given`: the office brought the beginning of the seed along (numbers of a public draw,
    say); the rest, else all of it, was made by chance at the moment of drawing.
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="samples")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="samples")
    stage = models.CharField(max_length=60)
    rate_percent = models.DecimalField("抽查比例（%）", max_digits=5, decimal_places=2)
    population_count = models.PositiveIntegerField()
    population_digest = models.CharField(max_length=64)
    seed = models.CharField("种子", max_length=64)
    seed_was_given = models.BooleanField("种子由单位录入")
    drawn_count = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    digest = models.CharField("抽取记录摘要", max_length=64)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-drawn_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rate_percent__gt=0, rate_percent__lte=100), name="sample_rate_between_0_and_100"
            ),
            models.CheckConstraint(
                condition=Q(drawn_count__gte=1, drawn_count__lte=F("population_count")),
                name="sample_within_population",
            ),
            models.CheckConstraint(condition=~Q(seed=""), name="sample_has_a_seed"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.batch} {self.rate_percent}%"


class SampleMember(models.Model):
    """A case that took part in a draw, drawn or not.

    It takes part once per pool, so that nobody draws again until the wished-for comes out. The
    pool is the stage; after the announcement, when looks may be repeated, the stage and the year.
    """

    sample = models.ForeignKey(Sample, models.RESTRICT, related_name="members")
    case = models.ForeignKey(Case, models.RESTRICT, related_name="+")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    pool = models.CharField(max_length=70)
    is_drawn = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "office", "pool"], name="sample_member_once_per_pool"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.pool}"
