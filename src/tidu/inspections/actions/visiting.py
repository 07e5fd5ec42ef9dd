"""Looking at one firm on site (实地核查): planning it, and recording what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tidu.applications.actions import note_inspection
from tidu.applications.door import lock
from tidu.applications.enums import InspectionState
from tidu.applications.models import Case
from tidu.applications.permissions import office_of
from tidu.database.scope import Actor, scope
from tidu.files.queries import ready_images
from tidu.inspections.enums import InspectionResult, InspectionStatus
from tidu.inspections.models import Inspection, InspectionFinding, InspectionNote, InspectionPhoto
from tidu.inspections.permissions import may_inspect
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.programmes.queries import notice_by_digest, procedure_by_digest


@dataclass(frozen=True)
class Found:
    """One item as stated by the firm against what was seen; a difference is explained in `note`."""

    item: str
    stated: str
    seen: str
    is_consistent: bool
    note: str = ""


@dataclass(frozen=True)
class Photo:
    """A stored image taken on site."""

    file_id: int
    caption: str = ""


@dataclass(frozen=True)
class Visit:
    """What the inspectors bring back; `notes` are for the offices alone.

    `inspectors` are named by their posts (科长、经办), never by name.
    """

    visited_on: date
    inspectors: tuple[str, ...]
    result: InspectionResult
    findings: tuple[Found, ...]
    summary: str = ""
    notes: str = ""
    photos: tuple[Photo, ...] = ()


def plan_inspection(*, actor: Actor, case_id: int, at: datetime) -> Inspection:
    """Plan an on-site check of one case at its current stage; planned twice is planned once.

    Raises Refused: case_unknown, inspection_not_allowed.
    """
    with scope(actor):
        case = lock(case_id)
        _require(actor, case, planned=None)
        planned, is_new = Inspection.objects.get_or_create(
            case=case,
            office_id=office_of(actor),
            stage=case.stage,
            status=InspectionStatus.PLANNED,
            defaults={"planned_at": at},
        )
        if is_new:
            body = {"stage": case.stage}
            note_inspection(actor=actor, case_id=case.pk, state=InspectionState.PLANNED, body=body, at=at)
        return planned


def record_inspection(*, actor: Actor, case_id: int, visit: Visit, at: datetime) -> Inspection:
    """Record what was found on site; an unplanned check is entered as well as a planned one.

    Raises Refused: case_unknown, inspection_not_allowed, inspection_in_future,
    inspection_before_submission, inspection_too_few_inspectors, inspection_without_finding,
    inspection_item_twice, inspection_difference_unexplained, inspection_result_contradicts,
    photo_not_an_image, secrecy_mark_in_text.
    """
    with scope(actor):
        case = lock(case_id)
        planned = _planned(actor, case)
        _require(actor, case, planned)
        _check_visit(case, visit, at)
        _check_findings(visit)
        refuse_marked(visit)
        inspection = planned or Inspection(
            case=case, office_id=office_of(actor), stage=case.stage, planned_at=at
        )
        _keep(inspection, visit, actor, at)
        note_inspection(
            actor=actor, case_id=case.pk, state=InspectionState.DONE, body=_body(inspection, visit), at=at
        )
        return inspection


def _planned(actor: Actor, case: Case) -> Inspection | None:
    """The check that this office has planned at the stage; none for whoever sits in no office."""
    return Inspection.objects.filter(
        case=case, office_id=actor.office_id or 0, stage=case.stage, status=InspectionStatus.PLANNED
    ).first()


def _require(actor: Actor, case: Case, planned: Inspection | None) -> None:
    answer = may_inspect(
        actor, case, procedure_by_digest(case.procedure_digest), is_planned=planned is not None
    )
    if not answer:
        raise Refused("inspection_not_allowed", number=case.number, why=answer.reason)


def _check_visit(case: Case, visit: Visit, at: datetime) -> None:
    today, submitted_at = legal_day(at), case.submitted_at
    if visit.visited_on > today:
        raise Refused("inspection_in_future", field="visited_on", value=visit.visited_on, today=today)
    if submitted_at is None or visit.visited_on < legal_day(submitted_at):
        raise Refused(
            "inspection_before_submission", field="visited_on", value=visit.visited_on, submitted=submitted_at
        )
    least = notice_by_digest(case.notice_digest).count("inspectors")
    present = [post for post in visit.inspectors if post.strip()]
    if len(present) < least or len(present) < len(visit.inspectors):
        raise Refused("inspection_too_few_inspectors", field="inspectors", value=len(present), least=least)


def _check_findings(visit: Visit) -> None:
    if not visit.findings:
        raise Refused("inspection_without_finding", field="findings")
    items = [found.item.strip() for found in visit.findings]
    for found in visit.findings:
        if items.count(found.item.strip()) > 1:
            raise Refused("inspection_item_twice", field="findings", value=found.item)
        if not found.seen.strip() or not (found.is_consistent or found.note.strip()):
            raise Refused("inspection_difference_unexplained", field="findings", value=found.item)
    differs = any(not found.is_consistent for found in visit.findings)
    if differs is not (visit.result is InspectionResult.INCONSISTENT):
        raise Refused("inspection_result_contradicts", field="result", value=visit.result.label)


def _keep(inspection: Inspection, visit: Visit, actor: Actor, at: datetime) -> None:
    inspection.status, inspection.result = InspectionStatus.DONE, visit.result
    inspection.visited_on, inspection.summary = visit.visited_on, visit.summary.strip()
    inspection.inspectors = [post.strip() for post in visit.inspectors]
    inspection.recorded_by_id, inspection.recorded_at = actor.account_id, at
    inspection.save()
    InspectionFinding.objects.bulk_create(
        InspectionFinding(
            inspection=inspection,
            item=found.item.strip(),
            stated=found.stated.strip(),
            seen=found.seen.strip(),
            is_consistent=found.is_consistent,
            note=found.note.strip(),
        )
        for found in visit.findings
    )
    if visit.notes.strip():
        InspectionNote.objects.create(inspection=inspection, text=visit.notes.strip())
    _keep_photos(inspection, visit.photos)


def _keep_photos(inspection: Inspection, photos: Sequence[Photo]) -> None:
    images = ready_images([photo.file_id for photo in photos])
    for photo in photos:
        if photo.file_id not in images:
            raise Refused("photo_not_an_image", field="photos", value=photo.caption)
    InspectionPhoto.objects.bulk_create(
        InspectionPhoto(inspection=inspection, file_id=photo.file_id, caption=photo.caption.strip())
        for photo in photos
    )


def _body(inspection: Inspection, visit: Visit) -> dict[str, str | int]:
    """What the ledger, which the firm reads too, says of it: the result, no notes."""
    return {
        "stage": inspection.stage,
        "inspection": inspection.pk,
        "visited_on": visit.visited_on.isoformat(),
        "result": visit.result.value,
        "items": len(visit.findings),
        "inconsistent": sum(not found.is_consistent for found in visit.findings),
        "comment": inspection.summary,
    }
