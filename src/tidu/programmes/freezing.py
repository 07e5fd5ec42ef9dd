"""Freezing what a notice names, so that a later edit of the rulebook changes no round that has begun."""

from tidu.law import notices, plain, procedures, standards
from tidu.records.actions import freeze


def freeze_notice(text: notices.Notice) -> str:
    """The digest of a notice's own text."""
    return freeze(notices.to_json(text), public=True)


def freeze_procedure(procedure: str) -> str:
    """The digest of a procedure of the rulebook."""
    return freeze(plain.write(procedures.load(procedure)), public=True)


def freeze_standard(standard: str) -> str:
    """The digest of a standard, with all that it lies over and the vocabulary it uses."""
    return freeze(standards.load(standard).body, public=True)
