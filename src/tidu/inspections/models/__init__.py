"""On-site checks (实地核查, 抽查), the samples they were drawn in, and dated credit checks."""

from tidu.inspections.models.credit import CreditCheck
from tidu.inspections.models.inspection import (
    Inspection,
    InspectionFinding,
    InspectionNote,
    InspectionPhoto,
)
from tidu.inspections.models.sample import Sample, SampleMember

__all__ = [
    "CreditCheck",
    "Inspection",
    "InspectionFinding",
    "InspectionNote",
    "InspectionPhoto",
    "Sample",
    "SampleMember",
]
