"""A ZIP file sent while it is being written: members one after the other, never one held whole."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tidu.documents.dossiers.members import Member
from tidu.law.refusals import BEIJING

_READABLE = 0o644 << 16
_BIG = 1 << 31


class _Sink(io.RawIOBase):
    """Where the archive is written to, and from where it is taken again at once."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.waiting.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def zipped(members: Iterable[Member], *, at: datetime) -> Iterator[bytes]:
    """The members in their order, all dated `at`, so that the same members give the same bytes."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:
        for member in members:
            with archive.open(_info(member, at), "w", force_zip64=member.size >= _BIG) as target:
                for piece in member.pieces():
                    target.write(piece)
                    yield sink.take()
            yield sink.take()
    yield sink.take()


def _info(member: Member, at: datetime) -> ZipInfo:
    local = at.astimezone(BEIJING)
    info = ZipInfo(member.path, local.timetuple()[:6])
    info.compress_type = ZIP_STORED if member.file is not None else ZIP_DEFLATED
    info.external_attr = _READABLE
    return info
