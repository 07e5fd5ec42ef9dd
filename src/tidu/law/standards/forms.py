"""The form that a standard generates: sections of fields, and the evidence each needs."""

from collections.abc import Iterator
from dataclasses import dataclass

from tidu.law.facts import Evidence, Fact, Facts, Key, Section
from tidu.law.standards.definition import StandardText
from tidu.law.standards.needs import Need, needed_facts


@dataclass(frozen=True)
class FormField:
    """One fact on the form.

    `years_back` are the years shown (0 is 上年; empty for a fact of now),
    `required_years` those that judging needs. `used_by` names the clauses and
    indicators that read it; empty for what is only asked.
    """

    fact: Fact
    years_back: tuple[int, ...]
    required_years: tuple[int, ...]
    is_required: bool
    evidence: tuple[Evidence, ...]
    used_by: tuple[str, ...]

    def keys(self, year: int) -> tuple[Key, ...]:
        """The keys of all values shown when 上年 is `year`."""
        return _keys(self.fact, self.years_back, year)

    def required_keys(self, year: int) -> tuple[Key, ...]:
        """The keys of the values without which the form is not complete."""
        return _keys(self.fact, self.required_years, year) if self.is_required else ()


@dataclass(frozen=True)
class FormSection:
    """A section with its fields, both in the vocabulary's order."""

    section: Section
    fields: tuple[FormField, ...]


@dataclass(frozen=True)
class EvidenceItem:
    """One kind of paper the form asks for, and the facts that it proves."""

    evidence: Evidence
    proves: tuple[str, ...]


def form_of(text: StandardText) -> tuple[FormSection, ...]:
    """The form's sections; sections without fields are left out."""
    fields = tuple(_fields(text))
    sections = (
        FormSection(section, tuple(field for field in fields if field.fact.section == section.id))
        for section in text.vocabulary.sections.values()
    )
    return tuple(section for section in sections if section.fields)


def evidence_of(text: StandardText) -> tuple[EvidenceItem, ...]:
    """The evidence list of the form, in the vocabulary's order."""
    proves: dict[str, list[str]] = {paper: [] for paper in text.form_plan.also_evidence}
    for field in _fields(text):
        for evidence in field.evidence:
            proves.setdefault(evidence.id, []).append(field.fact.id)
    return tuple(
        EvidenceItem(evidence, tuple(proves[evidence.id]))
        for evidence in text.vocabulary.evidence.values()
        if evidence.id in proves
    )


def missing_entries(text: StandardText, facts: Facts) -> tuple[Key, ...]:
    """The required values that are missing, in the form's order."""
    return tuple(
        key
        for section in form_of(text)
        for field in section.fields
        for key in field.required_keys(facts.year)
        if facts.known(*key) is None
    )


def _fields(text: StandardText) -> Iterator[FormField]:
    needs = {need.fact.id: need for need in needed_facts(text)}
    for fact in text.vocabulary.facts.values():
        if fact.id in needs or fact.id in text.form_plan.also:
            yield _field(text, fact, needs.get(fact.id))


def _field(text: StandardText, fact: Fact, need: Need | None) -> FormField:
    needed = need.years_back if need else ()
    shown = tuple(range(max(text.form_plan.years, *(back + 1 for back in needed), 1)))
    return FormField(
        fact=fact,
        years_back=shown if fact.per_year else (),
        required_years=(needed or (0,)) if fact.per_year else (),
        is_required=need is not None or fact.required,
        evidence=tuple(text.vocabulary.evidence[paper] for paper in fact.evidence),
        used_by=need.used_by if need else (),
    )


def _keys(fact: Fact, years_back: tuple[int, ...], year: int) -> tuple[Key, ...]:
    if not fact.per_year:
        return ((fact.id, None),)
    return tuple((fact.id, year - back) for back in years_back)
