"""The invented province's pool of experts (专家库): entered, invited, confirmed, undertakings signed."""

from datetime import datetime

from tidu.database.scope import Actor
from tidu.demonstration.people import EXPERTS
from tidu.demonstration.world import settle_password
from tidu.offices.queries import area_by_code
from tidu.panels.actions import accept_invitation, enter_experts, invite_expert, sign_undertakings
from tidu.panels.actors import actor_for_expert
from tidu.panels.enums import Field
from tidu.panels.lists import Row
from tidu.panels.undertakings import current_digests

FIELDS = (
    *(Field.TECHNOLOGY,) * 2,
    *(Field.INDUSTRY,) * 6,
    *(Field.FINANCE,) * 4,
)
"""By number. Two of technology for two panels: they sit on one each, whatever the lot says."""
SECTORS = (("34", "35"), ("40",), ("34",), ("35", "37"), ("34", "39"), ("40", "65"))
"""行业大类 of those who judge industries, in turn; the invented firms make machines and instruments."""
HOMES = ("shili-west", "shili-county")
"""Where the experts live: in other places than the firms whose cases come to the panels."""
UNANSWERED = 1
"""How many of the last have not answered their invitation yet."""


def fill_pool(province: Actor, at: datetime) -> list[Actor]:
    """Those who may be drawn, in the order of the pool; the last has not answered his invitation."""
    rows = [_row(number, field) for number, field in enumerate(FIELDS, start=1)]
    actors = []
    for number, expert in enumerate(enter_experts(actor=province, rows=rows, at=at), start=1):
        username = f"zhuanjia{number:02d}"
        invited, first = invite_expert(actor=province, expert_id=expert.pk, username=username, at=at)
        actors.append(actor_for_expert(invited))
        if username in EXPERTS:
            settle_password(username, first, at)
    ready = actors[:-UNANSWERED]
    for actor in ready:
        _confirm(actor, at)
    return ready


def _confirm(actor: Actor, at: datetime) -> None:
    accept_invitation(actor=actor, at=at)
    sign_undertakings(actor=actor, digests=current_digests(), at=at)


def _row(number: int, field: Field) -> Row:
    is_of_industry = field is Field.INDUSTRY
    return Row(
        number=number,
        name=f"示例专家{number:02d}",
        field=field,
        sectors=SECTORS[number % len(SECTORS)] if is_of_industry else (),
        area_id=area_by_code(HOMES[number % len(HOMES)]).pk,
        employer=f"示例第{number}研究院" if is_of_industry else f"示例第{number}事务所",
    )
