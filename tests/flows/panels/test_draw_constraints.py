"""What the database itself refuses of draws, cases before panels and opinions, whoever asks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from tests import cases, panels, pool
from tests.flows.panels.test_constraints import OF_AN_EXPERT, OTHERS, again
from tests.plugins.beginnings import beginning

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.panels.models import Draw, DrawEvent, Hand, Judgement, Opinion, PoolMember, Task, Witness

Changes = tuple[tuple[type[models.Model], str, dict[str, Any]], ...]
"""A table, a named constraint, and a change that it refuses."""

UNANSWERED = {"end": "answered", "answered_at": None, "ended_at": panels.SUBMITTED}
CHANGES: Changes = (
    (Draw, "draw_mode_known", {"mode": "soon"}),
    (Draw, "draw_gives_some_days", {"days": 0}),
    (Draw, "draw_counting_known", {"counting": "weeks"}),
    (Draw, "draw_digests_are_digests", {"commitment": "0"}),
    (Draw, "draw_drawn_from_a_seed", {"seed": ""}),
    (Draw, "draw_drawn_from_a_seed", {"state": "frozen"}),
    (Draw, "draw_drawn_from_a_seed", {"state": "guessed"}),
    (Draw, "draw_published_at_some_time", {"state": "published"}),
    (Draw, "draw_replaces_with_a_reason", {"reason": "结果不合意"}),
    (Witness, "witness_commits_at_some_time", {"commitment": ""}),
    (Hand, "hand_ends_with_its_state", {"state": "joined"}),
    (Hand, "hand_ends_with_its_state", {"ended_at": panels.SUBMITTED}),
    (Hand, "hand_due_after_its_dispatch", {"due_at": panels.SUBMITTED - timedelta(1)}),
    (Task, "task_field_known", {"field": "poetry"}),
    (Task, "task_ends_for_a_reason", {"end": "conflict"}),
    (Task, "task_ends_for_a_reason", {"ended_at": panels.SUBMITTED}),
    (
        Task,
        "task_answered_at_some_time",
        {"end": "answered", "answered_at": None, "ended_at": panels.SUBMITTED},
    ),
    (Task, "task_reminded_after_it_was_given", {"reminded_at": panels.SUBMITTED - timedelta(1)}),
)


@beginning
def hand(round_: cases.Round) -> Hand:
    panels.drawn(round_)
    hand = panels.handed(round_)
    panels.answer(hand, round_.at, but=2)
    return hand


def twice(round_: cases.Round, hand: Hand) -> Iterator[tuple[str, Actor, models.Model, dict[str, Any]]]:
    """A constraint, who writes the row that it refuses, what the row is like, and how it differs."""
    expert = next(actor for task, actor in panels.tasks_of(hand) if task.answered_at)
    asked, other = next(one for one in panels.tasks_of(hand) if not one[0].answered_at)
    with scope(expert):
        opinion, judgement = Opinion.objects.get(), Judgement.objects.all()[0]
    with scope(SYSTEM):
        draw, witness = Draw.objects.get(), Witness.objects.get()
        member, event = PoolMember.objects.select_related("expert")[0], DrawEvent.objects.get()
        unused = {"commitment": "0" * 64, "chain_id": member.expert.chain_id}
        task = hand.tasks.all()[0]
    office = round_.province
    (newcomer,) = pool.entered(office, [pool.row(50)])
    yield "draw_one_current_per_stage", office, draw, unused
    yield "witness_named_once", office, witness, {}
    yield "pool_member_once", office, member, {"pseudonym": "another"}
    yield "pool_pseudonym_once", office, member, {"expert_id": newcomer.pk}
    yield "draw_event_seq_once", SYSTEM, event, {}
    yield "draw_event_kind_known", SYSTEM, event, {"seq": event.seq + 1, "kind": "rumour"}
    yield "hand_one_panel_per_case", SYSTEM, hand, {}
    yield "task_once_per_expert", SYSTEM, task, {}
    half = {"task_id": asked.pk, "answers": {"truth": "yes"}}
    yield "opinion_answers_every_question", other, opinion, half
    yield "judgement_once_per_fact", expert, judgement, {}
    yield "judgement_finding_known", expert, judgement, {"fact": "other", "finding": "maybe"}
    unfounded = {"fact": "other", "finding": "no", "reason": ""}
    yield "judgement_against_carries_a_reason", expert, judgement, unfounded
    yield "judgement_page_positive", expert, judgement, {"fact": "other", "page": 0}


def test_the_database_refuses(round_: cases.Round, hand: Hand, subtests: pytest.Subtests) -> None:
    tried = {name for name, _ in OF_AN_EXPERT} | OTHERS
    for model, constraint, changes in CHANGES:
        tried.add(constraint)
        with subtests.test(constraint), scope(SYSTEM), pytest.raises(IntegrityError, match=f'"{constraint}"'):
            model._default_manager.all().update(**changes)
    for constraint, writer, row, changes in twice(round_, hand):
        tried.add(constraint)
        with subtests.test(constraint), scope(writer), pytest.raises(IntegrityError, match=f'"{constraint}"'):
            again(row, **changes)
    declared = {
        constraint.name
        for model in apps.get_app_config("panels").get_models()
        for constraint in model._meta.constraints
    }
    assert declared == tried
