"""What the database itself refuses, whoever asks."""

import pytest
from django.db import IntegrityError, ProgrammingError
from tests import cases

from tidu.aftermath.models import HandledEntry
from tidu.database.scope import SYSTEM, scope
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(round_: cases.Round) -> Entry:
    with scope(SYSTEM):
        return Entry.objects.earliest("pk")


def test_a_handler_deals_with_an_entry_once(entry: Entry, round_: cases.Round) -> None:
    with scope(SYSTEM):
        HandledEntry.objects.create(entry=entry, handler="some", at=round_.at)
        with pytest.raises(IntegrityError, match="entry_handled_once_by_each"):
            HandledEntry.objects.create(entry=entry, handler="some", at=round_.at)


def test_a_handler_has_a_name(entry: Entry, round_: cases.Round) -> None:
    with scope(SYSTEM), pytest.raises(IntegrityError, match="handled_by_a_named_handler"):
        HandledEntry.objects.create(entry=entry, handler="", at=round_.at)


def test_only_the_system_sees_and_notes_what_was_handled(entry: Entry, round_: cases.Round) -> None:
    with scope(SYSTEM):
        HandledEntry.objects.create(entry=entry, handler="some", at=round_.at)
    with scope(round_.city):
        assert not HandledEntry.objects.exists()
        with pytest.raises(ProgrammingError, match="row-level security"):
            HandledEntry.objects.create(entry=entry, handler="other", at=round_.at)
