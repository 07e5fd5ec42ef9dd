"""A firm and two offices, and entries of the firm's own chain to write to them about."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from tests import scene
from tests.plugins.beginnings import beginning

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.models import Firm
from tidu.messages.actions import Letter, Recipient, send
from tidu.messages.models import Message
from tidu.offices.models import Office
from tidu.records.actions import record
from tidu.records.models import Entry

LETTER = Letter(subject="请补正材料", body="请补正研发费用。", path="/enterprise/cases/1/", needs_action=True)
NEWS = Letter(subject="已受理", body="区级已受理。", path="/enterprise/cases/1/")


@dataclass
class People:
    firm: Firm
    owner: Actor
    neighbour: Actor
    east: Office
    clerk: Actor
    western_clerk: Actor


@beginning
def people(opened_offices: dict[str, Office]) -> People:
    firm, owner = scene.register(1)
    _, neighbour = scene.register(2)
    return People(
        firm=firm,
        owner=actor_for_member(owner),
        neighbour=actor_for_member(neighbour),
        east=opened_offices[scene.EAST],
        clerk=scene.office_actor(scene.EAST),
        western_clerk=scene.office_actor(scene.WEST),
    )


@pytest.fixture
def happening(people: People) -> Callable[[], Entry]:
    """Something more that has happened to the firm."""

    def happen() -> Entry:
        with scope(SYSTEM):
            return record(chain=people.firm.chain, verb="note", actor=SYSTEM, at=scene.AT, body={})

    return happen


@pytest.fixture
def tell(people: People, happening: Callable[[], Entry]) -> Callable[..., Message]:
    """A message to the firm, or to the eastern office."""

    def write(*, to_office: bool = False, letter: Letter = LETTER) -> Message:
        recipient = Recipient("office", people.east.pk) if to_office else Recipient("firm", people.firm.pk)
        return send(entry=happening(), recipient=recipient, letter=letter, at=scene.AT)

    return write
