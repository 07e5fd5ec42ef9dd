"""Passwords: what a person may choose, and the one-time password handed over by somebody else."""

import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tidu.law.refusals import Refused
from tidu.offices.models import Account

ONE_TIME_VALIDITY = timedelta(days=7)
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


def one_time_password() -> str:
    """Sixteen letters and digits that nobody confuses when reading them out: `kq7m-2fhx-9wpc-t4ud`."""
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)]
    return "-".join(groups)


def check_password(password: str, account: Account) -> None:
    """Refused `password_weak` with every reason of the configured validators."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refused("password_weak", field="password", reasons=" ".join(error.messages)) from None
