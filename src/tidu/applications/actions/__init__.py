"""Everything that may be done to a case. Pages, the command line and timers only call these."""

from tidu.applications.actions.bulk import carry_out_bulk, confirm_bulk
from tidu.applications.actions.contacts import read_contacts
from tidu.applications.actions.deadlines import follow_deadlines
from tidu.applications.actions.drafting import copy_case, open_case, save_field
from tidu.applications.actions.evidence import attach_evidence, point_to_evidence, remove_evidence
from tidu.applications.actions.joining import join_opinion
from tidu.applications.actions.letters import LetterText, recommend, report
from tidu.applications.actions.mending import lapse_unmended
from tidu.applications.actions.notes import (
    note_credit_check,
    note_inspection,
    note_national_platform,
    note_not_drawn,
    note_papers,
)
from tidu.applications.actions.passing_on import pass_on
from tidu.applications.actions.review import (
    assign,
    hand_over,
    pass_review,
    receive,
    record_finding,
    refuse,
    return_for_mending,
)
from tidu.applications.actions.sight import let_office_read
from tidu.applications.actions.submission import resubmit, submit, withdraw
from tidu.applications.actions.urging import Urged, urge_firms, urge_offices
from tidu.applications.acts import Offline
from tidu.applications.door import perform

__all__ = [
    "LetterText",
    "Offline",
    "Urged",
    "assign",
    "attach_evidence",
    "carry_out_bulk",
    "confirm_bulk",
    "copy_case",
    "follow_deadlines",
    "hand_over",
    "join_opinion",
    "lapse_unmended",
    "let_office_read",
    "note_credit_check",
    "note_inspection",
    "note_national_platform",
    "note_not_drawn",
    "note_papers",
    "open_case",
    "pass_on",
    "pass_review",
    "perform",
    "point_to_evidence",
    "read_contacts",
    "receive",
    "recommend",
    "record_finding",
    "refuse",
    "remove_evidence",
    "report",
    "resubmit",
    "return_for_mending",
    "save_field",
    "submit",
    "urge_firms",
    "urge_offices",
    "withdraw",
]
