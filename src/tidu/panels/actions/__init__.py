"""Everything that is done with experts."""

from tidu.panels.actions.conflicts import declare_conflict, name_conflict
from tidu.panels.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite_expert,
    renew_expert_password,
    sign_undertakings,
    stay_away,
)
from tidu.panels.actions.pool import enter_experts, note_conduct, release_expert

__all__ = [
    "accept_invitation",
    "declare_conflict",
    "decline_invitation",
    "enter_experts",
    "invite_expert",
    "name_conflict",
    "note_conduct",
    "release_expert",
    "renew_expert_password",
    "sign_undertakings",
    "stay_away",
]
