"""Cases and everything that hangs on one."""

from tidu.applications.models.areas import AreaCount
from tidu.applications.models.bulk import BulkAct, BulkItem
from tidu.applications.models.case import Case, CaseReader, CaseStage
from tidu.applications.models.content import CaseField, Correction, EvidenceItem, Finding, Snapshot
from tidu.applications.models.letters import Letter
from tidu.applications.models.papers import CasePapers
from tidu.applications.models.reminders import Reminder, ReminderTarget
from tidu.applications.models.unfinished import Unfinished

__all__ = [
    "AreaCount",
    "BulkAct",
    "BulkItem",
    "Case",
    "CaseField",
    "CasePapers",
    "CaseReader",
    "CaseStage",
    "Correction",
    "EvidenceItem",
    "Finding",
    "Letter",
    "Reminder",
    "ReminderTarget",
    "Snapshot",
    "Unfinished",
]
