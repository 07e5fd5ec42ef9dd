"""What keeps a form from being submitted, and how a request to mend names it."""

from dataclasses import dataclass

from tidu.law.checks import Finding
from tidu.law.facts import Facts
from tidu.law.notices import Evidence


@dataclass(frozen=True)
class Completeness:
    """What is still missing before the case can be submitted."""

    missing_facts: tuple[tuple[str, int], ...]
    missing_evidence: tuple[str, ...]
    blocking: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing blocks a submission; warnings never do (自愿申报)."""
        return not (self.missing_facts or self.missing_evidence or self.blocking)

    @property
    def fields(self) -> frozenset[str]:
        """The fields that stand in the way, as a request to mend marks them: a fact, or "fact:year"."""
        missing = (mark_of(fact, period) for fact, period in self.missing_facts)
        return frozenset((*missing, *(_marked(finding.field) for finding in self.blocking)))


def mark_of(fact: str, period: int) -> str:
    """How a request to mend marks one field."""
    return f"{fact}:{period}" if period else fact


def _marked(field: str) -> str:
    """The mark of a finding's field: a year of a fact, or of a table's cell the whole table."""
    fact, _, rest = field.partition(".")
    return mark_of(fact, int(rest) if rest.isdecimal() else 0)


def needed(item: Evidence, facts: Facts) -> bool:
    """Whether this paper must come along: always, or because the firm claims what it proves."""
    if item.needed == "when_claimed":
        return any(_claimed(facts, fact) for fact in item.when)
    return item.needed == "always"


def _claimed(facts: Facts, fact_id: str) -> bool:
    """A flag set, a table with rows, a number above zero, in any period."""
    return any(bool(value) for (fact, _), value in facts.items() if fact == fact_id)
