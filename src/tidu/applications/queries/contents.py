"""What hangs on one case: its form, papers, requests to mend, stages and snapshots.

The case itself was found with `case_for`, so whoever asks may read it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from tidu.applications.models import (
    Case,
    CaseField,
    CaseStage,
    Correction,
    EvidenceItem,
    Finding,
    Letter,
    Snapshot,
)
from tidu.applications.queries.cases import visible_cases
from tidu.database.scope import Actor
from tidu.law.refusals import Refused
from tidu.records.queries import thaw, thaw_many


def form_rows(case: Case) -> Mapping[tuple[str, int], CaseField]:
    """Every stored field of the form by fact and period, with the paper it points to."""
    rows = CaseField.objects.filter(case=case).select_related("evidence")
    return {(row.fact, row.period): row for row in rows}


def papers_of(case: Case) -> QuerySet[EvidenceItem]:
    """The papers that are there now, item by item."""
    papers = EvidenceItem.objects.filter(case=case, removed_at__isnull=True)
    return papers.select_related("file").order_by("item", "position", "id")


def every_paper_of(case: Case) -> QuerySet[EvidenceItem]:
    """All papers that were ever there, those taken out since as well, in the order of their coming."""
    papers = EvidenceItem.objects.filter(case=case).select_related("file")
    return papers.order_by("item", "added_at", "id")


def findings_made(case: Case) -> QuerySet[Finding]:
    """Every finding, also those that a later one replaced, the oldest first."""
    return Finding.objects.filter(case=case).select_related("office").order_by("at", "id")


def corrections_of(case: Case) -> QuerySet[Correction]:
    """Every request to mend, the oldest first."""
    return Correction.objects.filter(case=case).select_related("office").order_by("round")


def paper_of(case: Case, evidence_id: int) -> EvidenceItem:
    """One paper of the case, also one taken out since (earlier snapshots show it).

    Refused("evidence_unknown").
    """
    found = EvidenceItem.objects.filter(case=case, pk=evidence_id).select_related("file").first()
    if found is None:
        raise Refused("evidence_unknown")
    return found


def open_correction(case: Case) -> Correction | None:
    """The request to mend that waits for the firm, None if there is none."""
    waiting = Correction.objects.filter(case=case, answered_at__isnull=True)
    return waiting.select_related("office").first()


def stages_of(case: Case) -> QuerySet[CaseStage]:
    """The stages the case has entered, in their order."""
    return CaseStage.objects.filter(case=case).select_related("office", "letter").order_by("seq")


def submissions_of(case: Case) -> QuerySet[Snapshot]:
    """What was frozen at each submission, the newest first."""
    return Snapshot.objects.filter(case=case, kind="submission").order_by("-round")


def submitted_body(case: Case, round_: int) -> tuple[Snapshot, Any]:
    """One submission and what it said, word for word. Refused("snapshot_unknown")."""
    found = submissions_of(case).filter(round=round_).first()
    if found is None:
        raise Refused("snapshot_unknown", number=case.number, value=round_)
    return found, thaw(found.digest)


def last_bodies(case_ids: Collection[int]) -> dict[int, Any]:
    """What each of these cases said at its last submission; two queries for any number of cases."""
    newest = Snapshot.objects.filter(case_id__in=list(case_ids), kind="submission").order_by(
        "case_id", "round"
    )
    digests = dict(newest.values_list("case_id", "digest"))
    bodies = thaw_many(digests.values())
    return {case_id: bodies[digest] for case_id, digest in digests.items() if digest in bodies}


def letter_and_cases(actor: Actor, letter_id: int) -> tuple[Letter, list[Case]]:
    """A letter with the cases it carried, in the order of their places. Refused("letter_unknown")."""
    letter = Letter.objects.select_related("office__parent", "batch__notice").filter(pk=letter_id).first()
    if letter is None:
        raise Refused("letter_unknown")
    carried = visible_cases(actor).filter(stages__letter=letter).select_related("title", "firm__area")
    return letter, list(carried.order_by("firm__area__code", "firm__name", "pk"))
