"""催办: told once, recorded, and left alone for twelve hours of legal time, whoever urges."""

from datetime import timedelta

import pytest
from tests import cases, scene
from tests.flows.applications.unfinished import draft, returned

from tidu.aftermath.actions import follow_all
from tidu.applications.actions import urge_firms, urge_offices
from tidu.applications.actions.urging import Urged
from tidu.applications.models import Case, Reminder, ReminderTarget
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused, sentence
from tidu.messages.models import Message
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

HOURS = timedelta(hours=1)


def urge(round_: cases.Round, *chosen: Case, actor: Actor | None = None, comment: str = "") -> Urged:
    return urge_firms(
        actor=actor or round_.city,
        batch_id=round_.batch.pk,
        case_ids=[case.pk for case in chosen],
        comment=comment,
        at=round_.at,
    )


def urge_districts(round_: cases.Round, *districts: Actor, actor: Actor | None = None) -> Urged:
    return urge_offices(
        actor=actor or round_.city,
        batch_id=round_.batch.pk,
        office_ids=[one.office_id or 0 for one in districts],
        comment="请于今日办结。",
        at=round_.at,
    )


def told() -> dict[str, str]:
    with scope(SYSTEM):
        messages = Message.objects.filter(entry__chain__kind="reminder").select_related("firm", "office")
        return {str(one.firm or one.office): f"{one.subject} {one.body}" for one in messages}


def test_each_firm_is_told_what_is_left_and_until_when(round_: cases.Round) -> None:
    urged = urge(round_, draft(round_, 1), returned(round_, 2), comment="请先上传审计报告。")
    follow_all(round_.at)

    assert (urged.told, urged.left_alone) == (2, 0)
    assert set(told()) == {"示例第1精密制造有限公司", "示例第2精密制造有限公司"}
    assert "尚未提交，截止 2026年3月31日 24:00" in told()["示例第1精密制造有限公司"]
    assert "尚未按要求补正" in told()["示例第2精密制造有限公司"]
    assert "请先上传审计报告。" in told()["示例第2精密制造有限公司"]


def test_urging_is_one_entry_of_a_ledger_of_its_own(round_: cases.Round) -> None:
    case = draft(round_, 1)
    reminder = urge(round_, case).reminder

    with scope(round_.city):
        entry = Entry.objects.get(chain=reminder.chain)
        assert (entry.verb, entry.content["cases"], entry.at) == ("urge_firms", [case.pk], round_.at)


def test_a_firm_is_left_alone_for_twelve_hours_whoever_urges(round_: cases.Round) -> None:
    case = draft(round_, 1)
    urge(round_, case)
    urged_at = round_.at

    round_.at = urged_at + 12 * HOURS - timedelta(seconds=1)
    with pytest.raises(Refused) as caught:
        urge(round_, case, actor=round_.east)
    assert "12 小时内已经催办过" in sentence(caught.value)

    round_.at = urged_at + 12 * HOURS
    assert urge(round_, case, actor=round_.east).told == 1


def test_those_urged_before_are_passed_over_and_the_others_are_told(round_: cases.Round) -> None:
    first, second = draft(round_, 1), draft(round_, 2)
    urge(round_, first)

    again = urge(round_, first, second)

    assert (again.told, again.left_alone) == (1, 1)


def test_a_firm_of_another_area_cannot_be_urged(round_: cases.Round) -> None:
    case = draft(round_, 1, area_code=scene.WEST)

    with pytest.raises(Refused, match="nobody_to_urge"):
        urge(round_, case, actor=round_.east)


def test_who_has_submitted_is_not_urged(round_: cases.Round) -> None:
    with pytest.raises(Refused, match="nobody_to_urge"):
        urge(round_, cases.submitted(round_, 1))


def test_an_office_is_told_how_much_lies_with_it(round_: cases.Round) -> None:
    cases.submitted(round_, 1)
    returned(round_, 2)

    urge_districts(round_, round_.east)
    follow_all(round_.at)

    (message,) = told().values()
    assert "2026年度第一批创新型中小企业还有 1 件待审核" in message or "还有 1 件待审核" in message
    assert "待企业补正 1 件" in message
    assert "2026年4月10日 24:00" in message


def test_offices_beside_and_above_are_not_urged(round_: cases.Round) -> None:
    for actor, target in ((round_.east, round_.west), (round_.east, round_.city), (round_.city, round_.city)):
        with pytest.raises(Refused, match="nobody_to_urge"):
            urge_districts(round_, target, actor=actor)


def test_neither_a_neighbour_nor_another_firm_learns_who_was_urged(round_: cases.Round) -> None:
    urge(round_, draft(round_, 1))
    urge_districts(round_, round_.east)

    for actor in (round_.west, scene.firm_actor(2)):
        with scope(actor):
            assert not ReminderTarget.objects.exists()
            assert not Reminder.objects.exists()
    with scope(round_.firms[1]):
        assert ReminderTarget.objects.count() == 1
        assert not Entry.objects.filter(chain__kind="reminder").exists()


def test_a_firm_that_submits_before_the_message_goes_out_is_not_troubled(round_: cases.Round) -> None:
    case = draft(round_, 1)
    urge(round_, case)
    with scope(SYSTEM):
        Case.objects.filter(pk=case.pk).update(status="withdrawn", withdrawn_at=round_.at)

    follow_all(round_.at)

    assert told() == {}
