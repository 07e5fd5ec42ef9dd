"""Everything that is done with experts: the pool, draws, dispatch, opinions."""

from tidu.panels.actions.conflicts import declare_conflict, name_conflict
from tidu.panels.actions.custody import hand_over_links
from tidu.panels.actions.dispatch import dispatch_case, dispatch_waiting, take_back
from tidu.panels.actions.draws import draw_panels, freeze_draw, take_commitment
from tidu.panels.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite_expert,
    renew_expert_password,
    sign_undertakings,
    stay_away,
)
from tidu.panels.actions.opinions import moderate, replace_silent, submit_opinion
from tidu.panels.actions.plans import DrawPlan, Shown
from tidu.panels.actions.pool import enter_experts, note_conduct, release_expert
from tidu.panels.actions.publishing import publish_draw
from tidu.panels.actions.recusal import recuse, withdraw_expert
from tidu.panels.actions.reminders import note_overdue, remind_expert
from tidu.panels.asking import OpinionText

__all__ = [
    "DrawPlan",
    "OpinionText",
    "Shown",
    "accept_invitation",
    "declare_conflict",
    "decline_invitation",
    "dispatch_case",
    "dispatch_waiting",
    "draw_panels",
    "enter_experts",
    "freeze_draw",
    "hand_over_links",
    "invite_expert",
    "moderate",
    "name_conflict",
    "note_conduct",
    "note_overdue",
    "publish_draw",
    "recuse",
    "release_expert",
    "remind_expert",
    "renew_expert_password",
    "replace_silent",
    "sign_undertakings",
    "stay_away",
    "submit_opinion",
    "take_back",
    "take_commitment",
    "withdraw_expert",
]
