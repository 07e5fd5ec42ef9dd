"""What exists that a notice may name."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from tidu.law import procedures, standards
from tidu.law.facts import load_vocabulary
from tidu.law.procedures import Procedure
from tidu.law.rulebook import toml_stems


@dataclass(frozen=True)
class Known:
    """What a notice may name, facts and evidence with their Chinese names.

    `proofs` are, of a standard, the facts it asks and the evidence for each; `designs` the tables
    that the documents room can make.
    """

    standards: Collection[str]
    facts: Mapping[str, str]
    evidence: Mapping[str, str]
    proofs: Callable[[str], Mapping[str, Collection[str]]]
    procedure: Callable[[str], Procedure]
    designs: Collection[str]

    @classmethod
    def in_rulebook(cls) -> "Known":
        """What the rulebook holds."""
        vocabulary = load_vocabulary()
        return cls(
            standards=toml_stems("standards"),
            facts={
                **{one.id: one.label for one in vocabulary.facts.values()},
                **{one.id: one.label for one in vocabulary.derived.values()},
            },
            evidence={one.id: one.label for one in vocabulary.evidence.values()},
            proofs=_asked_by,
            procedure=procedures.load,
            designs=toml_stems("documents"),
        )

    def with_procedure(self, procedure: Procedure) -> "Known":
        """The same, with one procedure more: brought along from a file, or frozen with a batch."""
        others = self.procedure
        return replace(self, procedure=lambda id_: procedure if id_ == procedure.id else others(id_))


def _asked_by(standard: str) -> dict[str, tuple[str, ...]]:
    """The facts that the form of a standard requires, with what proves each."""
    fields = [field for section in standards.load(standard).form() for field in section.fields]
    return {f.fact.id: f.fact.evidence for f in fields if f.is_required and f.fact.evidence}
