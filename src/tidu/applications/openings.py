"""What a firm may change while it mends: what the office marked, and what else stands in its way."""

from dataclasses import dataclass

from tidu.applications.completeness import mark_of
from tidu.applications.contents import Contents
from tidu.applications.models import Correction


@dataclass(frozen=True)
class Openings:
    """Fields, as "fact" or "fact:year", and items of the notice's evidence list."""

    fields: frozenset[str]
    evidence: frozenset[str]

    def has_field(self, fact: str, period: int) -> bool:
        """Whether this field may be changed: its year is open, or the whole fact."""
        return not self.fields.isdisjoint({fact, mark_of(fact, period)})


def marked(correction: Correction) -> Openings:
    """What the office marked."""
    return Openings(frozenset(correction.fields), frozenset(correction.evidence))


def opened(correction: Correction, contents: Contents) -> Openings:
    """What the office marked and what keeps the case from being submitted again.

    What is marked may bring others along: an honour newly claimed needs its certificate, a total
    that was mended must still hold its parts. Nobody is asked for what he may not change, and what
    he began to change stays open until he submits.
    """
    asked, lacking = marked(correction), contents.completeness()
    fields, items = contents.changed_since(correction.requested_at)
    return Openings(
        asked.fields | lacking.fields | fields, asked.evidence | {*lacking.missing_evidence} | items
    )
