"""Every public list costs the same for one row and for fifty."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from tests import cases, scene
from tests.flows.portals_public.conftest import stand_at
from tests.flows.publicity.publishing import announced, publish
from tests.flows.publicity.shortcut import placed_at_announcement, placed_at_publicity

from tidu.applications.models import Case

ONE, REST = range(1, 2), range(2, 51)


def publish_each(round_: cases.Round, numbers: Sequence[int]) -> list[object]:
    return [publish(round_, [case]) for case in placed_at_publicity(round_, numbers)]


def announce_each(round_: cases.Round, numbers: Sequence[int]) -> list[object]:
    waiting = zip(numbers, placed_at_announcement(round_, numbers), strict=True)
    return [announced(round_, [case], number=f"示省工信公告〔2026〕{number}号") for number, case in waiting]


@pytest.mark.parametrize(
    ("address", "make"), [("/publicity/", publish_each), ("/announcements/", announce_each)]
)
def test_lists_and_announcements(
    round_: cases.Round,
    visitor: Client,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    make: Callable[[cases.Round, Sequence[int]], object],
) -> None:
    make(round_, ONE)
    stand_at(monkeypatch, round_.at + timedelta(hours=1))
    for_one = scene.queries_of(visitor, address)
    make(round_, REST)
    assert scene.queries_of(visitor, address) == for_one <= scene.MOST_QUERIES
    assert visitor.get(address).context["rows"].paginator.count == 50


def test_one_announcement_with_its_firms(round_: cases.Round, visitor: Client) -> None:
    def page(firms: Sequence[Case], number: str) -> str:
        return f"/announcements/{announced(round_, firms, number=number).token}/"

    short = page(placed_at_announcement(round_, ONE), "示省工信公告〔2026〕1号")
    long = page(placed_at_announcement(round_, REST), "示省工信公告〔2026〕2号")
    assert scene.queries_of(visitor, long) == scene.queries_of(visitor, short) <= scene.MOST_QUERIES
    assert visitor.get(long).context["rows"].paginator.count == 49
