"""Reading stored files. Who may read one is decided by the row that refers to it, before these are called."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tidu.database.scope import Actor
from tidu.files import encryption, store
from tidu.files.actions import received
from tidu.files.enums import IMAGES, VIEWABLE, Kind
from tidu.files.models import StoredFile, Upload
from tidu.files.sandbox import process
from tidu.law.refusals import Refused
from tidu.proof.chain import Break

WIDTHS = (240, 480, 960, 1440, 2000)
"""Pixels; any other width asked for becomes the next larger, so that few pictures are kept."""


def upload_offset(token: str) -> tuple[int, int]:
    """Octets arrived, and octets announced, of an upload of the actor in scope. Refused: upload_unknown."""
    upload = Upload.objects.filter(token=token).first()
    if upload is None:
        raise Refused("upload_unknown", field="file")
    return received(upload), upload.declared_size


def waiting_upload(token: str) -> Upload:
    """A complete upload of the actor in scope that no action has finished yet. Refused: upload_unknown."""
    upload = Upload.objects.filter(token=token, file=None).first()
    if upload is None or received(upload) < upload.declared_size:
        raise Refused("upload_unknown", field="file")
    return upload


def clean_file_of(actor: Actor, file_id: int) -> StoredFile:
    """A file that the actor uploaded himself, by its number. Raises Refused: file_not_yours."""
    mine = Upload.objects.filter(
        file=file_id,
        actor_kind=actor.kind,
        account_id=actor.account_id,
        office_id=actor.office_id,
        firm_id=actor.firm_id,
    )
    upload = mine.select_related("file").first()
    if upload is None or upload.file is None:
        raise Refused("file_not_yours", field="file")
    return upload.file


def stored_files(file_ids: Iterable[int]) -> dict[int, StoredFile]:
    """Stored files by their numbers; a row that the caller may read has named them."""
    return StoredFile.objects.in_bulk(list(file_ids))


def ready_images(file_ids: Collection[int]) -> set[int]:
    """Which of these are pictures that the actor in scope uploaded."""
    mine = Upload.objects.filter(file__in=file_ids, file__kind__in=IMAGES)
    return {file_id for file_id in mine.values_list("file_id", flat=True) if file_id is not None}


def open_file(file: StoredFile) -> BinaryIO:
    """The bytes of a stored file, to be closed by the caller."""
    return store.stored(file.sha256).open("rb")


def is_there(file: StoredFile) -> bool:
    """Whether the bytes of a stored file are where they should be."""
    return store.stored(file.sha256).exists()


def pieces_of(file: StoredFile) -> Iterator[bytes]:
    """The bytes of a stored file, a piece at a time; needs no scope once the file is known."""
    with store.stored(file.sha256).open("rb") as source:
        yield from store.pieces(source)


def unseal(file: StoredFile, *, context: str) -> bytes:
    """What :func:`actions.finish_sealed_upload` sealed; encryption.CannotUnseal if the context differs."""
    return encryption.unseal(store.stored(file.sha256).read_bytes(), context=context)


def page_picture(file: StoredFile, *, page: int, width: int) -> Path:
    """A page, from 1, as a PNG that is made once and kept. Raises Refused: page_not_viewable."""
    if file.kind not in VIEWABLE or not 1 <= page <= (file.pages or 0):
        raise Refused("page_not_viewable", field="page", value=page, kind=Kind(file.kind).label)
    wide = next((allowed for allowed in WIDTHS if allowed >= width), WIDTHS[-1])
    target = store.previewed(file.sha256, f"p{page}-w{wide}.png")
    if not target.exists():
        source = store.stored(file.sha256)
        content = process.picture(source, name=str(file), kind=file.kind, page=page, width=wide)
        store.write_whole(target, content)
    return target


def file_breaks() -> Iterator[Break]:
    """Stored files that are missing or whose bytes are no longer those their digest promises."""
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        name = f"文件 {file.pk}"
        path = store.stored(file.sha256)
        if not path.exists():
            yield Break(name, None, "file_missing", expected=file.sha256)
            continue
        found = store.digest_of(path)
        if found != file.sha256:
            yield Break(name, None, "file", expected=file.sha256, found=found)
        if path.stat().st_size != file.size:
            yield Break(name, None, "file_size", expected=str(file.size), found=str(path.stat().st_size))
