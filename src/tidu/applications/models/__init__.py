"""Cases and everything that hangs on one."""

from tidu.applications.models.case import Case, CaseReader, CaseStage
from tidu.applications.models.content import CaseField, Correction, EvidenceItem, Finding, Snapshot
from tidu.applications.models.letters import Letter

__all__ = [
    "Case",
    "CaseField",
    "CaseReader",
    "CaseStage",
    "Correction",
    "EvidenceItem",
    "Finding",
    "Letter",
    "Snapshot",
]
