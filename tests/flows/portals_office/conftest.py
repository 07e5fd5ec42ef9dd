"""The first quarter of the invented city's notice; requests arrive when its story has come so far."""

import pytest
from django.core.cache import cache
from tests import cases


@pytest.fixture
def round_(opened_round: cases.Round, monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    """Its clock is the clock of every page: `round_.later()` moves both."""
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: opened_round.at)
    return opened_round
