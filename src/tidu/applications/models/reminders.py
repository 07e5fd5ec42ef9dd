"""Urging (催办): an office reminds those below it, or firms that have not finished, of a deadline."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import Q

from tidu.applications.models.case import Case
from tidu.enterprises.models import Firm
from tidu.offices.models import Account, Office
from tidu.programmes.models import Batch
from tidu.records.models import Chain


class Reminder(models.Model):
    """One act of urging: who urged, of which batch, in which words; its targets point to it."""

    office = models.ForeignKey(Office, models.RESTRICT, related_name="reminders")
    by = models.ForeignKey(Account, models.RESTRICT, null=True, related_name="+")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="reminders")
    at = models.DateTimeField("催办时间")
    comment = models.CharField("附言", max_length=500, blank=True)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.office} {self.at:%Y-%m-%d %H:%M}"


class ReminderTarget(models.Model):
    """Who was urged: an office, or the firm of an unfinished case. Left alone while `quiet` lasts.

    Two reminders of one batch to the same target whose `quiet` overlap are refused by the
    database (`reminder_leaves_a_firm_alone`, `reminder_leaves_an_office_alone`).
    """

    reminder = models.ForeignKey(Reminder, models.RESTRICT, related_name="targets")
    batch = models.ForeignKey(Batch, models.RESTRICT, related_name="+")
    office = models.ForeignKey(Office, models.RESTRICT, null=True, blank=True, related_name="+")
    firm = models.ForeignKey(Firm, models.RESTRICT, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.RESTRICT, null=True, blank=True, related_name="+")
    quiet = DateTimeRangeField("不再催办")

    class Meta:
        ordering = ["reminder", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=False, firm__isnull=True, case__isnull=True)
                | Q(office__isnull=True, firm__isnull=False, case__isnull=False),
                name="reminder_to_an_office_or_a_firm",
            ),
            models.CheckConstraint(
                condition=Q(quiet__isempty=False, quiet__lower_inf=False, quiet__upper_inf=False),
                name="reminder_is_followed_by_quiet",
            ),
        ]

    def __str__(self) -> str:
        return str(self.office or self.firm)
