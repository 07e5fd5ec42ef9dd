"""Facts as stated: appended, never changed."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from tests import scene

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.enterprises.actions import append_statement
from tidu.enterprises.enums import Source
from tidu.enterprises.models import Firm, Statement
from tidu.law.refusals import Refused
from tidu.records.models import Entry, Frozen

pytestmark = pytest.mark.django_db

FACTS = {"schema": "tidu.facts/1", "year": 2025, "as_of": None, "values": {}}


def state(
    actor: Actor, firm_id: int, source: Source | str = Source.FIRM, facts: Mapping[str, Any] = FACTS
) -> Statement:
    with scope(SYSTEM):
        firm = Firm.objects.select_related("area", "chain").get(pk=firm_id)
    return append_statement(
        actor=actor,
        firm=firm,
        source=source,
        facts=facts,
        references={},
        snapshot="",
        at=scene.AT,
    )


def test_statement_is_frozen_and_stands_in_the_ledger() -> None:
    owner = scene.firm_actor()
    statement = state(owner, owner.firm_id or 0)
    with scope(owner):
        entry = Entry.objects.get(verb="state")
        assert Frozen.objects.filter(digest=statement.snapshot).exists()
    assert entry.snapshot_id == statement.snapshot
    assert entry.content == {"source": "firm", "statement": statement.pk}


def test_only_the_firm_states_as_the_firm() -> None:
    owner, other = scene.firm_actor(1), scene.firm_actor(2)
    office = scene.office_actor(scene.EAST)
    for actor in (PUBLIC, other, office):
        with pytest.raises(Refused, match="not_allowed"):
            state(actor, owner.firm_id or 0)
    with pytest.raises(Refused, match="not_allowed"):
        state(owner, owner.firm_id or 0, Source.DEPARTMENT)


def test_office_corrects_in_its_own_name() -> None:
    owner, office = scene.firm_actor(1), scene.office_actor(scene.EAST)
    assert state(office, owner.firm_id or 0, "office").source == Source.OFFICE
    with scope(SYSTEM):
        assert Entry.objects.get(verb="state").actor_name == office.name


def test_office_corrects_only_in_its_own_area() -> None:
    owner, neighbour = scene.firm_actor(1), scene.office_actor(scene.WEST)
    with pytest.raises(Refused, match="not_allowed"):
        state(neighbour, owner.firm_id or 0, "office")
    assert state(scene.office_actor(scene.PROVINCE), owner.firm_id or 0, "office").source == Source.OFFICE


def test_empty_statement_is_refused() -> None:
    owner = scene.firm_actor()
    with pytest.raises(Refused, match="statement_empty"):
        state(owner, owner.firm_id or 0, facts={})


def test_statement_is_never_changed() -> None:
    owner = scene.firm_actor()
    statement = state(owner, owner.firm_id or 0)
    for actor in (owner, SYSTEM):
        with scope(actor), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            Statement.objects.filter(pk=statement.pk).update(source=Source.OFFICE)


def test_statement_of_another_firm_is_not_seen() -> None:
    owner, other = scene.firm_actor(1), scene.firm_actor(2)
    state(owner, owner.firm_id or 0)
    for blind in (other, PUBLIC, scene.office_actor(scene.EAST)):
        with scope(blind):
            assert not Statement.objects.exists()
            assert not Entry.objects.filter(verb="state").exists()
    with scope(owner):
        assert Statement.objects.count() == 1
