"""One field of a form as the page needs it, made from a fact of the law's vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tidu.law.amounts import format_money


class FactLike(Protocol):
    """What a field reads of a fact."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def definition(self) -> str: ...


@dataclass(frozen=True)
class Choice:
    """One option of a choice: what is stored and what is read."""

    value: str
    label: str


@dataclass(frozen=True)
class Evidence:
    """A paper that proves the field; without an address it is still due."""

    label: str
    url: str = ""


FLAG = (Choice("yes", "是"), Choice("no", "否"), Choice("", "未填"))
_CONTROLS = {"text": "text", "date": "date", "choice": "choice", "flag": "flag"}


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field on the page.

    `value` is what stands in the control, as typed; empty means 未填. `version` and
    `autosave` (an address) let it save itself. `mend` marks what an office asked to
    mend, `why` is the office's remark. `bare` drops name, help and side, for cells.
    """

    name: str
    label: str
    kind: str = "text"
    unit: str = ""
    help: str = ""
    value: str = ""
    period: str = ""
    choices: Sequence[Choice] = ()
    required: bool = False
    readonly: bool = False
    bare: bool = False
    version: int = 0
    autosave: str = ""
    error: str = ""
    warning: str = ""
    saved_at: datetime | None = None
    mend: bool = False
    why: str = ""
    source: str = ""
    evidence: Sequence[Evidence] = ()

    @property
    def id(self) -> str:
        """The id of the control: an address fragment may point at it."""
        return "field-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in self.name)

    @property
    def control(self) -> str:
        """Which control is drawn: number, text, lines, date, choice or flag."""
        if self.kind in ("money", "count", "share", "number"):
            return "number"
        return "lines" if self.kind == "lines" else _CONTROLS.get(self.kind, "text")

    @property
    def options(self) -> Sequence[Choice]:
        return FLAG if self.kind == "flag" else self.choices

    @property
    def described_by(self) -> str:
        """The ids of help and message for aria-describedby."""
        parts = ["says"] if self.bare else ["help", "says"]
        return " ".join(f"{self.id}-{part}" for part in parts)


def typed_money(fen: int | None) -> str:
    """分 as it is typed in 万元, without grouping; None is empty."""
    return "" if fen is None else format_money(fen).replace(",", "")
