"""An expert is told once before the time for opinions ends and once when it has, of all cases at once."""

from datetime import datetime, timedelta

from tests import cases, panels

from tidu.aftermath.actions import follow_all, remind_of_opinions
from tidu.database.scope import SYSTEM, scope
from tidu.messages.models import Message
from tidu.messages.queries import inbox


def told(at: datetime) -> list[Message]:
    """What was sent in the morning of this moment, to offices first."""
    before = seen()
    remind_of_opinions(at=at)
    remind_of_opinions(at=at)
    follow_all(at)
    with scope(SYSTEM):
        new = Message.objects.exclude(pk__in=before).filter(entry__verb__in=("remind_expert", "note_overdue"))
        return list(new.select_related("expert__account", "office").order_by("office_id", "expert__number"))


def seen() -> list[int]:
    with scope(SYSTEM):
        return list(Message.objects.values_list("pk", flat=True))


def test_each_expert_is_told_once_before_and_once_after_and_the_office_once(round_: cases.Round) -> None:
    panels.drawn(round_, divisions=(panels.DIVISION,), days=7)
    hands = [panels.handed(round_, number) for number in (1, 2, 3)]
    due = hands[0].due_at
    assert told(due - timedelta(days=2, minutes=1)) == []
    seats = {task.expert_id: actor for hand in hands for task, actor in panels.tasks_of(hand)}
    soon = told(due - timedelta(days=2))
    assert [message.expert_id for message in soon] == sorted(seats)
    assert "日 24:00 截止" in soon[0].subject
    assert told(due - timedelta(days=1)) == []
    for message in soon:
        with scope(seats[message.expert_id or 0]):
            assert [one.pk for one in inbox(seats[message.expert_id or 0])] == [message.pk]
            assert Message.objects.count() == 1, "another expert's reminder is not in sight"
    panels.answer(hands[0], due)
    over = told(due)
    waiting = {task.expert_id for hand in hands[1:] for task, _ in panels.tasks_of(hand)}
    office, *experts = over
    assert {message.expert_id for message in experts} == waiting
    assert office.office_id == round_.province.office_id
    assert f"{len(waiting)} 位专家、2 件" in office.subject
    assert "其中已过期限" in experts[0].body
    assert told(due + timedelta(days=1)) == []
