"""What the database itself refuses, whoever asks."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.backends.postgresql.psycopg_any import DateRange
from tests.flows.titles.announcing import enter

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.enterprises.models import Firm
from tidu.offices.models import Office
from tidu.records.actions import open_chain
from tidu.titles.enums import TitleKind, TitleStatus
from tidu.titles.models import Title

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(registrar: Actor, firm: Firm, province: Office) -> Title:
    return enter(registrar, firm, province, kind=TitleKind.INNOVATIVE)


def copy_of(title: Title, **changes: Any) -> Title:
    """Another row like this one, in days that do not overlap with its own."""
    fields = {
        field.name: getattr(title, field.name)
        for field in Title._meta.concrete_fields
        if not field.primary_key
    }
    apart = {
        "validity": DateRange(date(2030, 1, 1), date(2033, 1, 1)),
        "token": "another",
        "chain": open_chain(kind="title"),
    }
    return Title(**fields | apart | changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("title_kind_known", {"kind": "giant"}),
        ("title_status_known", {"status": "gone", "ended_on": date(2030, 1, 2), "end_reason": "理由"}),
        ("title_validity_has_both_ends", {"validity": DateRange(date(2030, 1, 1), None)}),
        ("title_validity_has_both_ends", {"validity": DateRange(date(2030, 1, 1), date(2030, 1, 1))}),
        ("title_ended_with_day_and_reason", {"status": TitleStatus.LAPSED, "ended_on": date(2030, 1, 2)}),
        ("title_ended_with_day_and_reason", {"status": TitleStatus.LAPSED, "end_reason": "理由"}),
        ("title_ended_with_day_and_reason", {"end_reason": "理由"}),
        ("title_version_positive", {"version": 0}),
        ("title_innovative_never_overlaps", {"validity": DateRange(date(2026, 4, 30), date(2027, 1, 1))}),
    ],
)
def test_the_database_refuses(title: Title, constraint: str, changes: dict[str, Any]) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match=constraint):
        copy_of(title, **changes).save()


@pytest.mark.parametrize("kind", [kind for kind in TitleKind if kind != TitleKind.INNOVATIVE])
def test_titles_of_every_kind_never_overlap(
    registrar: Actor, firm: Firm, province: Office, kind: TitleKind
) -> None:
    title = enter(registrar, firm, province, kind=kind)
    with scope(SYSTEM), pytest.raises(IntegrityError, match=f"title_{kind.value}_never_overlaps"):
        copy_of(title, validity=title.validity).save()


def test_a_case_is_granted_one_title(title: Title) -> None:
    with scope(SYSTEM):
        copy_of(title, case_number="26001").save()
        later = copy_of(
            title, case_number="26001", token="later", validity=DateRange(date(2040, 1, 1), date(2043, 1, 1))
        )
        with pytest.raises(IntegrityError, match="title_granted_once_per_case"):
            later.save()


def test_validity_that_touches_does_not_overlap(title: Title) -> None:
    with scope(SYSTEM):
        copy_of(title, validity=DateRange(date(2026, 5, 1), date(2029, 5, 1))).save()
        assert Title.objects.count() == 2
