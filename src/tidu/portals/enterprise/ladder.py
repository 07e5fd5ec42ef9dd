"""The ladder: on which step a firm stands, what the next one lacks, and what would close it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tidu.applications.enums import ENDED, CaseStatus
from tidu.applications.models import Case
from tidu.law.facts import FactKind, format_number
from tidu.law.standards import Change, ClauseResult, Outcome, Verdict
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title
from tidu.titles.queries import last_day

FIRST, SECOND, THIRD = TitleKind.INNOVATIVE, TitleKind.SPECIALISED, TitleKind.LITTLE_GIANT
NOT_HERE = "评价标准将随后续版本收录，本系统暂不作判断。"
SHOWN = 6
"""At most so many ways forward: a person chooses among few."""


@dataclass(frozen=True, kw_only=True)
class LadderStep:
    """One tier. `tone` is held, now or empty; `pill` and `pill_kind` its state in words."""

    label: str
    tone: str
    pill: str
    pill_kind: str
    title: Title | None = None
    until: date | None = None
    case: Case | None = None
    verdict: Verdict | None = None
    note: str = ""

    @property
    def failing(self) -> int:
        """How many of the conditions that count are not met."""
        return _count(self.verdict, Outcome.UNMET)

    @property
    def open(self) -> int:
        """How many entries are still missing."""
        return len(self.verdict.open_points) if self.verdict else 0


def _count(verdict: Verdict | None, outcome: Outcome) -> int:
    if verdict is None:
        return 0
    return sum(part.outcome is outcome for part in _conditions(verdict))


def _conditions(verdict: Verdict) -> Iterator[ClauseResult]:
    """The conditions that must all hold; a choice among several counts as one."""
    waiting = [verdict.root]
    while waiting:
        clause = waiting.pop()
        if clause.joins == "all":
            waiting += clause.parts
        else:
            yield clause


def steps(titles: Iterable[Title], cases: Sequence[Case], verdict: Verdict) -> list[LadderStep]:
    """The three tiers, the lowest first; 第一级 is 科技型 or 创新型."""
    held = {TitleKind(title.kind): title for title in titles}
    first = held.get(FIRST) or held.get(TitleKind.TECHNOLOGY)
    case = next((one for one in cases if one.title_kind == FIRST and one.status not in ENDED), None)
    return [
        _first(first, case, verdict),
        _beyond(SECOND, held.get(SECOND)),
        _beyond(THIRD, held.get(THIRD)),
    ]


def _first(title: Title | None, case: Case | None, verdict: Verdict) -> LadderStep:
    pill, kind = _state(title, case, verdict)
    return LadderStep(
        label=TitleKind(title.kind).label if title else FIRST.label,
        tone="held" if title else "now",
        pill=pill,
        pill_kind=kind,
        title=title,
        until=last_day(title) if title else None,
        case=case,
        verdict=verdict,
    )


def _state(title: Title | None, case: Case | None, verdict: Verdict) -> tuple[str, str]:
    if title is not None and case is None:
        return "已获得", "ok"
    if case is None:
        return f"未申报 · {verdict.outcome.label}", {"met": "ok", "unmet": "no"}.get(verdict.outcome, "open")
    kind = "复核" if case.kind == "re_review" else "申报"
    status = CaseStatus(case.status)
    if status is CaseStatus.RETURNED:
        return f"{kind}中 · 需补正", "act"
    return f"{kind}中 · {status.label}", "info"


def _beyond(kind: TitleKind, title: Title | None) -> LadderStep:
    """A tier whose standard this rulebook does not hold: it says so, and guesses nothing."""
    if title is None:
        return LadderStep(label=kind.label, tone="", pill="未开始", pill_kind="", note=NOT_HERE)
    return LadderStep(
        label=kind.label, tone="held", pill="已获得", pill_kind="ok", title=title, until=last_day(title)
    )


# -- What would close the gap ------------------------------------------------------


@dataclass(frozen=True)
class WayForward:
    """One thing to do: what stands now, what is needed, and what comes of it."""

    text: str
    note: str
    now: str
    needed: str
    result: str
    kind: str
    section: str = ""


def ways_forward(verdict: Verdict) -> list[WayForward]:
    """The least laborious first: fill in what is missing, then what alone turns the outcome, then points."""
    found = [*_fill_in(verdict), *_turn(verdict)]
    known = {way.text for way in found}
    gains = [way for way in _gains(verdict) if way.text not in known]
    return [*found[: SHOWN - min(len(gains), 2)], *gains][:SHOWN]


def _fill_in(verdict: Verdict) -> Iterator[WayForward]:
    facts = verdict.standard.vocabulary.facts
    for point in verdict.open_points[:3]:
        fact = facts.get(point.reason.fact)
        if fact is not None and point.reason.code in ("fact_missing", "cell_missing"):
            label = f"{point.reason.period}年{fact.label}" if point.reason.period else fact.label
            yield WayForward(
                f"填写{label}", point.sentence, "未填", "", "可得出结论", "info", section=fact.section
            )


def _turn(verdict: Verdict) -> Iterator[WayForward]:
    for step in verdict.turning:
        now, needed = _before_and_after(step.change, verdict)
        yield WayForward(
            _words(step.change, verdict), "单独做到这一项即可", now, needed, "结论变为符合", "ok"
        )


def _gains(verdict: Verdict) -> list[WayForward]:
    """What would bring more points, the most points first."""
    found = []
    for indicator in verdict.indicators:
        band = indicator.next_band
        if band and band.steps:
            change = band.steps[0].change
            now, needed = _before_and_after(change, verdict)
            note = f"{indicator.citation.text}，达到“{band.text}”"
            result = f"+{band.gain} 分"
            found.append((band.gain, WayForward(_words(change, verdict), note, now, needed, result, "info")))
    return [way for _, way in sorted(found, key=lambda pair: -pair[0])]


def _words(change: Change, verdict: Verdict) -> str:
    """`2025年研发费用总额再增加 30.97 万元`."""
    label = f"{change.period}年{change.label}" if change.period else change.label
    if isinstance(change.after, bool):
        return f"{label}为“是”"
    if isinstance(change.after, tuple):
        return f"{label}为{'或'.join(_options(change, verdict))}"
    if change.before is None:
        return f"{label}{'不低于' if change.rises else '不高于'} {_amount(change, change.after)}"
    return f"{label}再{'增加' if change.rises else '减少'} {_amount(change, change.distance)}"


def _before_and_after(change: Change, verdict: Verdict) -> tuple[str, str]:
    before = "未填" if change.before is None else _amount(change, change.before)
    if isinstance(change.after, bool):
        return before, "是"
    if isinstance(change.after, tuple):
        return before, "、".join(_options(change, verdict))
    return before, _amount(change, change.after)


def _options(change: Change, verdict: Verdict) -> list[str]:
    fact = verdict.standard.vocabulary.fact(change.fact)
    chosen = change.after if isinstance(change.after, tuple) else ()
    return [fact.option(option).label for option in chosen]


def _amount(change: Change, number: int) -> str:
    unit = change.unit if change.kind is FactKind.SHARE else f" {change.unit}"
    return f"{format_number(change.kind, number)}{unit}".strip()
