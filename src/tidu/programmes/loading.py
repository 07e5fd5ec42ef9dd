"""Publishing a notice from its file, with the offices that it names."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law import notices, procedures
from tidu.offices.actions import load_offices
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_code
from tidu.programmes.actions import publish_notice
from tidu.programmes.models import Notice


@dataclass(frozen=True)
class Loaded:
    """What was published, and how many offices had to be opened for it."""

    notice: Notice
    batches: int
    offices: int


def load_notice(
    *, source: str, at: datetime, office: str | None = None, banner: str = "", procedure: str | None = None
) -> Loaded:
    """Publish the notice in a file, or the one of that id in the rulebook.

    `procedure` is a file with the procedure that the notice names, where the rulebook does not hold it.
    The ledger names the system, or the office with the code `office`, in whose name the operator was asked
    to publish. Raises Refused as notices.load, procedures.load_bytes and publish_notice do.
    """
    path, known = Path(source), notices.Known.in_rulebook()
    brought = None if procedure is None else procedures.load_bytes(Path(procedure).read_bytes())
    if brought is not None:
        known = known.with_procedure(brought)
    text = notices.load(path if path.is_file() else source, known=known)
    with scope(SYSTEM):
        opened = load_offices(actor=SYSTEM, name=text.offices, at=at)
        published = publish_notice(
            actor=_publisher(office), notice=text, at=at, banner=banner, procedure=brought
        )
    return Loaded(published, len(text.batches), len(opened))


def _publisher(code: str | None) -> Actor:
    if code is None:
        return SYSTEM
    office = office_by_code(code)
    name = f"{office.name}（据通知文件载入）"
    return Actor(kind="office", office_id=office.pk, roles=frozenset({Role.LEADER}), name=name)
