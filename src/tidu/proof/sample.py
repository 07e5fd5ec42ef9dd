"""A sample that anyone can draw again (抽查): from its record alone comes the same result.

    population  = the names, each once, sorted by code point
    its digest  = H("tidu.population.1", canonical bytes of the population)
    size        = the rate's share of the population, rounded up: at least one
    key         = H("tidu.sample.1", the seed's text in UTF-8, the population's digest)
    result      = the first ``size`` of :func:`tidu.proof.stream.choose`

where ``H`` is :func:`tidu.proof.digests.tagged_digest`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .canonical import canonical_bytes
from .chain import Break
from .digests import DEFAULT, tagged_digest
from .stream import choose, words

FORMAT = "tidu.sample.1"


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample as drawn. ``rate_percent`` is the text that was entered, as ``12.5``."""

    population: tuple[str, ...]
    rate_percent: str
    seed: str
    drawn: tuple[str, ...]
    algorithm: str = DEFAULT

    @property
    def population_digest(self) -> str:
        return population_digest(self.population, self.algorithm)


def draw(names: Iterable[str], *, rate_percent: str, seed: str, algorithm: str = DEFAULT) -> Draw:
    """Draw ``rate_percent`` of the names; ValueError if there is none, or the rate is not in (0, 100]."""
    population = tuple(sorted(set(names)))
    size = sample_size(len(population), Fraction(rate_percent))
    digest = bytes.fromhex(population_digest(population, algorithm))
    key = tagged_digest(FORMAT, seed.encode(), digest, algorithm=algorithm)
    drawn = choose(population, size, words(key, algorithm))
    return Draw(population, rate_percent, seed, tuple(drawn), algorithm)


def sample_size(population: int, rate_percent: Fraction) -> int:
    """How many a rate takes of a population: rounded up, therefore at least one."""
    if population < 1 or not 0 < rate_percent <= 100:
        raise ValueError(f"{rate_percent}% of {population}")
    return -int(-population * rate_percent // 100)


def population_digest(population: Sequence[str], algorithm: str = DEFAULT) -> str:
    """What stands for a population before anything is drawn from it."""
    return tagged_digest("tidu.population.1", canonical_bytes(population), algorithm=algorithm).hex()


def sample_document(drawn: Draw, *, purpose: Mapping[str, str]) -> dict[str, Any]:
    """A draw for publication; ``purpose`` says who drew it, from what and what for."""
    return {
        "format": FORMAT,
        "algorithm": drawn.algorithm,
        "purpose": dict(purpose),
        "rate_percent": drawn.rate_percent,
        "population": list(drawn.population),
        "population_digest": drawn.population_digest,
        "seed": drawn.seed,
        "drawn": list(drawn.drawn),
    }


def sample_breaks(document: Mapping[str, Any]) -> Iterator[Break]:
    """Every place where a published draw does not give its own result again."""
    again = draw(
        document["population"],
        rate_percent=document["rate_percent"],
        seed=document["seed"],
        algorithm=document["algorithm"],
    )
    name = " ".join(document["purpose"].values())
    if list(again.population) != document["population"]:
        yield Break(name, None, "population_order")
    if again.population_digest != document["population_digest"]:
        yield Break(name, None, "population", again.population_digest, document["population_digest"])
    if list(again.drawn) != document["drawn"]:
        yield Break(name, None, "drawn", "、".join(again.drawn), "、".join(document["drawn"]))
