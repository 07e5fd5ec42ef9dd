"""Everything that inspectors and officers enter: samples, on-site checks, credit checks."""

from tidu.inspections.actions.credit import record_credit_check
from tidu.inspections.actions.sampling import draw_sample
from tidu.inspections.actions.visiting import Found, Photo, Visit, plan_inspection, record_inspection

__all__ = [
    "Found",
    "Photo",
    "Visit",
    "draw_sample",
    "plan_inspection",
    "record_credit_check",
    "record_inspection",
]
