"""The form of a draw: a public draw whole or not at all, further divisions with the seats of the first."""

from tidu.portals.office.drawforms import FreezeForm
from tidu.proof.draw import Division, NumberForm, PublicDraw

SAID = {
    "where": "1:panel",
    "panels": "2",
    "industry": "2",
    "finance": "1",
    "technology": "0",
    "property": "0",
}
SAID |= {"overseer": "示例省监督单位", "mode": "instant", "cap": "40", "days": "7"}
LOTTERY = {
    "lottery_name": "示例体彩 第26135期",
    "lottery_date": "2026-12-01",
    "lottery_numbers": "35选5 + 12选2",
}
SEATS = {"industry": 2, "finance": 1}


def test_a_public_draw_and_further_divisions_become_the_plan() -> None:
    form = FreezeForm(SAID | LOTTERY | {"divisions": "材料 3 30、31"})
    assert form.is_valid(), form.errors
    plan = form.plan(None)
    numbers = (NumberForm(5, 1, 35), NumberForm(2, 1, 12))
    assert plan.public_draw == PublicDraw("示例体彩 第26135期", "2026-12-01", numbers)
    assert plan.divisions == (Division("甲", 2, SEATS), Division("材料", 3, SEATS, ("30", "31")))
    assert plan.witnesses == []


def test_without_one_there_is_none() -> None:
    form = FreezeForm(SAID | {"witnesses": "示例省公证处"})
    assert form.is_valid(), form.errors
    assert form.plan(None).public_draw is None


def test_half_a_public_draw_and_unreadable_lines_are_refused_at_their_fields() -> None:
    half = FreezeForm(SAID | {"lottery_name": "示例体彩 第26135期"})
    assert "请补全，或者都不填" in str(half.errors["lottery_name"])
    form = FreezeForm(SAID | LOTTERY | {"lottery_numbers": "五个数", "divisions": "材料"})
    assert set(form.errors) == {"lottery_numbers", "divisions"}
