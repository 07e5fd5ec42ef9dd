"""Experts' opinions: each blind of the others, tallied once all are in, joined to the case by the system."""

from collections.abc import Mapping
from datetime import datetime

from tidu.applications.contents import Submitted, standard_of
from tidu.applications.opinions import QUESTION_LABELS, Conclusion, Question
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.panels.actions.closing import close_if_whole, join
from tidu.panels.actions.happening import lock_draw, record_in
from tidu.panels.actions.recusal import replace_expert
from tidu.panels.asking import OpinionText, lacking
from tidu.panels.enums import DrawState, HandState
from tidu.panels.locks import lock_self, reason_given, require_keeping
from tidu.panels.models import Draw, Hand, Judgement, Opinion, Task
from tidu.panels.queries.opinions import opinions_of
from tidu.panels.queries.tasks import asked_for, task_for
from tidu.panels.tallying import differing

SILENT = "逾期未提交意见"


def submit_opinion(*, actor: Actor, case_id: int, text: OpinionText, at: datetime) -> Opinion:
    """Hand in an opinion, once and for good. With the last one the panel's opinion joins the case.

    Refused("expert_needed"), ("task_unknown"), ("opinion_given_before"), and the first of what it is
    `lacking`; a form asks for all of that before.
    """
    with scope(actor):
        draw, task = _lock_task(actor, case_id)
        for refused in lacking(text, asked_for(task, Submitted(task.case, at=at).papers)):
            raise refused
        refuse_marked({"comment": text.comment, "reasons": [one.reason for one in text.judged.values()]})
        opinion = _written(task, text, at)
        with scope(SYSTEM):
            Task.objects.filter(pk=task.pk).update(answered_at=at)
            record_in(draw, SYSTEM, "take_opinion", at, {})
            close_if_whole(task.hand_id, at)
        return opinion


def moderate(
    *, actor: Actor, hand_id: int, settled: Mapping[str, Conclusion], summary: str, at: datetime
) -> None:
    """Write down what the panel came to on what it differed about (会商); then the opinion joins the case.

    Refused("panel_act_not_allowed"), ("hand_unknown"), ("hand_not_in_moderation"), ("panel_reason_missing"),
    ("moderation_incomplete"), ("moderation_not_asked"): what the panel agreed on stands.
    """
    with scope(actor):
        office_id, said = require_keeping(actor), reason_given(summary)
        refuse_marked({"summary": said})
        _, hand = _lock_hand(hand_id, office_id)
        if hand.state != HandState.MODERATION:
            raise Refused("hand_not_in_moderation", state=hand.get_state_display())
        differed = set(differing(opinions_of(hand)))
        if lacking := sorted(differed - set(settled)):
            raise Refused("moderation_incomplete", field=lacking[0], value=_label(hand, lacking[0]))
        if beyond := sorted(set(settled) - differed):
            raise Refused("moderation_not_asked", field=beyond[0], value=_label(hand, beyond[0]))
        record_in(hand.draw, actor, "moderate", at, {})
        with scope(SYSTEM):
            join(hand, at, settled=settled, summary=said)


def replace_silent(*, actor: Actor, hand_id: int, expert_id: int, at: datetime) -> str | None:
    """After the deadline: who has not answered leaves the draw, the next substitute takes over.

    Refused("panel_act_not_allowed"), ("hand_unknown"), ("task_unknown"), ("task_not_overdue").
    """
    with scope(actor):
        draw, hand = _lock_hand(hand_id, require_keeping(actor))
        waited_for = hand.tasks.filter(ended_at__isnull=True, answered_at__isnull=True)
        task = waited_for.filter(expert_id=expert_id).first()
        if task is None:
            raise Refused("task_unknown")
        if at < task.due_at:
            raise Refused("task_not_overdue", due=task.due_at)
        if draw.state != DrawState.DRAWN:
            raise Refused("draw_moved_on", state=draw.get_state_display())
        with scope(SYSTEM):
            return replace_expert(draw, expert_id, SILENT, actor, at)


def _lock_task(actor: Actor, case_id: int) -> tuple[Draw, Task]:
    """What lies before the expert, once nothing else happens in the draw; looked up again when it is held."""
    expert = lock_self(actor)
    with scope(SYSTEM):
        draw = lock_draw(task_for(expert, case_id).hand.draw_id)
    task = task_for(expert, case_id)
    if task.answered_at is not None:
        raise Refused("opinion_given_before", number=task.case.number)
    return draw, task


def _written(task: Task, text: OpinionText, at: datetime) -> Opinion:
    answers = {question.value: text.answers[question].value for question in Question}
    opinion = Opinion.objects.create(
        task=task, hand=task.hand, answers=answers, comment=text.comment.strip(), at=at
    )
    Judgement.objects.bulk_create(
        Judgement(
            opinion=opinion,
            fact=fact,
            finding=one.finding,
            reason=one.reason.strip()[:500],
            paper_id=one.paper.id if one.paper else None,
            page=one.page,
        )
        for fact, one in text.judged.items()
    )
    return opinion


def _lock_hand(hand_id: int, office_id: int) -> tuple[Draw, Hand]:
    """A case in the hands of a panel of the office's own draw; the draw is held first, then the hand."""
    draw_id = (
        Hand.objects.filter(pk=hand_id, draw__office_id=office_id).values_list("draw_id", flat=True).first()
    )
    if draw_id is None:
        raise Refused("hand_unknown")
    draw = lock_draw(draw_id, office_id=office_id)
    held = Hand.objects.select_for_update(of=("self",)).select_related("draw__chain", "case")
    return draw, held.get(pk=hand_id)


def _label(hand: Hand, name: str) -> str:
    if name in set(Question):
        return QUESTION_LABELS[Question(name)]
    fact = standard_of(hand.case).vocabulary.facts.get(name)
    return fact.label if fact else name
