"""纸质材料已收齐: a stage may ask that the paper has come to its office before an act counts."""

from dataclasses import replace

import pytest
from tests import cases

from tidu.applications.actions import note_papers
from tidu.applications.acts import Act
from tidu.applications.guards import lacking
from tidu.applications.models import Case, CasePapers, CaseStage
from tidu.database.scope import Actor, scope
from tidu.law.procedures import Action, Need, Stage, load
from tidu.law.refusals import Refused
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db

STAGE = load("dalian-innovative").stage("county-review")
ASKS_FOR_PAPER = replace(STAGE, needs={Action.PASS_REVIEW: (Need.PAPERS,)})


def note(actor: Actor, case: Case, state: str, words: str = "", *, is_correction: bool = False) -> None:
    note_papers(
        actor=actor,
        case_id=case.pk,
        state=state,
        lacking=words,
        body={},
        at=cases.SUBMITTED,
        is_correction=is_correction,
    )


def asked_for(case: Case, actor: Actor, stage: Stage = ASKS_FOR_PAPER) -> list[Need]:
    act = Act(Action.PASS_REVIEW, actor, cases.SUBMITTED, comment="符合条件")
    with scope(actor):
        return lacking(stage, CaseStage.objects.get(case=case, left_at=None), act)


def test_nothing_passes_until_the_office_has_all_the_paper(round_: cases.Round, case: Case) -> None:
    assert asked_for(case, round_.east) == [Need.PAPERS]
    note(round_.east, case, "incomplete", "申请材料少 1 份")
    assert asked_for(case, round_.east) == [Need.PAPERS]
    note(round_.east, case, "complete")
    assert asked_for(case, round_.east) == []


def test_paper_at_another_office_does_not_count_here(round_: cases.Round, case: Case) -> None:
    note(round_.city, case, "complete")
    assert asked_for(case, round_.east) == [Need.PAPERS]


def test_a_correction_takes_back_what_was_noted(round_: cases.Round, case: Case) -> None:
    note(round_.east, case, "complete")
    note(round_.east, case, "missing", "申请材料 2 份", is_correction=True)
    assert asked_for(case, round_.east) == [Need.PAPERS]
    with scope(round_.east):
        last = list(timeline(case.chain))[-2:]
        assert CasePapers.objects.filter(case=case).count() == 1
    said = [(entry.verb, entry.content["lacking"]) for entry in last]
    assert said == [("receive_papers", ""), ("correct_papers", "申请材料 2 份")]


def test_only_an_office_of_the_route_notes(round_: cases.Round, case: Case) -> None:
    with pytest.raises(Refused) as firm:
        note(round_.firms[1], case, "complete")
    with pytest.raises(Refused) as neighbour:
        note(round_.west, case, "complete")
    assert (firm.value.code, neighbour.value.code) == ("act_not_allowed", "case_unknown")
