"""The first quarter of 示例市's notice."""

import pytest
from tests import cases


@pytest.fixture
def round_(opened_round: cases.Round) -> cases.Round:
    return opened_round
