"""The pool of experts: read by who keeps it and above; an expert himself alone, and no note on his work."""

import pytest
from tests import pool, scene

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.law.identity import demonstration_code
from tidu.offices.enums import Role
from tidu.panels.actions import declare_conflict, name_conflict, note_conduct
from tidu.panels.models import ConductNote, Conflict, Expert, Undertaking
from tidu.records.models import Entry

pytestmark = pytest.mark.commits

TABLES = (Expert, Undertaking, Conflict, ConductNote)
NOTE = "意见过于简单甲乙"


@pytest.fixture
def city() -> Actor:
    """The city keeps a pool; the province stands above it."""
    scene.open_offices()
    return scene.office_actor(scene.CITY, Role.LEADER, "city-signs")


@pytest.fixture
def actors(city: Actor) -> tuple[Actor, Actor]:
    """Two experts, each with a conflict that he declared and one that the city named, and a note."""
    scene.register(1)
    experts = pool.entered(city, [pool.row(1), pool.row(2)])
    actors = tuple(pool.ready(city, expert) for expert in experts)
    code = demonstration_code(1)
    for expert, actor in zip(experts, actors, strict=True):
        declare_conflict(actor=actor, uscc=code, reason="亲属任职", at=scene.AT)
        name_conflict(actor=city, expert_id=expert.pk, uscc=code, reason="企业反映", at=scene.AT)
        note_conduct(actor=city, expert_id=expert.pk, text=NOTE, at=scene.AT)
    return actors  # type: ignore[return-value]


def rows_of(actor: Actor) -> list[int]:
    with scope(actor):
        return [table._default_manager.count() for table in TABLES]


def test_who_reads_how_much(city: Actor, actors: tuple[Actor, Actor]) -> None:
    province = scene.office_actor(scene.PROVINCE)
    auditor = Actor(kind="auditor", account_id=1, office_id=city.office_id)
    for reader in (city, auditor, province, SYSTEM):
        assert rows_of(reader) == [2, 6, 4, 2]
    for actor in actors:
        assert rows_of(actor) == [1, 3, 2, 0]
    firm = scene.firm_actor(2)
    for other in (scene.office_actor(scene.EAST), firm, PUBLIC, Actor(kind="operator", account_id=1)):
        assert rows_of(other) == [0, 0, 0, 0]


def test_who_logs_in_learns_that_he_is_an_expert_and_nothing_of_others(actors: tuple[Actor, Actor]) -> None:
    person = Actor(kind="public", account_id=actors[0].account_id)
    with scope(person):
        assert Expert.objects.get().account_id == actors[0].account_id


def test_the_ledger_of_an_expert_is_read_like_the_expert(city: Actor, actors: tuple[Actor, Actor]) -> None:
    with scope(actors[0]):
        read = [str(entry.content) for entry in Entry.objects.filter(chain__kind="expert")]
    assert any("E0001" in said for said in read)
    assert not any("E0002" in said or NOTE in said for said in read)
    with scope(scene.office_actor(scene.EAST)):
        assert not Entry.objects.filter(chain__kind="expert").exists()


def test_nobody_declares_for_another(city: Actor, actors: tuple[Actor, Actor]) -> None:
    with scope(city):
        conflict = Conflict.objects.filter(ground="declared", expert__number="E0002").get()
    conflict.pk, conflict.firm_id = None, scene.register(3)[0].pk
    for actor in (actors[0], scene.firm_actor(4), city):
        with scope(actor), pytest.raises(Exception, match="row-level security"):
            conflict.save(force_insert=True)
