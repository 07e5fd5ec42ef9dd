"""A pool of invented experts, entered, invited and confirmed by the same actions as anywhere else."""

from collections.abc import Iterable

from tests import scene
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.offices.models import Account
from tidu.panels.actions import accept_invitation, enter_experts, invite_expert, sign_undertakings
from tidu.panels.actors import actor_for_expert
from tidu.panels.enums import Field
from tidu.panels.lists import Row
from tidu.panels.models import Expert
from tidu.panels.undertakings import current_digests

MACHINES = "35"
"""专用设备制造业, of which the invented firms are."""


def row(number: int, field: Field = Field.INDUSTRY, **changes: object) -> Row:
    """The invented expert of this number; each works for a unit of his own, in the western district."""
    values: dict[str, object] = {
        "name": f"示例专家{number:02d}",
        "field": field,
        "sectors": (MACHINES,) if field is Field.INDUSTRY else (),
        "area_id": scene.area(scene.WEST).pk,
        "employer": f"示例第{number}研究所",
    }
    return Row(number=number, **values | changes)  # type: ignore[arg-type]


def entered(office: Actor, rows: Iterable[Row]) -> list[Expert]:
    return enter_experts(actor=office, rows=list(rows), at=scene.AT)


def invited(office: Actor, expert: Expert) -> Actor:
    """Whoever has got the account; the one-time password was changed."""
    username = f"expert-{expert.pk}"
    known, _ = invite_expert(actor=office, expert_id=expert.pk, username=username, at=scene.AT)
    with scope(SYSTEM):
        Account.objects.filter(username=username).update(one_time_until=None)
    return actor_for_expert(known)


def confirmed(office: Actor, expert: Expert) -> Actor:
    actor = invited(office, expert)
    accept_invitation(actor=actor, at=scene.AT)
    return actor


def ready(office: Actor, expert: Expert) -> Actor:
    """An expert who may be drawn: confirmed, all undertakings signed."""
    actor = confirmed(office, expert)
    sign_undertakings(actor=actor, digests=current_digests(), at=scene.AT)
    return actor
