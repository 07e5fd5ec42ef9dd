"""A firm's case that the eastern district has, in a round that asks for paper by a hard deadline."""

import pytest
from tests import cases, papers

from tidu.applications.models import Case


@pytest.fixture
def round_(db: None) -> cases.Round:
    return papers.open_round()


@pytest.fixture
def case(round_: cases.Round) -> Case:
    return cases.submitted(round_)
