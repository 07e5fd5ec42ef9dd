"""The invented province under the measures of 2026: its pool of experts, panels, and cases before them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tests import cases, pool, scene
from tidu.aftermath.actions import follow
from tidu.applications.actions import perform
from tidu.applications.contents import Submitted
from tidu.applications.models import Case, Letter
from tidu.applications.opinions import Question
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law import notices
from tidu.law.calendars import parse_moment
from tidu.law.procedures import Need
from tidu.offices.enums import Role
from tidu.panels.actions import (
    DrawPlan,
    OpinionText,
    Shown,
    draw_panels,
    freeze_draw,
    submit_opinion,
    take_commitment,
)
from tidu.panels.actors import actor_for_expert
from tidu.panels.enums import Field, Finding
from tidu.panels.models import Draw, Expert, Hand, Task
from tidu.panels.queries.tasks import asked_for
from tidu.panels.tallying import Judged
from tidu.programmes.actions import publish_notice
from tidu.programmes.models import Batch
from tidu.proof import draw as kernel
from tidu.records.actions import open_chain
from tidu.records.models import Entry

NOTICE, STAGE = "shili-2026-specialised", "panel"
PUBLISHED, SUBMITTED = parse_moment("2026-04-16 09:00"), parse_moment("2026-04-27 09:00")
OVERSEER, WITNESS, NUMBER, SALT = "示例省监督单位", "示例省公证处", "37", b"salt of the witness" * 2
DIVISION = kernel.Division("甲", panels=2, seats={"industry": 2, "finance": 1})
POOL = (*(Field.INDUSTRY,) * 5, *(Field.FINANCE,) * 3)
"""Two panels of two and one, and one substitute for each field."""
EVERYTHING = frozenset(Need)
WHY = "与审计报告和行业年鉴一致。"


def open_round(*, notice_id: str = NOTICE, opened: cases.Round | None = None) -> cases.Round:
    """Offices open, the province's notice published; whoever asks may apply, with no title before."""
    if opened is None:
        scene.open_offices()
    text = notices.load(NOTICE)
    free = tuple(replace(kind, holds=(), lacks=()) for kind in text.kinds)
    province = opened.province if opened else _leader(scene.PROVINCE)
    notice = publish_notice(actor=province, notice=replace(text, id=notice_id, kinds=free), at=PUBLISHED)
    with scope(SYSTEM):
        batch = Batch.objects.select_related("notice__office").get(notice=notice)
    if opened:
        return replace(opened, batch=batch, at=SUBMITTED)
    east, west, city = map(_leader, (scene.EAST, scene.WEST, scene.CITY))
    return cases.Round(batch, east, west, city, province, at=SUBMITTED)


def _leader(code: str) -> Actor:
    return scene.office_actor(code, Role.LEADER, f"{code}-signs")


def arrived(
    round_: cases.Round, number: int = 1, *, looked_up: bool = False, step: timedelta = timedelta()
) -> Case:
    """A firm's case at the panels: passed and recommended by district and city, whatever they ask for.

    `looked_up`: the district has looked up the firm's credit. `step`: from one act to the next.
    """
    case = cases.submitted(round_, number)
    if looked_up:
        cases.checked(round_, round_.east, case)
    for office in (round_.east, round_.city):
        for action in ("pass_review", "recommend"):
            letter = _letter(round_, office, number) if action == "recommend" else None
            perform(
                case_id=case.pk, action=action, actor=office, at=round_.later(step), comment="符合条件",
                given=EVERYTHING, letter=letter,
            )  # fmt: skip
    return cases.again(case)


def _letter(round_: cases.Round, office: Actor, number: int) -> Letter:
    with scope(office):
        return Letter.objects.create(
            office_id=office.office_id or 0,
            batch=round_.batch,
            kind="recommend",
            number=f"示例〔2026〕{round_.batch.pk}-{number}号",
            issued_on=round_.at.date(),
            sent_at=round_.at,
            chain=open_chain(kind="letter"),
        )


def experts(round_: cases.Round, fields: Sequence[Field] = POOL, start: int = 1) -> list[Expert]:
    """The province's pool, everybody ready to be drawn."""
    entered = pool.entered(
        round_.province, [pool.row(number, field) for number, field in enumerate(fields, start)]
    )
    for expert in entered:
        pool.ready(round_.province, expert)
    return entered


def plan(**changes: object) -> DrawPlan:
    return replace(DrawPlan((DIVISION,), (WITNESS,), OVERSEER, days=7, most_dispatches=50), **changes)  # type: ignore[arg-type]


def frozen(round_: cases.Round, **changes: object) -> Draw:
    return freeze_draw(
        actor=round_.province, batch_id=round_.batch.pk, stage=STAGE, plan=plan(**changes), at=round_.at
    )


def committed(round_: cases.Round, draw: Draw) -> None:
    """The witness hands in what stands for its number."""
    text = kernel.witness_commitment(draw.commitment, WITNESS, NUMBER, SALT)
    take_commitment(actor=round_.province, draw_id=draw.pk, name=WITNESS, commitment=text, at=round_.at)


def shown(number: str = NUMBER) -> Shown:
    return Shown({WITNESS: (number, SALT.hex())})


def drawn(round_: cases.Round, **changes: object) -> Draw:
    """Frozen, committed to, drawn."""
    draw = frozen(round_, **changes)
    committed(round_, draw)
    return draw_panels(actor=round_.province, draw_id=draw.pk, shown=shown(), at=round_.at)


def handed(round_: cases.Round, number: int = 1, *, looked_up: bool = False) -> Hand:
    """A firm's case with one of the panels, where what follows from its arrival has put it."""
    case = arrived(round_, number, looked_up=looked_up)
    told(case, round_.at)
    return hand_of(case)


def told(case: Case, at: datetime) -> None:
    """What follows from the last that happened to a case."""
    with scope(SYSTEM):
        newest = Entry.objects.filter(chain=case.chain_id).latest("seq")
    follow(entry_id=newest.pk, at=at)


def hand_of(case: Case) -> Hand:
    """The case in the hands of its panel, as it stands now."""
    with scope(SYSTEM):
        return Hand.objects.select_related("draw__chain", "case").filter(case=case).latest("pk")


def tasks_of(hand: Hand) -> list[tuple[Task, Actor]]:
    """Whoever has the case before him now, in the order of the experts' numbers."""
    with scope(SYSTEM):
        found = Task.objects.filter(hand=hand, ended_at__isnull=True).select_related("expert", "case")
        return [(task, actor_for_expert(task.expert)) for task in found.order_by("expert__number")]


def opinion(task: Task, finding: Finding = Finding.YES, **answers: Finding) -> OpinionText:
    """The same answer to everything, but for questions named otherwise."""
    with scope(SYSTEM):
        asked = asked_for(task, Submitted(task.case, at=SUBMITTED).papers)
    said = {question: answers.get(question.value, finding) for question in Question}
    paper = next(iter(asked.papers), None)
    judged = Judged(finding, WHY, paper.pages if paper else None, paper)
    return OpinionText(said, {fact.id: judged for fact in asked.facts}, "见各项理由。")


def answer(hand: Hand, at: datetime, *, but: int = 0) -> None:
    """Whoever has not yet says that everything is in order, but for the last so many."""
    waited_for = [(task, actor) for task, actor in tasks_of(hand) if task.answered_at is None]
    for task, actor in waited_for[: len(waited_for) - but]:
        submit_opinion(actor=actor, case_id=task.case_id, text=opinion(task), at=at)


def names() -> list[str]:
    """Everything by which somebody could tell who an expert is."""
    with scope(SYSTEM):
        return [text for one in Expert.objects.all() for text in (one.name, one.number, one.employer)]
