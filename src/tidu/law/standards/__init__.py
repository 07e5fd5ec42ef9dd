"""Standards: load one, judge facts by it, generate its form.

from tidu.law.standards import load
verdict = load("2022-innovative").judge(facts)
"""

from tidu.law.standards.bands import StandardError
from tidu.law.standards.changes import Change
from tidu.law.standards.choosing import named_standard, possible_standards
from tidu.law.standards.definition import (
    Band,
    Certainty,
    Citation,
    Clause,
    Dimension,
    Indicator,
    Instrument,
    Shape,
    Upkeep,
)
from tidu.law.standards.differences import Difference, base_of, differences, overlays_of
from tidu.law.standards.explained import ClauseResult, IndicatorResult
from tidu.law.standards.forms import EvidenceItem, FormField, FormSection
from tidu.law.standards.needs import Need
from tidu.law.standards.results import (
    BandResult,
    Check,
    DimensionResult,
    Input,
    NextBand,
    OpenPoint,
    Outcome,
    Step,
)
from tidu.law.standards.side_by_side import SideBySide, side_by_side
from tidu.law.standards.standard import Standard, load, standard_ids
from tidu.law.standards.verdicts import Verdict

__all__ = [
    "Band",
    "BandResult",
    "Certainty",
    "Change",
    "Check",
    "Citation",
    "Clause",
    "ClauseResult",
    "Difference",
    "Dimension",
    "DimensionResult",
    "EvidenceItem",
    "FormField",
    "FormSection",
    "Indicator",
    "IndicatorResult",
    "Input",
    "Instrument",
    "Need",
    "NextBand",
    "OpenPoint",
    "Outcome",
    "Shape",
    "SideBySide",
    "Standard",
    "StandardError",
    "Step",
    "Upkeep",
    "Verdict",
    "base_of",
    "differences",
    "load",
    "named_standard",
    "overlays_of",
    "possible_standards",
    "side_by_side",
    "standard_ids",
]
