"""Experts drawn into panels, cases sent to them as they arrive, and a record that anybody can do again."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import cases, panels, scene
from tests.panels import DIVISION, WITNESS

from tidu.aftermath.actions import follow_all
from tidu.applications.actions import withdraw
from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.law.calendars import end_of, legal_day
from tidu.law.identity import demonstration_code
from tidu.law.refusals import Refused
from tidu.offices.enums import Role
from tidu.panels.actions import (
    dispatch_case,
    dispatch_waiting,
    draw_panels,
    freeze_draw,
    hand_over_links,
    name_conflict,
    publish_draw,
    recuse,
    take_commitment,
    withdraw_expert,
)
from tidu.panels.actions.dispatch import waiting_cases
from tidu.panels.drawing import standing_for, standing_of
from tidu.panels.enums import DrawMode, DrawState, Field, HandState, TaskEnd
from tidu.panels.models import Draw, Expert, Hand, PoolMember, Task
from tidu.panels.queries.draws import draw_by_token, progress_of, record_of
from tidu.panels.secrets import open_secrets
from tidu.proof import draw as kernel
from tidu.records.queries import timeline


def record(draw: Draw) -> dict[str, object]:
    """As the public downloads it."""
    with scope(PUBLIC):
        return record_of(draw_by_token(draw.chain.token))


def holds(draw: Draw) -> bool:
    """Whether the public's record gives its own result again, after a journey as a file.

    And whether what is stored tells the next dispatch the same as all events one after the other.
    """
    _told_from_what_is_stored(draw)
    return not list(kernel.record_breaks(json.loads(json.dumps(record(draw)))))


def _told_from_what_is_stored(draw: Draw) -> None:
    with scope(SYSTEM):
        draw = Draw.objects.select_related("chain").get(pk=draw.pk)
        if draw.state == DrawState.DRAWN:
            cases_sent = list(Hand.objects.filter(draw=draw).values_list("case_id", flat=True))
            short, whole = standing_for(draw, open_secrets(draw), cases_sent), standing_of(draw)
            for part in ("panels", "waiting", "shown", "previous", "where", "declared", "number", "seq"):
                assert getattr(short, part) == getattr(whole, part), part


def members(draw: Draw, panel: str) -> list[Expert]:
    """Who sits on a panel right after the draw."""
    with scope(SYSTEM):
        document = record_of(draw)["drawn"]
        seats = next(one["members"] for one in document["panels"] if one["id"] == panel)
        found = PoolMember.objects.filter(draw=draw, pseudonym__in=[seat["expert"] for seat in seats])
        return [member.expert for member in found.select_related("expert")]


def test_the_commitment_is_public_before_the_seed_exists(round_: cases.Round) -> None:
    draw = panels.frozen(round_)
    assert holds(draw)
    assert (record(draw)["seed"], record(draw)["commitment"]) == (None, draw.commitment)
    with scope(PUBLIC):
        (entry,) = timeline(draw.chain)
        assert entry.content["commitment"] == draw.commitment


def test_panels_have_their_seats_and_the_record_holds(round_: cases.Round) -> None:
    draw = panels.drawn(round_)
    assert holds(draw)
    drawn = record_of(draw)["drawn"]
    assert [len(panel["members"]) for panel in drawn["panels"]] == [3, 3]
    assert sum(len(one["order"]) for one in drawn["substitutes"]) == 2
    with scope(round_.province):
        fair = progress_of(draw).fair
    assert {figures.chance for figures in fair.experts if figures.field == "finance"} == {(2, 3)}


def test_the_record_names_nobody(round_: cases.Round) -> None:
    draw = panels.drawn(round_)
    panels.handed(round_)
    text = json.dumps(record(draw), ensure_ascii=False)
    with scope(SYSTEM):
        told = [
            name for expert in Expert.objects.all() for name in (expert.name, expert.employer, expert.number)
        ]
        entries = str([entry.content for entry in timeline(draw.chain)])
    assert [name for name in told if name in text or name in entries] == []
    assert round_.firms[1].name not in text


UNFAIR: tuple[tuple[dict[str, object], str], ...] = (
    ({"divisions": (replace(DIVISION, panels=1),)}, "须有两个以上"),
    ({"divisions": (replace(DIVISION, seats={"industry": 3}),)}, "没有财务专家"),
    ({"divisions": (replace(DIVISION, panels=3),)}, "产业"),
    ({"witnesses": ()}, "至少还要一名见证人"),
    ({"overseer": "示例省工业和信息化厅"}, "须由两个单位分别保管"),
)


def test_a_draw_that_could_not_be_fair_is_refused_with_the_rule(
    round_: cases.Round, subtests: pytest.Subtests
) -> None:
    for changes, said in UNFAIR:
        with subtests.test(said), pytest.raises(Refused, match="draw_refused") as refused:
            panels.frozen(round_, **changes)
        assert said in str(refused.value.values["reason"])


def test_a_draw_short_of_what_its_notice_asks_for_is_refused(round_: cases.Round) -> None:
    """The notice asks for three experts in each panel, and gives them ten days."""
    with pytest.raises(Refused, match="panel_days_beyond_notice"):
        panels.frozen(round_, days=11)
    with pytest.raises(Refused, match="panel_experts_short_of_notice"):
        panels.frozen(round_, divisions=(replace(DIVISION, seats={"industry": 1, "finance": 1}),))
    with scope(SYSTEM):
        assert not Draw.objects.exists()


def test_who_draws(round_: cases.Round) -> None:
    plan = panels.plan()
    clerk = scene.office_actor(scene.PROVINCE, Role.CLERK, "province-clerk")
    for actor, stage in ((clerk, "panel"), (round_.city, "panel"), (round_.province, "province-review")):
        with pytest.raises(Refused, match="draw_not_allowed"):
            freeze_draw(actor=actor, batch_id=round_.batch.pk, stage=stage, plan=plan, at=round_.at)
    with pytest.raises(Refused, match="batch_unknown"):
        freeze_draw(actor=round_.province, batch_id=0, stage="panel", plan=plan, at=round_.at)


def test_nothing_is_drawn_but_from_what_was_committed_to(round_: cases.Round) -> None:
    draw, province, at = panels.frozen(round_), round_.province, round_.at
    with pytest.raises(Refused, match="draw_refused"):
        draw_panels(actor=province, draw_id=draw.pk, shown=panels.shown(), at=at)
    for name, text, code in (
        ("路人", "0" * 64, "witness_unknown"),
        (WITNESS, "37", "witness_commitment_unreadable"),
    ):
        with pytest.raises(Refused, match=code):
            take_commitment(actor=province, draw_id=draw.pk, name=name, commitment=text, at=at)
    panels.committed(round_, draw)
    with pytest.raises(Refused, match="witness_committed_before"):
        panels.committed(round_, draw)
    with pytest.raises(Refused, match="draw_refused"):
        draw_panels(actor=province, draw_id=draw.pk, shown=panels.shown("38"), at=at)
    assert draw_panels(actor=province, draw_id=draw.pk, shown=panels.shown(), at=at).state == DrawState.DRAWN
    with pytest.raises(Refused, match="draw_moved_on"):
        draw_panels(actor=province, draw_id=draw.pk, shown=panels.shown(), at=at)


def test_a_public_draw_is_waited_for_and_mixed_in(round_: cases.Round) -> None:
    day = round_.at + timedelta(days=3)
    lottery = kernel.PublicDraw("示例体彩", legal_day(day).isoformat(), (kernel.NumberForm(2, 1, 12),))
    draw = panels.frozen(round_, public_draw=lottery)
    panels.committed(round_, draw)
    shown = replace(panels.shown(), public_draw=((9, 12),))
    with pytest.raises(Refused, match="lottery_not_yet_drawn"):
        draw_panels(actor=round_.province, draw_id=draw.pk, shown=shown, at=round_.at)
    with pytest.raises(Refused, match="draw_refused"):
        draw_panels(actor=round_.province, draw_id=draw.pk, shown=panels.shown(), at=day)
    draw_panels(actor=round_.province, draw_id=draw.pk, shown=shown, at=day)
    assert record(draw)["reveals"]["public_draw"] == [[9, 12]]  # type: ignore[index]
    assert holds(draw)


def test_the_overseer_keeps_his_chain_and_hands_over_a_stretch_at_a_time(round_: cases.Round) -> None:
    """Nothing on the server tells a link that he has not handed over: without it cases wait."""
    secret, length = bytes(range(32)), 50
    anchor = kernel.anchor(secret, length)
    draw = panels.drawn(round_, overseers_anchor=anchor)
    arrived = [panels.arrived(round_, number) for number in (1, 2)]
    panels.told(arrived[0], round_.at)
    with scope(SYSTEM):
        assert [one.pk for one in waiting_cases(draw)] == [one.pk for one in arrived]
    hand_over: dict[str, Any] = {"actor": round_.province, "draw_id": draw.pk, "at": round_.at}
    first, second = (kernel.link(secret, length, number) for number in (1, 2))
    for number, link, code in (
        (1, second, "links_of_another_chain"),
        (2, first, "links_of_another_chain"),
        (1, "第一环", "links_of_another_chain"),
        (51, first, "links_not_further"),
    ):
        with pytest.raises(Refused, match=code):
            hand_over_links(number=number, link=link, **hand_over)
    hand_over_links(number=1, link=first, **hand_over)
    with scope(SYSTEM):
        assert [one.pk for one in waiting_cases(draw)] == [arrived[1].pk]
    with pytest.raises(Refused, match="links_not_further"):
        hand_over_links(number=1, link=first, **hand_over)
    hand_over_links(number=2, link=second, **hand_over)
    with scope(SYSTEM):
        assert waiting_cases(draw) == []
    assert holds(draw)


def test_a_case_goes_to_a_panel_the_moment_it_arrives_and_once(round_: cases.Round) -> None:
    draw = panels.drawn(round_)
    case = panels.arrived(round_, step=timedelta(hours=1))
    came = round_.at
    follow_all(round_.later())  # late, and the first acts that led there with it
    hand = panels.hand_of(case)
    assert (hand.draw, hand.state, hand.dispatched_at) == (draw, HandState.OPEN, came)
    assert hand.due_at == end_of(legal_day(came) + timedelta(days=7))
    with scope(SYSTEM):
        assert sorted(task.expert.pk for task in hand.tasks.select_related("expert")) == sorted(
            expert.pk for expert in members(draw, hand.panel)
        )
    assert dispatch_case(case_id=hand.case_id, at=round_.at) is None
    assert holds(draw)


def test_cases_that_came_before_the_draw_wait_and_are_sent_with_it(round_: cases.Round) -> None:
    arrived = [panels.arrived(round_, number) for number in (1, 2)]
    panels.told(arrived[0], round_.at)
    draw = panels.drawn(round_)
    assert [panels.hand_of(case).draw for case in arrived] == [draw, draw]
    assert holds(draw)


def test_a_batch_is_sent_when_the_office_says_so(round_: cases.Round) -> None:
    draw = panels.drawn(round_, mode=DrawMode.BATCH)
    arrived = [panels.arrived(round_, number) for number in (1, 2)]
    panels.told(arrived[0], round_.at)
    with scope(SYSTEM):
        assert [case.pk for case in waiting_cases(draw)] == [case.pk for case in arrived]
    sent = dispatch_waiting(actor=round_.province, draw_id=draw.pk, at=round_.at)
    assert sorted(hand.panel for hand in sent) == ["甲-1", "甲-2"]
    assert holds(draw)


@pytest.mark.parametrize("panel", ["甲-1", "甲-2"])
def test_a_panel_with_a_conflict_gets_no_case_of_the_firm(round_: cases.Round, panel: str) -> None:
    draw = panels.drawn(round_)
    case = panels.arrived(round_, 1)
    said = {"uscc": demonstration_code(1), "reason": "企业反映", "at": round_.at}
    name_conflict(actor=round_.province, expert_id=members(draw, panel)[0].pk, **said)  # type: ignore[arg-type]
    panels.told(case, round_.at)
    assert panels.hand_of(case).panel != panel


def test_where_every_panel_has_a_conflict_the_case_waits(round_: cases.Round) -> None:
    draw, case = panels.drawn(round_), panels.arrived(round_)
    for panel in ("甲-1", "甲-2"):
        expert = members(draw, panel)[0]
        name_conflict(
            actor=round_.province,
            expert_id=expert.pk,
            uscc=demonstration_code(1),
            reason="企业反映",
            at=round_.at,
        )
    panels.told(case, round_.at)
    with scope(SYSTEM):
        assert [one.pk for one in waiting_cases(draw)] == [case.pk]
        assert not Hand.objects.exists()


def test_who_recuses_himself_loses_the_case_and_another_panel_gets_it(round_: cases.Round) -> None:
    draw, hand = panels.drawn(round_), panels.handed(round_)
    task, actor = panels.tasks_of(hand)[0]
    recuse(actor=actor, case_id=hand.case_id, reason="亲属任职", at=round_.at)
    moved = panels.hand_of(task.case)
    assert moved.panel != hand.panel
    with scope(SYSTEM):
        ends = set(Task.objects.filter(hand=hand).values_list("end", flat=True))
        assert ends == {TaskEnd.CONFLICT, TaskEnd.CALLED_BACK}
    with pytest.raises(Refused, match="task_unknown"):
        recuse(actor=actor, case_id=hand.case_id, reason="亲属任职", at=round_.at)
    other = panels.tasks_of(moved)[0][1]
    recuse(actor=other, case_id=hand.case_id, reason="曾经任职", at=round_.at)
    with scope(SYSTEM):
        assert [one.pk for one in waiting_cases(draw)] == [hand.case_id]
    assert holds(draw)


def test_a_substitute_of_the_same_stream_takes_an_empty_seat(
    round_: cases.Round,
) -> None:
    draw, hand = panels.drawn(round_), panels.handed(round_)
    before = panels.tasks_of(hand)
    gone = next(task for task, _ in before if task.field == Field.FINANCE)
    pseudonym = withdraw_expert(
        actor=round_.province, draw_id=draw.pk, expert_id=gone.expert_id, reason="出国访问", at=round_.at
    )
    order = next(one["order"] for one in record_of(draw)["drawn"]["substitutes"] if one["field"] == "finance")
    assert pseudonym == order[0]
    after = {task.expert_id for task, _ in panels.tasks_of(hand)}
    assert {task.expert_id for task, _ in before} - after == {gone.expert_id}
    assert len(after) == 3
    assert holds(draw)


def test_a_panel_left_without_its_finance_expert_gives_its_cases_to_another(round_: cases.Round) -> None:
    draw, hand = panels.drawn(round_), panels.handed(round_)
    for _ in range(2):
        gone = next(task for task, _ in panels.tasks_of(hand) if task.field == Field.FINANCE)
        withdraw_expert(
            actor=round_.province, draw_id=draw.pk, expert_id=gone.expert_id, reason="出国访问", at=round_.at
        )
    assert panels.hand_of(hand.case).panel != hand.panel
    assert holds(draw)


def test_a_redraw_names_what_it_replaces_and_why(round_: cases.Round) -> None:
    before = panels.drawn(round_)
    with pytest.raises(Refused, match="draw_going_on"):
        panels.frozen(round_)
    with pytest.raises(Refused, match="panel_reason_missing"):
        panels.frozen(round_, replaces=before.pk)
    again = panels.drawn(round_, replaces=before.pk, reason="专家库补充完整后重新抽取")
    assert again.commitment != before.commitment
    assert holds(again)
    with scope(PUBLIC):
        assert Draw.objects.get(pk=before.pk).state == DrawState.REPLACED
    assert record(before)["drawn"]
    assert holds(before)
    shown = Client().get("/draws/").content.decode()
    told = (before.commitment, again.commitment, "已由重新抽取代替", "重新抽取：专家库补充完整后重新抽取")
    assert [text for text in told if text not in shown] == []
    panels.handed(round_)
    with pytest.raises(Refused, match="draw_has_cases"):
        panels.frozen(round_, replaces=again.pk, reason="结果不合意")


def test_the_record_is_opened_once_no_case_is_left(round_: cases.Round) -> None:
    draw, hand = panels.drawn(round_), panels.handed(round_)
    with pytest.raises(Refused, match="draw_has_open_cases"):
        publish_draw(actor=round_.province, draw_id=draw.pk, at=round_.at)
    assert {event["event"] for event in record(draw)["events"]} == {None}  # type: ignore[attr-defined]
    panels.answer(hand, round_.later())
    published = publish_draw(actor=round_.province, draw_id=draw.pk, at=round_.at)
    document = record(published)
    assert document["events"][0]["event"]["panels"] == [hand.panel]  # type: ignore[index]
    assert holds(published)
    document["events"][0]["event"]["panels"] = ["甲-1" if hand.panel == "甲-2" else "甲-2"]  # type: ignore[index]
    assert list(kernel.record_breaks(document))


def test_a_case_that_its_firm_withdraws_is_with_nobody_any_more(round_: cases.Round) -> None:
    draw, hand = panels.drawn(round_), panels.handed(round_)
    waiting = panels.arrived(round_, 2)
    for case in (hand.case, waiting):
        firm = round_.firms[1 if case == hand.case else 2]
        withdraw(actor=firm, case_id=case.pk, expected_version=None, reason="暂不申报", at=round_.at)
        panels.told(case, round_.at)
    assert panels.hand_of(hand.case).state == HandState.CALLED_BACK
    assert panels.tasks_of(hand) == []
    with scope(SYSTEM):
        assert waiting_cases(draw) == []
        assert Hand.objects.count() == 1
