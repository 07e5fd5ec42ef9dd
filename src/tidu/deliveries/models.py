"""What an office receives on paper: parcels, and in each the papers of one case after the other.

Nothing here is changed or deleted: a mistake is corrected by a new row that names the old one, which is
stamped and counts no more.
"""

from django.db import models
from django.db.models import F, Q

from tidu.applications.models import Case
from tidu.deliveries.enums import MATCHED, Manner, PrintMatch
from tidu.enterprises.models import Firm
from tidu.offices.models import Account, Office
from tidu.records.models import Chain


class Parcel(models.Model):
    """One parcel or envelope, by courier or by hand; it holds papers of any number of cases.

    `received_at` is when it arrived, which deadlines look at; `recorded_at` when it was entered. A parcel
    and what corrects it share one ledger.
    """

    office = models.ForeignKey(Office, models.RESTRICT, related_name="parcels")
    manner = models.CharField("递交方式", max_length=8, choices=Manner)
    courier = models.CharField("快递公司", max_length=40, blank=True)
    number = models.CharField("快递单号", max_length=40, blank=True)
    source_office = models.ForeignKey(
        Office, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="报送单位"
    )
    source_firm = models.ForeignKey(
        Firm, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="递交企业"
    )
    enclosed = models.CharField("随件公文", max_length=200, blank=True)
    received_at = models.DateTimeField("收到时间")
    recorded_at = models.DateTimeField()
    received_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    chain = models.ForeignKey(Chain, models.RESTRICT, related_name="+")
    corrects = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField("更正原因", max_length=200, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["office", "received_at"], name="parcel_by_office")]
        constraints = [
            models.CheckConstraint(condition=Q(manner__in=Manner.values), name="parcel_manner_known"),
            models.CheckConstraint(
                condition=Q(manner=Manner.BY_HAND, courier="", number="")
                | (~Q(manner=Manner.BY_HAND) & ~Q(courier="") & ~Q(number="")),
                name="parcel_by_courier_with_number",
            ),
            models.CheckConstraint(
                condition=Q(source_office__isnull=False, source_firm__isnull=True)
                | Q(source_office__isnull=True, source_firm__isnull=False),
                name="parcel_from_an_office_or_a_firm",
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("recorded_at")), name="parcel_received_before_recorded"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="parcel_corrects_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["office", "number"],
                condition=~Q(number="") & Q(corrected_at__isnull=True),
                name="parcel_number_once_per_office",
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.get_manner_display()


class Receipt(models.Model):
    """The papers of one case in one parcel.

    `match` and `round` are what the code on the printed form said of it. A receipt after a hard deadline is
    `is_refused` (不予受理) by the `rule` of the notice, and counts for nothing.
    """

    parcel = models.ForeignKey(Parcel, models.RESTRICT, related_name="receipts")
    case = models.ForeignKey(Case, models.RESTRICT, related_name="receipts")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="+")
    received_at = models.DateTimeField("收到时间")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    code = models.CharField("核验码", max_length=40, blank=True)
    match = models.CharField("版本核对", max_length=8, choices=PrintMatch, default=PrintMatch.UNSEEN)
    round = models.PositiveSmallIntegerField("打印的是第几次提交", null=True, blank=True)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField("逾期", default=False)
    is_refused = models.BooleanField("不予受理", default=False)
    rule = models.TextField("依据", blank=True)
    corrects = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="corrected_by"
    )
    reason = models.CharField("更正原因", max_length=200, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["case", "office"], name="receipt_by_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["parcel", "case"],
                condition=Q(corrected_at__isnull=True),
                name="receipt_case_once_per_parcel",
            ),
            models.CheckConstraint(condition=Q(match__in=PrintMatch.values), name="receipt_match_known"),
            models.CheckConstraint(
                condition=Q(match=PrintMatch.UNSEEN, code="") | (~Q(match=PrintMatch.UNSEEN) & ~Q(code="")),
                name="receipt_matched_by_a_code",
            ),
            models.CheckConstraint(
                condition=Q(match__in=MATCHED, round__isnull=False)
                | (~Q(match__in=MATCHED) & Q(round__isnull=True)),
                name="receipt_round_of_a_match",
            ),
            models.CheckConstraint(
                condition=Q(pages__isnull=True) | Q(pages__gte=1), name="receipt_pages_positive"
            ),
            models.CheckConstraint(
                condition=Q(is_late=True, due_at__isnull=False, received_at__gte=F("due_at"))
                | Q(is_late=False, due_at__isnull=True)
                | Q(is_late=False, received_at__lt=F("due_at")),
                name="receipt_late_iff_after_its_deadline",
            ),
            models.CheckConstraint(
                condition=Q(is_refused=False) | (Q(is_late=True) & ~Q(rule="")),
                name="receipt_refused_by_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="receipt_corrects_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} in {self.parcel_id}"


class ReceivedPaper(models.Model):
    """So many copies of one of the notice's papers, as they lay in a parcel."""

    receipt = models.ForeignKey(Receipt, models.RESTRICT, related_name="papers")
    paper = models.CharField("材料", max_length=60)
    copies = models.PositiveSmallIntegerField("份数")
    is_original = models.BooleanField("原件", default=False)
    is_apart = models.BooleanField("单独放置", default=False)
    defects = models.CharField("缺陷", max_length=200, blank=True)

    class Meta:
        ordering = ["receipt", "id"]
        constraints = [
            models.UniqueConstraint(fields=["receipt", "paper"], name="received_paper_once_per_receipt"),
            models.CheckConstraint(condition=Q(copies__gte=1), name="received_paper_counts_something"),
            models.CheckConstraint(
                condition=Q(is_apart=False) | Q(is_original=True), name="received_paper_apart_is_an_original"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} ×{self.copies}"
