"""A standard as other rooms use it."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache

from tidu.law.facts import Facts, Key
from tidu.law.facts.definitions import JSON
from tidu.law.firm import FirmView
from tidu.law.rulebook import toml_stems
from tidu.law.standards.bodies import text_of_body, text_of_rulebook
from tidu.law.standards.definition import StandardText
from tidu.law.standards.forms import EvidenceItem, FormSection, evidence_of, form_of, missing_entries
from tidu.law.standards.judging import judge_view
from tidu.law.standards.needs import Need, needed_facts
from tidu.law.standards.verdicts import Verdict


class Standard(StandardText):
    """An immutable standard: what it says, and what can be asked of it.

    `digest` identifies the whole content (document and definitions); `body` is
    that content as JSON, from which `Standard.from_body` restores it years later.
    """

    @classmethod
    def of(cls, text: StandardText) -> "Standard":
        return cls(**{field.name: getattr(text, field.name) for field in fields(text)})

    @classmethod
    def from_body(cls, body: Mapping[str, JSON]) -> "Standard":
        """The standard of a frozen body. ValueError if the schema is not known here."""
        return cls.of(text_of_body(body))

    def judge(self, facts: Facts | Mapping[str, JSON]) -> Verdict:
        """The verdict on these facts, or on a frozen snapshot of facts."""
        stated = facts if isinstance(facts, Facts) else Facts.from_json(facts, self.vocabulary)
        view = FirmView(stated, self.vocabulary)
        return Verdict(self, view, judge_view(self, view))

    def needed_facts(self) -> tuple[Need, ...]:
        """Every stated fact that judging needs, and for which years."""
        return needed_facts(self)

    def form(self) -> tuple[FormSection, ...]:
        """The application form that this standard generates."""
        return form_of(self)

    def evidence(self) -> tuple[EvidenceItem, ...]:
        """The evidence list of the form, with the facts that each paper proves."""
        return evidence_of(self)

    def missing_entries(self, facts: Facts) -> tuple[Key, ...]:
        """The form's required values that are missing, in the form's order."""
        return missing_entries(self, facts)


@cache
def load(standard_id: str) -> Standard:
    """The standard of the rulebook, e.g. `2022-innovative`.

    KeyError if there is none, StandardError if its file is wrong.
    """
    return Standard.of(text_of_rulebook(standard_id))


def standard_ids() -> tuple[str, ...]:
    """The ids of all standards of the rulebook (size classes are not among them)."""
    return tuple(stem for stem in toml_stems("standards") if not stem.startswith("sizes-"))
