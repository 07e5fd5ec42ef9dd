"""What changed between two submissions of a case."""

from dataclasses import dataclass
from typing import Any

from tidu.applications.models import Case
from tidu.records.queries import thaw


@dataclass(frozen=True)
class Change:
    """One difference. `period` is 0 for facts without one; `before`/`after` are stored values or None."""

    fact: str
    period: int
    before: Any
    after: Any


@dataclass(frozen=True)
class Changes:
    """Differences of facts and of papers; empty after the first submission."""

    facts: tuple[Change, ...] = ()
    papers_added: tuple[str, ...] = ()
    papers_removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.facts or self.papers_added or self.papers_removed)


def changes_since_last_round(case: Case) -> Changes:
    """Compares the two newest submissions by their frozen snapshots."""
    digests = list(
        case.snapshots.filter(kind="submission").order_by("-round").values_list("digest", flat=True)[:2]
    )
    if len(digests) < 2:
        return Changes()
    after, before = (thaw(digest) for digest in digests)
    papers_after, papers_before = _papers(after), _papers(before)
    return Changes(
        facts=_changed_facts(before["facts"]["values"], after["facts"]["values"]),
        papers_added=tuple(name for key, name in papers_after.items() if key not in papers_before),
        papers_removed=tuple(name for key, name in papers_before.items() if key not in papers_after),
    )


def _changed_facts(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    changes = []
    for fact in sorted(before.keys() | after.keys()):
        old, new = before.get(fact, {}), after.get(fact, {})
        for slot in sorted(old.keys() | new.keys()):
            if old.get(slot) != new.get(slot):
                period = 0 if slot == "now" else int(slot)
                changes.append(Change(fact, period, old.get(slot), new.get(slot)))
    return tuple(changes)


def _papers(body: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(one["item"], one["sha256"]): one["name"] for one in body["evidence"]}
