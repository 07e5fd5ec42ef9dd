"""Chains of offices: who stands over whom, and which places each office serves.

Offices form the chain, not administrative codes: 先导区, 开发区 and 兵团师市 have an
office and no division code of their own.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from tidu.law import plain
from tidu.law.refusals import Refused
from tidu.law.rulebook import read_toml


@dataclass(frozen=True)
class Place:
    """A place a firm belongs to (属地)."""

    code: str
    name: str
    division: str | None = None


@dataclass(frozen=True)
class OfficeEntry:
    """One office: `parent` is the office above it, None at the top; phones are the office's own."""

    code: str
    name: str
    level: str
    parent: str | None = None
    division: str | None = None
    phones: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Chain:
    """Offices from the top down."""

    id: str
    title: str
    offices: tuple[OfficeEntry, ...]
    demonstration: bool = False

    def office(self, code: str) -> OfficeEntry:
        """The office of that code. Refused("chain_office_unknown")."""
        for office in self.offices:
            if office.code == code:
                return office
        raise Refused("chain_office_unknown", value=code, chain=self.title)

    def above(self, code: str) -> dict[str, str]:
        """The office itself and those over it, by level: what routes a firm of its places."""
        found: dict[str, str] = {}
        step: str | None = code
        while step is not None:
            office = self.office(step)
            found[office.level] = office.code
            step = office.parent
        return found


@cache
def load_chain(chain_id: str) -> Chain:
    """The chain in rulebook/offices, checked. Refused("chain_unknown")."""
    try:
        chain = plain.read(Chain, read_toml("offices", chain_id))
    except FileNotFoundError:
        raise Refused("chain_unknown", value=chain_id) from None
    check_chain(chain)
    return chain


def check_chain(chain: Chain) -> None:
    """Refuse a chain in which a code stands twice or an office before its parent."""
    codes = [office.code for office in chain.offices]
    places = [place.code for office in chain.offices for place in office.places]
    for listed in (codes, places):
        for code, times in Counter(listed).items():
            if times > 1:
                raise Refused("chain_code_twice", field=code, value=code)
    seen: set[str] = set()
    for office in chain.offices:
        if office.parent is not None and office.parent not in seen:
            raise Refused("chain_parent_missing", field=office.code, value=office.name)
        seen.add(office.code)
