"""What a case says, in the law's terms: its facts, its verdict, its completeness, its snapshot."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tidu.applications.completeness import Completeness, mark_of, needed
from tidu.applications.enums import SnapshotKind
from tidu.applications.models import Case, CaseField, EvidenceItem, Finding, Snapshot
from tidu.enterprises.queries import registered_facts
from tidu.law.calendars import legal_day
from tidu.law.checks import Finding as CheckFinding
from tidu.law.checks import check, unread
from tidu.law.facts import Facts, Value, Vocabulary, value_from_json, value_to_json
from tidu.law.facts.values import FACTS_SCHEMA
from tidu.law.notices import Notice, terms_end
from tidu.law.standards import Standard, Verdict
from tidu.programmes.queries import notice_by_digest, notice_text, standard_by_digest
from tidu.records.queries import thaw

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


def facts_of(case: Case, *, at: datetime, with_findings: bool = True) -> Facts:
    """The form as it stands; officers' findings, the newest last, stand over what the firm stated."""
    contents = Contents(case, at=at)
    return contents.found if with_findings else contents.stated


def standard_of(case: Case) -> Standard:
    """The standard that the notice chose, as frozen when the batch was published."""
    return standard_by_digest(case.standard_digest)


def notice_of(case: Case) -> Notice:
    """The notice as it read when the case was opened; `notice_text` has what corrigenda have made of it."""
    return notice_by_digest(case.notice_digest)


def mending_is_hard(case: Case) -> bool:
    """Whether a request to mend that is not answered in time ends the case (本批次终止).

    Only if the notice said so when the case was opened and still does: no corrigendum is harsher afterwards.
    """
    texts = (notice_of(case), notice_text(case.batch.notice))
    return all(text.choice("mending_mode") == "hard" for text in texts)


def judge(case: Case, *, at: datetime) -> Verdict:
    """The verdict on the form as it stands; offices judge what was `Submitted`."""
    return Contents(case, at=at).verdict


def completeness(case: Case, *, at: datetime) -> Completeness:
    """Required facts, required papers, what could not be read, and the checks across fields."""
    return Contents(case, at=at).completeness()


class Contents:
    """Everything the form of a case says at a moment. What is asked for is read once, by one query each.

    An action takes it after the case is locked, so that its verdict, its check for
    completeness and its snapshot all speak of the same rows.
    """

    def __init__(self, case: Case, *, at: datetime) -> None:
        self.case, self.at = case, at
        self._was_submitted = case.round > 0

    @cached_property
    def _rows(self) -> list[tuple[str, int, Any, str, datetime]]:
        rows = CaseField.objects.filter(case=self.case)
        return list(rows.values_list("fact", "period", "value", "raw", "saved_at"))

    @cached_property
    def papers(self) -> list[EvidenceItem]:
        """The papers that are there now, with their files."""
        return self._papers(removed_at__isnull=True)

    def _papers(self, **which: Any) -> list[EvidenceItem]:
        papers = EvidenceItem.objects.filter(case=self.case, **which)
        return list(papers.select_related("file").order_by("item", "position", "id"))

    @property
    def as_of(self) -> date:
        """截至日, as the notice reads: once submitted, a verdict is the same whenever one looks."""
        submitted_at = self.case.submitted_at or self.at
        return terms_end(notice_of(self.case), self.case.batch.closes_at, submitted_at)

    @cached_property
    def stated(self) -> Facts:
        """The form as the firm filled it; its name and code stand as registered, whatever was typed."""
        known = [(fact, 0, name) for fact, name in registered_facts(self.case.firm).items()]
        return facts_from(
            [*(row[:3] for row in self._rows), *known],
            year=reference_year(self.case),
            as_of=self.as_of,
            vocabulary=standard_of(self.case).vocabulary,
        )

    @cached_property
    def findings(self) -> Mapping[tuple[str, int], Finding]:
        """By fact and period what officers found last; no more where the firm states it otherwise since."""
        if not self._was_submitted:
            return {}
        before = Submitted(self.case, at=self.at)
        return {key: one for key, one in before.findings.items() if self.says(*key) == before.says(*key)}

    def says(self, fact: str, period: int) -> Value | None:
        """What the firm states of a fact; `period` is 0 for facts of now."""
        return self.stated.known(fact, period or None)

    @cached_property
    def found(self) -> Facts:
        """What is stated, with what officers found instead; null is not proved, so missing."""
        found, known = self.stated, standard_of(self.case).vocabulary.facts
        for (fact, period), finding in self.findings.items():
            if fact in known:
                stored = finding.value
                value = None if stored is None else value_from_json(known[fact], stored)
                found = found.with_value(fact, period or None, value)
        return found

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

        `facts` are what the firm states; `findings` what officers found instead and still counts.
        `verdict` is the one on both.
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
                {"fact": fact, "period": period, "value": one.value}
                for (fact, period), one in self.findings.items()
            ],
            "evidence": [
                {"item": e.item, "name": e.name, "sha256": e.file.sha256, "id": e.pk} for e in self.papers
            ],
            "verdict": self.verdict.as_json(turning=False),
            **extra,
        }


class Submitted(Contents):
    """What the case said when it was last submitted: what offices see and decide on.

    What the firm changes while it mends is its own affair until it submits again.
    """

    @cached_property
    def _snapshot(self) -> Snapshot:
        return Snapshot.objects.filter(case=self.case, kind=SnapshotKind.SUBMISSION).latest("round")

    @cached_property
    def _body(self) -> Any:
        return thaw(self._snapshot.digest)

    @cached_property
    def papers(self) -> list[EvidenceItem]:
        """The papers submitted with it, also those taken out since."""
        return self._papers(pk__in=[paper["id"] for paper in self._body["evidence"]])

    @cached_property
    def stated(self) -> Facts:
        """What the firm stated, word for word."""
        return Facts.from_json(self._body["facts"], standard_of(self.case).vocabulary)

    @cached_property
    def findings(self) -> Mapping[tuple[str, int], Finding]:
        """The newest of each that still counted when the case was submitted, or was made since."""
        made = Finding.objects.filter(case=self.case).select_related("office").order_by("at", "id")
        newest = {(one.fact, one.period): one for one in made}
        if not newest:
            return {}
        counted = {(one["fact"], one["period"]) for one in self._body["findings"]}
        return {k: one for k, one in newest.items() if k in counted or one.at >= self._snapshot.at}

    @cached_property
    def fields(self) -> Mapping[tuple[str, int], CaseField]:
        """Every value stated, as a row of the form, with the page of a submitted paper it points to."""
        papers = {paper.pk: paper for paper in self.papers}
        pointing = CaseField.objects.filter(case=self.case, evidence__in=papers)
        pages = {(row.fact, row.period): (papers[row.evidence_id or 0], row.page) for row in pointing}
        rows = {}
        for (fact, year), value in self.stated.items():
            key = (fact, year or 0)
            paper, page = pages.get(key, (None, None))
            stored = value_to_json(value)
            rows[key] = CaseField(
                case=self.case, fact=fact, period=key[1], value=stored, evidence=paper, page=page
            )
        return rows
