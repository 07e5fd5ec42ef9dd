"""统一社会信用代码: eighteen characters of GB 32100-2015, the last one a check digit.

Codes that begin with 91990000 belong to the demonstration: no place has the
division code 990000, so no real firm can carry one.
"""

import unicodedata

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from tidu.law.refusals import Refused

DEMONSTRATION_PREFIX = "91990000"
LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

FIELD = "credit_code"

# GB 11714-1997: the organisation code inside has a check digit of its own
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def normalise(text: str) -> str:
    """The code as it is written officially: half-width capitals without spaces or hyphens."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in folded if not character.isspace() and character not in "-‐–—")


def check_credit_code(text: str, *, demonstration: bool = False) -> str:
    """The normalised code of a firm.

    Refused("credit_code_length"), ("credit_code_character"), ("credit_code_place"),
    ("credit_code_check_digit"), or ("credit_code_demonstration") where a code of the
    demonstration is used outside it.
    """
    code = normalise(text)
    if len(code) != LENGTH:
        raise Refused("credit_code_length", field=FIELD, value=text, length=len(code))
    wrong = [character for character in code if character not in ALPHABET]
    if wrong:
        raise Refused("credit_code_character", field=FIELD, value=code, wrong=wrong)
    _check_form(code)
    if code.startswith(DEMONSTRATION_PREFIX) and not demonstration:
        raise Refused("credit_code_demonstration", field=FIELD, value=code)
    return code


def demonstration_code(number: int) -> str:
    """A valid code for the invented firm of that number (0 to 99 999 999), the same each time.

    The organisation code is scattered, so that neighbours do not look alike.
    """
    if not 0 <= number < 10**8:
        raise ValueError(f"no demonstration code for {number}")
    # an odd multiplier modulo a power of ten that it shares no factor with visits each value once
    scattered = f"{(number * 61_803_399 + 27_182_818) % 10**8:08d}"
    body = DEMONSTRATION_PREFIX + scattered + organisation_check_digit(scattered)
    return body + str(uscc.calc_check_digit(body))


def organisation_check_digit(body: str) -> str:
    """The ninth character of an organisation code, from the eight before it (GB 11714-1997)."""
    total = sum(
        _ORGANISATION_ALPHABET.index(character) * weight
        for character, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[(11 - total % 11) % 11]


def _check_form(code: str) -> None:
    try:
        uscc.validate(code)
    except InvalidChecksum:
        raise Refused("credit_code_check_digit", field=FIELD, value=code) from None
    except ValidationError:
        raise Refused("credit_code_place", field=FIELD, value=code, part=code[:8]) from None
