"""Fifty hands on one case at the same moment: exactly one act happens, the others are told that it did."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.journeys.city import City, moment, open_city

from tidu.applications import actions
from tidu.applications.models import Case, CaseField, CaseStage, Snapshot
from tidu.database.scope import SYSTEM, scope
from tidu.law.refusals import Refused
from tidu.records.models import Entry

pytestmark = pytest.mark.commits

HANDS = 50
AT = moment("2026-03-16 09:00")


@pytest.fixture
def city() -> City:
    return open_city()


def at_once(work: Callable[[int], object]) -> Counter[str]:
    """How the fifty ended: "done", or the code of the refusal."""
    barrier = Barrier(HANDS)

    def run(number: int) -> str:
        try:
            barrier.wait()
            work(number)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        return Counter(pool.map(run, range(HANDS)))


def test_fifty_submits_of_one_application_are_one_submission(city: City) -> None:
    firm = city.firm(1)
    case = city.fill(1, 1, "2026-03-16 09:00")
    ended = at_once(
        lambda _: actions.submit(actor=firm, case_id=case.pk, expected_version=1, declared=True, at=AT)
    )
    assert ended == {"done": 1, "case_moved": HANDS - 1}
    with scope(SYSTEM):
        assert Entry.objects.filter(chain=case.chain, verb="submit").count() == 1
        assert Snapshot.objects.filter(case=case).count() == 1
        assert CaseStage.objects.filter(case=case).count() == 1


def test_fifty_opened_applications_of_one_firm_are_one_case(city: City) -> None:
    firm = city.firm(1)
    assert firm.firm_id is not None
    firm_id, batch_id = firm.firm_id, city.batches[0].pk
    ended = at_once(
        lambda _: actions.open_case(actor=firm, firm_id=firm_id, batch_id=batch_id, kind="new", at=AT)
    )
    assert ended == {"done": 1, "case_already_open": HANDS - 1}
    with scope(SYSTEM):
        assert Case.objects.count() == 1


def test_of_fifty_decisions_on_one_case_one_counts(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=AT)
    city.check_credit(city.east, case, "2026-03-16 10:00")
    version = city.now(case).version

    def decide(number: int) -> object:
        act = actions.pass_review if number % 2 else actions.refuse
        return act(actor=city.east, case_id=case.pk, expected_version=version, comment=f"意见{number}", at=AT)

    assert at_once(decide) == {"done": 1, "case_moved": HANDS - 1}
    with scope(SYSTEM):
        decided = Entry.objects.filter(chain=case.chain, verb__in=["pass_review", "refuse"])
        assert decided.count() == 1
        assert city.now(case).version == version + 1


def test_of_fifty_tabs_saving_one_field_one_wins_and_the_rest_see_both_values(city: City) -> None:
    firm = city.firm(1)
    assert firm.firm_id is not None
    case = actions.open_case(actor=firm, firm_id=firm.firm_id, batch_id=city.batches[0].pk, kind="new", at=AT)
    ended = at_once(
        lambda number: actions.save_field(
            actor=firm,
            case_id=case.pk,
            fact="revenue",
            period=2025,
            raw=str(1000 + number),
            expected_version=1,
            at=AT,
        )
    )
    assert ended == {"done": 1, "field_moved": HANDS - 1}
    with scope(SYSTEM):
        assert CaseField.objects.get(case=case, fact="revenue", period=2025).version == 2


def test_two_letters_never_carry_the_same_case(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.review(city.east, case, "2026-03-17 09:00")
    version = city.now(case).version
    letters = [city.letter(city.east, "2026-04-01 09:00") for _ in range(HANDS)]
    ended = at_once(
        lambda number: actions.recommend(
            actor=city.east,
            batch_id=case.batch_id,
            case_versions={case.pk: version},
            letter=letters[number],
            at=moment("2026-04-01 10:00"),
        )
    )
    assert ended == {"done": 1, "case_moved": HANDS - 1}
    with scope(SYSTEM):
        assert CaseStage.objects.filter(case=case, letter__isnull=False).count() == 1
