"""All read what is published; the database lets only its own office and the system write it."""

import pytest
from django.db import ProgrammingError
from django.db.models import F
from tests.rounds import batch
from tests.scene import EAST, firm_actor, office_actor

from tidu.database.scope import PUBLIC, Actor, scope
from tidu.offices.enums import Role
from tidu.programmes.models import Batch, BatchDeadline, Notice, NoticeVersion
from tidu.records.models import Frozen

pytestmark = pytest.mark.django_db

TABLES = (Notice, NoticeVersion, Batch, BatchDeadline)


@pytest.fixture(params=["public", "firm", "another office"])
def stranger(request: pytest.FixtureRequest, notice: Notice) -> Actor:
    """Somebody who is not the office that issued the notice."""
    if request.param == "firm":
        return firm_actor(1)
    return PUBLIC if request.param == "public" else office_actor(EAST, Role.LEADER)


def test_strangers_read_what_is_published(notice: Notice, stranger: Actor) -> None:
    with scope(stranger):
        assert [table.objects.exists() for table in TABLES] == [True] * 4
        assert Frozen.objects.filter(pk=notice.digest).exists()


def test_strangers_change_nothing_that_is_published(notice: Notice, stranger: Actor) -> None:
    with scope(stranger):
        assert [table.objects.update(id=F("id")) for table in TABLES] == [0] * 4


def test_strangers_add_no_batch_to_a_notice(notice: Notice, stranger: Actor) -> None:
    first = batch(notice, 1)
    with scope(stranger), pytest.raises(ProgrammingError, match="row-level security"):
        Batch.objects.create(
            notice=notice,
            code="fifth",
            title="第五批",
            position=5,
            opens_at=first.opens_at,
            closes_at=first.closes_at,
        )


def test_the_issuing_office_may_write_its_own(notice: Notice, leader: Actor) -> None:
    with scope(leader):
        assert Notice.objects.filter(pk=notice.pk).update(banner="更正中") == 1
        assert Batch.objects.filter(notice=notice).update(title="批次") == 4
        assert BatchDeadline.objects.filter(batch__notice=notice).update(mode="hard") == 4
