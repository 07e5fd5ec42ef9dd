"""Who acts in the demonstration: the firms' own employees and the officers, as actors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tidu.database.scope import PUBLIC, Actor, scope
from tidu.demonstration.forms import Invented, form_of
from tidu.demonstration.people import PASSWORD, firm_username
from tidu.demonstration.world import officer
from tidu.enterprises.actions import Contact, Login, register_firm, save_profile_field
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.models import Firm
from tidu.offices.queries import area_by_code
from tidu.programmes.models import Batch, Notice


@dataclass
class Cast:
    """Everybody by role, and the batches of the invented notice in their order."""

    notice: Notice
    batches: list[Batch]
    offices: Mapping[str, Actor]
    firms: dict[int, tuple[Firm, Actor]] = field(default_factory=dict)

    @property
    def city(self) -> Actor:
        """The city bureau."""
        return self.offices["shili-city"]

    @property
    def province(self) -> Actor:
        """The province's department."""
        return self.offices["shili-province"]

    def county_of(self, firm: Invented) -> Actor:
        """The office of the place a firm belongs to."""
        return self.offices[firm.area]


def gather(notice: Notice) -> Cast:
    """The officers and batches; firms join by `register`."""
    codes = ("shili-east", "shili-west", "shili-county", "shili-harbour", "shili-hightech")
    offices = {code: officer(code) for code in (*codes, "shili-city", "shili-province")}
    return Cast(notice, list(notice.batches.select_related("notice__office").order_by("position")), offices)


def register(cast: Cast, firm: Invented, at: datetime) -> None:
    """Register a firm by its own employee and fill its profile, field by field."""
    with scope(PUBLIC):
        contact = Contact(name="示例联系人", phone=f"000-0000{firm.index:04d}", is_employee=True)
        login = Login(firm_username(firm.index), PASSWORD)
        registered, member = register_firm(
            actor=PUBLIC,
            uscc=firm.uscc,
            name=firm.name,
            area=area_by_code(firm.area),
            contact=contact,
            login=login,
            at=at,
            demonstration=True,
        )
        actor = actor_for_member(member)
    cast.firms[firm.index] = (registered, actor)
    year = cast.batches[-1].opens_at.year - 1
    with scope(actor):
        for (fact, period), raw in form_of(firm, year=year).items():
            save_profile_field(
                actor=actor, firm=registered, fact=fact, period=period, raw=raw, expected_version=0, at=at
            )
