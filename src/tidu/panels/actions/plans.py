"""What a draw is made from: what the office decides beforehand, and what is shown for the seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tidu.panels.enums import DrawMode
from tidu.proof import draw as kernel


@dataclass(frozen=True)
class DrawPlan:
    """What the drawing office decides beforehand.

    `overseer` holds the second chain of the dispatch; `days` is how long opinions may take, as long as the
    notice says if None and never longer, `cap` how many cases anybody gets, `most_dispatches` the length of
    the two chains, `by_area` whether experts judge no firm of their own area. With `overseers_anchor` the
    overseer keeps his secret and hands over his links.
    """

    divisions: Sequence[kernel.Division]
    witnesses: Sequence[str]
    overseer: str
    cap: int = 40
    days: int | None = None
    mode: DrawMode = DrawMode.INSTANT
    by_area: bool = True
    public_draw: kernel.PublicDraw | None = None
    width_percent: int = 50
    most_dispatches: int = 20_000
    overseers_anchor: str = ""
    replaces: int | None = None
    reason: str = ""

    @property
    def rules(self) -> dict[str, Any]:
        """What of it stands in the frozen input as it is."""
        return {
            "mode": self.mode.value,
            "divisions": tuple(self.divisions),
            "cap": self.cap,
            "width_percent": self.width_percent,
        }


@dataclass(frozen=True)
class Shown:
    """What is shown for the seed: each witness's number and salt (hexadecimal), the public draw's numbers."""

    witnesses: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    public_draw: tuple[tuple[int, ...], ...] | None = None
