"""The form into which a notice is typed: `rulebook/drafting/notice.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from tidu.law import plain
from tidu.law.notices import Notice
from tidu.law.refusals import Refused
from tidu.law.rulebook import read_toml

Control = Literal[
    "text", "long", "lines", "names", "number", "day", "moment", "choice", "choices", "yes", "value"
]


@dataclass(frozen=True)
class Column:
    """One thing to type. `words` are options that never change, `options` names where others come from.

    `more` stands behind “更多”; `span` is its width in twelfths of a line.
    """

    name: str
    label: str
    control: Control
    help: str = ""
    options: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    more: bool = False
    span: int = 3


@dataclass(frozen=True)
class Block:
    """Things typed together: the notice's own (`fields`), one group, rows, or pairs of key and value.

    The rows of a `flat` block stand one beneath the other like a table; others fold, and of the column
    `brief` they show what it says while they are folded.
    """

    kind: Literal["fields", "group", "rows", "pairs"]
    title: str
    columns: tuple[Column, ...]
    name: str = ""
    row: str = ""
    help: str = ""
    flat: bool = False
    brief: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the notice's data that this block holds."""
        return tuple(column.name for column in self.columns) if self.kind == "fields" else (self.name,)

    @property
    def repeats(self) -> bool:
        """Whether lines can be added and removed."""
        return self.kind in ("rows", "pairs")

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class Section:
    """One part of the form, which is saved by itself."""

    id: str
    title: str
    help: str
    blocks: tuple[Block, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the notice's data that this section holds."""
        return tuple(key for block in self.blocks for key in block.keys)

    def block(self, name: str) -> Block | None:
        """The block of rows, of pairs or the group of that name."""
        return next((block for block in self.blocks if block.name == name), None)


def default_of(block: Block, column: Column) -> Any:
    """What a notice means where this column says nothing; None if it must say something."""
    part = Notice if block.kind == "fields" else plain.part_of(Notice, block.name)
    return _defaults(part).get(column.name) if part is not None else None


@cache
def _defaults(part: type) -> Mapping[str, Any]:
    return plain.defaults_of(part)


@dataclass(frozen=True)
class _Form:
    sections: tuple[Section, ...]


@cache
def form() -> tuple[Section, ...]:
    """The sections in the order in which a notice is drafted."""
    return plain.read(_Form, read_toml("drafting", "notice")).sections


def section(section_id: str) -> Section:
    """The section of that id. Refused("draft_section_unknown")."""
    for one in form():
        if one.id == section_id:
            return one
    raise Refused("draft_section_unknown", value=section_id)
