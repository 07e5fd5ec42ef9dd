"""What the database itself refuses of lists, objections and announcements, whoever asks."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from tests import cases
from tests.flows.publicity.publishing import announced, entry_of, object_to, period_over, publish
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.publicity.actions import close_list
from tidu.publicity.models import (
    Announcement,
    AnnouncementEntry,
    Objection,
    PublicityEntry,
    PublicityList,
)
from tidu.records.actions import open_chain

Rows = tuple[tuple[str, dict[str, Any]], ...]
"""Named constraints, each with a change that it refuses."""
EMPTY = DateTimeTZRange(cases.SUBMITTED, cases.SUBMITTED)
ENDLESS = DateTimeTZRange(cases.SUBMITTED, None)


def fields_of(row: models.Model, **changes: Any) -> dict[str, Any]:
    """What another row like this one would hold."""
    names = [field.name for field in row._meta.concrete_fields if not field.primary_key]
    apart: dict[str, Any] = {"token": "another", "version": 9, "number": "另一号", "position": 9}
    fields = {name: getattr(row, name) for name in names}
    fields.update({name: value for name, value in apart.items() if name in names})
    if "chain" in names:
        fields["chain"] = open_chain(kind="test")
    return {**fields, **changes}


OF_A_LIST: Rows = (
    ("publicity_list_status_known", {"status": "gone"}),
    ("publicity_list_has_a_title", {"title": ""}),
    ("publicity_list_says_whom_to_call", {"contact": ""}),
    ("publicity_list_closed_iff_closed_at", {"status": "closed"}),
    ("publicity_list_closed_iff_closed_at", {"closed_at": cases.SUBMITTED + timedelta(days=99)}),
    ("publicity_period_has_both_ends", {"period": EMPTY}),
    ("publicity_period_has_both_ends", {"period": ENDLESS}),
    ("publicity_list_closes_after_its_period", {"status": "closed", "closed_at": cases.SUBMITTED}),
    ("publicity_list_version_once_per_batch", {"version": 1}),
)


def test_a_list(round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests) -> None:
    publicity = publish(round_, waiting[:1])
    for constraint, changes in OF_A_LIST:
        with (
            subtests.test(constraint, changes=changes),
            scope(round_.city),
            pytest.raises(IntegrityError, match=constraint),
        ):
            PublicityList.objects.create(**fields_of(publicity, **changes))


def test_the_first_list_supplements_none(round_: cases.Round, waiting: list[Case]) -> None:
    publicity = publish(round_, waiting[:1])
    with (
        scope(round_.city),
        pytest.raises(IntegrityError, match="publicity_supplement_comes_later"),
    ):
        PublicityList.objects.create(**fields_of(publicity, version=1, supplements=publicity))


OF_AN_ENTRY: Rows = (
    ("publicity_entry_position_once", {"position": 1}),
    ("publicity_entry_once_per_case", {"status": "cleared", "settled_at": cases.SUBMITTED}),
    ("publicity_entry_status_known", {"status": "gone", "settled_at": cases.SUBMITTED}),
    ("publicity_entry_settled_iff_settled_at", {"status": "struck"}),
    ("publicity_entry_settled_iff_settled_at", {"settled_at": cases.SUBMITTED}),
)


def test_an_entry(round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests) -> None:
    publish(round_, waiting[:1])
    for constraint, changes in OF_AN_ENTRY:
        with (
            subtests.test(constraint, changes=changes),
            scope(round_.city),
            pytest.raises(IntegrityError, match=constraint),
        ):
            PublicityEntry.objects.create(**fields_of(entry_of(waiting[0]), **changes))


def test_a_case_waits_on_one_list_at_a_time(round_: cases.Round, waiting: list[Case]) -> None:
    first = publish(round_, waiting[:1])
    with scope(round_.city):
        other = PublicityList.objects.create(**fields_of(first))
        with pytest.raises(IntegrityError, match="publicity_entry_pending_once_per_case"):
            PublicityEntry.objects.create(**fields_of(entry_of(waiting[0]), list=other))


OF_AN_OBJECTION: Rows = (
    ("objection_status_known", {"status": "gone", "decided_at": cases.SUBMITTED, "decision": "意见"}),
    ("objection_decided_with_time_and_reason", {"status": "upheld", "decided_at": cases.SUBMITTED}),
    ("objection_decided_with_time_and_reason", {"status": "dismissed", "decision": "意见"}),
    ("objection_decided_with_time_and_reason", {"decision": "意见"}),
)


def test_an_objection(round_: cases.Round, waiting: list[Case], subtests: pytest.Subtests) -> None:
    publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    for constraint, changes in OF_AN_OBJECTION:
        with (
            subtests.test(constraint, changes=changes),
            scope(SYSTEM),
            pytest.raises(IntegrityError, match=constraint),
        ):
            Objection.objects.create(**fields_of(objection, **changes))


def test_no_office_handles_an_objection_to_itself(round_: cases.Round, waiting: list[Case]) -> None:
    publish(round_, waiting)
    objection = object_to(round_, waiting[0])
    with (
        scope(SYSTEM),
        pytest.raises(IntegrityError, match="objection_not_handled_by_the_office_complained_of"),
    ):
        Objection.objects.create(**fields_of(objection, complained_office=objection.office))


@beginning
def announcement(opened_round: cases.Round, waiting: list[Case]) -> Announcement:
    publicity = publish(opened_round, waiting)
    opened_round.at = period_over(publicity)
    close_list(actor=opened_round.city, list_id=publicity.pk, at=opened_round.at)
    cases.to_announcement(opened_round, waiting)
    return announced(opened_round, waiting[:1])


OF_AN_ANNOUNCEMENT: Rows = (
    ("announcement_has_a_number", {"number": ""}),
    ("announcement_has_a_title", {"title": ""}),
    ("announcement_number_once_per_office", {"number": "示省工信公告〔2026〕7号"}),
)


def test_an_announcement(round_: cases.Round, announcement: Announcement, subtests: pytest.Subtests) -> None:
    for constraint, changes in OF_AN_ANNOUNCEMENT:
        with (
            subtests.test(constraint, changes=changes),
            scope(round_.province),
            pytest.raises(IntegrityError, match=constraint),
        ):
            Announcement.objects.create(**fields_of(announcement, **changes))


def test_a_case_is_announced_once(
    round_: cases.Round, waiting: list[Case], announcement: Announcement
) -> None:
    with scope(round_.province):
        entry = announcement.entries.get()
        for case, constraint in (
            (waiting[0], "publicity_announcemententry_case_id_key"),
            (waiting[1], "announcement_entry_position_once"),
        ):
            with pytest.raises(IntegrityError, match=constraint), scope(SYSTEM), scope(round_.province):
                AnnouncementEntry.objects.create(
                    **{**fields_of(entry), "case": case, "position": entry.position}
                    if case == waiting[1]
                    else {**fields_of(entry)}
                )
