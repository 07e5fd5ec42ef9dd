"""实地抽查: a share of the office's cases is drawn, and anyone can draw it again from the record."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from tests import cases, rounds, scene
from tests.flows.publicity.publishing import announced, period_over, publish

from tidu.applications.actions import pass_review, receive
from tidu.applications.enums import InspectionState
from tidu.applications.models import Case
from tidu.applications.queries import open_stage
from tidu.applications.routing import levels_of
from tidu.database.scope import Actor, scope
from tidu.inspections.actions import draw_sample
from tidu.inspections.actions.sampling import LONGEST_SEED, read_rate
from tidu.inspections.models import Sample
from tidu.inspections.queries import planned_inspections, sample_record, samples
from tidu.law.refusals import Refused
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_code
from tidu.proof.documents import document_breaks
from tidu.proof.sample import draw
from tidu.publicity.actions import close_list
from tidu.records.queries import timeline

STAGE = "county-review"


def received(round_: cases.Round, numbers: range, *, area_code: str = scene.EAST) -> list[Case]:
    office = round_.east if area_code == scene.EAST else round_.west
    found = [cases.submitted(round_, number, area_code=area_code) for number in numbers]
    return [receive(actor=office, case_id=case.pk, expected_version=None, at=round_.at) for case in found]


def drawn(
    round_: cases.Round,
    rate: str = "40",
    *,
    actor: Actor | None = None,
    seed: str | None = None,
    stage: str = STAGE,
) -> Sample:
    return draw_sample(
        actor=actor or round_.east,
        batch_id=round_.batch.pk,
        stage=stage,
        rate_percent=rate,
        seed=seed,
        at=round_.at,
    )


def numbers_of(actor: Actor) -> set[str]:
    with scope(actor):
        return {inspection.case.number for inspection in planned_inspections(actor)}


def test_two_in_five_are_drawn_and_planned(round_: cases.Round) -> None:
    found = received(round_, range(1, 5))
    sample = drawn(round_)
    assert (sample.population_count, sample.drawn_count, sample.rate_percent) == (4, 2, Decimal("40.00"))
    planned = numbers_of(round_.east)
    with scope(round_.east):
        states = {case.number: open_stage(case).inspection for case in found}  # type: ignore[union-attr]
    assert states == {
        case.number: InspectionState.PLANNED if case.number in planned else InspectionState.SPARED
        for case in found
    }
    assert len(planned) == 2


def test_only_cases_of_the_own_office_take_part(round_: cases.Round) -> None:
    mine = received(round_, range(1, 2))
    received(round_, range(2, 4), area_code=scene.WEST)
    sample = drawn(round_, "100")
    assert sample.population_count == 1
    assert numbers_of(round_.east) == {mine[0].number}


def test_the_record_is_drawn_again_by_anyone_who_has_it(round_: cases.Round) -> None:
    found = received(round_, range(1, 5))
    sample = drawn(round_)
    with scope(round_.east):
        record = json.loads(sample_record(sample.pk))
    assert document_breaks(record) == []
    assert record["population"] == sorted(case.number for case in found)
    assert set(record["drawn"]) == numbers_of(round_.east)
    assert record["purpose"] == {
        "office": "示例东区科技和工业信息化局",
        "batch": "关于做好2026年度创新型中小企业申报和复核工作的通知 2026年度第一批",
        "stage": "区级审核",
    }


def test_the_seed_of_a_public_draw_is_part_of_the_seed(round_: cases.Round) -> None:
    received(round_, range(1, 5))
    sample = drawn(round_, seed="2026-03-16 开奖号码 03 11 17")
    given, _, chance = sample.seed.partition("|")
    assert (given, len(chance), sample.seed_was_given) == ("2026-03-16 开奖号码 03 11 17", 22, True)
    with scope(round_.east):
        (entry,) = timeline(sample.chain)
        assert (entry.verb, entry.content["seed"], entry.snapshot_id) == (
            "draw_sample",
            sample.seed,
            sample.digest,
        )


def test_who_brings_a_seed_cannot_tell_beforehand_whom_it_draws(round_: cases.Round) -> None:
    """He has seen the population: a seed alone, tried at home, would draw whomever he wishes."""
    found = received(round_, range(1, 5))
    seed = "甲" * LONGEST_SEED
    at_home = draw([case.number for case in found], rate_percent="40.00", seed=seed)
    sample = drawn(round_, seed=seed)
    with scope(round_.east):
        record = json.loads(sample_record(sample.pk))
    assert record["population_digest"] == at_home.population_digest
    assert record["seed"] != at_home.seed
    assert document_breaks(record) == []


def test_without_a_seed_one_is_made_by_chance(round_: cases.Round) -> None:
    received(round_, range(1, 2))
    sample = drawn(round_, "100")
    assert (len(sample.seed), sample.seed_was_given) == (64, False)


def test_nobody_is_drawn_from_twice_until_the_wished_for_comes_out(round_: cases.Round) -> None:
    received(round_, range(1, 4))
    drawn(round_, "1")
    with pytest.raises(Refused) as refused:
        drawn(round_, "100")
    assert refused.value.code == "sample_of_nobody"


def test_a_case_that_came_later_is_drawn_from_by_itself(round_: cases.Round) -> None:
    received(round_, range(1, 3))
    drawn(round_, "50")
    late = received(round_, range(3, 4))
    assert drawn(round_, "10").population_count == 1
    assert late[0].number in numbers_of(round_.east)


def test_a_drawn_case_does_not_pass_without_its_check_and_the_others_do(round_: cases.Round) -> None:
    found = received(round_, range(1, 3))
    drawn(round_, "50")
    planned = numbers_of(round_.east)
    outcomes = {}
    for case in found:
        cases.checked(round_, round_.east, case)
        try:
            pass_review(
                actor=round_.east, case_id=case.pk, expected_version=None, comment="符合条件", at=round_.at
            )
            outcomes[case.number] = "passed"
        except Refused as refused:
            outcomes[case.number] = refused.code
    assert outcomes == {
        case.number: "act_incomplete" if case.number in planned else "passed" for case in found
    }


@pytest.mark.parametrize("rate", ["0", "-1", "100.01", "12.345", "一成", "NaN", "1e-3"])
def test_a_rate_that_cannot_be_read_is_refused(rate: str) -> None:
    with pytest.raises(Refused) as refused:
        read_rate(rate)
    assert (refused.value.code, refused.value.field) == ("sample_rate_unreadable", "rate_percent")


@pytest.mark.parametrize(("rate", "read"), [("10", "10.00"), ("0.01", "0.01"), ("100", "100.00")])
def test_a_rate_is_read_to_two_decimals(rate: str, read: str) -> None:
    assert f"{read_rate(rate):f}" == read


def test_a_seed_that_cannot_be_kept_is_refused(round_: cases.Round, subtests: pytest.Subtests) -> None:
    received(round_, range(1, 2))
    for seed in ("", "  ", "1" * (LONGEST_SEED + 1)):
        with subtests.test(seed=seed):
            with pytest.raises(Refused) as refused:
                drawn(round_, seed=seed)
            assert refused.value.code == "sample_seed_too_long"


def test_a_stage_without_a_sample_in_its_procedure_is_refused(round_: cases.Round) -> None:
    with pytest.raises(Refused) as refused:
        drawn(round_, actor=round_.city, stage="city-review")
    assert refused.value.code == "sample_not_foreseen"


def test_an_auditor_draws_nothing(round_: cases.Round) -> None:
    received(round_, range(1, 2))
    with pytest.raises(Refused) as refused:
        drawn(round_, actor=scene.office_actor(scene.EAST, Role.AUDITOR))
    assert refused.value.code == "sample_not_allowed"


@pytest.mark.parametrize("below", ["east", "city"])
def test_what_the_province_draws_of_the_announced_no_office_below_draws(
    round_: cases.Round, below: str
) -> None:
    """省工业和信息化厅…适时对已公告企业进行实地抽查: whoever chooses the seed first would empty the pool."""
    waiting = cases.to_publicity(round_)
    published = publish(round_, waiting)
    round_.at = period_over(published)
    close_list(actor=round_.city, list_id=published.pk, at=round_.at)
    cases.to_announcement(round_, waiting)
    announced(round_, waiting)
    with pytest.raises(Refused) as refused:
        drawn(round_, "100", actor=getattr(round_, below), stage="province-announce")
    assert refused.value.code == "sample_not_allowed"
    assert drawn(round_, "100", actor=round_.province, stage="province-announce").drawn_count == 1


def test_an_office_seated_at_another_level_draws_there_and_not_at_its_own(round_: cases.Round) -> None:
    """计划单列市: a notice may seat the city in the province's place."""
    text = replace(rounds.notice_of_shili(), seats={"province": scene.CITY})
    with scope(round_.city):
        city, province = (office_by_code(code) for code in (scene.CITY, scene.PROVINCE))
    assert levels_of(city, text) == {"city", "province"}
    assert levels_of(province, text) == set()


@pytest.mark.parametrize("count", [1, 3])
def test_samples_are_listed_in_one_query(
    round_: cases.Round, count: int, django_assert_num_queries: object
) -> None:
    for number in range(1, count + 1):
        received(round_, range(number, number + 1))
        drawn(round_, "100")
    with scope(round_.city), django_assert_num_queries(1):  # type: ignore[operator]
        assert [(one.office.name, one.batch.title) for one in samples()] == [
            ("示例东区科技和工业信息化局", "2026年度第一批")
        ] * count
