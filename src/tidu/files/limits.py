"""How large and of which kinds a file may be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings

from tidu.files.enums import EXTENSIONS, Kind
from tidu.law.refusals import Refused

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What an upload may be. FILES_MEGABYTES sets an installation's size; a notice narrows it per item."""

    megabytes: int = 50
    pages: int = 500
    pixels: int = 60_000_000
    kinds: frozenset[Kind] = frozenset(EXTENSIONS.values())

    @property
    def octets(self) -> int:
        return self.megabytes * MEGABYTE

    def narrowed(self, *, formats: Iterable[str], megabytes: int) -> "Limits":
        """As an item of a notice has it: ``formats`` are extensions; what we cannot read is left out."""
        kinds = frozenset(EXTENSIONS[name.lower()] for name in formats if name.lower() in EXTENSIONS)
        return replace(self, kinds=self.kinds & kinds, megabytes=min(self.megabytes, megabytes))


def installed() -> Limits:
    """The limits of this installation."""
    return Limits(megabytes=settings.FILES_MEGABYTES)


def check_size(size: int, *, name: str, limits: Limits) -> None:
    """Refuses an empty file, one of nonsensical size, and one beyond the limit."""
    if size <= 0:
        raise Refused("file_empty", field="file", name=name)
    if size > limits.octets:
        raise Refused(
            "file_too_large", field="file", name=name, size=f"{size / MEGABYTE:.1f}", most=limits.megabytes
        )


def check_extension(name: str, *, limits: Limits) -> Kind:
    """The kind a name claims; refuses one that is not accepted here, before anything is sent."""
    kind = EXTENSIONS.get(extension(name))
    if kind is None or kind not in limits.kinds:
        raise _not_accepted(name, extension(name) or "无", limits)
    return kind


def check_kept(kind: Kind, size: int, *, name: str, limits: Limits) -> None:
    """Refuses a file that is here already where its content is of another kind, or more, than is taken."""
    if kind not in limits.kinds:
        raise _not_accepted(name, kind.label, limits)
    check_size(size, name=name, limits=limits)


def _not_accepted(name: str, value: str, limits: Limits) -> Refused:
    accepted = [known for known in EXTENSIONS if EXTENSIONS[known] in limits.kinds]
    return Refused("file_type_not_accepted", field="file", name=name, value=value, accepted=accepted)


def extension(name: str) -> str:
    _, dot, last = name.rpartition(".")
    return last.lower() if dot else ""
