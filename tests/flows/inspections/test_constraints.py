"""What the database itself refuses of checks, samples and look-ups, whoever asks."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from tests import cases
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.database.scope import scope
from tidu.inspections.actions import Found, Photo, Visit, draw_sample, plan_inspection, record_inspection
from tidu.inspections.enums import InspectionResult
from tidu.inspections.models import (
    CreditCheck,
    Inspection,
    InspectionFinding,
    InspectionNote,
    InspectionPhoto,
    Sample,
    SampleMember,
)

Rows = tuple[tuple[str, dict[str, Any]], ...]
"""Named constraints, each with a change that it refuses."""
DAY = date(2026, 3, 16)


@beginning
def done(opened_round: cases.Round, case: Case) -> Inspection:
    seen = Found(item="从业人员", stated="86人", seen="86人", is_consistent=True)
    photo = Photo(cases.scan(opened_round.east, "jpeg"))
    visit = Visit(DAY, ("股长", "科员"), InspectionResult.CONSISTENT, (seen,), photos=(photo,))
    return record_inspection(actor=opened_round.east, case_id=case.pk, visit=visit, at=opened_round.at)


OF_A_CHECK: Rows = (
    ("inspection_result_known", {"result": "fine"}),
    ("inspection_done_with_day_people_and_result", {"visited_on": None}),
    ("inspection_done_with_day_people_and_result", {"recorded_at": None}),
    ("inspection_done_with_day_people_and_result", {"result": ""}),
    ("inspection_done_with_day_people_and_result", {"inspectors": []}),
    ("inspection_done_with_day_people_and_result", {"status": "planned"}),
)


def test_a_check_is_planned_or_done_with_all_it_takes(
    round_: cases.Round, done: Inspection, subtests: pytest.Subtests
) -> None:
    for constraint, changes in OF_A_CHECK:
        with (
            subtests.test(constraint, changes=changes),
            scope(round_.east),
            pytest.raises(IntegrityError, match=constraint),
        ):
            Inspection.objects.filter(pk=done.pk).update(**changes)


def test_a_check_is_planned_or_done_and_nothing_else(round_: cases.Round, case: Case) -> None:
    planned = plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    with scope(round_.east), pytest.raises(IntegrityError, match="inspection_status_known"):
        Inspection.objects.filter(pk=planned.pk).update(status="gone")


def test_a_check_is_planned_once_per_stage(round_: cases.Round, case: Case) -> None:
    planned = plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    planned.pk = None
    with scope(round_.east), pytest.raises(IntegrityError, match="inspection_planned_once_per_stage"):
        planned.save(force_insert=True)


OF_A_FINDING: Rows = (
    ("inspection_finding_once_per_item", {"item": "从业人员"}),
    ("inspection_finding_says_what_was_seen", {"seen": ""}),
    ("inspection_inconsistent_with_note", {"is_consistent": False}),
)


def test_a_finding_says_what_was_seen_and_explains_a_difference(
    round_: cases.Round, done: Inspection, subtests: pytest.Subtests
) -> None:
    said: dict[str, Any] = {"item": "研发人员", "seen": "12人", "is_consistent": True}
    for constraint, changes in OF_A_FINDING:
        with (
            subtests.test(constraint, changes=changes),
            scope(round_.east),
            pytest.raises(IntegrityError, match=constraint),
        ):
            InspectionFinding.objects.create(inspection=done, **{**said, **changes})


def test_a_note_says_something(round_: cases.Round, done: Inspection) -> None:
    with scope(round_.east), pytest.raises(IntegrityError, match="inspection_note_not_empty"):
        InspectionNote.objects.create(inspection=done, text="")


def test_a_photo_is_kept_once(round_: cases.Round, done: Inspection) -> None:
    with scope(round_.east), pytest.raises(IntegrityError, match="inspection_photo_once"):
        InspectionPhoto.objects.create(inspection=done, file=done.photos.get().file)


OF_A_LOOK_UP: Rows = (
    ("credit_source_known", {"source": "hearsay"}),
    ("credit_result_known", {"result": "fine", "note": "说明"}),
    ("credit_record_with_note", {"result": "abnormal"}),
)


def test_a_look_up_names_its_system_and_explains_a_record(
    round_: cases.Round, case: Case, subtests: pytest.Subtests
) -> None:
    said: dict[str, Any] = {"source": "credit_china", "result": "clear"}
    for constraint, changes in OF_A_LOOK_UP:
        with (
            subtests.test(constraint, changes=changes),
            scope(round_.east),
            pytest.raises(IntegrityError, match=constraint),
        ):
            CreditCheck.objects.create(
                case=case,
                office_id=round_.east.office_id or 0,
                stage=case.stage,
                checked_on=DAY,
                recorded_at=round_.at,
                **{**said, **changes},
            )


@beginning
def sample(opened_round: cases.Round, case: Case) -> Sample:
    return draw_sample(
        actor=opened_round.east,
        batch_id=opened_round.batch.pk,
        stage="county-review",
        rate_percent="100",
        at=opened_round.at,
    )


OF_A_SAMPLE: Rows = (
    ("sample_rate_between_0_and_100", {"rate_percent": 0}),
    ("sample_rate_between_0_and_100", {"rate_percent": "100.01"}),
    ("sample_within_population", {"drawn_count": 0}),
    ("sample_within_population", {"drawn_count": 2}),
    ("sample_has_a_seed", {"seed": ""}),
)


def test_a_sample_is_part_of_its_population(
    round_: cases.Round, sample: Sample, subtests: pytest.Subtests
) -> None:
    from tidu.records.actions import open_chain

    fields = {f.name: getattr(sample, f.name) for f in Sample._meta.concrete_fields if not f.primary_key}
    for constraint, changes in OF_A_SAMPLE:
        with (
            subtests.test(constraint, changes=changes),
            scope(round_.east),
            pytest.raises(IntegrityError, match=constraint),
        ):
            Sample.objects.create(**{**fields, "chain": open_chain(kind="sample"), **changes})


def test_a_case_takes_part_once_per_pool(round_: cases.Round, case: Case, sample: Sample) -> None:
    with scope(round_.east), pytest.raises(IntegrityError, match="sample_member_once_per_pool"):
        SampleMember.objects.create(
            sample=sample, case=case, office_id=sample.office_id, pool="county-review", is_drawn=False
        )
