"""The table of actions: nothing ambiguous, nothing stuck, every end an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.law import procedures
from tidu.law.procedures import ACTIONS, MOVES, TERMINAL, Action, Kind, Position, Procedure, Status
from tidu.law.procedures.diagram import reachable
from tidu.law.procedures.model import DRAFT
from tidu.law.refusals import Refused, sentence

DALIAN = procedures.load("dalian-innovative")
GIANT = procedures.load("shili-little-giant-2026")


def test_each_status_stage_and_action_has_one_row_at_most() -> None:
    keys = [(move.status, move.kind, move.action) for move in MOVES]
    assert len(keys) == len(set(keys))


def test_every_action_of_the_table_has_a_name_and_a_row() -> None:
    assert set(ACTIONS) == set(Action) == {move.action for move in MOVES}


@pytest.mark.parametrize("status", sorted(TERMINAL))
def test_nothing_happens_to_a_case_that_has_ended(status: Status) -> None:
    assert not [move for move in MOVES if move.status is status]


def test_a_firm_may_withdraw_until_recognition() -> None:
    waiting = {(move.status, move.kind) for move in MOVES}
    withdrawable = {(move.status, move.kind) for move in MOVES if move.action is Action.WITHDRAW}
    assert withdrawable == waiting


def test_an_offices_list_is_made_only_at_the_stage_that_makes_it() -> None:
    batch = {(move.kind, move.action) for move in MOVES if ACTIONS[move.action].batch}
    assert batch == {
        (Kind.RECOMMEND, Action.RECOMMEND),
        (Kind.PUBLICITY, Action.LIST),
        (Kind.PUBLICITY, Action.CLEAR),
        (Kind.REPORT, Action.REPORT),
        (Kind.ANNOUNCE, Action.ANNOUNCE),
    }


@pytest.mark.parametrize("procedure", [DALIAN, GIANT], ids=lambda procedure: procedure.id)
def test_every_reachable_position_that_is_no_end_has_a_way_on(procedure: Procedure) -> None:
    stuck = [p for p in reachable(procedure) if p.status not in TERMINAL and not procedure.actions_at(p)]
    assert stuck == []


def test_experts_advise_and_no_office_decides_while_they_have_the_case() -> None:
    """第十条：专家对照认定标准审核；决定仍由主管部门作出。"""
    with_experts = Position("panel", Status.IN_REVIEW)
    assert GIANT.actions_at(with_experts) == (Action.JOIN_OPINION, Action.WITHDRAW)
    assert ACTIONS[Action.JOIN_OPINION].by == "system"
    assert GIANT.move(with_experts, Action.JOIN_OPINION) == Position("province-review", Status.IN_REVIEW)
    assert procedures.status_label(Status.IN_REVIEW, Kind.PANEL) == "专家评审中"


@given(st.lists(st.sampled_from(Action), max_size=40))
def test_whatever_is_tried_a_case_stands_where_the_procedure_knows_it(tried: list[Action]) -> None:
    position = DRAFT
    known = reachable(DALIAN)
    for action in tried:
        possible = DALIAN.actions_at(position)
        if action in possible:
            position = DALIAN.move(position, action)
            assert position in known
        else:
            with pytest.raises(Refused, match="action_not_possible"):
                DALIAN.move(position, action)


def test_what_is_not_possible_is_refused_with_what_is() -> None:
    with pytest.raises(Refused) as refused:
        DALIAN.move(Position("county-review", Status.RETURNED), Action.PASS_REVIEW)
    assert sentence(refused.value) == (
        "本件当前为“退回补正”，不能“审核通过”。现在可以办理的是：补正后提交、不予通过、逾期终止、撤回。请刷新页面后再办。"
    )


def test_a_case_that_ends_stays_with_the_stage_where_it_ended() -> None:
    refused = DALIAN.move(Position("city-review", Status.IN_REVIEW), Action.REFUSE)
    assert refused == Position("city-review", Status.NOT_RECOGNISED)


def test_a_waiting_case_is_named_after_what_it_waits_for() -> None:
    labels = {kind: procedures.status_label(Status.PASSED, kind) for kind in Kind}
    assert labels == {
        Kind.REVIEW: "审核通过",
        Kind.PANEL: "审核通过",
        Kind.RECOMMEND: "待推荐",
        Kind.PUBLICITY: "待公示",
        Kind.REPORT: "待上报",
        Kind.ANNOUNCE: "待公告",
    }
