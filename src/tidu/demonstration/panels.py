"""双随机 in the demonstration: panels drawn, cases dispatched as they arrive, opinions on their way.

Who sits where and judges which case is left to the lot: what is told here holds whatever it says.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from tidu.aftermath.actions import follow_all
from tidu.applications.contents import Submitted
from tidu.applications.opinions import Question
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.demonstration.calendar import Times
from tidu.demonstration.cast import Cast
from tidu.demonstration.forms import Invented
from tidu.demonstration.pool import fill_pool
from tidu.law.standards import Outcome
from tidu.panels.actions import (
    DrawPlan,
    OpinionText,
    Shown,
    declare_conflict,
    draw_panels,
    freeze_draw,
    submit_opinion,
    take_commitment,
)
from tidu.panels.actors import actor_for_expert
from tidu.panels.asking import Asked
from tidu.panels.enums import Field, Finding
from tidu.panels.models import Draw, Hand, Task
from tidu.panels.queries.tasks import asked_for
from tidu.panels.tallying import Judged, Paper
from tidu.programmes.models import Batch
from tidu.proof import draw as kernel

STAGE = "panel"
DIVISION = kernel.Division("甲", panels=2, seats={"industry": 2, "finance": 1, "technology": 1})
WITNESS, NUMBER, SALT = "示例省公证处", "4807", b"salt of the witness in the show"
OVERSEER = "示例省监督单位"
CONFLICTED = 2
"""The place in the pool of the expert who declares a conflict: an expert of an industry."""
WHY = {
    Finding.YES: "与审计报告和检测报告一致，细分领域情况属实。",
    Finding.NO: "所附证明只有企业自述，未见第三方数据。",
    Finding.UNSURE: "证明材料的口径与申报口径不同，不能判断。",
}
FALLS_SHORT = "所填数据属实；有一项条件未达到认定标准。"
DIVIDED = (Finding.YES, Finding.NO, Finding.UNSURE, Finding.YES)
"""What four experts find where they differ: no two thirds say the same."""


def ready_the_pool(cast: Cast, times: Times, judged: Sequence[Invented]) -> None:
    """The pool filled; an expert of an industry has declared that he must not judge the first of `judged`."""
    experts = fill_pool(cast.province, times.within(0.1))
    declare_conflict(
        actor=experts[CONFLICTED],
        uscc=judged[0].uscc,
        reason="曾为该企业提供技术服务。",
        at=times.within(0.2),
    )


def draw_the_panels(province: Actor, batch: Batch, *, frozen: datetime, drawn: datetime) -> Draw:
    """The pool frozen and committed to, the witness's number shown, two panels drawn."""
    plan = DrawPlan((DIVISION,), (WITNESS,), OVERSEER, most_dispatches=2_000)
    draw = freeze_draw(actor=province, batch_id=batch.pk, stage=STAGE, plan=plan, at=frozen)
    committed = kernel.witness_commitment(draw.commitment, WITNESS, NUMBER, SALT)
    between = frozen + (drawn - frozen) / 2
    take_commitment(actor=province, draw_id=draw.pk, name=WITNESS, commitment=committed, at=between)
    shown = Shown({WITNESS: (NUMBER, SALT.hex())})
    return draw_panels(actor=province, draw_id=draw.pk, shown=shown, at=drawn)


def tell_of_opinions(draw: Draw, times: Times) -> None:
    """One case waits for its expert of technology, one for almost everybody; the others for nobody.

    On one of these the experts differ and must talk it over (会商); the rest have gone on.
    """
    follow_all(times.now)  # cases are dispatched as they arrive
    waits, begun, *whole = _by_turns(draw)
    at = times.within(0.9)
    answer_but_for(waits, Field.TECHNOLOGY, at)
    _answer(_tasks(begun)[-1], Finding.YES, at)
    for number, hand in enumerate(whole):
        for seat, task in enumerate(_tasks(hand)):
            _answer(task, DIVIDED[seat] if number == 0 else Finding.YES, at)


def answer_but_for(hand: Hand, silent: Field | None, at: datetime) -> None:
    """Everybody on the panel finds the case in order; the experts of one field have not answered yet."""
    for task in _tasks(hand):
        if task.field != silent:
            _answer(task, Finding.YES, at)


def _by_turns(draw: Draw) -> Sequence[Hand]:
    """The cases with the panels, of each panel in turn: so that work is left for both."""
    with scope(SYSTEM):
        hands = list(Hand.objects.filter(draw=draw, ended_at__isnull=True).order_by("panel", "pk"))
    panels = {hand.panel: [one for one in hands if one.panel == hand.panel] for hand in hands}
    return [hand for turn in zip_longest(*panels.values()) for hand in turn if hand is not None]


def _tasks(hand: Hand) -> Sequence[Task]:
    with scope(SYSTEM):
        found = Task.objects.filter(hand=hand, ended_at__isnull=True).select_related("expert", "case")
        return list(found.order_by("expert__number"))


def _answer(task: Task, finding: Finding, at: datetime) -> None:
    """The material is in order; what the expert finds of the standard and of what he judges is `finding`.

    Nobody finds that a case meets the standard whose figures fall short of it.
    """
    with scope(SYSTEM):
        asked = asked_for(task, Submitted(task.case, at=at).papers)
    falls_short = finding is Finding.YES and task.case.verdict == Outcome.UNMET
    standard = Finding.NO if falls_short else finding
    answers = dict.fromkeys(Question, Finding.YES) | {Question.STANDARD: standard}
    paper = _paper_of(asked)
    judged = {fact.id: Judged(finding, WHY[finding], paper.pages, paper) for fact in asked.facts}
    submit_opinion(
        actor=actor_for_expert(task.expert),
        case_id=task.case_id,
        text=OpinionText(answers, judged, FALLS_SHORT if falls_short else WHY[finding]),
        at=at,
    )


def _paper_of(asked: Asked) -> Paper:
    """Where an expert looks: one of finance into the audit report, others into the note on market share."""
    wanted = "审计报告" if asked.field is Field.FINANCE else "市场占有率"
    return next(one for one in asked.papers if wanted in one.name)
