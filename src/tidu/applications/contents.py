"""What a case says, in the law's terms: its facts, its verdict, its completeness, its snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tidu.applications.models import Case, CaseField, Finding
from tidu.law.calendars import legal_day
from tidu.law.checks import Finding as CheckFinding
from tidu.law.checks import check, unread
from tidu.law.facts import Facts
from tidu.law.facts.values import FACTS_SCHEMA
from tidu.law.notices import Evidence, Notice
from tidu.law.standards import Standard, Verdict
from tidu.programmes.queries import notice_by_digest, notice_text, standard_by_digest

SNAPSHOT_SCHEMA = "tidu.case-snapshot/1"


def reference_year(case: Case) -> int:
    """上年: the last fiscal year completed before the batch opened."""
    return legal_day(case.batch.opens_at).year - 1


def facts_from(rows: Iterable[tuple[str, int, Any]], *, year: int, as_of: date) -> Facts:
    """Facts from stored (fact, period, value) rows; a null value is missing."""
    values: dict[str, dict[str, Any]] = {}
    for fact, period, value in rows:
        if value is not None:
            values.setdefault(fact, {})[str(period) if period else "now"] = value
    return Facts.from_json(
        {"schema": FACTS_SCHEMA, "year": year, "as_of": as_of.isoformat(), "values": values}
    )


def facts_of(case: Case, *, at: datetime, with_findings: bool = True) -> Facts:
    """The form as it stands; officers' findings, the newest last, stand over what the firm stated."""
    rows = list(CaseField.objects.filter(case=case).values_list("fact", "period", "value"))
    if with_findings:
        rows += _found(case)
    return facts_from(_newest(rows), year=reference_year(case), as_of=legal_day(at))


def _found(case: Case) -> list[tuple[str, int, Any]]:
    """What officers found, in the order of finding."""
    return list(Finding.objects.filter(case=case).order_by("at", "id").values_list("fact", "period", "value"))


def _newest(rows: Iterable[tuple[str, int, Any]]) -> list[tuple[str, int, Any]]:
    return [(fact, period, value) for (fact, period), value in {(f, p): v for f, p, v in rows}.items()]


def standard_of(case: Case) -> Standard:
    """The standard that the notice chose, as frozen when the batch was published."""
    return standard_by_digest(case.standard_digest)


def notice_of(case: Case) -> Notice:
    """The notice as it read when the case was opened or last moved to a newer version."""
    return notice_by_digest(case.notice_digest)


def mending_is_hard(case: Case) -> bool:
    """Whether a request to mend that is not answered in time ends the case (本批次终止).

    Only if the notice said so when the case was opened and still does: no corrigendum is harsher afterwards.
    """
    texts = (notice_of(case), notice_text(case.batch.notice))
    return all(text.choice("mending_mode") == "hard" for text in texts)


def judge(case: Case, *, at: datetime) -> Verdict:
    """The verdict on the case as it stands."""
    return standard_of(case).judge(facts_of(case, at=at))


@dataclass(frozen=True)
class Completeness:
    """What is still missing before the case can be submitted."""

    missing_facts: tuple[tuple[str, int], ...]
    missing_evidence: tuple[str, ...]
    blocking: tuple[CheckFinding, ...]
    warnings: tuple[CheckFinding, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing blocks a submission; warnings never do (自愿申报)."""
        return not (self.missing_facts or self.missing_evidence or self.blocking)


def completeness(case: Case, *, at: datetime) -> Completeness:
    """Required facts, required papers, what could not be read, and the checks across fields."""
    facts = facts_of(case, at=at, with_findings=False)
    drafts = CaseField.objects.filter(case=case).exclude(raw="").values_list("fact", "period", "raw")
    findings = [*unread(drafts, at), *check(facts, at=at)]
    present = set(case.evidence.filter(removed_at__isnull=True).values_list("item", flat=True))
    return Completeness(
        missing_facts=tuple((fact, period or 0) for fact, period in standard_of(case).missing_entries(facts)),
        missing_evidence=tuple(
            item.id for item in notice_of(case).evidence if needed(item, facts) and item.id not in present
        ),
        blocking=tuple(f for f in findings if f.level == "block"),
        warnings=tuple(f for f in findings if f.level == "warn"),
    )


def needed(item: Evidence, facts: Facts) -> bool:
    """Whether this paper must come along: always, or because the firm claims what it proves."""
    if item.needed == "when_claimed":
        return any(_claimed(facts, fact) for fact in item.when)
    return item.needed == "always"


def _claimed(facts: Facts, fact_id: str) -> bool:
    """A flag set, a table with rows, a number above zero, in any period."""
    return any(bool(value) for (fact, _), value in facts.items() if fact == fact_id)


def snapshot_body(case: Case, verdict: Verdict, *, at: datetime, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that a later reader needs to judge again what was submitted or decided.

    `facts` are what the firm states; `findings` what officers found instead, the newest of each.
    `verdict` is the one on the case as it stands, findings included.
    """
    stated = facts_of(case, at=at, with_findings=False)
    evidence = (
        case.evidence.filter(removed_at__isnull=True)
        .select_related("file")
        .order_by("item", "position", "id")
    )
    return {
        "schema": SNAPSHOT_SCHEMA,
        "case": case.number,
        "firm": {"uscc": case.firm.uscc, "name": case.firm.name},
        "batch": case.batch.code,
        "kind": case.kind,
        "round": case.round,
        "notice": case.notice_digest,
        "standard": {"id": case.standard, "digest": case.standard_digest},
        "procedure": case.procedure_digest,
        "facts": stated.to_json(),
        "findings": [
            {"fact": fact, "period": period, "value": value} for fact, period, value in _newest(_found(case))
        ],
        "evidence": [{"item": e.item, "name": e.name, "sha256": e.file.sha256, "id": e.pk} for e in evidence],
        "verdict": verdict.as_json(),
        **extra,
    }
