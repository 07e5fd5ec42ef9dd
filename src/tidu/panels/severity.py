"""How severely each expert judges beside the others of his panels, and how long he takes. Pure.

Doubtful is what an expert does not simply confirm: 不符合 and 不能判断. He is compared with the others on the
same questions and facts of the same cases alone, so that a panel with hard cases makes nobody look severe.
What cannot be told is None and never 0: nobody judged beside him, no opinion is in, one case has no spread.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from statistics import median

from tidu.panels.enums import Finding

LEAST_CASES = 5
"""With fewer cases a share says little of an expert; the page says so."""


@dataclass(frozen=True)
class Judged:
    """One expert's whole opinion of one case: a finding by question or fact; how long it took him."""

    expert: str
    case: int
    findings: Mapping[str, Finding]
    took: timedelta


@dataclass(frozen=True)
class Severity:
    """One expert's figures.

    `share`: of his findings, how many are doubtful. `beside`: the same of the others where they judged what
    he judged, and `own_beside` his own share there. `least` and `most`: his shares in single cases.
    `took`: the median time from dispatch to opinion.
    """

    cases: int
    share: Fraction | None
    own_beside: Fraction | None
    beside: Fraction | None
    least: Fraction | None
    most: Fraction | None
    took: timedelta | None

    @property
    def difference(self) -> Fraction | None:
        """How much oftener than the others he doubts, in shares of one; below zero: more seldom."""
        if self.own_beside is None or self.beside is None:
            return None
        return self.own_beside - self.beside

    @property
    def says_little(self) -> bool:
        """Whether there are too few cases to say anything of the expert."""
        return self.cases < LEAST_CASES


def severities(judged: Iterable[Judged], experts: Iterable[str]) -> dict[str, Severity]:
    """The figures of each of these experts, also of those who have judged nothing."""
    by_case: dict[int, list[Judged]] = {}
    by_expert: dict[str, list[Judged]] = {expert: [] for expert in experts}
    for one in judged:
        by_case.setdefault(one.case, []).append(one)
        if one.expert in by_expert:
            by_expert[one.expert].append(one)
    return {expert: _severity(own, by_case) for expert, own in by_expert.items()}


def _severity(own: Collection[Judged], by_case: Mapping[int, Collection[Judged]]) -> Severity:
    shares = [share for one in own if (share := _share(one.findings.values())) is not None]
    mine: list[Finding] = []
    theirs: list[Fraction] = []
    for one in own:
        others = [other for other in by_case[one.case] if other.expert != one.expert]
        for name, finding in one.findings.items():
            beside = _share([other.findings[name] for other in others if name in other.findings])
            if beside is not None:
                mine.append(finding)
                theirs.append(beside)
    has_spread = len(shares) > 1
    return Severity(
        cases=len(own),
        share=_share([finding for one in own for finding in one.findings.values()]),
        own_beside=_share(mine),
        beside=sum(theirs, Fraction()) / len(theirs) if theirs else None,
        least=min(shares) if has_spread else None,
        most=max(shares) if has_spread else None,
        took=timedelta(seconds=median(one.took.total_seconds() for one in own)) if own else None,
    )


def _share(findings: Collection[Finding]) -> Fraction | None:
    if not findings:
        return None
    return Fraction(sum(finding is not Finding.YES for finding in findings), len(findings))
