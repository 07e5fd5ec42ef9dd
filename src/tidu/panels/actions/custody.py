"""The overseer keeps the secret of his chain and hands over a stretch of it at a time (docs/adr/0023)."""

from datetime import datetime

from tidu.applications.permissions import office_of
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.panels.actions.dispatch import send_waiting
from tidu.panels.actions.happening import lock_draw, record_in
from tidu.panels.drawing import input_of, standing_for
from tidu.panels.enums import DrawState
from tidu.panels.locks import require_keeping
from tidu.panels.models import Draw
from tidu.panels.secrets import Secrets, Stretch, open_secrets, seal_stretch
from tidu.proof import draw as kernel


def hand_over_links(*, actor: Actor, draw_id: int, number: int, link: str, at: datetime) -> Draw:
    """Take the overseer's link of that number, from which all before it follow; what waited for it is sent.

    It must lead to the last link shown, so that it can be none but his.

    Refused("panel_act_not_allowed"), ("draw_unknown"), ("draw_moved_on"), ("links_lie_here"),
    ("links_not_further"), ("links_of_another_chain").
    """
    with scope(actor):
        require_keeping(actor)
        draw = lock_draw(draw_id, office_id=office_of(actor))
        if draw.state != DrawState.DRAWN:
            raise Refused("draw_moved_on", state=draw.get_state_display())
        kept, text = open_secrets(draw), link.strip().lower()
        if kept.chains[1]:
            raise Refused("links_lie_here")
        _check(draw, kept, number, text)
        draw.stretch = seal_stretch(Stretch(number, text), draw.chain.token)
        draw.save(update_fields=["stretch"])
        record_in(draw, actor, "hand_over_links", at, {"number": number})
        with scope(SYSTEM):
            send_waiting(draw, at)
        return draw


def _check(draw: Draw, kept: Secrets, number: int, text: str) -> None:
    """Beyond what was handed over before, within the chain, and leading to the link shown last."""
    chain = input_of(draw).chains[1]
    before = kept.stretch.number if kept.stretch else 0
    if not before < number <= chain.length:
        raise Refused("links_not_further", field="number", value=number, before=before, length=chain.length)
    with scope(SYSTEM):
        standing = standing_for(draw, kept, ())
    is_link = len(text) == 64 and not set(text) - set("0123456789abcdef")
    if not is_link or kernel.link(bytes.fromhex(text), number, standing.number) != standing.shown[1]:
        raise Refused("links_of_another_chain", field="link", number=number, holder=chain.holder)
