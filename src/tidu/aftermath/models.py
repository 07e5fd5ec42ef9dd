"""Which handler has dealt with which ledger entry."""

from django.db import models
from django.db.models import Q

from tidu.records.models import Entry


class HandledEntry(models.Model):
    """One handler's work on one entry is done; written in the same transaction as that work."""

    entry = models.ForeignKey(Entry, models.RESTRICT, related_name="handled")
    handler = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "handled entries"
        constraints = [
            models.UniqueConstraint(fields=["entry", "handler"], name="entry_handled_once_by_each"),
            models.CheckConstraint(condition=~Q(handler=""), name="handled_by_a_named_handler"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.handler}"
