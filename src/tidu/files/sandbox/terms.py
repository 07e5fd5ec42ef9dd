"""What goes into the sandbox and what comes out."""

from dataclasses import dataclass

SECONDS = 40
"""By the clock, for one task; the sandbox limits its use of the processor further."""

LONGEST_REQUEST = 64 * 1024

DONE, FAILED, TOO_MUCH = b"+", b"-", b"!"
"""The last octet of an answer: it is whole; the worker failed; it took too much time or memory."""


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
