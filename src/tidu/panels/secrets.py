"""What the drawing office keeps to itself until it may be shown, sealed even from who reads the database.

The second chain is the overseer's. Either its secret lies here too, sealed, or he keeps it and hands over a
stretch at a time: whoever runs this server then knows no link beyond that stretch (docs/adr/0023).
"""

import secrets
from dataclasses import dataclass

from tidu.files.encryption import seal, unseal
from tidu.law.refusals import Refused
from tidu.panels.models import Draw
from tidu.proof import draw as kernel
from tidu.proof.canonical import canonical_bytes, parse_canonical

_OCTETS = 32


@dataclass(frozen=True)
class Stretch:
    """The overseer's link of that number; every link before it follows from it."""

    number: int
    link: str

    def shown(self, number: int) -> str:
        """The link of a number that is not beyond the stretch."""
        return kernel.link(bytes.fromhex(self.link), self.number, number)


@dataclass(frozen=True)
class Secrets:
    """The salt of all pseudonyms, the office's share of the seed, and the secrets of the two chains.

    The second chain's is empty where the overseer keeps it; `stretch` is what he has handed over so far.
    """

    salt: bytes
    secret: bytes
    chains: tuple[bytes, bytes]
    stretch: Stretch | None = None

    @classmethod
    def by_chance(cls, *, overseer_keeps: bool = False) -> "Secrets":
        salt, secret, one, other = (secrets.token_bytes(_OCTETS) for _ in range(4))
        return cls(salt, secret, (one, b"" if overseer_keeps else other))

    def links(self, number: int, length: int) -> tuple[str, str]:
        """The links shown at the dispatch of that number, of chains of this length.

        Refused("links_not_handed_over") where the overseer has not; the case waits.
        """
        one, other = self.chains
        return kernel.link(one, length, number), self._overseers(other, number, length)

    def _overseers(self, secret: bytes, number: int, length: int) -> str:
        if secret:
            return kernel.link(secret, length, number)
        if self.stretch is None or number > self.stretch.number:
            raise Refused("links_not_handed_over", number=number)
        return self.stretch.shown(number)

    def pseudonym(self, kind: str, value: object) -> str:
        """By what the record knows an expert, a case, a unit or an area."""
        return kernel.token(self.salt, kind, str(value))


def seal_secrets(kept: Secrets, token: str) -> bytes:
    """What the database keeps of them; `token` is that of the draw's chain."""
    said = [kept.salt.hex(), kept.secret.hex(), *(chain.hex() for chain in kept.chains)]
    return seal(canonical_bytes(said), context=f"draw:{token}")


def seal_stretch(stretch: Stretch, token: str) -> bytes:
    """What the database keeps of a stretch handed over."""
    return seal(canonical_bytes([stretch.number, stretch.link]), context=f"stretch:{token}")


def open_secrets(draw: Draw) -> Secrets:
    """What a draw keeps, opened."""
    said = parse_canonical(unseal(bytes(draw.sealed), context=f"draw:{draw.chain.token}"))
    salt, secret, one, other = (bytes.fromhex(text) for text in said)
    return Secrets(salt, secret, (one, other), open_stretch(draw))


def open_stretch(draw: Draw) -> Stretch | None:
    """What the overseer has handed over; None where nothing is, or nothing has to be."""
    if draw.stretch is None:
        return None
    number, link = parse_canonical(unseal(bytes(draw.stretch), context=f"stretch:{draw.chain.token}"))
    return Stretch(number, link)
