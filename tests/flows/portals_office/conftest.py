"""The first quarter of the invented city's notice; requests arrive when its story has come so far."""

from datetime import datetime

import pytest
from django.core.cache import cache
from tests import cases


@pytest.fixture
def round_(db: None, monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    """Its clock is the clock of every page: `round_.later()` moves both."""
    cache.clear()
    opened = cases.open_round()

    def now() -> datetime:
        return opened.at

    monkeypatch.setattr("django.utils.timezone.now", now)
    return opened
