"""Opening the record of a draw: once its panels have no case left, everybody may read it whole."""

from datetime import datetime

from tidu.applications.permissions import office_of
from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.panels.actions.happening import lock_draw, record_in
from tidu.panels.enums import DrawState
from tidu.panels.locks import require_keeping
from tidu.panels.models import Draw, Hand
from tidu.panels.queries.draws import record_of
from tidu.records.actions import freeze


def publish_draw(*, actor: Actor, draw_id: int, at: datetime) -> Draw:
    """Publish the whole record (抽取笔录), dispatches included, under pseudonyms; no case follows.

    Refused("panel_act_not_allowed"), ("draw_unknown"), ("draw_moved_on"), ("draw_has_open_cases").
    """
    with scope(actor):
        require_keeping(actor)
        draw = lock_draw(draw_id, office_id=office_of(actor))
        if draw.state != DrawState.DRAWN:
            raise Refused("draw_moved_on", state=draw.get_state_display())
        waiting = Hand.objects.filter(draw=draw, ended_at__isnull=True).count()
        if waiting:
            raise Refused("draw_has_open_cases", count=waiting)
        draw.state, draw.published_at = DrawState.PUBLISHED, at
        draw.save(update_fields=["state", "published_at"])
        digest = freeze(record_of(draw), public=True)
        record_in(draw, actor, "publish_draw", at, {"record": digest}, snapshot=digest)
        return draw
