"""The register is read by all; offices and the system enter a title, and only the system ends one."""

import pytest
from django.db import ProgrammingError
from tests.flows.titles.announcing import enter
from tests.scene import firm_actor

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.enterprises.models import Firm
from tidu.offices.models import Office
from tidu.records.models import Entry
from tidu.titles.models import Title

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(registrar: Actor, firm: Firm, province: Office) -> Title:
    return enter(registrar, firm, province)


@pytest.fixture(params=["public", "firm"])
def reader(request: pytest.FixtureRequest, title: Title) -> Actor:
    return PUBLIC if request.param == "public" else firm_actor(2)


def test_anybody_reads_the_register_and_its_ledger(title: Title, reader: Actor) -> None:
    with scope(reader):
        assert Title.objects.get() == title
        assert [entry.verb for entry in Entry.objects.filter(chain=title.chain)] == ["enter_existing_title"]


def test_a_reader_enters_no_title(title: Title, reader: Actor) -> None:
    title.pk = None
    title.token = "another"
    title.validity = title.validity.__class__(title.validity.upper, None)
    with scope(reader), pytest.raises(ProgrammingError, match="row-level security"):
        title.save(force_insert=True)


def test_nobody_but_the_system_changes_a_title(title: Title, reader: Actor, registrar: Actor) -> None:
    for actor in (reader, registrar):
        with scope(actor):
            assert Title.objects.update(batch_label="改写") == 0
    with scope(SYSTEM):
        assert Title.objects.update(batch_label="改写") == 1
