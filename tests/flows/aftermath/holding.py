"""A firm that holds a title which the first batch calls to re-review."""

from dataclasses import dataclass
from datetime import date

from tests import cases, scene
from tests.flows.titles import announcing

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.titles.actions import enter_existing_title
from tidu.titles.models import Title


@dataclass
class Holder:
    """A firm whose title of the first batch of 2023 is valid until 30 April 2026."""

    actor: Actor
    title: Title

    def standing(self) -> tuple[str, date | None, str]:
        with scope(SYSTEM):
            title = Title.objects.get(pk=self.title.pk)
            return title.status, title.ended_on, title.end_reason


def hold(round_: cases.Round, *, until: date = announcing.LAST_DAY) -> Holder:
    firm, _ = scene.register(7)
    with scope(SYSTEM):
        province = firm.area.office.parent.parent  # type: ignore[union-attr]
    assert province is not None
    entered = enter_existing_title(
        actor=round_.province,
        announced=announcing.announced(firm, province),
        valid_from=announcing.FIRST_DAY,
        valid_until=until,
        at=scene.AT,
    )
    return Holder(Actor(kind="firm", firm_id=firm.pk, roles=frozenset({"owner"}), name=firm.name), entered)
