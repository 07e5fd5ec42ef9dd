"""What the drawing office keeps to itself until it may be shown, sealed even from who reads the database."""

import secrets
from dataclasses import dataclass

from tidu.files.encryption import seal, unseal
from tidu.panels.models import Draw
from tidu.proof import draw as kernel
from tidu.proof.canonical import canonical_bytes, parse_canonical

_OCTETS = 32


@dataclass(frozen=True)
class Secrets:
    """The salt of all pseudonyms, the office's share of the seed, and the secrets of the two chains."""

    salt: bytes
    secret: bytes
    chains: tuple[bytes, bytes]

    @classmethod
    def by_chance(cls) -> "Secrets":
        salt, secret, one, other = (secrets.token_bytes(_OCTETS) for _ in range(4))
        return cls(salt, secret, (one, other))

    def links(self, number: int, length: int) -> tuple[str, str]:
        """The links shown at the dispatch of that number, of chains of this length."""
        one, other = (kernel.link(chain, length, number) for chain in self.chains)
        return one, other

    def pseudonym(self, kind: str, value: object) -> str:
        """By what the record knows an expert, a case, a unit or an area."""
        return kernel.token(self.salt, kind, str(value))


def seal_secrets(kept: Secrets, token: str) -> bytes:
    """What the database keeps of them; `token` is that of the draw's chain."""
    said = [kept.salt.hex(), kept.secret.hex(), *(chain.hex() for chain in kept.chains)]
    return seal(canonical_bytes(said), context=f"draw:{token}")


def open_secrets(draw: Draw) -> Secrets:
    """What a draw keeps, opened."""
    said = parse_canonical(unseal(bytes(draw.sealed), context=f"draw:{draw.chain.token}"))
    salt, secret, one, other = (bytes.fromhex(text) for text in said)
    return Secrets(salt, secret, (one, other))
