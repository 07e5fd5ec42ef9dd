"""What keeps an application from being submitted, each with the place where it is put right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tidu.law.checks import Finding, field_name
from tidu.law.facts import Facts
from tidu.portals.enterprise.casefiles import EVIDENCE, CaseFile


@dataclass(frozen=True)
class Lack:
    """One thing in words, and the address of its field."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """What is missing or wrong (blocks), and what is only remarkable (warns)."""

    entries: Sequence[Lack]
    papers: Sequence[Lack]
    errors: Sequence[Lack]
    warnings: Sequence[Lack]

    @property
    def is_complete(self) -> bool:
        return not (self.entries or self.papers or self.errors)


def lacking_of(file: CaseFile) -> Lacking:
    """Everything at once, so that nobody submits in vain again and again."""
    found = file.contents.completeness()
    titles = {item.id: item.title for item in file.notice.evidence}
    papers = reverse("enterprise-case-form", args=[file.case.pk, EVIDENCE])
    return Lacking(
        entries=[_entry(file, fact, period) for fact, period in found.missing_facts],
        papers=[Lack(titles[item], f"{papers}#item-{item}") for item in found.missing_evidence],
        errors=_findings(file, found.blocking),
        warnings=_findings(file, found.warnings),
    )


def _entry(file: CaseFile, fact_id: str, period: int) -> Lack:
    fact = file.filled.standard.vocabulary.fact(fact_id)
    label = f"{period}年{fact.label}" if period else fact.label
    return Lack(label, _address(file, field_name(fact_id, period or None)))


def _findings(file: CaseFile, findings: Iterable[Finding]) -> list[Lack]:
    return [Lack(finding.sentence(), _address(file, finding.field)) for finding in findings]


def _address(file: CaseFile, name: str) -> str:
    """The section of a field and the field in it; cells lead to their table."""
    facts: Facts = file.facts
    parts = name.split(".")
    fact = facts.vocabulary.fact(parts[0])
    field = parts[0] if len(parts) > 2 else name
    url = reverse("enterprise-case-form", args=[file.case.pk, fact.section])
    return f"{url}#field-{field.replace('.', '-').replace('_', '-')}"
