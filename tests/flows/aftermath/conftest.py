"""The first quarter of 示例市's notice."""

import pytest
from tests import cases


@pytest.fixture
def round_(db: None) -> cases.Round:
    return cases.open_round()
