"""Announcements that meet: a case is granted one title, and a firm never holds two that overlap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from tests.flows.titles.announcing import grant_for
from tests.scene import PROVINCE, open_offices, register

from tidu.database.scope import SYSTEM, scope
from tidu.enterprises.models import Firm
from tidu.law.refusals import Refused
from tidu.offices.models import Office
from tidu.records.models import Chain, Entry
from tidu.titles.models import Title

pytestmark = pytest.mark.commits

ANNOUNCERS = 8
FROM = date(2026, 1, 5)


@pytest.fixture
def province() -> Office:
    return open_offices()[PROVINCE]


@pytest.fixture
def firm(province: Office) -> Firm:
    found, _ = register(1)
    return found


def at_once(work: Callable[[int], Title]) -> list[Title | Refused]:
    """Each on a connection of its own, started together; titles or refusals."""
    barrier = Barrier(ANNOUNCERS)

    def run(number: int) -> Title | Refused:
        try:
            barrier.wait()
            return work(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(ANNOUNCERS) as pool:
        return list(pool.map(run, range(ANNOUNCERS)))


def test_a_case_announced_at_once_by_many_is_granted_one_title(firm: Firm, province: Office) -> None:
    titles = at_once(lambda _: grant_for("26001", firm, province, valid_from=FROM))
    with scope(SYSTEM):
        (title,) = Title.objects.all()
        assert titles == [title] * ANNOUNCERS
        assert Entry.objects.filter(verb="grant").count() == 1
        assert Chain.objects.filter(kind="title").count() == 1


def test_overlapping_titles_of_many_cases_are_granted_to_one(firm: Firm, province: Office) -> None:
    results = at_once(lambda number: grant_for(f"2600{number}", firm, province, valid_from=FROM))
    refused = [result for result in results if isinstance(result, Refused)]
    assert [one.code for one in refused] == ["title_overlaps"] * (ANNOUNCERS - 1)
    with scope(SYSTEM):
        assert Title.objects.count() == 1
