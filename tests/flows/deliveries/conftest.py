"""A firm's case that the eastern district has, in a round that asks for paper by a hard deadline."""

from tests import cases, papers
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case


@beginning
def round_() -> cases.Round:
    return papers.open_round()


@beginning
def case(round_: cases.Round) -> Case:
    return cases.submitted(round_)
