"""The content-addressed store on disk, under FILES_ROOT.

    sha256/ab/cd/abcd…    clean files under their digest, read-only
    quarantine/<token>    what has arrived of an upload, not yet inspected
    previews/ab/cd/…      pictures of pages, made anew when missing

A file moves from quarantine into the store by a hard link, so that it is there whole or not at all.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PIECE = 1024 * 1024


def root() -> Path:
    return Path(settings.FILES_ROOT)


def quarantined(token: str) -> Path:
    """Where an upload's octets wait to be inspected."""
    return _private(root() / "quarantine") / token


def stored(sha256: str) -> Path:
    """Where the clean file of this digest is kept."""
    return root() / "sha256" / sha256[:2] / sha256[2:4] / sha256


def previewed(sha256: str, name: str) -> Path:
    """Where a picture made from the file of this digest is kept."""
    return root() / "previews" / sha256[:2] / sha256[2:4] / f"{sha256}-{name}"


def write_at(path: Path, offset: int, chunk: bytes) -> None:
    """Writes a chunk at its place and cuts off whatever stood after it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        file.seek(offset)
        file.write(chunk)
        file.truncate()


def size_of(path: Path) -> int:
    """Octets on disk; 0 when nothing is there."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(source: Path, sha256: str) -> None:
    """Links a file into the store for good; one that is there already is the same file."""
    target = stored(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o400)
    with source.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(source, target)
    except FileExistsError:
        return
    _sync_folder(target.parent)


def keep_bytes(content: bytes) -> str:
    """Puts what is at hand into the store for good; its digest."""
    sha256 = hashlib.sha256(content).hexdigest()
    draft = _private(root() / "quarantine") / f".{secrets.token_hex(16)}"
    draft.write_bytes(content)
    try:
        keep(draft, sha256)
    finally:
        draft.unlink()
    return sha256


def quarantined_before(moment: datetime) -> Iterator[str]:
    """What has waited in the quarantine without a change since before a moment, by the names of its files."""
    for path in _private(root() / "quarantine").iterdir():
        if path.stat().st_mtime < moment.timestamp():
            yield path.name


def write_whole(target: Path, content: bytes) -> None:
    """Writes a file that appears whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(target)


def pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
