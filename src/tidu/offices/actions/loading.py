"""Opening the offices that a file of the rulebook lists; loading it again opens only what is new."""

from datetime import datetime
from typing import Any

from tidu.database.scope import Actor, scope
from tidu.law.rulebook import read_toml
from tidu.offices.actions.places import NewOffice, open_area, open_office
from tidu.offices.enums import Level
from tidu.offices.models import Area, Office


def load_offices(*, actor: Actor, name: str, at: datetime) -> list[Office]:
    """Open the offices and areas of `rulebook/offices/<name>.toml`; returns those that are new.

    Offices stand in the file below the ones they report to. What exists stays as it is.
    """
    body = read_toml("offices", name)
    with scope(actor):
        known = {office.code: office for office in Office.objects.all()}
        served = set(Area.objects.values_list("code", flat=True))
        opened = []
        for entry in body["offices"]:
            if entry["code"] not in known:
                parent = known[entry["parent"]] if entry.get("parent") else None
                office = _new_office(entry, demonstration=body.get("demonstration", False))
                known[office.code] = open_office(actor=actor, office=office, parent=parent, at=at)
                opened.append(known[office.code])
            _open_areas(actor, entry, known[entry["code"]], served, at)
        return opened


def _new_office(entry: dict[str, Any], *, demonstration: bool) -> NewOffice:
    return NewOffice(
        code=entry["code"],
        name=entry["name"],
        level=Level(entry["level"]),
        division_code=entry.get("division", ""),
        phone="、".join(entry.get("phones", ())),
        address=entry.get("address", ""),
        is_demonstration=demonstration,
    )


def _open_areas(actor: Actor, entry: dict[str, Any], office: Office, served: set[str], at: datetime) -> None:
    for area in entry.get("places", ()):
        if area["code"] not in served:
            open_area(
                actor=actor, code=area["code"], name=area["name"], office=office, at=at,
                division_code=area.get("division", ""),
            )  # fmt: skip
