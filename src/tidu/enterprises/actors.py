"""From a membership to the actor that the database and the ledger know."""

from tidu.database.scope import Actor
from tidu.enterprises.models import Member


def actor_for_member(member: Member) -> Actor:
    """The firm acting through this account; the ledger shows the firm's name."""
    return Actor(
        kind="firm",
        account_id=member.account_id,
        firm_id=member.firm_id,
        roles=frozenset({member.role}),
        name=member.firm.name,
    )
