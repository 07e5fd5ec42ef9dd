"""How the experts of a draw judged, from opinions that are no longer blind."""

from collections import Counter

from tidu.panels.enums import Finding, HandState, TaskEnd
from tidu.panels.models import Draw, Opinion, PoolMember, Task
from tidu.panels.severity import Judged

IN = (HandState.MODERATION, HandState.JOINED)
"""All of the panel are in; before that no opinion counts, also not for figures."""


def judged_of(draw: Draw) -> list[Judged]:
    """Every opinion of the draw that is in, under its expert's pseudonym; three queries."""
    found = Opinion.objects.filter(hand__draw=draw, hand__state__in=IN)
    names = _pseudonyms(draw)
    return [
        Judged(
            expert=names[one.task.expert_id],
            case=one.task.case_id,
            findings={name: Finding(value) for name, value in one.answers.items()}
            | {each.fact: Finding(each.finding) for each in one.judgements.all()},
            took=one.at - one.task.given_at,
        )
        for one in found.select_related("task").prefetch_related("judgements")
    ]


def recused_of(draw: Draw) -> Counter[str]:
    """How many cases each expert lost by a conflict that he declared himself, by pseudonym."""
    names = _pseudonyms(draw)
    ended = Task.objects.filter(hand__draw=draw, end=TaskEnd.CONFLICT)
    return Counter(names[expert_id] for expert_id in ended.values_list("expert_id", flat=True))


def _pseudonyms(draw: Draw) -> dict[int, str]:
    return dict(PoolMember.objects.filter(draw=draw).values_list("expert_id", "pseudonym"))
