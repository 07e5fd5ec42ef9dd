"""Who has set up a second factor, and so needs more than a password when the telephone is lost."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef


def has_factor(account: str) -> Exists:
    """For a list of posts or members: whether the account of this column has a second factor."""
    return Exists(Authenticator.objects.filter(user=OuterRef(account)))
