"""From an entry in the pool to the actor that the database and the ledger know."""

from tidu.database.scope import Actor
from tidu.panels.models import Expert

NAME = "评审专家"
"""What pages and ledgers call an expert, whoever he is."""


def actor_for_expert(expert: Expert) -> Actor:
    """The expert acting by his own account, for nobody else."""
    return Actor(kind="expert", account_id=expert.account_id, name=NAME)
