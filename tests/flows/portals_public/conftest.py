"""A notice, a list that is open now, and whoever looks at it: nobody is logged in."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests import cases
from tests.flows.publicity.publishing import publish

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


@pytest.fixture
def waiting(round_: cases.Round) -> list[Case]:
    return cases.to_publicity(round_, (1, 2))


@pytest.fixture
def listed(round_: cases.Round, waiting: list[Case], monkeypatch: pytest.MonkeyPatch) -> PublicityList:
    """Two firms of the eastern district, published by the city a moment ago."""
    published = publish(round_, waiting)
    stand_at(monkeypatch, round_.at + timedelta(hours=1))
    return published


def stand_at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The clock of the pages stands at a moment."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now.astimezone(UTC))


def text_of(response: Any) -> str:
    return str(response.content.decode())
