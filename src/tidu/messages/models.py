"""Messages to people: one per ledger entry and recipient, never sent twice."""

from django.db import models
from django.db.models import F, Q

from tidu.enterprises.models import Firm
from tidu.offices.models import Office
from tidu.panels.models import Expert
from tidu.records.models import Entry


class Message(models.Model):
    """A message to everyone who acts for a firm, to everyone with a post in an office, or to an expert."""

    entry = models.ForeignKey(Entry, models.RESTRICT, related_name="+")
    firm = models.ForeignKey(Firm, models.RESTRICT, null=True, blank=True, related_name="messages")
    office = models.ForeignKey(Office, models.RESTRICT, null=True, blank=True, related_name="messages")
    expert = models.ForeignKey(Expert, models.RESTRICT, null=True, blank=True, related_name="messages")
    subject = models.CharField("主题", max_length=120)
    body = models.TextField("内容", blank=True)
    path = models.CharField("去处理", max_length=200, blank=True)
    needs_action = models.BooleanField("需办理", default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["firm", "-at"], name="message_inbox_of_firm"),
            models.Index(fields=["office", "-at"], name="message_inbox_of_office"),
            models.Index(fields=["expert", "-at"], name="message_inbox_of_expert"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(firm__isnull=False, office__isnull=True, expert__isnull=True)
                | Q(firm__isnull=True, office__isnull=False, expert__isnull=True)
                | Q(firm__isnull=True, office__isnull=True, expert__isnull=False),
                name="message_to_one_recipient",
            ),
            models.CheckConstraint(condition=~Q(subject=""), name="message_has_a_subject"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("at")), name="message_read_after_it_came"
            ),
            models.UniqueConstraint(
                fields=["entry", "firm"],
                condition=Q(firm__isnull=False),
                name="message_once_per_entry_and_firm",
            ),
            models.UniqueConstraint(
                fields=["entry", "office"],
                condition=Q(office__isnull=False),
                name="message_once_per_entry_and_office",
            ),
            models.UniqueConstraint(
                fields=["entry", "expert"],
                condition=Q(expert__isnull=False),
                name="message_once_per_entry_and_expert",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
