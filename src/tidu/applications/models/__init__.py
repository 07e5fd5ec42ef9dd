"""Cases and everything that hangs on one."""

from tidu.applications.models.case import Case, CaseReader, CaseStage
from tidu.applications.models.content import CaseField, Correction, EvidenceItem, Finding, Snapshot
from tidu.applications.models.letters import Letter
from tidu.applications.models.papers import CasePapers

__all__ = [
    "Case",
    "CaseField",
    "CasePapers",
    "CaseReader",
    "CaseStage",
    "Correction",
    "EvidenceItem",
    "Finding",
    "Letter",
    "Snapshot",
]
