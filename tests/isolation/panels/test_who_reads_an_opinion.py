"""Panels at work: an expert reads his cases whole and nothing else; opinions are blind until all are in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from django.db import connection
from tests import cases, panels, scene
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case, CaseField, CaseStage, EvidenceItem, Snapshot
from tidu.applications.queries import case_for, visible_cases
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.inspections.models import CreditCheck
from tidu.law.refusals import Refused
from tidu.offices.enums import Role
from tidu.panels.actions import submit_opinion
from tidu.panels.actors import actor_for_expert
from tidu.panels.enums import Finding
from tidu.panels.models import Draw, DrawEvent, Hand, Judgement, Opinion, PoolMember, Task
from tidu.panels.queries.opinions import opinions_of
from tidu.records.models import Entry, Frozen

pytestmark = pytest.mark.commits

SECRET = "审计报告附注与申报不一致甲乙"
WHOLE = (Case, CaseStage, Snapshot, CreditCheck)


@dataclass
class Scene:
    """Two cases, each with a panel; of the first, one expert has answered and two have not."""

    round_: cases.Round
    draw: Draw
    hands: tuple[Hand, Hand]
    experts: tuple[Actor, Actor, Actor]
    stranger: Actor


@beginning
def found() -> Scene:
    """The stranger sits on the other panel, which has no case of the first panel's."""
    round_ = panels.open_round()
    panels.experts(round_)
    draw = panels.drawn(round_, cap=1)
    hands = panels.handed(round_, 1, looked_up=True), panels.handed(round_, 2, looked_up=True)
    assert hands[0].panel != hands[1].panel
    first, second, third = panels.tasks_of(hands[0])
    text = replace(panels.opinion(first[0], truth=Finding.NO), comment=SECRET)
    submit_opinion(actor=first[1], case_id=hands[0].case_id, text=text, at=round_.at)
    stranger = panels.tasks_of(hands[1])[0][1]
    return Scene(round_, draw, hands, (first[1], second[1], third[1]), stranger)


def rows_of(actor: Actor, *tables: type) -> list[int]:
    with scope(actor):
        return [table._default_manager.count() for table in tables]  # type: ignore[attr-defined]


def everything_read(actor: Actor) -> str:
    """Every text of every table of the product that the actor may read."""
    with scope(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND relname ~ '^(panels|records|applications|inspections|inbox)_'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            texts.append(str(cursor.fetchone()[0]))
        bodies = [bytes(entry.body or b"").decode() for entry in Entry.objects.all()]
        bodies += [bytes(one.body).decode() for one in Frozen.objects.all()]
    return "\n".join([*texts, *bodies])


def test_an_expert_reads_the_whole_of_his_case_and_no_other_and_changes_nothing(found: Scene) -> None:
    mine, other = (hand.case for hand in found.hands)
    for actor in found.experts:
        assert rows_of(actor, *WHOLE) == [1, 5, 1, 2]
        with scope(actor):
            assert visible_cases(actor).get().pk == mine.pk
            assert {row.case_id for row in CaseStage.objects.all()} == {mine.pk}
            assert case_for(actor, mine.pk).firm.name
            with pytest.raises(Refused, match="case_unknown"):
                case_for(actor, other.pk)
    assert rows_of(found.stranger, *WHOLE) == [1, 5, 1, 2]
    person = replace(found.experts[0], kind="public")
    assert rows_of(person, *WHOLE) == [0, 0, 0, 0]
    with scope(found.experts[0]):
        assert Case.objects.update(reason="改") == 0
        assert CaseField.objects.update(raw="改") == 0
        assert EvidenceItem.objects.update(name="改") == 0
        assert Task.objects.update(ended_at=None) == 0
    counts: Mapping[type, int] = {PoolMember: 1, DrawEvent: 0, Hand: 1, Task: 1}
    for actor in (*found.experts, found.stranger):
        assert rows_of(actor, *counts) == list(counts.values())


def test_nobody_reads_an_opinion_before_all_are_in_not_even_who_drew(found: Scene) -> None:
    author, *others = found.experts
    assert rows_of(author, Opinion) == [1]
    auditor = replace(found.round_.province, kind="auditor", roles=frozenset({Role.AUDITOR.value}))
    ministry = scene.office_actor("shili-ministry", Role.LEADER, "ministry")
    for reader in (
        *others,
        found.stranger,
        found.round_.province,
        auditor,
        ministry,
        *found.round_.firms.values(),
    ):
        assert rows_of(reader, Opinion, Judgement) == [0, 0], reader
        assert SECRET not in everything_read(reader)
    with scope(found.round_.province):
        assert opinions_of(found.hands[0]) == []
        assert Task.objects.filter(answered_at__isnull=False).count() == 1

    hand = found.hands[0]
    panels.answer(hand, found.round_.at)
    with scope(found.round_.province):
        assert len(opinions_of(hand)) == 3
        assert Opinion.objects.filter(comment=SECRET).exists()
    for actor in found.experts:
        assert rows_of(actor, Case, CaseStage, Opinion) == [0, 0, 1]
    assert rows_of(found.round_.firms[1], Opinion) == [0]
    assert rows_of(found.stranger, Opinion) == [0]
    assert SECRET in everything_read(found.round_.province)
    for reader in (*found.round_.firms.values(), *others, found.stranger, PUBLIC):
        assert SECRET not in everything_read(reader), reader


def test_a_firm_and_the_public_never_read_who_judges_and_nobody_judges_for_another(found: Scene) -> None:
    with scope(SYSTEM):
        waited_for = Task.objects.filter(hand=found.hands[0], answered_at__isnull=True)
        task = waited_for.select_related("hand", "case", "expert")[0]
    forged = Opinion(
        task_id=task.pk,
        hand_id=task.hand_id,
        answers=dict.fromkeys(("truth", "accuracy", "completeness", "standard"), "yes"),
        at=found.round_.at,
    )
    for actor in (found.stranger, found.round_.province, found.round_.firms[1]):
        forged.pk = None
        with scope(actor), pytest.raises(Exception, match="row-level security"):
            forged.save(force_insert=True)
    forged.pk, forged.hand_id = None, found.hands[1].pk
    with scope(actor_for_expert(task.expert)), pytest.raises(Exception, match="row-level security"):
        forged.save(force_insert=True)
    with scope(found.round_.province):
        friend = Task(
            hand=task.hand, case=task.case, expert=found.draw.members.exclude(expert__tasks=task)[0].expert
        )
        friend.field, friend.given_at, friend.due_at = task.field, task.given_at, task.due_at
        with pytest.raises(Exception, match="row-level security"):
            friend.save(force_insert=True)
    panels.answer(found.hands[0], found.round_.at)
    with scope(SYSTEM):
        accounts = set(Task.objects.values_list("expert__account__username", flat=True))
    told = [*panels.names(), *(str(name) for name in accounts)]
    assert len(told) > 20
    for reader in (*found.round_.firms.values(), found.round_.east, PUBLIC):
        read = everything_read(reader)
        assert found.draw.commitment in read
        assert [text for text in told if text in read] == [], reader
        assert (panels.WHY in read) is (reader.kind == "office"), reader
        assert rows_of(reader, PoolMember, DrawEvent, Hand, Task, Opinion) == [0] * 5
