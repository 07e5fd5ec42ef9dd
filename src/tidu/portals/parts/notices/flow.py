"""The picture of a procedure, from its stages and the table of actions: who acts, when, what may turn."""

from collections.abc import Iterator
from dataclasses import dataclass

from tidu.law.notices import Notice, PanelTerms, panel_terms
from tidu.law.notices.parts import DeadlineRule
from tidu.law.procedures import ACTIONS, TERMINAL, Action, Kind, Position, Procedure, Stage, Status
from tidu.law.procedures.model import DRAFT
from tidu.law.procedures.moves import entry_status
from tidu.portals.parts.moments import write_day

FIRM = "企业"
ASIDE = frozenset({Action.RETURN_FOR_MENDING, Action.HAND_OVER, Action.SUSPEND, Action.RESUME})
"""Turns after which the case goes on."""


@dataclass(frozen=True)
class Step:
    """One step: what is done, what it brings along, and the turns a case can take here besides going on."""

    title: str
    text: str
    notes: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lane:
    """Steps that follow each other at one desk."""

    title: str
    steps: tuple[Step, ...]


def lanes(procedure: Procedure, notice: Notice) -> list[Lane]:
    """The whole way of a case, from the firm's draft to the announcement."""
    found = [Lane(FIRM, (_filing(procedure, notice),))]
    for stage in procedure.stages:
        title, step = procedure.level(stage.level).title, _step(procedure, notice, stage)
        if found[-1].title == title:
            found[-1] = Lane(title, (*found[-1].steps, step))
        else:
            found.append(Lane(title, (step,)))
    return found


def _filing(procedure: Procedure, notice: Notice) -> Step:
    words = "在批次窗口内填报、上传佐证材料，声明后提交"
    return Step("填报并提交", words, tuple(_on_paper(procedure, notice)), _turns(procedure, DRAFT))


def _on_paper(procedure: Procedure, notice: Notice) -> Iterator[str]:
    """What the firm hands in on paper: with its application, or once an office has said so."""
    papers = [paper.title for paper in notice.papers if paper.by_firm]
    told_at = next((one.title for one in procedure.stages if "prepare_papers" in one.tells.values()), "")
    if papers and told_at:
        yield f"提交时不交纸质材料，{told_at}通过后按通知准备"
    else:
        yield from papers or ["线下无需提交纸质材料"]


def _step(procedure: Procedure, notice: Notice, stage: Stage) -> Step:
    turns: list[str] = []
    for status in (entry_status(stage.kind), Status.LISTED, Status.SUSPENDED):
        turns += _turns(procedure, Position(stage.id, status))
    return Step(stage.title, stage.text, tuple(_notes(notice, stage)), tuple(dict.fromkeys(turns)))


def _turns(procedure: Procedure, position: Position) -> tuple[str, ...]:
    """What leads elsewhere than onward; withdrawing is said once, with the firm."""
    found = []
    for action in procedure.actions_at(position):
        target = procedure.move(position, action)
        ends = target.status in TERMINAL and target.status is not Status.RECOGNISED
        if (ends or action in ASIDE) and (action is not Action.WITHDRAW or position == DRAFT):
            found.append(ACTIONS[action].label)
    return tuple(found)


def _notes(notice: Notice, stage: Stage) -> Iterator[str]:
    if stage.clock:
        yield _within(notice.rule(stage.clock))
    if stage.inspection.mode != "none":
        words = "逐户实地核查" if stage.inspection.mode == "every" else "实地抽查"
        yield words if stage.inspection.blocks else f"公告后{words}"
    if stage.credit_check:
        yield "信用查询"
    if stage.kind is Kind.PUBLICITY:
        unit = "个工作日" if notice.choice("publicity_counting") == "working" else "日"
        yield f"公示 {notice.count('publicity_days')} {unit}"
    if stage.kind is Kind.PANEL:
        yield _panels(panel_terms(notice))
    for paper_id in stage.papers:
        yield notice.paper(paper_id).title


def _panels(terms: PanelTerms) -> str:
    unit = "个工作日" if terms.counting == "working" else "日"
    return (
        f"不少于 {terms.panels} 组，每组 {terms.experts} 人，"
        f"其中产业专家不少于 {terms.industry} 人、财务专家不少于 {terms.finance} 人；"
        f"专家在 {terms.days} {unit}内提交意见"
    )


def _within(rule: DeadlineRule) -> str:
    if rule.before is not None:
        return f"{write_day(rule.before)}前"
    words = f"{'每季度' if rule.after == 'quarter' else '申报截止'}结束后 {rule.within} 日内"
    return f"{words}（内部安排）" if rule.mode == "advisory" else words
