"""The ladder: on which step a firm stands, what the next one lacks, and what would close it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tidu.applications.enums import ENDED, CaseStatus
from tidu.applications.models import Case
from tidu.law.facts import Fact, FactKind, format_number
from tidu.law.standards import Change, ClauseResult, Outcome, Verdict
from tidu.portals.parts.scores import ScoreBar
from tidu.portals.parts.verdicts import view_of
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title
from tidu.titles.queries import last_day

FIRST, SECOND, THIRD = TitleKind.INNOVATIVE, TitleKind.SPECIALISED, TitleKind.LITTLE_GIANT
TIERS = (FIRST, SECOND, THIRD)
#: What a tier waits for while the one below it is not held.
WAITS: Mapping[TitleKind, str] = {
    SECOND: "取得科技和创新型中小企业称号后可以申报（科技型或创新型，以各批次通知为准）。",
    THIRD: "取得专精特新中小企业称号后可以申报。",
}
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
    ended: Title | None = None
    until: date | None = None
    case: Case | None = None
    verdict: Verdict | None = None
    update_by: datetime | None = None
    note: str = ""

    @property
    def bar(self) -> ScoreBar | None:
        """The score against its pass line; None for a standard without a score."""
        return view_of(self.verdict.as_json()).total if self.verdict else None

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


def standing_on(titles: Iterable[Title]) -> TitleKind | None:
    """The highest tier held; 第一级 is 科技型 or 创新型."""
    held = {FIRST if title.kind == TitleKind.TECHNOLOGY else title.kind for title in titles}
    return next((tier for tier in reversed(TIERS) if tier in held), None)


def goal_of(titles: Iterable[Title]) -> TitleKind:
    """The tier to strive for: the one above the highest held, the highest for who holds it."""
    here = standing_on(titles)
    return FIRST if here is None else TIERS[min(TIERS.index(here) + 1, len(TIERS) - 1)]


def steps(
    titles: Sequence[Title],
    cases: Sequence[Case],
    verdicts: Mapping[TitleKind, Verdict],
    *,
    update_by: Mapping[TitleKind, datetime | None],
    past: Sequence[Title],
) -> list[LadderStep]:
    """The three tiers, the lowest first; 第一级 is 科技型 or 创新型.

    `verdicts` are those on the tier held and the next one, `update_by` this year's updates;
    `past` are titles that an act has ended, the newest first.
    """
    held = {TitleKind(title.kind): title for title in titles}
    found = []
    for tier in TIERS:
        title = held.get(tier) or (held.get(TitleKind.TECHNOLOGY) if tier is FIRST else None)
        case = next((one for one in cases if one.title_kind == tier and one.status not in ENDED), None)
        ended = None if title else _of(tier, past)
        found.append(_step(tier, title, case, verdicts.get(tier), update_by.get(tier), ended))
    return found


def _of(kind: TitleKind, titles: Iterable[Title]) -> Title | None:
    return next((title for title in titles if title.kind == kind), None)


def _step(
    tier: TitleKind,
    title: Title | None,
    case: Case | None,
    verdict: Verdict | None,
    update_by: datetime | None,
    ended: Title | None,
) -> LadderStep:
    if title is None and case is None and verdict is None:
        return LadderStep(
            label=tier.label, tone="", pill="未开始", pill_kind="", ended=ended, note=WAITS.get(tier, "")
        )
    pill, kind = _state(title, case, verdict)
    return LadderStep(
        label=TitleKind(title.kind).label if title else tier.label,
        tone="held" if title else "now",
        pill=pill,
        pill_kind=kind,
        title=title,
        ended=ended,
        until=last_day(title) if title else None,
        case=case,
        verdict=verdict,
        update_by=update_by if title else None,
    )


def _state(title: Title | None, case: Case | None, verdict: Verdict | None) -> tuple[str, str]:
    if case is not None:
        kind = "复核" if case.kind == "re_review" else "申报"
        status = CaseStatus(case.status)
        if status is CaseStatus.RETURNED:
            return f"{kind}中 · 需补正", "act"
        return f"{kind}中 · {status.label}", "info"
    if title is not None or verdict is None:
        return "已获得", "ok"
    return f"未申报 · {verdict.outcome.label}", {"met": "ok", "unmet": "no"}.get(verdict.outcome, "open")


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
    missing = _missing(verdict)
    turning = {(step.change.fact, step.change.period): step.change for step in verdict.turning}
    found = [_fill_in(fact, period, turning.pop((fact.id, period), None)) for fact, period in missing[:3]]
    # What is not known yet cannot be striven for: it is filled in first.
    found += [_turn(change, verdict) for change in turning.values() if change.before is not None]
    said = {way.text for way in found}
    gains = [way for way in _gains(verdict) if way.text not in said]
    return [*found[: SHOWN - min(len(gains), 2)], *gains][:SHOWN]


def _missing(verdict: Verdict) -> list[tuple[Fact, int | None]]:
    """The entries that keep the outcome open, each once."""
    facts = verdict.standard.vocabulary.facts
    reasons = [point.reason for point in verdict.open_points]
    keys = [(r.fact, r.period) for r in reasons if r.code in ("fact_missing", "cell_missing")]
    return [(facts[fact], period) for fact, period in dict.fromkeys(keys) if fact in facts]


def _fill_in(fact: Fact, period: int | None, turning: Change | None) -> WayForward:
    text = f"填写{period}年{fact.label}" if period else f"填写{fact.label}"
    if turning is None or not isinstance(turning.after, int) or isinstance(turning.after, bool):
        return WayForward(text, "不知道就无法得出结论", "未填", "", "可得出结论", "info", fact.section)
    needed = f"{'不低于' if turning.rises else '不高于'} {_amount(turning, turning.after)}"
    return WayForward(text, "达到所需，结论即为符合", "未填", needed, "结论变为符合", "ok", fact.section)


def _turn(change: Change, verdict: Verdict) -> WayForward:
    now, needed = _before_and_after(change, verdict)
    return WayForward(_words(change, verdict), "单独做到这一项即可", now, needed, "结论变为符合", "ok")


def _gains(verdict: Verdict) -> list[WayForward]:
    """What would bring more points, the most points first."""
    found = []
    for indicator in verdict.indicators:
        band = indicator.next_band
        change = band.steps[0].change if band and band.steps else None
        if band is None or change is None or change.before is None:
            continue
        now, needed = _before_and_after(change, verdict)
        note = f"{indicator.citation.text}，达到“{band.text}”"
        found.append(
            (band.gain, WayForward(_words(change, verdict), note, now, needed, f"+{band.gain} 分", "info"))
        )
    named: dict[str, WayForward] = {}
    for _, way in sorted(found, key=lambda pair: -pair[0]):
        # one change may lift two indicators: it is named once, by what it brings most
        named.setdefault(way.text, way)
    return list(named.values())


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
