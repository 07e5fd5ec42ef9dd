"""What messages say: rulebook/messages, a file for each kind of chain, an entry for each verb and reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tidu.law.refusals import fill
from tidu.law.rulebook import read_toml, toml_stems
from tidu.messages.actions import Audience, Letter


@dataclass(frozen=True)
class Template:
    """A message with its values left open."""

    subject: str
    body: str
    path: str
    needs_action: bool = False

    def written(self, values: Mapping[str, object]) -> Letter:
        """The message with these values. KeyError if one is lacking."""
        return Letter(
            subject=fill(self.subject, values),
            body=fill(self.body, values),
            path=fill(self.path, values),
            needs_action=self.needs_action,
        )


def template_for(chain: str, verb: str, audience: Audience) -> Template | None:
    """What to tell this audience of an entry; None if it is told nothing."""
    return templates().get((chain, verb, audience))


@cache
def templates() -> Mapping[tuple[str, str, Audience], Template]:
    """Every template by kind of chain, verb and audience."""
    return {
        (chain, verb, audience): Template(**text)
        for chain in toml_stems("messages")
        for verb, audiences in read_toml("messages", chain).items()
        for audience, text in audiences.items()
    }


def told_of(chain: str) -> frozenset[tuple[str, str]]:
    """The entries of a kind of chain of which somebody is told."""
    return frozenset((kind, verb) for kind, verb, _ in templates() if kind == chain)
