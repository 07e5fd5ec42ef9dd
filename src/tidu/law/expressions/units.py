"""Units of the rule language: what a written quantity is worth, and how dimensions join."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tidu.law.amounts import FEN_PER_WAN, FEN_PER_YUAN
from tidu.law.expressions.tree import MONEY, MONEY_UNIT, PURE, Constant, Dimension

MONTHS: Mapping[Dimension, int] = {(("年", 1),): 12, (("个月", 1),): 1}
"""How many months one of a unit of time holds."""
_UNITS: Mapping[str, tuple[Fraction, Dimension]] = {
    "": (Fraction(1), PURE),
    "%": (Fraction(1, 100), PURE),
    "元": (Fraction(FEN_PER_YUAN), MONEY),
    "万元": (Fraction(FEN_PER_WAN), MONEY),
    "亿元": (Fraction(FEN_PER_WAN * 10_000), MONEY),
}


def constant_of(token: str) -> Constant:
    """A written quantity in inner units: `100万元` is 100,000,000 分."""
    digits = "".join(c for c in token if c in "0123456789.")
    unit = token[len(digits) :].strip() if token.startswith(digits) else ""
    scale, dimension = _UNITS.get(unit, (Fraction(1), ((unit, 1),)))
    return Constant(Fraction(digits) * scale, dimension, f"{digits}{unit}")


def combined(left: Dimension, right: Dimension, sign: int) -> Dimension:
    """The dimension of a product, or with sign -1 of a quotient."""
    powers = dict(left)
    for unit, power in right:
        powers[unit] = powers.get(unit, 0) + sign * power
    return tuple(sorted((unit, power) for unit, power in powers.items() if power))


def unit_words(dimension: Dimension) -> str:
    """A dimension in Chinese, for a complaint."""
    if not dimension:
        return "没有单位的数或比率"
    above = [unit for unit, power in dimension if power > 0]
    below = [unit for unit, power in dimension if power < 0]
    words: Sequence[str] = [unit if unit == MONEY_UNIT else f"“{unit}”" for unit in above] or ["数"]
    return "乘".join(words) + "".join(f"每{unit}" for unit in below)
