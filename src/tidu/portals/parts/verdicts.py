"""A verdict as pages show it, read from `Verdict.as_json()`, live or frozen in a snapshot."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidu.law.standards.frozen import clauses_of
from tidu.portals.parts.fields import Evidence
from tidu.portals.parts.scores import ScoreBar
from tidu.portals.parts.standards import standard_page

JSON = Mapping[str, Any]

TOTAL = "评价得分"
DEEPEST = 1
"""Clauses below this depth are shown among the findings only."""
_SCORE_RULE = re.compile(r"(.+得分) >= (\d+) ?分")
_SIGNS = {">=": "≥", "<=": "≤", "=": "", "属于": ""}


@dataclass(frozen=True)
class ClauseRow:
    """A clause at its depth in the tree. `counts` is False for an alternative that another one spares."""

    label: str
    outcome: str
    citation: str
    depth: int
    counts: bool


@dataclass(frozen=True)
class Finding:
    """What was found about one indicator or condition, with the papers that prove it.

    `text` and `kind` make its pill; `rank` orders findings: what fails, what is open,
    what could gain, what is full.
    """

    id: str
    label: str
    citation: str
    value: str
    inputs: Sequence[str]
    rule: str
    gap: str
    text: str
    kind: str
    rank: int
    rests_on_judgement: bool
    papers: Sequence[Evidence] = ()

    @property
    def fails(self) -> bool:
        return self.rank == 0


@dataclass(frozen=True)
class VerdictView:
    """The verdict cut for the page; `page` is where everybody reads the standard that it was judged by."""

    outcome: str
    title: str
    page: str
    unconfirmed: str
    total: ScoreBar | None
    groups: Sequence[ScoreBar]
    clauses: Sequence[ClauseRow]
    missing: Sequence[str]
    turning: Sequence[str] | None
    gains: Sequence[str]
    findings: Sequence[Finding]

    @property
    def has_advice(self) -> bool:
        """Whether there is anything to say of how to put it right."""
        return self.turning is not None or bool(self.gains)

    @property
    def failing(self) -> int:
        """How many conditions fail that no alternative spares."""
        return sum(row.outcome == "unmet" and row.counts for row in self.clauses)


def view_of(verdict: JSON, papers: Mapping[str, Sequence[Evidence]] | None = None) -> VerdictView:
    """The view of a verdict; `papers` are the uploaded ones by kind of evidence."""
    lines = dict(_pass_lines(verdict["clauses"]))
    points = verdict["points"]
    return VerdictView(
        outcome=verdict["outcome"],
        title=verdict["standard"]["title"],
        page=standard_page(verdict["standard"]["id"], verdict["standard"]["digest"]),
        unconfirmed=verdict["standard"]["unconfirmed"],
        total=_bar(points, points["full"], TOTAL, lines) if points["full"] else None,
        groups=tuple(_bar(d["points"], d["full"], d["label"], lines) for d in verdict["dimensions"]),
        clauses=tuple(_rows(verdict["clauses"])),
        missing=tuple(point["sentence"] for point in verdict["open_points"]),
        turning=_turning(verdict),
        gains=tuple(_gap(i) for i in verdict["indicators"] if _gap(i)),
        findings=findings_of(verdict, papers or {}),
    )


def _turning(verdict: JSON) -> tuple[str, ...] | None:
    """What would turn the verdict; None in a frozen one, which does not say."""
    return tuple(step["sentence"] for step in verdict["turning"]) if "turning" in verdict else None


def findings_of(verdict: JSON, papers: Mapping[str, Sequence[Evidence]]) -> tuple[Finding, ...]:
    """Every indicator and every condition with a rule of its own, what fails first."""
    conditions = [
        _condition(clause, counts, papers)
        for clause, _depth, counts in clauses_of(verdict["clauses"])
        if clause["checks"] and not _is_score_rule(clause)
    ]
    indicators = [_indicator(indicator, papers) for indicator in verdict["indicators"]]
    return tuple(sorted([*conditions, *indicators], key=lambda finding: finding.rank))


def _rows(root: JSON) -> Iterator[ClauseRow]:
    """The upper clauses, without the score's own rules, which the bars show."""
    for clause, depth, counts in clauses_of(root):
        if depth <= DEEPEST and not _is_score_rule(clause):
            yield ClauseRow(clause["label"], clause["outcome"], clause["citation"]["text"], depth, counts)


def _is_score_rule(clause: JSON) -> bool:
    return bool(clause["checks"]) and all(_SCORE_RULE.fullmatch(check["text"]) for check in clause["checks"])


def _pass_lines(root: JSON) -> Iterator[tuple[str, int]]:
    """The least points that the rules ask for, by the name of the score."""
    for clause, _depth, _counts in clauses_of(root):
        for check in clause["checks"]:
            found = _SCORE_RULE.fullmatch(check["text"])
            if found:
                yield found[1], int(found[2])


def _bar(points: JSON, full: int, label: str, lines: Mapping[str, int]) -> ScoreBar:
    line = lines.get(label if label == TOTAL else f"{label}得分")
    return ScoreBar(points["low"], points["high"], full, line, label)


def _condition(clause: JSON, counts: bool, papers: Mapping[str, Sequence[Evidence]]) -> Finding:
    words = {"met": ("符合", "ok", 3), "open": ("待补充", "open", 1), "unmet": ("不符合", "no", 0)}
    text, kind, rank = words[clause["outcome"]] if counts else ("非必须", "", 3)
    checks = clause["checks"]
    steps = [step["sentence"] for check in checks for step in check["steps"][:1]]
    return Finding(
        id=clause["id"],
        label=clause["label"],
        citation=clause["citation"]["text"],
        value="；".join(check["value"] for check in checks if check["value"]),
        inputs=[],
        rule="须认定为“是”" if clause["rests_on_judgement"] else "；".join(map(_limit, checks)),
        gap=steps[0] if steps and counts else "",
        text=text,
        kind=kind,
        rank=rank,
        rests_on_judgement=clause["rests_on_judgement"],
        papers=_papers(clause, papers),
    )


def _limit(check: JSON) -> str:
    return f"{_SIGNS.get(check['operator'], check['operator'])} {check['threshold']}".strip()


def _indicator(indicator: JSON, papers: Mapping[str, Sequence[Evidence]]) -> Finding:
    low, high, full = indicator["points"]["low"], indicator["points"]["high"], indicator["full"]
    if low != high:
        text, kind, rank = f"{low} ~ {high} 分", "open", 1
    elif low == 0:
        text, kind, rank = "0 分", "no", 0
    else:
        text, kind, rank = f"{low} 分", "ok" if low == full else "info", 3 if low == full else 2
    inputs = indicator["inputs"]
    return Finding(
        id=indicator["id"],
        label=indicator["label"],
        citation=f"{indicator['citation']['text']}　满分 {full}",
        value=indicator["value"] or (inputs[0]["value"] if len(inputs) == 1 else ""),
        inputs=[f"{i['label']} {i['value']}" for i in inputs] if len(inputs) > 1 else [],
        rule=_rule(indicator),
        gap=_gap(indicator),
        text=text,
        kind=kind,
        rank=rank,
        rests_on_judgement=indicator["rests_on_judgement"],
        papers=_papers(indicator, papers),
    )


def _rule(indicator: JSON) -> str:
    """The band that counts, or, while that is open, the best one still possible; of a sum all that count."""
    shape = indicator.get("shape", "bands")
    if shape == "awaited":
        return "由省级主管部门设定，尚未收录"
    if shape == "sum":
        met = [item for item in indicator["bands"] if item["outcome"] == "met"]
        return "＋".join(f"{item['text']} {item['points']} 分" for item in met)
    band = next((b for b in indicator["bands"] if b["outcome"] != "unmet"), None)
    return f"{band['text']} → {band['points']} 分" if band else ""


def _gap(indicator: JSON) -> str:
    """What would reach the next band; nothing while the points are open, since filling comes first."""
    band, points = indicator["next_band"], indicator["points"]
    known = points["low"] == points["high"]
    return str(band["steps"][0]["sentence"]) if known and band and band["steps"] else ""


def _papers(finding: JSON, papers: Mapping[str, Sequence[Evidence]]) -> tuple[Evidence, ...]:
    return tuple(paper for kind in finding["evidence"] for paper in papers.get(kind, ()))
