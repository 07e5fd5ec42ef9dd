"""National identity numbers (公民身份号码, GB 11643): what passes a case on never passes these on.

Nothing that the notices ask for needs one. A firm may have typed one into a text all the same; the case
keeps it as submitted, and whatever leaves the system shows that something stood there.
"""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "［身份号码已隐去］"

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])"
    r"[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])"
)
"""Place, date of birth, serial, check character; the last is not checked: one typed wrong is personal too."""


def hide(text: str) -> str:
    """The text without the numbers in it."""
    return _NUMBER.sub(HIDDEN, text)


def hide_in(value: Any) -> Any:
    """A JSON value whose texts hold no number; the very same value if none did."""
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, Mapping):
        return {hide(key): hide_in(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [hide_in(item) for item in value]
    return value
