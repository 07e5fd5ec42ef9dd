"""When nobody of a panel is waited for any more: its opinion joins the case, or is talked over first.

The ledger of a draw is public while its cases are with the panels: it says that something happened, and
never at which panel. Who knows when his own case went on could tell from it who has judged.
"""

from collections.abc import Mapping
from datetime import datetime

from tidu.applications.actions import join_opinion
from tidu.applications.opinions import Conclusion
from tidu.applications.queries import case_for
from tidu.database.scope import SYSTEM
from tidu.panels.actions.dispatch import call_back, is_before_panels
from tidu.panels.actions.happening import record_in
from tidu.panels.enums import HandState, TaskEnd
from tidu.panels.models import Hand
from tidu.panels.queries.opinions import opinions_of
from tidu.panels.tallying import differing, joined


def close_if_whole(hand_id: int, at: datetime) -> None:
    """Once nobody of the panel is waited for: joined, or talked over where they differ."""
    hand = Hand.objects.select_for_update(of=("self",)).select_related("draw__chain", "case").get(pk=hand_id)
    waited_for = hand.tasks.filter(ended_at__isnull=True, answered_at__isnull=True)
    if hand.state != HandState.OPEN or waited_for.exists() or not hand.opinions.exists():
        return
    if not is_before_panels(hand.case_id):
        call_back(hand, at)
        return
    if differing(opinions_of(hand)):
        hand.state = HandState.MODERATION
        hand.save(update_fields=["state"])
        record_in(hand.draw, SYSTEM, "ask_to_moderate", at, {})
        return
    join(hand, at)


def join(
    hand: Hand, at: datetime, *, settled: Mapping[str, Conclusion] | None = None, summary: str = ""
) -> None:
    """In the scope of the system: the opinion is frozen with the case, and nobody has the case before him."""
    opinion = joined(
        opinions_of(hand), draw=hand.draw.chain.token, panel=hand.panel, settled=settled, summary=summary
    )
    case = case_for(SYSTEM, hand.case_id)
    hand.state, hand.ended_at = HandState.JOINED, at
    hand.save(update_fields=["state", "ended_at"])
    hand.tasks.filter(ended_at__isnull=True).update(ended_at=at, end=TaskEnd.ANSWERED)
    join_opinion(actor=SYSTEM, case_id=case.pk, opinion=opinion, at=at)
