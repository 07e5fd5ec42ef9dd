"""The geometry of a score bar: what is sure, what is still possible, where the pass line stands."""

from dataclasses import dataclass
from fractions import Fraction

WIDTH = 1000
"""The bar is drawn on a canvas of this many units, whatever its width on screen."""


@dataclass(frozen=True)
class ScoreBar:
    """A score known to lie between `low` and `high`, out of `full`; `pass_line` may be missing."""

    low: int
    high: int
    full: int
    pass_line: int | None
    label: str = "评价得分"

    @property
    def sure(self) -> int:
        return self._at(self.low)

    @property
    def maybe(self) -> int:
        return self._at(self.high) - self._at(self.low)

    @property
    def line(self) -> int | None:
        return None if self.pass_line is None else self._at(self.pass_line)

    @property
    def text(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low} ~ {self.high}"

    @property
    def state(self) -> str:
        """`met`, `unmet` or `open`: whether the pass line is reached for certain."""
        if self.pass_line is None:
            return "open"
        if self.low >= self.pass_line:
            return "met"
        return "unmet" if self.high < self.pass_line else "open"

    @property
    def spoken(self) -> str:
        """The bar in words, for those who do not see it."""
        known = f"{self.low} 分" if self.low == self.high else f"{self.low} 至 {self.high} 分"
        line = "" if self.pass_line is None else f"，合格线 {self.pass_line} 分"
        return f"{self.label} {known}，满分 {self.full} 分{line}"

    def _at(self, points: int) -> int:
        return round(Fraction(points * WIDTH, self.full))
