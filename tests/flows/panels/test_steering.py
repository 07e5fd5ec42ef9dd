"""What somebody could try at a panel, and what may go wrong there: a case moves by rule alone."""

import pytest
from tests import cases, panels

from tidu.applications.actions import withdraw
from tidu.applications.opinions import Conclusion
from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.law.identity import demonstration_code
from tidu.law.refusals import Refused
from tidu.panels.actions import (
    declare_conflict,
    dispatch_case,
    dispatch_waiting,
    draw_panels,
    moderate,
    name_conflict,
    publish_draw,
    recuse,
    release_expert,
    renew_expert_password,
    submit_opinion,
    withdraw_expert,
)
from tidu.panels.actors import actor_for_expert
from tidu.panels.enums import Field, Finding, HandState, TaskEnd
from tidu.panels.models import Draw, Expert, Hand, PoolMember, Task
from tidu.panels.queries.draws import draw_by_token, record_of
from tidu.proof import draw as kernel
from tidu.records.models import Entry
from tidu.records.queries import timeline

WORDS = "本人配偶在该企业任职甲乙"


def seated(draw: Draw) -> dict[int, str]:
    """On which panel each expert sits right after the draw."""
    with scope(SYSTEM):
        members = {one.pseudonym: one.expert_id for one in PoolMember.objects.filter(draw=draw)}
        return {
            members[seat["expert"]]: panel["id"]
            for panel in record_of(draw)["drawn"]["panels"]
            for seat in panel["members"]
        }


def test_what_an_expert_says_of_himself_stays_out_of_the_public_record_and_the_case_finds_another_panel(
    round_: cases.Round,
) -> None:
    """Both panels have a conflict, so the case waits; when one can take it again it is sent."""
    draw = panels.drawn(round_)
    hand = panels.handed(round_)
    at_other = [one for one, panel in seated(draw).items() if panel != hand.panel]
    with scope(SYSTEM):
        other = Expert.objects.select_related("account").get(pk=at_other[0])
    code = demonstration_code(1)
    declare_conflict(actor=actor_for_expert(other), uscc=code, reason=WORDS, at=round_.at)
    first, *_ = panels.tasks_of(hand)
    recuse(actor=first[1], case_id=hand.case_id, reason=WORDS, at=round_.at)
    assert panels.hand_of(hand.case).state == HandState.CALLED_BACK
    assert dispatch_case(case_id=hand.case_id, at=round_.at) is None

    withdraw_expert(
        actor=round_.province, draw_id=draw.pk, expert_id=other.pk, reason="出国访问", at=round_.at
    )
    (again,) = dispatch_waiting(actor=round_.province, draw_id=draw.pk, at=round_.at)
    assert again.panel != hand.panel
    panels.answer(again, round_.at)
    publish_draw(actor=round_.province, draw_id=draw.pk, at=round_.at)
    with scope(PUBLIC):
        record = record_of(draw_by_token(draw.chain.token))
        said = [str(entry.content) for entry in timeline(draw.chain)]
    assert not list(kernel.record_breaks(record))
    assert WORDS not in str(record)
    assert not any(WORDS in one for one in said)


def test_the_public_ledger_of_a_draw_does_not_tell_what_happened_to_whom(
    round_: cases.Round,
) -> None:
    """A firm knows when its case went on: the same moment must not name the panel in the draw's ledger."""
    draw = panels.drawn(round_)
    hand = panels.handed(round_)
    for (task, actor), truth in zip(panels.tasks_of(hand), Finding, strict=True):
        text = panels.opinion(task, truth=truth)
        submit_opinion(actor=actor, case_id=hand.case_id, text=text, at=round_.at)
    settled = {"truth": Conclusion.YES}
    act = {"actor": round_.province, "hand_id": hand.pk, "summary": "一致认为属实。", "at": round_.at}
    with pytest.raises(Refused, match="moderation_not_asked"):
        moderate(settled={**settled, "standard": Conclusion.NO}, **act)  # type: ignore[arg-type]
    moderate(settled=settled, **act)  # type: ignore[arg-type]
    with scope(round_.firms[1]):
        own = Entry.objects.filter(chain=hand.case.chain_id)
        (joined,) = [entry for entry in own if entry.verb == "join_opinion"]
        told = _said(draw)
    assert "moderated" not in joined.content
    assert set(told) == {"freeze_draw", "take_commitment", "draw_panels", "dispatch"}
    assert set(told["dispatch"]) == {"seq", "event", "request"}
    with scope(round_.province):
        told = _said(draw)
    assert {"take_opinion", "ask_to_moderate", "moderate"} <= set(told)
    assert not any(hand.panel in str(content) for verb, content in told.items() if verb != "draw_panels")


def _said(draw: Draw) -> dict[str, dict[str, object]]:
    """What the ledger of a draw says to who asks, by verb."""
    return {entry.verb: entry.content for entry in Entry.objects.filter(chain=draw.chain_id)}


def test_naming_a_conflict_moves_no_case_from_one_panel_to_another(round_: cases.Round) -> None:
    panels.drawn(round_)
    hand = panels.handed(round_)
    task, actor = panels.tasks_of(hand)[0]
    said = {"uscc": demonstration_code(1), "reason": WORDS, "at": round_.at}
    with pytest.raises(Refused, match="conflict_case_before_you"):
        declare_conflict(actor=actor, **said)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="conflict_case_in_hand"):
        name_conflict(actor=round_.province, expert_id=task.expert_id, **said)  # type: ignore[arg-type]
    assert panels.hand_of(hand.case).pk == hand.pk


def test_who_leaves_the_pool_leaves_his_panel_and_the_substitutes(round_: cases.Round) -> None:
    """Also between freeze and draw; and a case of which all who remain have answered goes on."""
    draw = panels.frozen(round_)
    panels.committed(round_, draw)
    with scope(SYSTEM):
        early = Expert.objects.filter(field=Field.INDUSTRY)[0]
    release_expert(actor=round_.province, expert_id=early.pk, reason="调离本省", at=round_.at)
    draw = draw_panels(actor=round_.province, draw_id=draw.pk, shown=panels.shown(), at=round_.at)
    hand = panels.handed(round_)
    assert early.pk not in {task.expert_id for task, _ in panels.tasks_of(hand)}
    task = next(one for one in panels.tasks_of(hand) if one[0].field == Field.INDUSTRY)[0]
    with pytest.raises(Refused, match="expert_has_cases"):
        renew_expert_password(actor=round_.province, expert_id=task.expert_id, at=round_.at)
    for other, person in panels.tasks_of(hand):
        if other.pk != task.pk:
            submit_opinion(actor=person, case_id=hand.case_id, text=panels.opinion(other), at=round_.at)
    release_expert(actor=round_.province, expert_id=task.expert_id, reason="调离本省", at=round_.at)
    with scope(SYSTEM):
        assert Task.objects.get(pk=task.pk).end == TaskEnd.REPLACED
    assert panels.hand_of(hand.case).state == HandState.JOINED
    with scope(PUBLIC):
        assert not list(kernel.record_breaks(record_of(draw_by_token(draw.chain.token))))


def test_a_case_that_left_is_not_sent_again_and_an_opinion_is_whole_with_its_consequences(
    round_: cases.Round,
) -> None:
    draw = panels.drawn(round_)
    hand = panels.handed(round_)
    actor = panels.tasks_of(hand)[0][1]
    case = cases.again(hand.case)
    withdraw(
        actor=round_.firms[1], case_id=case.pk, expected_version=case.version, reason="暂不申报", at=round_.at
    )
    recuse(actor=actor, case_id=case.pk, reason=WORDS, at=round_.at)
    with scope(SYSTEM):
        assert not Hand.objects.filter(case=case, ended_at__isnull=True).exists()
        assert Hand.objects.filter(draw=draw).count() == 1
