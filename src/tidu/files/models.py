"""Stored files, known by their content alone, and the uploads through which they came."""

from django.db import models
from django.db.models import F, Q

from tidu.files import encryption
from tidu.files.enums import Kind
from tidu.records.models import ACTOR_KINDS, HEX, TOKEN


class StoredFile(models.Model):
    """A file that was inspected and found clean, kept under the SHA-256 of its bytes; never changed.

    What is refused never becomes a row here. The same bytes from two people are one row, which therefore
    names no owner, no name and nothing else worth hiding, and carries no policy: who may open a file is
    decided by the row that refers to it (a paper of a case, a scan of a letter), which does.
    """

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    pages = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sha256"], name="stored_file_once"),
            models.CheckConstraint(condition=Q(sha256__regex=HEX), name="stored_file_has_a_digest"),
            models.CheckConstraint(condition=Q(size__gte=1), name="stored_file_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="stored_file_kind_known"),
            models.CheckConstraint(
                condition=Q(pages__isnull=True) | Q(pages__gte=1), name="stored_file_pages_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Upload(models.Model):
    """A file on its way in: so many of its octets have arrived, and for whom.

    Whoever began it sees it, and nobody else. It ends with a clean file, or is refused and leaves nothing.
    What the public sends comes with objections, and a name may tell who wrote it: `name` is neutral then
    (附件.pdf), and the true one is sealed.
    """

    token = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    sealed_name = models.BinaryField(null=True)
    declared_size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    actor_kind = models.CharField(max_length=16)
    account_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    firm_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    file = models.ForeignKey(StoredFile, models.RESTRICT, null=True, related_name="uploads")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(token__regex=TOKEN), name="upload_token_is_hexadecimal"),
            models.CheckConstraint(condition=~Q(name=""), name="upload_has_a_name"),
            models.CheckConstraint(
                condition=~Q(actor_kind="public") | Q(sealed_name__isnull=False),
                name="upload_of_the_public_hides_its_name",
            ),
            models.CheckConstraint(condition=Q(declared_size__gte=1), name="upload_not_empty"),
            models.CheckConstraint(
                condition=Q(received__lte=F("declared_size")), name="upload_not_longer_than_declared"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(received=F("declared_size")),
                name="upload_complete_before_stored",
            ),
            models.CheckConstraint(condition=Q(actor_kind__in=ACTOR_KINDS), name="upload_actor_kind_known"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="upload_expires_after_it_began"
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(file__isnull=True), name="upload_unfinished"),
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.received}/{self.declared_size}"

    @property
    def sent_as(self) -> str:
        """The name that its sender gave it, for the sender and for whoever may open what it comes with."""
        if self.sealed_name is None:
            return self.name
        return encryption.unseal(bytes(self.sealed_name), context=name_context(self.token)).decode()


def name_context(token: str) -> str:
    """Ties a sealed name to its upload."""
    return f"upload:{token}"
