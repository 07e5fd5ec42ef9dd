"""Who must not judge whom (回避), found by rule. Pure: no database, no clock."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tidu.panels.enums import Ground


@dataclass(frozen=True)
class Candidate:
    """What the rules look at of an expert. `served` are names or codes of units he worked for before."""

    area_id: int
    employer: str
    employer_uscc: str = ""
    served: Collection[str] = ()


@dataclass(frozen=True)
class Applicant:
    """What the rules look at of a firm; `holders` are 控股股东 and 实际控制人 as the firm states them."""

    area_id: int
    name: str
    uscc: str
    holders: Collection[str] = ()


def grounds(candidate: Candidate, applicant: Applicant, *, by_area: bool) -> tuple[Ground, ...]:
    """Every rule that keeps the expert from the firm, in their order; `by_area` where areas avoid each other.

    Units are the same if their code is, or their name but for spaces and the width of brackets.
    """
    return tuple(_grounds(candidate, applicant, by_area=by_area))


def _grounds(candidate: Candidate, applicant: Applicant, *, by_area: bool) -> Iterator[Ground]:
    firm = {applicant.uscc, plain_name(applicant.name)}
    holders = {plain_name(holder) for holder in applicant.holders} - {""}
    own = {one for one in (candidate.employer_uscc, plain_name(candidate.employer)) if one}
    if own & firm:
        yield Ground.EMPLOYER
    if own & holders:
        yield Ground.HOLDER
    if by_area and candidate.area_id == applicant.area_id:
        yield Ground.AREA
    if {plain_name(unit) for unit in candidate.served} & (firm | holders):
        yield Ground.SERVICE


def plain_name(name: str) -> str:
    """A unit's name for comparison: no spaces, brackets of one width."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")
