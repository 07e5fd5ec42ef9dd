"""A panel's opinion comes in while its firm withdraws: neither happens twice, nor one after the end."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.journeys.city import moment
from tests.journeys.province import Province, open_province

from tidu.applications import actions
from tidu.applications.models import CaseStage, Snapshot
from tidu.applications.opinions import Answer, Conclusion, PanelOpinion, Question, Tally
from tidu.database.scope import SYSTEM, scope
from tidu.law.refusals import Refused
from tidu.records.models import Entry

pytestmark = pytest.mark.commits

HANDS = 10
AT = moment("2026-05-20 16:00")
OPINION = PanelOpinion(
    draw="2026-0001",
    panel="甲-2",
    experts=("e3b0c44298fc", "1c149afbf4c8", "996fb92427ae"),
    answers=tuple(Answer(question, Conclusion.YES, Tally(3, 0)) for question in Question),
)


@pytest.fixture
def province() -> Province:
    return open_province()


def test_an_opinion_joins_once_or_comes_too_late(province: Province) -> None:
    case = province.enter_giant(1, "2026-04-25 09:00")
    province.to_panel(case, "2026-05-12 10:00")
    _, firm = province.firms[1]
    barrier = Barrier(HANDS)

    def act(number: int) -> str:
        try:
            barrier.wait()
            if number % 2:
                actions.join_opinion(actor=SYSTEM, case_id=case.pk, opinion=OPINION, at=AT)
            else:
                actions.withdraw(actor=firm, case_id=case.pk, expected_version=None, reason="材料有误", at=AT)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "joined" if number % 2 else "withdrawn"

    with ThreadPoolExecutor(HANDS) as pool:
        ended = Counter(pool.map(act, range(HANDS)))
    with scope(SYSTEM):
        verbs = Entry.objects.filter(chain=case.chain, verb__in=["join_opinion", "withdraw"])
        done = list(verbs.values_list("verb", flat=True))
        opinions = Snapshot.objects.filter(case=case, kind="opinion").count()
        opined = CaseStage.objects.filter(case=case, outcome="opined").count()
    joined = done.count("join_opinion")
    # a firm may still withdraw from the stage that follows
    assert done in (["withdraw"], ["join_opinion", "withdraw"])
    assert (ended["joined"], ended["withdrawn"]) == (joined, 1)
    assert opinions == opined == joined
    assert province.status(case) == "withdrawn"
