"""The texts that each expert signs before anything else, as they read now."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tidu.law.rulebook import read_toml
from tidu.panels.enums import Oath
from tidu.proof.canonical import canonical_bytes
from tidu.proof.digests import digest


@dataclass(frozen=True)
class OathText:
    """One text to sign; `digest` is that of its exact words."""

    oath: Oath
    title: str
    text: str

    @property
    def body(self) -> dict[str, str]:
        """What is frozen once somebody signs it."""
        return {"oath": self.oath.value, "title": self.title, "text": self.text}

    @property
    def digest(self) -> str:
        return digest(canonical_bytes(self.body)).hex()


@cache
def texts() -> Mapping[Oath, OathText]:
    """Every text in the order in which they are signed."""
    written = read_toml("panels", "undertakings")
    return {oath: OathText(oath, **written[oath.value]) for oath in Oath}


def current_digests() -> frozenset[str]:
    """Whoever has signed all of these has signed what is asked."""
    return frozenset(text.digest for text in texts().values())
