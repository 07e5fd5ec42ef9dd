"""The sections of a form as a way through it: how much of each is filled, and what comes before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from tidu.law.facts import Facts
from tidu.law.standards import FormSection, Standard


@dataclass(frozen=True)
class Step:
    """One section on the way: how many of its required entries are known."""

    id: str
    label: str
    url: str
    done: int
    total: int
    current: bool = False
    mends: bool = False

    @property
    def is_done(self) -> bool:
        return self.done == self.total


@dataclass(frozen=True)
class Way:
    """All steps in order; `here` is the one on the page."""

    steps: Sequence[Step]

    @property
    def here(self) -> Step | None:
        return next((step for step in self.steps if step.current), None)

    @property
    def before(self) -> Step | None:
        return self._beside(-1)

    @property
    def after(self) -> Step | None:
        return self._beside(1)

    @property
    def missing(self) -> int:
        return sum(step.total - step.done for step in self.steps)

    def _beside(self, by: int) -> Step | None:
        at = next((number for number, step in enumerate(self.steps) if step.current), None)
        if at is None or not 0 <= at + by < len(self.steps):
            return None
        return self.steps[at + by]


def section_of(standard: Standard, section_id: str) -> FormSection | None:
    """The section of the form with this id."""
    return next((one for one in standard.form() if one.section.id == section_id), None)


def count(section: FormSection, facts: Facts) -> tuple[int, int]:
    """(known, required) entries of a section."""
    keys = [key for entry in section.fields for key in entry.required_keys(facts.year)]
    return sum(facts.known(*key) is not None for key in keys), len(keys)
