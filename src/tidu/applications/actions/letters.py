"""Acts for many cases at once under one formal letter: recommendation and report for filing."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tidu.applications.door import Offline, perform
from tidu.applications.enums import LetterKind
from tidu.applications.models import Letter
from tidu.database.scope import Actor, scope
from tidu.law.procedures import Action, Need
from tidu.law.refusals import Refused
from tidu.programmes.models import Batch
from tidu.records.actions import open_chain, record


def recommend(
    *,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    letter_number: str,
    issued_on: date,
    at: datetime,
    scan_id: int | None = None,
    offline: Offline | None = None,
) -> Letter:
    """Recommend cases to the next level by a formal letter (以正式文件形式推荐), all or none."""
    return _send(
        Action.RECOMMEND,
        LetterKind.RECOMMEND,
        actor,
        batch_id,
        case_versions,
        letter_number,
        issued_on,
        at,
        scan_id,
        offline,
    )


def report(
    *,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    letter_number: str,
    issued_on: date,
    at: datetime,
    scan_id: int | None = None,
    offline: Offline | None = None,
) -> Letter:
    """Report the cleared list for filing (报省备案), all or none."""
    return _send(
        Action.REPORT,
        LetterKind.REPORT,
        actor,
        batch_id,
        case_versions,
        letter_number,
        issued_on,
        at,
        scan_id,
        offline,
    )


def _send(
    action: Action,
    kind: LetterKind,
    actor: Actor,
    batch_id: int,
    case_versions: Mapping[int, int | None],
    number: str,
    issued_on: date,
    at: datetime,
    scan_id: int | None,
    offline: Offline | None,
) -> Letter:
    with scope(actor):
        if actor.office_id is None:
            raise Refused("act_not_allowed", number="", action=kind.label, why="只有主管部门可以办理。")
        if not case_versions:
            raise Refused("no_case_chosen", action=kind.label)
        batch = Batch.objects.get(pk=batch_id)
        letter = _open_letter(actor, batch, kind, number.strip(), issued_on, at, scan_id)
        given = {Need.LETTER_NUMBER, Need.SUMMARY_TABLES} | ({Need.LETTER_FILE} if scan_id else set())
        late = False
        # a fixed order, so that two officers who chose the same cases cannot lock each other out
        for case_id in sorted(case_versions):
            case = perform(
                case_id=case_id,
                action=action,
                actor=actor,
                at=at,
                expected_version=case_versions[case_id],
                given=frozenset(given),
                letter=letter,
                offline=offline,
            )
            if case.batch_id != batch.pk:
                raise Refused("case_of_other_batch", number=case.number, batch=batch.title)
            late = late or case.stages.filter(letter=letter, is_late=True).exists()
        if late:
            letter.is_late = True
            letter.save(update_fields=["is_late"])
        body = {"letter": letter.number, "cases": len(case_versions), "batch": batch.code, "late": late}
        record(chain=letter.chain, verb=action.value, actor=actor, at=at, body=body)
        return letter


def _open_letter(
    actor: Actor,
    batch: Batch,
    kind: LetterKind,
    number: str,
    issued_on: date,
    at: datetime,
    scan_id: int | None,
) -> Letter:
    if not number:
        raise Refused("letter_number_missing", field="letter_number")
    try:
        with transaction.atomic():
            return Letter.objects.create(
                office_id=actor.office_id,
                batch=batch,
                kind=kind,
                number=number,
                issued_on=issued_on,
                sent_at=at,
                scan_id=scan_id,
                chain=open_chain(kind="letter"),
            )
    except IntegrityError as error:
        raise Refused("letter_number_taken", field="letter_number", value=number) from error
