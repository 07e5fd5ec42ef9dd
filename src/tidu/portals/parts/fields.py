"""One field of a form as the page needs it, made from a fact of the law's vocabulary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tidu.law.facts.definitions import Fact, FactKind

LINES_FROM = 200
"""A text of more characters than this is typed into several lines."""
RADIOS_TO = 4
"""Up to so many options stand open; more fold into a list."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


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


FLAG = (Choice("是", "是"), Choice("否", "否"), Choice("", "未填"))
_NUMBERS = frozenset({"money", "count", "share", "score", "number"})


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
        """Which control is drawn: number, date, text, lines, radio or select."""
        if self.kind in _NUMBERS:
            return "number"
        if self.kind in ("choice", "judgement", "flag"):
            return "radio" if len(self.options) <= RADIOS_TO and not self.bare else "select"
        # What was typed and is no day stays to be seen; a date control would hide it.
        if self.kind == "date":
            return "date" if not self.value or _ISO_DAY.fullmatch(self.value) else "text"
        return "lines" if self.kind == "lines" else "text"

    @property
    def options(self) -> Sequence[Choice]:
        return FLAG if self.kind == "flag" else self.choices

    @property
    def described_by(self) -> str:
        """The ids of help and message for aria-describedby."""
        parts = ["says"] if self.bare else ["help", "says"]
        return " ".join(f"{self.id}-{part}" for part in parts)


def field_of(fact: Fact, typed: str, *, name: str = "", **state: Any) -> Field:
    """The field of a fact with what was typed into it; `state` is any other word of `Field`.

    Options are sent by their label, which is also what `law.facts.entry.format_value` writes.
    """
    long = fact.kind is FactKind.TEXT and (fact.at_most or 0) > LINES_FROM
    return Field(
        name=name or fact.id,
        label=fact.label,
        kind="lines" if long else fact.kind.value,
        unit=fact.unit,
        help=state.pop("help", fact.definition or fact.help),
        value=typed,
        choices=tuple(Choice(option.label, option.label) for option in fact.options),
        required=state.pop("required", fact.required),
        source=state.pop("source", fact.source),
        **state,
    )
