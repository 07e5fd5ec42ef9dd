"""How amounts are written: 分 inside, 万元 with up to six decimals on screen."""

from collections.abc import Iterable
from fractions import Fraction

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
_WAN_DECIMALS = 6


def format_money(fen: int) -> str:
    """`123450000` 分 as `123.45` (万元): two to six decimals, thousands grouped, exact."""
    whole, rest = divmod(abs(fen), FEN_PER_WAN)
    decimals = f"{rest:0{_WAN_DECIMALS}d}".rstrip("0").ljust(2, "0")
    return f"{'-' if fen < 0 else ''}{whole:,}.{decimals}"


def format_count(count: int) -> str:
    """`12345` as `12,345`."""
    return f"{count:,}"


def format_share(share: Fraction, beside: Iterable[Fraction] = ()) -> str:
    """`Fraction(3, 100)` as `3%`, for display only.

    Rounded half up to two decimals, or to as many more as it takes not to look
    equal to a limit that it is not equal to: 2.999999% beside 3% stays so.
    """
    limits = [limit for limit in beside if limit != share]
    decimals = 2
    while any(_hundredths(share, decimals) == _hundredths(limit, decimals) for limit in limits):
        decimals += 1
    rounded = _hundredths(share, decimals)
    whole, rest = divmod(abs(rounded), 10**decimals)
    tail = f"{rest:0{decimals}d}".rstrip("0")
    return f"{'-' if rounded < 0 else ''}{whole:,}{'.' + tail if tail else ''}%"


def _hundredths(share: Fraction, decimals: int) -> int:
    """The percentage as an integer of its last decimal place, rounded half away from zero."""
    scaled: int = abs(share.numerator) * 100 * 10**decimals
    rounded = (2 * scaled + share.denominator) // (2 * share.denominator)
    return -rounded if share.numerator < 0 else rounded
