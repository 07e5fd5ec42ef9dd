"""The ledger of an office: its own people and those above it read it, its neighbours do not."""

import pytest
from tests import scene

from tidu.database.scope import PUBLIC, Actor, scope
from tidu.offices.enums import Role
from tidu.records.models import Entry

pytestmark = pytest.mark.commits


def offices_read_by(actor: Actor, chains: dict[int, str]) -> set[str]:
    with scope(actor):
        read = Entry.objects.filter(chain__in=chains).values_list("chain", flat=True)
        return {chains[pk] for pk in read}


def test_ledger_is_read_by_the_office_and_those_above() -> None:
    offices = scene.open_offices()
    chains = {office.chain_id: code for code, office in offices.items()}
    assert offices_read_by(scene.office_actor(scene.EAST), chains) == {scene.EAST}
    assert offices_read_by(scene.office_actor(scene.WEST, Role.AUDITOR), chains) == {scene.WEST}
    above = {scene.PROVINCE, scene.MINISTRY}
    assert offices_read_by(scene.office_actor(scene.CITY), chains) == set(offices) - above
    assert offices_read_by(scene.office_actor(scene.PROVINCE), chains) == set(offices) - {scene.MINISTRY}
    assert offices_read_by(PUBLIC, chains) == set()
    assert offices_read_by(scene.firm_actor(), chains) == set()
