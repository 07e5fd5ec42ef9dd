"""What the database itself refuses of parcels and what lies in them, whoever asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models
from tests import cases, papers
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.deliveries.models import Parcel, Receipt, ReceivedPaper

pytestmark = pytest.mark.django_db

AT = cases.SUBMITTED
Rows = tuple[tuple[str, dict[str, Any]], ...]
"""Named constraints, each with a change that it refuses."""

OF_A_PARCEL: Rows = (
    ("parcel_manner_known", {"manner": "pigeon"}),
    ("parcel_by_courier_with_number", {"number": ""}),
    ("parcel_by_courier_with_number", {"courier": ""}),
    ("parcel_by_courier_with_number", {"manner": "by_hand"}),
    ("parcel_from_an_office_or_a_firm", {"source_office": None}),
    ("parcel_received_before_recorded", {"received_at": AT + timedelta(days=1)}),
    ("parcel_corrects_with_a_reason", {"reason": "无"}),
)
OF_A_RECEIPT: Rows = (
    ("receipt_match_known", {"match": "nearly", "code": "1"}),
    ("receipt_matched_by_a_code", {"match": "unknown"}),
    ("receipt_matched_by_a_code", {"code": "1EB0-F7F8-04FC"}),
    ("receipt_round_of_a_match", {"match": "last", "code": "1EB0-F7F8-04FC"}),
    ("receipt_round_of_a_match", {"round": 1}),
    ("receipt_pages_positive", {"pages": 0}),
    ("receipt_late_iff_after_its_deadline", {"is_late": True}),
    ("receipt_late_iff_after_its_deadline", {"due_at": AT - timedelta(days=1)}),
    ("receipt_late_iff_after_its_deadline", {"is_late": True, "due_at": None}),
    ("receipt_refused_by_a_rule", {"is_refused": True, "rule": "三月八日前"}),
    ("receipt_refused_by_a_rule", {"is_late": True, "is_refused": True, "due_at": AT - timedelta(days=1)}),
    ("receipt_corrects_with_a_reason", {"reason": "无"}),
)
OF_A_PAPER: Rows = (
    ("received_paper_counts_something", {"copies": 0}),
    ("received_paper_apart_is_an_original", {"is_apart": True, "is_original": False}),
)
TWICE = {"parcel_number_once_per_office", "receipt_case_once_per_parcel", "received_paper_once_per_receipt"}


@beginning
def receipt(round_: cases.Round, case: Case) -> Receipt:
    return papers.counted(round_, papers.arrived(round_), case)


@pytest.mark.parametrize(
    ("model", "constraint", "changes"),
    [
        (model, constraint, changes)
        for model, rows in ((Parcel, OF_A_PARCEL), (Receipt, OF_A_RECEIPT))
        for constraint, changes in rows
    ],
)
def test_the_database_refuses(
    receipt: Receipt, model: type[models.Model], constraint: str, changes: dict[str, Any]
) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match=f'"{constraint}"'):
        model._default_manager.all().update(**changes)


@pytest.mark.parametrize(("constraint", "changes"), OF_A_PAPER)
def test_the_database_refuses_to_count(receipt: Receipt, constraint: str, changes: dict[str, Any]) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match=f'"{constraint}"'):
        again(receipt.papers.all()[0], paper="another", **changes)


def again(row: models.Model, **changes: object) -> None:
    """The same row once more, or one that differs in this."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    type(row)._default_manager.create(**values | changes)


def test_the_database_takes_nothing_twice(receipt: Receipt, subtests: pytest.Subtests) -> None:
    with scope(SYSTEM):
        rows = [
            ("parcel_number_once_per_office", receipt.parcel),
            ("receipt_case_once_per_parcel", receipt),
            ("received_paper_once_per_receipt", receipt.papers.all()[0]),
        ]
    assert {name for name, _ in rows} == TWICE
    for constraint, row in rows:
        with (
            subtests.test(constraint),
            scope(SYSTEM),
            pytest.raises(IntegrityError, match=f'"{constraint}"'),
        ):
            again(row)


def test_what_was_counted_is_never_changed(receipt: Receipt) -> None:
    with scope(SYSTEM):
        assert ReceivedPaper.objects.update(copies=9) == 0


def test_every_constraint_of_the_room_is_named_here() -> None:
    declared = {
        constraint.name
        for model in apps.get_app_config("deliveries").get_models()
        for constraint in model._meta.constraints
    }
    tried = {name for rows in (OF_A_PARCEL, OF_A_RECEIPT, OF_A_PAPER) for name, _ in rows}
    assert declared == tried | TWICE
