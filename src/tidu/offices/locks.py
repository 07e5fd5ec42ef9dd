"""Rows held until the transaction ends."""

from tidu.offices.models import Account


def lock_account(account: Account) -> Account:
    """The account as it stands: what it opens and who knows its password do not change meanwhile."""
    return Account.objects.select_for_update().get(pk=account.pk)
