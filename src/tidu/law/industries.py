"""国民经济行业分类 GB/T 4754-2017: codes, names and their chain upwards."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from tidu.law.rulebook import read_text


@dataclass(frozen=True)
class Industry:
    """One entry: 门类 (a letter), 大类 (2 digits), 中类 (3) or 小类 (4)."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class Classified:
    """A four-digit code found in the classification, from 门类 down to what is known.

    `is_listed` is False for a 小类 that our copy lacks under a 中类 that it has:
    acceptable, with a note.
    """

    code: str
    chain: tuple[Industry, ...]
    is_listed: bool

    @property
    def name(self) -> str:
        return self.chain[-1].name

    def __hash__(self) -> int:
        return hash(self.code)

    @property
    def codes(self) -> tuple[str, ...]:
        """The code and those above it, the most precise first."""
        return tuple(dict.fromkeys((self.code, *(entry.code for entry in reversed(self.chain)))))


@cache
def industries() -> Mapping[str, Industry]:
    """Every entry of our copy by its code."""
    rows = csv.DictReader(io.StringIO(read_text("industries", "gbt4754-2017.csv")))
    return MappingProxyType({r["code"]: Industry(r["code"], r["name"], r["parent"]) for r in rows})


@lru_cache(maxsize=4_096)
def classify(code: str) -> Classified | None:
    """The entry of a four-digit 小类 code; None if neither it nor its 中类 exists."""
    if len(code) != 4 or not code.isdecimal():
        return None
    known = industries()
    start = known.get(code) or known.get(code[:3])
    if start is None:
        return None
    chain = [start]
    while chain[0].parent:
        chain.insert(0, known[chain[0].parent])
    return Classified(code, tuple(chain), code in known)
