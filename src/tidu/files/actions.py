"""How a file comes in: begin, send in pieces, finish.

The protocol is the core of resumable uploads (tus 1.0 and the IETF draft it became): creation answers a
token; each piece names the offset at which it belongs; a broken connection is resumed by asking for the
offset. An upload is known by its token, and whoever did not begin it cannot tell that it exists.
"""

import secrets
import unicodedata
from datetime import datetime, timedelta
from pathlib import PurePosixPath, PureWindowsPath

from django.db import transaction

from tidu.database.scope import Actor, scope
from tidu.files import encryption, store
from tidu.files.enums import Kind
from tidu.files.limits import Limits, check_extension, check_size, installed
from tidu.files.models import StoredFile, Upload, name_context
from tidu.files.sandbox import process
from tidu.files.sandbox.terms import Inspected, Rules
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marks

LIFETIME = timedelta(days=2)
"""How long an unfinished upload can be resumed."""

NAME_LIMIT = 200
"""Characters of a file's name, extension included."""

CHUNK_LIMIT = 4 * 1024 * 1024
"""Octets in one piece; the scripts of our pages send one megabyte."""


def start_upload(*, actor: Actor, name: str, size: int, at: datetime, limits: Limits | None = None) -> Upload:
    """Begins an upload of ``size`` octets. Refuses by name and size alone, before anything is sent.

    Raises Refused: file_without_name, file_empty, file_too_large, file_type_not_accepted,
    secrecy_mark_in_file_name, auditor_sends_nothing.
    """
    limits, clean = limits or installed(), clean_name(name)
    check_size(size, name=clean, limits=limits)
    kind = check_extension(clean, limits=limits)
    refuse_marks(clean, place="file_name", field="file", label=clean)
    if actor.kind == "auditor":
        raise Refused("auditor_sends_nothing", field="file", name=clean)
    token = secrets.token_hex(16)
    hidden = encryption.seal(clean.encode(), context=name_context(token)) if actor.kind == "public" else None
    with scope(actor):
        return Upload.objects.create(
            token=token,
            name=f"附件.{kind}" if hidden else clean,
            sealed_name=hidden,
            declared_size=size,
            actor_kind=actor.kind,
            account_id=actor.account_id,
            office_id=actor.office_id,
            firm_id=actor.firm_id,
            created_at=at,
            expires_at=at + LIFETIME,
        )


@transaction.atomic
def append_chunk(*, token: str, offset: int, chunk: bytes, at: datetime) -> Upload:
    """Puts one piece at its place; ``received`` of what is returned is the next offset.

    A piece sent twice is refused with the offset that is wanted, so a script that lost an answer just goes
    on from there; at the end with an empty piece, to hear the last answer again. Raises Refused:
    upload_unknown, upload_expired, upload_offset_wrong (``wanted`` octets), upload_longer_than_declared,
    chunk_too_large.
    """
    if len(chunk) > CHUNK_LIMIT:
        raise Refused("chunk_too_large", field="file", most=CHUNK_LIMIT // 1024 // 1024)
    upload = _lock(token, at)
    wanted = received(upload)
    if offset != wanted:
        raise Refused("upload_offset_wrong", field="file", name=upload.sent_as, wanted=wanted, value=offset)
    if offset + len(chunk) > upload.declared_size:
        raise Refused(
            "upload_longer_than_declared", field="file", name=upload.sent_as, declared=upload.declared_size
        )
    if not chunk:
        return upload
    store.write_at(store.quarantined(token), offset, chunk)
    upload.received = offset + len(chunk)
    upload.save(update_fields=["received"])
    return upload


@transaction.atomic
def finish_upload(
    *, token: str, at: datetime, sha256: str | None = None, limits: Limits | None = None
) -> StoredFile:
    """Inspects a complete upload and keeps it; asked again, answers the same file.

    ``sha256``, if the sender gives it, is compared with what arrived. A refused file leaves nothing behind.
    Raises Refused: upload_unknown, upload_expired, upload_incomplete, upload_damaged and what
    ``sandbox.process.inspect`` refuses.
    """
    upload = _lock(token, at)
    if upload.file is None:
        digest, found = _inspect(upload, sha256, limits or installed())
        store.keep(store.quarantined(token), digest)
        upload.file = _stored(digest, upload.declared_size, found.kind, found.pages, at)
        _close(upload)
    return upload.file


@transaction.atomic
def finish_sealed_upload(
    *, token: str, at: datetime, context: str, sha256: str | None = None, limits: Limits | None = None
) -> StoredFile:
    """Like :func:`finish_upload`, but keeps the file encrypted, readable by :func:`queries.unseal` alone.

    ``context`` says what it belongs to and is needed again to open it. What was sent stays as it is until
    the transaction is through: a refusal afterwards leaves an upload that can be finished again.
    """
    upload = _lock(token, at)
    if upload.file is None:
        _inspect(upload, sha256, limits or installed())
        sealed = encryption.seal(store.quarantined(token).read_bytes(), context=context)
        digest = store.keep_bytes(sealed)
        upload.file = _stored(digest, len(sealed), Kind.SEALED, None, at)
        _close(upload)
    return upload.file


@transaction.atomic
def inspect_waiting(*, token: str, at: datetime, limits: Limits | None = None) -> Upload:
    """Looks into a complete upload without keeping it, so that its sender hears at once what is wrong.

    An action finishes it later. Raises Refused like :func:`finish_upload`; what is refused is removed.
    """
    upload = _lock(token, at)
    if upload.file is None:
        _inspect(upload, None, limits or installed())
    return upload


@transaction.atomic
def discard_expired(*, at: datetime) -> int:
    """Removes what is left of uploads nobody finished; for the system's nightly round.

    Also octets on disk whose upload was rolled back, so that no row speaks of them.
    """
    expired = Upload.objects.filter(file=None, expires_at__lt=at, received__gt=0)
    tokens = list(expired.values_list("token", flat=True))
    left = set(store.quarantined_before(at - LIFETIME))
    known = Upload.objects.filter(token__in=left, file=None, expires_at__gte=at)
    left -= set(known.values_list("token", flat=True))
    for token in left.union(tokens):
        store.quarantined(token).unlink(missing_ok=True)
    expired.filter(token__in=tokens).update(received=0)
    return len(left.union(tokens))


def clean_name(name: str) -> str:
    """The last part of whatever path was sent, without control characters; refuses an empty one."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    visible = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    path = PurePosixPath(visible.strip(". "))
    if not path.name or len(path.suffix) > NAME_LIMIT // 2:
        raise Refused("file_without_name", field="file", value=name[:NAME_LIMIT])
    return path.stem[: NAME_LIMIT - len(path.suffix)] + path.suffix


def received(upload: Upload) -> int:
    """Octets that are truly there: after a power cut fewer may have reached the disk than were counted.

    Of a finished upload all, though its copy in quarantine has gone.
    """
    if upload.file_id is not None:
        return upload.declared_size
    return min(upload.received, store.size_of(store.quarantined(upload.token)))


def _lock(token: str, at: datetime) -> Upload:
    upload = Upload.objects.select_for_update().filter(token=token).first()
    if upload is None:
        raise Refused("upload_unknown", field="file")
    if upload.file_id is None and at >= upload.expires_at:
        raise Refused("upload_expired", field="file", name=upload.sent_as, expired=upload.expires_at)
    return upload


def _inspect(upload: Upload, sha256: str | None, limits: Limits) -> tuple[str, Inspected]:
    """The digest of a complete upload and what is in it; what is refused is removed from the disk."""
    path = store.quarantined(upload.token)
    if received(upload) != upload.declared_size:
        raise Refused(
            "upload_incomplete",
            field="file",
            name=upload.sent_as,
            wanted=received(upload),
            declared=upload.declared_size,
        )
    digest = store.digest_of(path)
    try:
        if sha256 is not None and sha256.lower() != digest:
            raise Refused("upload_damaged", field="file", name=upload.sent_as)
        check_size(upload.declared_size, name=upload.sent_as, limits=limits)
        claimed = check_extension(upload.sent_as, limits=limits)
        known = StoredFile.objects.filter(sha256=digest, kind=claimed).first()
        if known is not None and (known.pages or 0) <= limits.pages:
            # the very same bytes have been found clean before
            return digest, Inspected(known.kind, known.pages)
        rules = Rules(claimed, limits.pages, limits.pixels, uncompressed=10 * limits.octets)
        return digest, process.inspect(path, name=upload.sent_as, rules=rules)
    except Refused:
        path.unlink(missing_ok=True)
        raise


def _stored(digest: str, size: int, kind: str, pages: int | None, at: datetime) -> StoredFile:
    file = StoredFile(sha256=digest, size=size, kind=kind, pages=pages, created_at=at)
    StoredFile.objects.bulk_create([file], ignore_conflicts=True)
    return StoredFile.objects.get(sha256=digest)


def _close(upload: Upload) -> None:
    """The quarantined copy goes once the row that points into the store is sure to stay."""
    upload.received = upload.declared_size
    upload.save(update_fields=["file", "received"])
    path = store.quarantined(upload.token)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
