"""实地核查: what the firm stated against what was seen, by as many inspectors as the notice asks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests import cases, scene

from tidu.applications.actions import hand_over, pass_review, withdraw
from tidu.applications.models import Case
from tidu.applications.queries import open_stage
from tidu.database.scope import scope
from tidu.inspections.actions import Found, Photo, Visit, plan_inspection, record_inspection
from tidu.inspections.enums import InspectionResult, InspectionStatus
from tidu.inspections.models import Inspection
from tidu.inspections.queries import inspections_of, planned_inspections
from tidu.law.refusals import Refused, sentence
from tidu.offices.enums import Role
from tidu.records.queries import timeline

CONSISTENT, INCONSISTENT = InspectionResult.CONSISTENT, InspectionResult.INCONSISTENT
STAFF = Found(item="从业人员", stated="86人", seen="车间与办公区在岗 84 人，2 人出差", is_consistent=True)
LINE = Found(
    item="主导产品", stated="精密减速器", seen="生产线停用", is_consistent=False, note="已于 2026 年 1 月停产"
)
VISIT = Visit(
    visited_on=date(2026, 3, 16),
    inspectors=("企业股股长", "企业股科员"),
    result=CONSISTENT,
    findings=(STAFF,),
    summary="生产经营正常",
    notes="门卫登记与企业所述时间有出入，下次再看",
)


def record(round_: cases.Round, case: Case, **changes: Any) -> Inspection:
    return record_inspection(
        actor=round_.east, case_id=case.pk, visit=replace(VISIT, **changes), at=round_.at
    )


def test_a_planned_check_is_answered_by_what_was_found(round_: cases.Round, case: Case) -> None:
    planned = plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    done = record(round_, case)
    assert (done.pk, done.status, done.stage) == (planned.pk, InspectionStatus.DONE, "county-review")
    with scope(round_.east):
        stage = open_stage(case)
        assert stage is not None
        assert stage.inspection == "done"
        (found,) = inspections_of(case)
        assert [(f.item, f.stated, f.seen) for f in found.findings.all()] == [
            (STAFF.item, STAFF.stated, STAFF.seen)
        ]
        assert found.note.text == VISIT.notes


def test_a_check_that_nobody_planned_is_entered_as_well(round_: cases.Round, case: Case) -> None:
    assert record(round_, case).status == InspectionStatus.DONE


def test_check_planned_on_a_case_that_has_ended_is_for_case_workers_alone(
    round_: cases.Round, case: Case
) -> None:
    plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    withdraw(actor=round_.firms[1], case_id=case.pk, expected_version=None, reason="不再申报", at=round_.at)
    administrator = scene.office_actor(scene.EAST, Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        record_inspection(actor=administrator, case_id=case.pk, visit=VISIT, at=round_.at)
    assert refused.value.code == "inspection_not_allowed"
    assert "账号管理岗位不办理案件" in sentence(refused.value)
    with scope(round_.east):
        assert Inspection.objects.get(case=case).status == InspectionStatus.PLANNED
    clerk = scene.office_actor(scene.EAST, Role.CLERK, "east-clerk")
    done = record_inspection(actor=clerk, case_id=case.pk, visit=VISIT, at=round_.at)
    assert done.status == InspectionStatus.DONE


def test_planned_twice_is_planned_once(round_: cases.Round, case: Case) -> None:
    first, second = (plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at) for _ in range(2))
    assert first == second
    with scope(round_.east):
        assert [entry.verb for entry in timeline(case.chain)].count("plan_inspection") == 1


def test_a_planned_check_keeps_the_case_from_passing_until_it_is_done(
    round_: cases.Round, case: Case
) -> None:
    plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    cases.checked(round_, round_.east, case)
    with pytest.raises(Refused) as refused:
        pass_review(actor=round_.east, case_id=case.pk, expected_version=None, comment="好", at=round_.at)
    assert "实地核查记录" in sentence(refused.value)
    record(round_, case)
    pass_review(actor=round_.east, case_id=case.pk, expected_version=None, comment="好", at=round_.at)


def test_a_difference_is_recorded_with_its_explanation(round_: cases.Round, case: Case) -> None:
    done = record(round_, case, result=INCONSISTENT, findings=(STAFF, LINE))
    with scope(round_.east):
        assert [found.is_consistent for found in done.findings.all()] == [True, False]
        entry = timeline(case.chain).last()
        assert entry is not None
        assert {name: entry.content[name] for name in ("result", "items", "inconsistent", "comment")} == {
            "result": "inconsistent",
            "items": 2,
            "inconsistent": 1,
            "comment": "生产经营正常",
        }
        assert VISIT.notes not in str(entry.content)


def test_photos_are_kept_with_the_check(round_: cases.Round, case: Case) -> None:
    photo = cases.scan(round_.east, "jpeg")
    done = record(round_, case, photos=(Photo(photo, "车间"),))
    with scope(round_.east):
        assert [(kept.file_id, kept.caption) for kept in done.photos.all()] == [(photo, "车间")]


@pytest.mark.parametrize("whose", ["a paper", "another office's", "nobody's"])
def test_a_photo_is_a_picture_that_the_office_uploaded(round_: cases.Round, case: Case, whose: str) -> None:
    photos = {
        "a paper": cases.scan(round_.east),
        "another office's": cases.scan(round_.west, "jpeg"),
        "nobody's": 999_999,
    }
    with pytest.raises(Refused) as refused:
        record(round_, case, photos=(Photo(photos[whose], "车间"),))
    assert refused.value.code == "photo_not_an_image"
    with scope(round_.east):
        assert not inspections_of(case)


REFUSED: tuple[tuple[dict[str, Any], str], ...] = (
    ({"visited_on": date(2026, 3, 17)}, "inspection_in_future"),
    ({"visited_on": date(2026, 3, 15)}, "inspection_before_submission"),
    ({"inspectors": ("企业股股长",)}, "inspection_too_few_inspectors"),
    ({"inspectors": ("企业股股长", " ", "企业股科员")}, "inspection_too_few_inspectors"),
    ({"findings": ()}, "inspection_without_finding"),
    ({"findings": (STAFF, STAFF)}, "inspection_item_twice"),
    ({"findings": (replace(STAFF, seen=" "),)}, "inspection_difference_unexplained"),
    (
        {"findings": (replace(LINE, note=""),), "result": INCONSISTENT},
        "inspection_difference_unexplained",
    ),
    ({"findings": (STAFF, LINE)}, "inspection_result_contradicts"),
    ({"result": INCONSISTENT}, "inspection_result_contradicts"),
)


def test_a_record_that_does_not_hold_is_refused(
    round_: cases.Round, case: Case, subtests: pytest.Subtests
) -> None:
    for changes, code in REFUSED:
        with subtests.test(code, **{name: repr(value) for name, value in changes.items()}):
            with pytest.raises(Refused) as refused:
                record(round_, case, **changes)
            assert refused.value.code == code
            assert sentence(refused.value)
    with scope(round_.east):
        assert not inspections_of(case)


def test_the_number_of_inspectors_is_the_notices_reading(round_: cases.Round, case: Case) -> None:
    with pytest.raises(Refused) as refused:
        record(round_, case, inspectors=("企业股股长",))
    assert sentence(refused.value) == (
        "核查人员只填了 1 人，按规定不少于 2 人：请补充核查人员的岗位称呼，每人一项，不留空。"
    )


@pytest.mark.parametrize("who", ["west", "firm"])
def test_only_the_office_that_holds_the_case_inspects(round_: cases.Round, case: Case, who: str) -> None:
    actor = {"west": round_.west, "firm": round_.firms[1]}[who]
    code = {"west": "case_unknown", "firm": "inspection_not_allowed"}[who]
    acts: list[Callable[[], object]] = [
        lambda: plan_inspection(actor=actor, case_id=case.pk, at=round_.at),
        lambda: record_inspection(actor=actor, case_id=case.pk, visit=VISIT, at=round_.at),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == code


def test_a_check_planned_before_the_hand_over_is_the_next_offices_to_plan_anew(
    round_: cases.Round, case: Case
) -> None:
    plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    hand_over(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        office_id=round_.west.office_id or 0,
        comment="注册地在西区",
        at=round_.at,
    )
    with pytest.raises(Refused) as refused:
        record(round_, case)
    assert refused.value.code == "inspection_not_allowed"
    with scope(round_.east):
        assert not planned_inspections(round_.east)
