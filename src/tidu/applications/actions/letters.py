"""Acts for many cases at once under one formal letter: recommendation and report for filing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from tidu.applications.acts import Offline
from tidu.applications.door import perform
from tidu.applications.enums import LetterKind
from tidu.applications.models import Case, CaseStage, Letter
from tidu.applications.permissions import office_of
from tidu.database.scope import Actor, scope
from tidu.files.queries import clean_file_of
from tidu.law.procedures import Action, Need
from tidu.law.refusals import Refused
from tidu.programmes.models import Batch
from tidu.programmes.queries import procedure_of
from tidu.records.actions import open_chain, record

ACTIONS = {LetterKind.RECOMMEND: Action.RECOMMEND, LetterKind.REPORT: Action.REPORT}


@dataclass(frozen=True)
class LetterText:
    """A formal letter as the office issued it; `scan_id` is its scanned original.

    `undrawn_reason` says why it recommends cases that took part in no draw for on-site checks.
    """

    number: str
    issued_on: date
    scan_id: int | None = None
    undrawn_reason: str = ""

    @property
    def brings(self) -> frozenset[Need]:
        """What the letter brings along; the summary tables are made from the cases themselves."""
        scan = {Need.LETTER_FILE} if self.scan_id else set()
        return frozenset({Need.LETTER_NUMBER, Need.SUMMARY_TABLES} | scan)


def recommend(
    *,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    letter: LetterText,
    at: datetime,
    offline: Offline | None = None,
) -> Letter:
    """Recommend cases to the next level by a formal letter (以正式文件形式推荐), all or none.

    `case_versions` maps each case to the version the page showed.
    Raises Refused: office_needed, no_case_chosen, letter_number_missing, letter_number_taken,
    file_not_yours, case_of_other_batch, cases_not_drawn, and those of the door, which looks at
    the letter's day.
    """
    return _send(LetterKind.RECOMMEND, actor, batch_id, case_versions, letter, at, offline)


def report(
    *,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    letter: LetterText,
    at: datetime,
    offline: Offline | None = None,
) -> Letter:
    """Report the cleared list for filing (报省备案), all or none; refuses as `recommend` does."""
    return _send(LetterKind.REPORT, actor, batch_id, case_versions, letter, at, offline)


def _send(
    kind: LetterKind,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    text: LetterText,
    at: datetime,
    offline: Offline | None,
) -> Letter:
    with scope(actor):
        if actor.kind != "office":
            raise Refused("office_needed")
        if not case_versions:
            raise Refused("no_case_chosen", action=kind.label)
        batch = Batch.objects.get(pk=batch_id)
        letter = _open_letter(actor, batch, kind, text, at)
        undrawn = _undrawn(batch, case_versions, actor) if kind == LetterKind.RECOMMEND else set()
        letter.undrawn_reason = _reason(text, undrawn)
        # a fixed order, so that two officers who chose the same cases cannot lock each other out
        for case_id in sorted(case_versions):
            case = perform(
                case_id=case_id,
                action=ACTIONS[kind],
                actor=actor,
                at=at,
                expected_version=case_versions[case_id],
                given=text.brings,
                details={"undrawn": letter.undrawn_reason} if case_id in undrawn else {},
                letter=letter,
                offline=offline,
                dated=text.issued_on,
            )
            _check_batch(case, batch)
        letter.is_late = letter.stages.filter(is_late=True).exists()
        letter.save(update_fields=["is_late", "undrawn_reason"])
        body: dict[str, Any] = {
            "letter": letter.number,
            "cases": len(case_versions),
            "batch": batch.code,
            "late": letter.is_late,
        }
        if undrawn:
            body["undrawn"] = {"cases": len(undrawn), "reason": letter.undrawn_reason}
        record(chain=letter.chain, verb=ACTIONS[kind].value, actor=actor, at=at, body=body)
        return letter


def _undrawn(batch: Batch, case_ids: Collection[int], actor: Actor) -> set[int]:
    """The cases whose office had to draw a sample for on-site checks, and which took part in none."""
    asked = [one.id for one in procedure_of(batch).stages if one.inspection.is_drawn]
    rows = CaseStage.objects.filter(case__in=case_ids, office_id=office_of(actor), stage__in=asked)
    return set(rows.filter(inspection="").values_list("case_id", flat=True))


def _reason(text: LetterText, undrawn: Collection[int]) -> str:
    """Why they go up all the same; empty where all took part. Refused("cases_not_drawn")."""
    if undrawn and not text.undrawn_reason.strip():
        raise Refused("cases_not_drawn", field="undrawn_reason", count=len(undrawn))
    return text.undrawn_reason.strip() if undrawn else ""


def _check_batch(case: Case, batch: Batch) -> None:
    if case.batch_id != batch.pk:
        raise Refused("case_of_other_batch", number=case.number, batch=batch.title)


def _open_letter(actor: Actor, batch: Batch, kind: LetterKind, text: LetterText, at: datetime) -> Letter:
    number = text.number.strip()
    if not number:
        raise Refused("letter_number_missing", field="letter_number")
    try:
        with transaction.atomic():
            return Letter.objects.create(
                office_id=office_of(actor),
                batch=batch,
                kind=kind,
                number=number,
                issued_on=text.issued_on,
                sent_at=at,
                scan=None if text.scan_id is None else clean_file_of(actor, text.scan_id),
                chain=open_chain(kind="letter"),
            )
    except IntegrityError as error:
        raise Refused("letter_number_taken", field="letter_number", value=number) from error
