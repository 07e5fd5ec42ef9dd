"""Notices: what an office publishes to open a round, as data, and the times that follow from it."""

from tidu.law.notices.amendable import Amendable, amendable
from tidu.law.notices.checks import check, problems
from tidu.law.notices.corrigenda import Change, Corrigendum, amend
from tidu.law.notices.demonstration import demonstration_notice
from tidu.law.notices.known import Known
from tidu.law.notices.loading import from_json, load, notice_ids, to_json
from tidu.law.notices.model import Notice
from tidu.law.notices.panels import PanelTerms, opinion_deadline, panel_terms
from tidu.law.notices.parts import (
    OUR_READING,
    Amendment,
    ApplicationKind,
    Batch,
    Changed,
    Condition,
    Contact,
    DeadlineRule,
    Delivery,
    Evidence,
    Paper,
    Reading,
    Sentence,
    Upkeep,
)
from tidu.law.notices.readings import READINGS
from tidu.law.notices.scrutiny import cautions
from tidu.law.notices.times import (
    Deadline,
    all_deadlines,
    change_deadline,
    deadline,
    deadline_if_known,
    deadlines,
    lapse_if_not_applied,
    lapse_if_refused,
    mending_deadline,
    moment_of,
    publicity_window,
    terms_end,
    title_validity,
    update_deadline,
)

__all__ = [
    "OUR_READING",
    "READINGS",
    "Amendable",
    "Amendment",
    "ApplicationKind",
    "Batch",
    "Change",
    "Changed",
    "Condition",
    "Contact",
    "Corrigendum",
    "Deadline",
    "DeadlineRule",
    "Delivery",
    "Evidence",
    "Known",
    "Notice",
    "PanelTerms",
    "Paper",
    "Reading",
    "Sentence",
    "Upkeep",
    "all_deadlines",
    "amend",
    "amendable",
    "cautions",
    "change_deadline",
    "check",
    "deadline",
    "deadline_if_known",
    "deadlines",
    "demonstration_notice",
    "from_json",
    "lapse_if_not_applied",
    "lapse_if_refused",
    "load",
    "mending_deadline",
    "moment_of",
    "notice_ids",
    "opinion_deadline",
    "panel_terms",
    "problems",
    "publicity_window",
    "terms_end",
    "title_validity",
    "to_json",
    "update_deadline",
]
