"""An expert from the sheet to the pool: entered, invited, confirmed, undertakings signed, conflicts said."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests import pool, scene

from tidu.database.scope import Actor, scope
from tidu.law.calendars import legal_day
from tidu.law.identity import demonstration_code
from tidu.law.refusals import Refused
from tidu.offices.actions import open_post
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_id
from tidu.panels.actions import (
    accept_invitation,
    declare_conflict,
    decline_invitation,
    enter_experts,
    invite_expert,
    name_conflict,
    note_conduct,
    release_expert,
    renew_expert_password,
    sign_undertakings,
    stay_away,
)
from tidu.panels.enums import ExpertState, Field, Ground
from tidu.panels.models import Conflict, Expert
from tidu.panels.queries import experts, find_expert, has_signed
from tidu.panels.queries.experts import drawable
from tidu.panels.undertakings import current_digests
from tidu.records.queries import thaw, timeline

AT = scene.AT
TODAY = legal_day(AT)


def drawn_from(office: Actor) -> list[str]:
    with scope(office):
        return [one.number for one in drawable(office.office_id or 0, on=TODAY)]


def test_a_sheet_is_entered_whole_with_numbers_in_its_order(province: Actor) -> None:
    pool.entered(province, [pool.row(1), pool.row(2, Field.FINANCE)])
    pool.entered(province, [pool.row(3)])
    with scope(province):
        assert [(one.number, one.name) for one in experts(province)] == [
            ("E0001", "示例专家01"),
            ("E0002", "示例专家02"),
            ("E0003", "示例专家03"),
        ]
        assert [one.number for one in experts(province, field=Field.FINANCE)] == ["E0002"]
        assert [one.number for one in experts(province, search="第3研究所")] == ["E0003"]


def test_nobody_is_entered_twice_and_then_nobody_of_the_sheet(province: Actor, expert: Expert) -> None:
    with pytest.raises(Refused, match="expert_list_not_right") as refused:
        pool.entered(province, [pool.row(2), pool.row(1)])
    assert "E0001" in str(refused.value.values["why"])
    with scope(province):
        assert experts(province).count() == 1


def test_who_has_left_is_entered_anew(province: Actor, expert: Expert) -> None:
    for _ in range(2):
        release_expert(actor=province, expert_id=expert.pk, reason="调离本省", at=AT)
    assert [one.number for one in pool.entered(province, [pool.row(1)])] == ["E0002"]


def test_only_who_confirmed_and_signed_is_drawn(province: Actor, expert: Expert) -> None:
    actor = pool.invited(province, expert)
    assert drawn_from(province) == []
    accept_invitation(actor=actor, at=AT)
    assert drawn_from(province) == []
    sign_undertakings(actor=actor, digests=current_digests(), at=AT)
    assert drawn_from(province) == ["E0001"]
    with scope(actor):
        known = find_expert(actor.account_id or 0)
        assert known
        assert has_signed(known)


def test_what_was_signed_stands_in_the_experts_ledger_word_for_word(province: Actor, expert: Expert) -> None:
    actor = pool.confirmed(province, expert)
    for _ in range(2):
        sign_undertakings(actor=actor, digests=current_digests(), at=AT)
    with scope(actor):
        (signed,) = (entry for entry in timeline(expert.chain) if entry.verb == "sign_undertakings")
        words = thaw(signed.snapshot_id or "")
        assert words["avoidance"]["text"].startswith("本人与所评审企业")
        assert len(words) == 3
        assert all(expert.name not in str(entry.content) for entry in timeline(expert.chain))


def test_part_of_the_undertakings_or_an_older_wording_is_not_signed(province: Actor, expert: Expert) -> None:
    actor = pool.confirmed(province, expert)
    with pytest.raises(Refused, match="undertakings_changed"):
        sign_undertakings(actor=actor, digests=sorted(current_digests())[1:], at=AT)
    assert drawn_from(province) == []


def test_who_declines_says_why_and_answers_once(province: Actor, expert: Expert) -> None:
    actor = pool.invited(province, expert)
    with pytest.raises(Refused, match="panel_reason_missing"):
        decline_invitation(actor=actor, reason=" ", at=AT)
    assert decline_invitation(actor=actor, reason="出国访问", at=AT).state == ExpertState.DECLINED
    with pytest.raises(Refused, match="expert_answered_before"):
        accept_invitation(actor=actor, at=AT)
    with pytest.raises(Refused, match="expert_not_confirmed"):
        sign_undertakings(actor=actor, digests=current_digests(), at=AT)


def test_who_is_away_who_left_and_who_holds_a_post_is_not_drawn(province: Actor) -> None:
    away, gone, officer, present = pool.entered(province, [pool.row(n) for n in range(1, 5)])
    actors = [pool.ready(province, one) for one in (away, gone, officer, present)]
    stay_away(actor=actors[0], until=TODAY, at=AT)
    release_expert(actor=province, expert_id=gone.pk, reason="本人申请", at=AT)
    administrator = scene.office_actor(scene.PROVINCE, Role.ADMINISTRATOR, "accounts")
    with scope(administrator):
        officer.refresh_from_db()
        assert officer.account
        office = office_by_id(province.office_id or 0)
        open_post(actor=administrator, office=office, account=officer.account, role=Role.CLERK, at=AT)
    assert drawn_from(province) == [present.number]
    stay_away(actor=actors[0], until=None, at=AT)
    assert drawn_from(province) == [away.number, present.number]
    with pytest.raises(Refused, match="expert_away_in_the_past"):
        stay_away(actor=actors[0], until=TODAY - timedelta(days=1), at=AT)


def test_who_has_left_acts_no_more(province: Actor, expert: Expert) -> None:
    actor = pool.ready(province, expert)
    release_expert(actor=province, expert_id=expert.pk, reason="调离本省", at=AT)
    with pytest.raises(Refused, match="expert_needed"):
        stay_away(actor=actor, until=None, at=AT)


def test_an_expert_is_invited_once_and_gets_another_password(province: Actor, expert: Expert) -> None:
    with pytest.raises(Refused, match="expert_not_invited"):
        renew_expert_password(actor=province, expert_id=expert.pk, at=AT)
    pool.invited(province, expert)
    assert renew_expert_password(actor=province, expert_id=expert.pk, at=AT)
    with pytest.raises(Refused, match="expert_invited_before"):
        invite_expert(actor=province, expert_id=expert.pk, username="again", at=AT)


def test_expert_and_office_each_say_a_conflict_once(province: Actor, expert: Expert) -> None:
    scene.register(1)
    actor, code = pool.confirmed(province, expert), demonstration_code(1)
    for _ in range(2):
        declare_conflict(actor=actor, uscc=code, reason="亲属任职", at=AT)
    name_conflict(actor=province, expert_id=expert.pk, uscc=code.lower(), reason="企业反映", at=AT)
    with pytest.raises(Refused, match="firm_unknown"):
        declare_conflict(actor=actor, uscc=demonstration_code(99), reason="亲属任职", at=AT)
    with scope(province):
        assert list(Conflict.objects.values_list("ground", "office")) == [
            (Ground.DECLARED, None),
            (Ground.NAMED, province.office_id),
        ]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_the_pool_is_kept_by_case_workers(province: Actor, expert: Expert, role: Role) -> None:
    other = scene.office_actor(scene.PROVINCE, role, "another")
    acts: list[Callable[[], object]] = [
        lambda: enter_experts(actor=other, rows=[pool.row(2)], at=AT),
        lambda: note_conduct(actor=other, expert_id=expert.pk, text="按时", at=AT),
    ]
    for act in acts:
        with pytest.raises(Refused, match="panel_act_not_allowed"):
            act()


def test_another_office_does_not_touch_the_pool(province: Actor, expert: Expert) -> None:
    city = scene.office_actor(scene.CITY, Role.LEADER, "city-signs")
    with pytest.raises(Refused, match="expert_unknown"):
        release_expert(actor=city, expert_id=expert.pk, reason="无", at=AT)
    assert note_conduct(actor=province, expert_id=expert.pk, text=" 按时 ", at=AT).text == "按时"
