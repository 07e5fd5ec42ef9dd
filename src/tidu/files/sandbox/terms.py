"""What goes into the sandbox and what comes out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """What a file must satisfy: the kind its name claims, and how large it may unfold."""

    claimed: str
    pages: int
    pixels: int
    uncompressed: int


@dataclass(frozen=True)
class Inspected:
    """What was found in a clean file."""

    kind: str
    pages: int | None
