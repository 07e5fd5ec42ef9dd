"""From a post to the actor that the database and the ledger know."""

from tidu.database.scope import Actor
from tidu.offices.enums import Role
from tidu.offices.models import Account, Post
from tidu.offices.queries import active_posts


def actor_for_post(post: Post) -> Actor:
    """The office acting through this account, with every role the account holds in that office."""
    roles = {held.role for held in active_posts(post.account) if held.office_id == post.office_id}
    return actor_with_roles(post, roles)


def actor_with_roles(post: Post, roles: set[str]) -> Actor:
    """As `actor_for_post`, when the roles are known already. An auditor only reads."""
    return Actor(
        kind="auditor" if Role.AUDITOR in roles else "office",
        account_id=post.account_id,
        office_id=post.office_id,
        roles=frozenset(roles),
        name=post.office.name,
    )


def actor_for_operator(account: Account) -> Actor:
    """The people who keep the installation running; they see no case."""
    return Actor(kind="operator", account_id=account.pk, name="系统运维")
