"""The ledger: frozen bodies, chains of entries, nightly roots. Rows are added, never changed.

Only the database's own functions write chains' heads and entries (``records_append``); the serving
role may neither update nor delete them, and triggers hold the owner to the same. See migration 0002.
"""

from typing import Any

from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.lookups import LessThanOrEqual

from tidu.proof.canonical import parse_canonical
from tidu.proof.chain import Head, Header, Link
from tidu.proof.digests import ALGORITHMS, DEFAULT
from tidu.proof.roots import Root as ProofRoot

ACTOR_KINDS = ("public", "firm", "office", "auditor", "expert", "operator", "system")
BODY_LIMIT = 1024 * 1024
"""Octets of an entry's body; what is larger is frozen and named by its digest."""

HEX = "^[0-9a-f]{64}$"
TOKEN = "^[0-9a-f]{32}$"  # noqa: S105
VERB = r"^[a-z][a-z_]*(\.[a-z][a-z_]*)*$"


class Frozen(models.Model):
    """A body stored once, as canonical bytes under its SHA-256.

    A public one may be read by all. A private one may be read by whoever may read an entry
    that names it as its snapshot, so that a room protects it by protecting its chain.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    body = models.BinaryField()
    public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest=Func(Func("body", function="sha256"), Value("hex"), function="encode")),
                name="frozen_digest_is_that_of_the_body",
            ),
        ]

    def __str__(self) -> str:
        return self.digest


class Chain(models.Model):
    """One hash chain: of a case, a notice, an office, a title. Holds nothing private itself.

    ``token`` is its public name, made by chance; ``head_digest`` before the first entry is the
    digest of the chain's own start, so that even an empty chain cannot be relabelled.
    """

    kind = models.CharField(max_length=32)
    token = models.CharField(max_length=32, unique=True)
    algorithm = models.CharField(max_length=16, default=DEFAULT)
    head_seq = models.PositiveIntegerField(default=0)
    head_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__regex=VERB), name="chain_kind_is_a_word"),
            models.CheckConstraint(condition=Q(token__regex=TOKEN), name="chain_token_is_hexadecimal"),
            models.CheckConstraint(condition=Q(algorithm__in=ALGORITHMS), name="chain_algorithm_known"),
            models.CheckConstraint(condition=Q(head_digest__regex=HEX), name="chain_head_is_a_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.token}"

    def head(self) -> Head:
        return Head(self.token, self.kind, self.head_seq, self.head_digest, self.algorithm)


class Entry(models.Model):
    """One link: who did what and when, the salted digest of what was said, the digest of the link before.

    ``at`` is the legal time, which is arrival; the day of an act done on paper stands in its body.
    ``written_at`` is the database's clock. ``body`` and ``salt`` go together and may be erased together,
    by rule.
    """

    chain = models.ForeignKey(Chain, models.RESTRICT, related_name="entries", db_index=False)
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=16)
    account_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    firm_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    salt = models.BinaryField(null=True)
    body = models.BinaryField(null=True)
    body_digest = models.CharField(max_length=64)
    snapshot = models.ForeignKey(
        Frozen, models.RESTRICT, null=True, related_name="+", db_column="snapshot", db_index=False
    )
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=16, default=DEFAULT)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="entry_digest_once"),
            models.UniqueConstraint(fields=["chain", "seq"], name="entry_seq_once_per_chain"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="entry_seq_starts_at_one"),
            models.CheckConstraint(condition=Q(verb__regex=VERB), name="entry_verb_is_a_word"),
            models.CheckConstraint(condition=Q(actor_kind__in=ACTOR_KINDS), name="entry_actor_kind_known"),
            models.CheckConstraint(
                condition=~Q(actor_kind="firm") | Q(firm_id__isnull=False),
                name="entry_of_a_firm_names_the_firm",
            ),
            models.CheckConstraint(
                condition=~Q(actor_kind="office") | Q(office_id__isnull=False),
                name="entry_of_an_office_names_the_office",
            ),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, body__isnull=True) | Q(salt__isnull=False, body__isnull=False),
                name="entry_body_and_salt_go_together",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func("body", function="octet_length", output_field=models.IntegerField()), BODY_LIMIT
                ),
                name="entry_body_within_limit",
            ),
            models.CheckConstraint(condition=Q(algorithm__in=ALGORITHMS), name="entry_algorithm_known"),
            models.CheckConstraint(
                condition=Q(body_digest__regex=HEX, previous__regex=HEX, digest__regex=HEX),
                name="entry_digests_are_digests",
            ),
        ]
        indexes = [
            models.Index(fields=["snapshot"], condition=Q(snapshot__isnull=False), name="entry_by_snapshot"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}#{self.seq} {self.verb}"

    @property
    def content(self) -> Any:
        """What was written, or None once erased."""
        return None if self.body is None else parse_canonical(bytes(self.body))

    def link(self, chain_token: str) -> Link:
        """The entry as the proof sees it."""
        header = Header(
            chain=chain_token,
            seq=self.seq,
            verb=self.verb,
            actor_kind=self.actor_kind,
            account=self.account_id,
            office=self.office_id,
            firm=self.firm_id,
            actor_name=self.actor_name,
            at=self.at,
            written_at=self.written_at,
            snapshot=self.snapshot_id,
            body_digest=self.body_digest,
            previous=self.previous,
            algorithm=self.algorithm,
        )
        salt = None if self.salt is None else bytes(self.salt)
        body = None if self.body is None else bytes(self.body)
        return Link(header, self.digest, salt, body)


class Root(models.Model):
    """The public seal of one night over every entry not sealed before."""

    day = models.DateField(unique=True)
    count = models.PositiveIntegerField()
    tree_root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    algorithm = models.CharField(max_length=16, default=DEFAULT)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(algorithm__in=ALGORITHMS), name="root_algorithm_known"),
            models.CheckConstraint(
                condition=Q(tree_root__regex=HEX, previous__regex=HEX, digest__regex=HEX),
                name="root_digests_are_digests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"

    def proof(self) -> ProofRoot:
        return ProofRoot(self.day, self.count, self.tree_root, self.previous, self.sealed_at, self.algorithm)


class SealedEntry(models.Model):
    """The place of an entry among the leaves of its night.

    The leaf repeats the entry's digest, so that anyone may be given a proof of inclusion
    without being given the other entries of that night.
    """

    entry = models.OneToOneField(Entry, models.RESTRICT, primary_key=True, related_name="sealed")
    root = models.ForeignKey(Root, models.RESTRICT, related_name="leaves", db_index=False)
    index = models.PositiveIntegerField()
    leaf = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "sealed entries"
        constraints = [
            models.UniqueConstraint(fields=["root", "index"], name="sealed_entry_index_once_per_root"),
        ]

    def __str__(self) -> str:
        return f"{self.root_id}[{self.index}] {self.leaf}"
