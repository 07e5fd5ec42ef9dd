"""Opening and closing offices, and the areas they serve."""

from dataclasses import dataclass
from datetime import datetime

from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.offices.duties import duties_of
from tidu.offices.enums import LOWEST_FIRST, Level
from tidu.offices.models import Area, Office
from tidu.offices.permissions import may_administer, may_open_office
from tidu.records.actions import open_chain, record

_HEIGHT = {level: height for height, level in enumerate(LOWEST_FIRST)}


@dataclass(frozen=True)
class NewOffice:
    """What is said about an office when it is opened. Telephones are the office's, never a person's."""

    code: str
    name: str
    level: Level
    division_code: str = ""
    phone: str = ""
    address: str = ""
    is_demonstration: bool = False


def open_office(*, actor: Actor, office: NewOffice, parent: Office | None, at: datetime) -> Office:
    """Open an office below `parent`, or as a root of this installation."""
    with scope(actor):
        may_open_office(actor, parent).require()
        _check_place(office, parent)
        refuse_marked(office)
        if Office.objects.filter(code=office.code).exists():
            raise Refused("office_code_taken", field="code", value=office.code)
        opened = Office.objects.create(
            **vars(office), parent=parent, chain=open_chain(kind="office"), opened_at=at
        )
        body = {"office": opened.code, "name": opened.name, "parent": parent.code if parent else None}
        record(chain=opened.chain, verb="open_office", actor=actor, at=at, body=body)
        return opened


def place_office(*, actor: Actor, office: Office, parent: Office, at: datetime) -> Office:
    """Put an office that has had nobody above it below one; both ledgers say so.

    Cases under way keep the readers they have; what is submitted from now on goes up to the parent as well.
    Refused("office_has_parent"), ("office_not_lower_than_parent"), ("office_closed"),
    ("demonstration_apart").
    """
    with scope(actor):
        may_open_office(actor, None).require()
        placed = Office.objects.select_for_update(of=("self",)).select_related("chain").get(pk=office.pk)
        _require_open(placed)
        if placed.parent_id is not None:
            raise Refused("office_has_parent", field="office", office=placed.name)
        _check_place(placed, parent)
        placed.parent = parent
        placed.save(update_fields=["parent"])
        body = {"office": placed.code, "parent": parent.code}
        for one in sorted((placed, parent), key=lambda each: each.chain_id):
            record(chain=one.chain, verb="place_office", actor=actor, at=at, body=body)
        return placed


def close_office(*, actor: Actor, office: Office, at: datetime) -> Office:
    """Close an office: nobody acts for it any longer. Its areas have moved and its work is done before.

    Raises Refused: not_allowed, office_closed, office_still_serves, office_still_works.
    """
    with scope(actor):
        may_open_office(actor, office.parent).require()
        locked = Office.objects.select_for_update().get(pk=office.pk)
        if locked.closed_at is not None:
            raise Refused("office_closed", field="office", office=locked.name)
        if (served := locked.areas.count()) or locked.children.filter(closed_at__isnull=True).exists():
            raise Refused("office_still_serves", field="office", office=locked.name, areas=served)
        if duties := duties_of(locked):
            left = "、".join(f"{label} {number} 件" for label, number in duties.items())
            raise Refused("office_still_works", field="office", office=locked.name, left=left)
        locked.closed_at = at
        locked.save(update_fields=["closed_at"])
        record(chain=locked.chain, verb="close_office", actor=actor, at=at, body={"office": locked.code})
        return locked


def open_area(
    *, actor: Actor, code: str, name: str, office: Office, at: datetime, division_code: str = ""
) -> Area:
    """Open an area (属地) served by the office."""
    with scope(actor):
        may_administer(actor, office).require()
        _require_open(office)
        if Area.objects.filter(code=code).exists():
            raise Refused("area_code_taken", field="code", value=code)
        area = Area.objects.create(code=code, name=name, office=office, division_code=division_code)
        body = {"area": code, "name": name}
        record(chain=office.chain, verb="open_area", actor=actor, at=at, body=body)
        return area


def move_area(*, actor: Actor, area: Area, office: Office, at: datetime) -> Area:
    """Let another office serve the area from now on; both offices' ledgers say so.

    Cases under way stay where they are: they are handed over one by one.
    """
    with scope(actor):
        moved = Area.objects.select_for_update(of=("self",)).select_related("office__chain").get(pk=area.pk)
        may_administer(actor, moved.office).require()
        may_administer(actor, office).require()
        _require_open(office)
        if moved.office.is_demonstration != office.is_demonstration:
            raise Refused("demonstration_apart", field="office", office=office.name)
        former, moved.office = moved.office, office
        moved.save(update_fields=["office"])
        body = {"area": moved.code, "from": former.code, "to": office.code}
        for one in sorted((former, office), key=lambda each: each.chain_id):
            record(chain=one.chain, verb="move_area", actor=actor, at=at, body=body)
        return moved


def _check_place(office: NewOffice | Office, parent: Office | None) -> None:
    """An office stands strictly below its parent, and a demonstration never below a real one."""
    if parent is None:
        return
    _require_open(parent)
    if _HEIGHT[Level(office.level)] >= _HEIGHT[Level(parent.level)]:
        raise Refused("office_not_lower_than_parent", field="level", value=office.name, parent=parent.name)
    if office.is_demonstration != parent.is_demonstration:
        raise Refused("demonstration_apart", field="parent", office=parent.name)


def _require_open(office: Office) -> None:
    if office.closed_at is not None:
        raise Refused("office_closed", field="office", office=office.name)
