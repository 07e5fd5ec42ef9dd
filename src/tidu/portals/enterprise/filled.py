"""A form as it stands: what was typed, what it means, what may still be changed, what is wrong with it.

The profile and an application are the same form over different rows.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tidu.enterprises.queries import REGISTERED
from tidu.law.checks import Finding
from tidu.law.facts import Fact, Facts, format_value, value_from_json
from tidu.law.standards import Standard
from tidu.portals.parts.fields import Evidence


class StoredRow(Protocol):
    """One stored field: exact `value`, or `raw` as typed if it could not be read."""

    value: Any
    raw: str
    version: int
    saved_at: datetime


@dataclass(frozen=True, kw_only=True)
class FilledForm:
    """Rows by (fact, period; 0 for facts of now) and everything a page says beside them.

    `open_keys` None: every field may be changed; else only these facts, or `fact:period`.
    `pointers` lead from a field's name to the page of the paper that proves it.
    """

    standard: Standard
    facts: Facts
    rows: Mapping[tuple[str, int], StoredRow]
    save_url: str
    checks: Sequence[Finding] = ()
    is_open: bool = True
    open_keys: frozenset[str] | None = None
    papers: Mapping[str, Sequence[Evidence]] = field(default_factory=dict)
    pointers: Mapping[str, Evidence] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """上年: the newest fiscal year the form asks for."""
        return self.facts.year

    def typed(self, fact: Fact, period: int) -> str:
        """What stands in the control: the value as one types it, or what was typed and could not be read."""
        row = self.rows.get((fact.id, period))
        if fact.id in REGISTERED and self.facts.known(fact.id):
            return format_value(fact, self.facts.known(fact.id))
        if row is None:
            return ""
        if row.raw or row.value is None:
            return row.raw
        return format_value(fact, value_from_json(fact, row.value))

    def typed_rows(self, fact: Fact) -> list[dict[str, str]]:
        """The rows of a table, each cell as one types it."""
        row = self.rows.get((fact.id, 0))
        if row is None:
            return []
        if row.raw:
            return _rows_of_text(row.raw)
        stored = value_from_json(fact, row.value or [])
        return [{name: format_value(fact.column(name), cell) for name, cell in one.items()} for one in stored]

    def is_stated_empty(self, fact: Fact) -> bool:
        """Whether the firm has said that there is nothing to list."""
        row = self.rows.get((fact.id, 0))
        return row is not None and row.value == []

    def version(self, fact: Fact, period: int) -> int:
        row = self.rows.get((fact.id, period))
        return row.version if row else 0

    @property
    def last_saved(self) -> datetime | None:
        """When anything of the form was saved last."""
        return max((row.saved_at for row in self.rows.values()), default=None)

    def may_change(self, fact: Fact, period: int) -> bool:
        """Whether the firm may change this field now."""
        if not self.is_open or (fact.id in REGISTERED and self.facts.known(fact.id)):
            return False
        return self.open_keys is None or self.is_marked(fact, period)

    def is_marked(self, fact: Fact, period: int) -> bool:
        """Whether an office asked to mend just this field."""
        return self.open_keys is not None and bool({fact.id, f"{fact.id}:{period}"} & self.open_keys)

    def says(self, name: str, level: str) -> str:
        """The sentences of this level that checks across fields say of a field or of a table's rows."""
        return "".join(one.sentence() for one in self.checks if one.level == level and _is_about(one, name))


def _is_about(finding: Finding, name: str) -> bool:
    return finding.field == name or (finding.field.count(".") == 2 and finding.field.startswith(f"{name}."))


def _rows_of_text(raw: str) -> list[dict[str, str]]:
    """Rows kept as typed; a text that is no list of rows is shown nowhere and lost nowhere."""
    try:
        read = json.loads(raw)
    except ValueError:
        return []
    return [dict(row) for row in read] if isinstance(read, list) else []


def findings_json(checks: Iterable[Finding]) -> str:
    """For the page's script: by field name what blocks (`error`) and what warns (`warning`)."""
    found: dict[str, dict[str, str]] = {}
    for one in checks:
        name = one.field.split(".")[0] if one.field.count(".") == 2 else one.field
        said = found.setdefault(name, {"error": "", "warning": ""})
        said["error" if one.level == "block" else "warning"] += one.sentence()
    return json.dumps(found, ensure_ascii=False)
