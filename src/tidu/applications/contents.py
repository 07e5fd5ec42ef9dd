"""What a case says, in the law's terms: its facts, its verdict, its completeness, its snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tidu.applications.models import Case, CaseField, EvidenceItem, Finding
from tidu.enterprises.queries import registered_facts
from tidu.law.calendars import legal_day
from tidu.law.checks import Finding as CheckFinding
from tidu.law.checks import check, unread
from tidu.law.facts import Facts, Vocabulary
from tidu.law.facts.values import FACTS_SCHEMA
from tidu.law.notices import Evidence, Notice
from tidu.law.standards import Standard, Verdict
from tidu.programmes.queries import notice_by_digest, notice_text, standard_by_digest

SNAPSHOT_SCHEMA = "tidu.case-snapshot/1"


def reference_year(case: Case) -> int:
    """上年: the last fiscal year completed before the batch opened."""
    return legal_day(case.batch.opens_at).year - 1


def facts_from(
    rows: Iterable[tuple[str, int, Any]], *, year: int, as_of: date, vocabulary: Vocabulary
) -> Facts:
    """Facts from stored (fact, period, value) rows; null is missing, what the vocabulary lacks is no part."""
    values: dict[str, dict[str, Any]] = {}
    for fact, period, value in rows:
        if value is not None and fact in vocabulary.facts:
            values.setdefault(fact, {})[str(period) if period else "now"] = value
    body = {"schema": FACTS_SCHEMA, "year": year, "as_of": as_of.isoformat(), "values": values}
    return Facts.from_json(body, vocabulary)


def _newest(rows: Iterable[tuple[str, int, Any]]) -> list[tuple[str, int, Any]]:
    return [(fact, period, value) for (fact, period), value in {(f, p): v for f, p, v in rows}.items()]


def facts_of(case: Case, *, at: datetime, with_findings: bool = True) -> Facts:
    """The form as it stands; officers' findings, the newest last, stand over what the firm stated."""
    contents = Contents(case, at=at)
    return contents.found if with_findings else contents.stated


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
    return Contents(case, at=at).verdict


def mark_of(fact: str, period: int) -> str:
    """How a request to mend marks one field."""
    return f"{fact}:{period}" if period else fact


def _marked(field: str) -> str:
    """The mark of a finding's field: a year of a fact, or of a table's cell the whole table."""
    fact, _, rest = field.partition(".")
    return mark_of(fact, int(rest) if rest.isdecimal() else 0)


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

    @property
    def fields(self) -> frozenset[str]:
        """The fields that stand in the way, as a request to mend marks them: a fact, or "fact:year"."""
        missing = (mark_of(fact, period) for fact, period in self.missing_facts)
        return frozenset((*missing, *(_marked(finding.field) for finding in self.blocking)))


def completeness(case: Case, *, at: datetime) -> Completeness:
    """Required facts, required papers, what could not be read, and the checks across fields."""
    return Contents(case, at=at).completeness()


def needed(item: Evidence, facts: Facts) -> bool:
    """Whether this paper must come along: always, or because the firm claims what it proves."""
    if item.needed == "when_claimed":
        return any(_claimed(facts, fact) for fact in item.when)
    return item.needed == "always"


def _claimed(facts: Facts, fact_id: str) -> bool:
    """A flag set, a table with rows, a number above zero, in any period."""
    return any(bool(value) for (fact, _), value in facts.items() if fact == fact_id)


class Contents:
    """Everything a case says at a moment. What is asked for is read once, by one query each.

    An action takes it after the case is locked, so that its verdict, its check for
    completeness and its snapshot all speak of the same rows.
    """

    def __init__(self, case: Case, *, at: datetime) -> None:
        self.case, self.at = case, at

    @cached_property
    def _rows(self) -> list[tuple[str, int, Any, str, datetime]]:
        rows = CaseField.objects.filter(case=self.case)
        return list(rows.values_list("fact", "period", "value", "raw", "saved_at"))

    @cached_property
    def _findings(self) -> list[tuple[str, int, Any]]:
        """What officers found, the newest of each."""
        found = Finding.objects.filter(case=self.case).order_by("at", "id")
        return _newest(found.values_list("fact", "period", "value"))

    @cached_property
    def papers(self) -> list[EvidenceItem]:
        """The papers that are there now, with their files."""
        present = EvidenceItem.objects.filter(case=self.case, removed_at__isnull=True)
        return list(present.select_related("file").order_by("item", "position", "id"))

    @cached_property
    def stated(self) -> Facts:
        """The form as the firm filled it; its name and code stand as registered, whatever was typed."""
        return self._facts(self._stated_rows)

    @cached_property
    def found(self) -> Facts:
        """The form with what officers found instead."""
        if not self._findings:
            return self.stated
        return self._facts(_newest([*self._stated_rows, *self._findings]))

    @property
    def _stated_rows(self) -> list[tuple[str, int, Any]]:
        known = [(fact, 0, name) for fact, name in registered_facts(self.case.firm).items()]
        return _newest([*(row[:3] for row in self._rows), *known])

    def _facts(self, rows: Iterable[tuple[str, int, Any]]) -> Facts:
        return facts_from(
            rows,
            year=reference_year(self.case),
            as_of=legal_day(self.at),
            vocabulary=standard_of(self.case).vocabulary,
        )

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on what was found."""
        return standard_of(self.case).judge(self.found)

    @cached_property
    def checks(self) -> list[CheckFinding]:
        """What could not be read, and the checks across fields."""
        drafts = ((fact, period, raw) for fact, period, _, raw, _ in self._rows if raw)
        known = standard_of(self.case).vocabulary
        return [*unread(drafts, self.at, known), *check(self.stated, at=self.at)]

    def changed_since(self, moment: datetime) -> tuple[frozenset[str], frozenset[str]]:
        """The fields saved since, as marks, and the items to which papers were added."""
        fields = (mark_of(fact, period) for fact, period, *_, saved_at in self._rows if saved_at > moment)
        return frozenset(fields), frozenset(one.item for one in self.papers if one.added_at > moment)

    def completeness(self) -> Completeness:
        """Required facts, required papers, what could not be read, and the checks across fields."""
        present = {paper.item for paper in self.papers}
        return Completeness(
            missing_facts=tuple(
                (fact, period or 0) for fact, period in standard_of(self.case).missing_entries(self.stated)
            ),
            missing_evidence=tuple(
                item.id
                for item in notice_of(self.case).evidence
                if needed(item, self.stated) and item.id not in present
            ),
            blocking=tuple(f for f in self.checks if f.level == "block"),
            warnings=tuple(f for f in self.checks if f.level == "warn"),
        )

    def snapshot_body(self, extra: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that a later reader needs to judge again what was submitted or decided.

        `facts` are what the firm states; `findings` what officers found instead, the newest of each.
        `verdict` is the one on the case as it stands, findings included.
        """
        case = self.case
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
            "facts": self.stated.to_json(),
            "findings": [
                {"fact": fact, "period": period, "value": value} for fact, period, value in self._findings
            ],
            "evidence": [
                {"item": e.item, "name": e.name, "sha256": e.file.sha256, "id": e.pk} for e in self.papers
            ],
            "verdict": self.verdict.as_json(turning=False),
            **extra,
        }
