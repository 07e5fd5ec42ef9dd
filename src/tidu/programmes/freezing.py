"""Freezing what a notice names, so that a later edit of the rulebook changes no round that has begun."""

from tidu.law import notices, plain, procedures, standards
from tidu.law.refusals import Refused
from tidu.proof.canonical import canonical_bytes
from tidu.proof.digests import digest
from tidu.records.actions import freeze


def notice_digest(text: notices.Notice) -> str:
    """The digest under which a notice's own text would be frozen."""
    return digest(canonical_bytes(notices.to_json(text)), "sha256").hex()


def freeze_notice(text: notices.Notice) -> str:
    """The digest of a notice's own text."""
    return freeze(notices.to_json(text), public=True)


def freeze_procedure(named: str, brought: procedures.Procedure | None = None) -> str:
    """The digest of the procedure that a notice names: brought along from a file, or of the rulebook.

    Refused("procedure_unknown") also where another one was brought than the notice names.
    """
    if brought is not None and brought.id != named:
        raise Refused("procedure_unknown", value=named)
    return freeze(plain.write(brought or procedures.load(named)), public=True)


def freeze_standard(standard: str) -> str:
    """The digest of a standard, with all that it lies over and the vocabulary it uses."""
    return freeze(standards.load(standard).body, public=True)
