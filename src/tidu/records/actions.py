"""Writing the ledger. Every action of every room ends here, inside its own transaction."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from tidu.database.scope import Actor
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.proof.canonical import JSON, canonical_bytes
from tidu.proof.chain import Header, body_digest, entry_digest, start_digest
from tidu.proof.digests import digest
from tidu.proof.roots import FIRST_PREVIOUS, root_digest
from tidu.proof.roots import Root as ProofRoot
from tidu.proof.tree import tree_root
from tidu.records.models import BODY_LIMIT, Chain, Entry, Frozen, Root, SealedEntry

FOLLOW = "tidu.aftermath.follow"
"""The task that reads each entry once; named, not imported, since it lives in a higher room."""

BODY_ERASED = "records.body_erased"

SEALING = 0x7469_6475
"""The advisory lock under which a night is sealed."""


def open_chain(*, kind: str) -> Chain:
    """A new empty chain with a public name made by chance. ``kind`` says of what: ``case``, ``notice`` …"""
    token, algorithm = secrets.token_hex(16), settings.LEDGER_ALGORITHM
    return Chain.objects.create(
        kind=kind, token=token, algorithm=algorithm, head_digest=start_digest(token, kind, algorithm)
    )


def freeze(body: JSON, *, public: bool = False) -> str:
    """Stores the canonical bytes of ``body`` once and returns their SHA-256, by which they are named.

    A private body can be read back by those who may read an entry that names it as its snapshot.
    """
    content = canonical_bytes(body)
    name = digest(content, "sha256").hex()
    Frozen.objects.bulk_create([Frozen(digest=name, body=content, public=public)], ignore_conflicts=True)
    if public:
        Frozen.objects.filter(digest=name, public=False).update(public=True)
    return name


def record(
    *,
    chain: Chain,
    verb: str,
    actor: Actor,
    at: datetime,
    body: Mapping[str, JSON],
    snapshot: str | None = None,
) -> Entry:
    """Appends one entry to a chain and defers the job that draws its consequences.

    Must run inside the caller's transaction, so that state and ledger change together or not at all.
    The chain stays locked until that transaction ends: take it last. ``at`` is the legal time, taken on
    arrival before any lock; the time of writing is the database's own clock. The actor must be the one in
    scope, unless the system is. ``snapshot`` is what :func:`freeze` returned.
    Raises Refused: secrecy_mark_in_text, whatever the act is; what an act says beside its ledger entry, the
    action itself passes to :func:`refuse_marked`.
    """
    refuse_marked(body)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry is recorded inside its action's transaction")
    content = canonical_bytes(body)
    if len(content) > BODY_LIMIT:
        raise ValueError(f"an entry's body of {len(content)} octets: freeze it and name its digest")
    token, algorithm, seq, previous, clock = _lock(chain)
    salt = secrets.token_bytes(32)
    header = Header(
        chain=token,
        seq=seq + 1,
        verb=verb,
        actor_kind=actor.kind,
        account=actor.account_id,
        office=actor.office_id,
        firm=actor.firm_id,
        actor_name=actor.name,
        at=at,
        written_at=clock,
        snapshot=snapshot,
        body_digest=body_digest(salt, content, algorithm),
        previous=previous,
        algorithm=algorithm,
    )
    entry = _append(chain, header, salt, content)
    jobs.configure_task(FOLLOW, allow_unknown=True, lock=f"chain:{chain.pk}").defer(entry_id=entry.pk)
    return entry


@transaction.atomic
def erase_body(*, entry: Entry, reason: str, actor: Actor, at: datetime) -> Entry:
    """Erases what an entry says (a person's data, by rule) and records that it was erased and why.

    The chain still holds, since it covers only the salted digest. Refuses what was erased before, and the
    records of erasure themselves. The database lets only the system and operators do it.
    """
    if not reason.strip():
        raise Refused("erasure_without_reason", field="reason")
    if entry.verb == BODY_ERASED:
        raise Refused("erasure_not_erasable", seq=entry.seq)
    with connection.cursor() as cursor:
        cursor.execute("SELECT records_erase_body(%s)", [entry.pk])
        (erased,) = cursor.fetchone()
    if not erased:
        raise Refused("body_already_erased", seq=entry.seq)
    body: dict[str, JSON] = {"seq": entry.seq, "reason": reason}
    return record(chain=entry.chain, verb=BODY_ERASED, actor=actor, at=at, body=body)


def seal_day(*, day: date, at: datetime) -> Root:
    """Seals every entry that no night has sealed yet under one root, chained to the root before.

    Entries are found by their absence from earlier nights, so one that was committed late is not missed;
    a night without entries is sealed too, so that a missing root shows. Refuses a day that is not after
    the last sealed one. Runs in the system's scope.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        last = Root.objects.order_by("-day").first()
        if last is not None and last.day >= day:
            raise Refused("day_already_sealed", field="day", day=day, last=last.day)
        entries = list(Entry.objects.filter(sealed=None).order_by("pk").values_list("pk", "digest"))
        sealed = ProofRoot(
            day=day,
            count=len(entries),
            tree_root=tree_root(
                (bytes.fromhex(leaf) for _, leaf in entries), settings.LEDGER_ALGORITHM
            ).hex(),
            previous=FIRST_PREVIOUS if last is None else last.digest,
            sealed_at=at,
            algorithm=settings.LEDGER_ALGORITHM,
        )
        root = Root.objects.create(**_fields(sealed), digest=root_digest(sealed))
        SealedEntry.objects.bulk_create(
            (
                SealedEntry(entry_id=pk, root=root, index=index, leaf=leaf)
                for index, (pk, leaf) in enumerate(entries)
            ),
            batch_size=5000,
        )
    return root


def _fields(root: ProofRoot) -> dict[str, Any]:
    return {name: getattr(root, name) for name in ProofRoot.__slots__}


def _lock(chain: Chain) -> tuple[str, str, int, str, datetime]:
    """Locks a chain; its token, algorithm, head and the database's clock, read after the lock was had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_lock_chain(%s)", [chain.pk])
        row: tuple[str, str, int, str, datetime] | None = cursor.fetchone()
    if row is None:
        raise Chain.DoesNotExist(f"chain {chain.pk}, or no scope is set")
    return row


def _append(chain: Chain, header: Header, salt: bytes, body: bytes) -> Entry:
    """Writes entry and head in one statement, which also works for one who may not read the chain."""
    entry = Entry(
        chain=chain,
        seq=header.seq,
        verb=header.verb,
        actor_kind=header.actor_kind,
        account_id=header.account,
        office_id=header.office,
        firm_id=header.firm,
        actor_name=header.actor_name,
        at=header.at,
        written_at=header.written_at,
        salt=salt,
        body=body,
        body_digest=header.body_digest,
        snapshot_id=header.snapshot,
        previous=header.previous,
        digest=entry_digest(header),
        algorithm=header.algorithm,
    )
    columns = Entry._meta.concrete_fields  # noqa: SLF001
    values = [getattr(entry, column.attname) for column in columns if not column.primary_key]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT records_append({', '.join(['%s'] * len(values))})", values)
        (entry.pk,) = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias  # noqa: SLF001
    chain.head_seq, chain.head_digest = entry.seq, entry.digest
    return entry
