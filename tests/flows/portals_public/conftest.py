"""A notice, a list that is open now, and whoever looks at it: nobody is logged in."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests import cases
from tests.flows.publicity.publishing import publish
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.publicity.models import PublicityList


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Nobody has asked for anything within the last hour."""
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round


@beginning
def waiting(opened_round: cases.Round) -> list[Case]:
    return cases.to_publicity(opened_round, (1, 2))


@beginning
def published(opened_round: cases.Round, waiting: list[Case]) -> PublicityList:
    """Two firms of the eastern district, on the city's list."""
    return publish(opened_round, waiting)


@pytest.fixture
def listed(round_: cases.Round, published: PublicityList, monkeypatch: pytest.MonkeyPatch) -> PublicityList:
    """Published a moment ago."""
    stand_at(monkeypatch, round_.at + timedelta(hours=1))
    return published


def stand_at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The clock of the pages stands at a moment."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now.astimezone(UTC))


def text_of(response: Any) -> str:
    return str(response.content.decode())
