"""Opinions of one case, as far as the scope may see them: an expert his own, his office once all are in."""

from django.db.models import Prefetch

from tidu.applications.opinions import Question
from tidu.panels.enums import Finding
from tidu.panels.models import Hand, Judgement, Opinion, PoolMember
from tidu.panels.tallying import Judged, Paper, Said


def opinions_of(hand: Hand) -> list[Said]:
    """Every opinion of a panel on a case, in the order of pseudonyms; three queries."""
    judgements = Prefetch("judgements", Judgement.objects.select_related("paper__file"))
    found = Opinion.objects.filter(hand=hand).select_related("task").prefetch_related(judgements)
    members = PoolMember.objects.filter(draw_id=hand.draw_id)
    names = dict(members.values_list("expert_id", "pseudonym"))
    said = [
        Said(
            expert=names[one.task.expert_id],
            answers={question: Finding(one.answers[question.value]) for question in Question},
            judged={
                each.fact: Judged(Finding(each.finding), each.reason, each.page, _paper(each))
                for each in one.judgements.all()
            },
            comment=one.comment,
        )
        for one in found
    ]
    return sorted(said, key=lambda one: one.expert)


def _paper(judgement: Judgement) -> Paper | None:
    seen = judgement.paper
    return None if seen is None else Paper(seen.pk, seen.name, seen.file.pages)
