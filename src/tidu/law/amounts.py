"""How amounts are written: 分 inside, 万元 with up to six decimals on screen."""

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


def format_share(share: Fraction) -> str:
    """`Fraction(3, 100)` as `3%`; rounded half up to two decimals only if it is longer."""
    return f"{format_percentage_points(share)}%"


def format_percentage_points(share: Fraction) -> str:
    """`Fraction(3, 100)` as `3`: a share in hundredths, at most two decimals, for display only."""
    hundredths = share * 10_000
    rounded = (2 * abs(hundredths.numerator) + hundredths.denominator) // (
        2 * hundredths.denominator
    )
    whole, rest = divmod(rounded, 100)
    decimals = f"{rest:02d}".rstrip("0")
    sign = "-" if share < 0 and rounded else ""
    return f"{sign}{whole:,}{'.' + decimals if decimals else ''}"
