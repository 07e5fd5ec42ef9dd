"""Papers that prove a case: attached one by one, never deleted, only taken out."""

from datetime import datetime

from django.db import IntegrityError, transaction

from tidu.applications.contents import Contents, notice_of
from tidu.applications.door import lock
from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case, CaseField, EvidenceItem
from tidu.applications.openings import opened
from tidu.applications.permissions import may_write
from tidu.database.scope import Actor, scope
from tidu.files.enums import Kind
from tidu.files.limits import Limits, check_kept, installed
from tidu.files.queries import clean_file_of
from tidu.law.notices import Evidence
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marks


def attach_evidence(
    *, actor: Actor, case_id: int, item: str, file_id: int, name: str, at: datetime
) -> EvidenceItem:
    """Put an uploaded, clean file under one item of the notice's evidence list.

    Raises Refused: evidence_item_unknown, evidence_closed, evidence_too_many, evidence_twice,
    file_not_yours, file_type_not_accepted, file_too_large, and a secrecy mark in the name.
    """
    with scope(actor):
        case, wanted = _open_for(actor, case_id, item, at)
        refuse_marks(name, place="file_name", field=item, label=wanted.title)
        file = clean_file_of(actor, file_id)
        check_kept(Kind(file.kind), file.size, name=name, limits=limits_of(wanted))
        present = case.evidence.filter(item=item, removed_at__isnull=True).count()
        if present >= wanted.most_files:
            raise Refused("evidence_too_many", item=wanted.title, most=wanted.most_files)
        try:
            with transaction.atomic():
                return EvidenceItem.objects.create(
                    case=case,
                    item=item,
                    file=file,
                    name=name[:200],
                    position=present,
                    added_at=at,
                    added_in_round=case.round,
                )
        except IntegrityError as error:
            raise Refused("evidence_twice", name=name) from error


def remove_evidence(*, actor: Actor, case_id: int, evidence_id: int, at: datetime) -> None:
    """Take a paper out; earlier snapshots still show it.

    Raises Refused: evidence_unknown, evidence_closed.
    """
    with scope(actor):
        try:
            evidence = EvidenceItem.objects.get(pk=evidence_id, case_id=case_id, removed_at__isnull=True)
        except EvidenceItem.DoesNotExist:
            raise Refused("evidence_unknown") from None
        _open_for(actor, case_id, evidence.item, at)
        CaseField.objects.filter(case_id=case_id, evidence=evidence).update(evidence=None, page=None)
        evidence.removed_at = at
        evidence.save(update_fields=["removed_at"])


def limits_of(item: Evidence) -> Limits:
    """What this installation allows, narrowed by the notice."""
    return installed().narrowed(formats=item.formats, megabytes=item.most_megabytes)


def point_to_evidence(
    *,
    actor: Actor,
    case_id: int,
    fact: str,
    period: int,
    evidence_id: int | None,
    page: int | None,
    at: datetime,
) -> None:
    """Say on which page of which paper a value can be read; while mending, of open fields and papers.

    Raises Refused: evidence_unknown, page_not_viewable, field_unknown, field_closed, evidence_closed.
    """
    with scope(actor):
        case = lock(case_id)
        _check_writer(actor, case)
        paper = None if evidence_id is None else _paper(case, evidence_id)
        _require_pointable(case, fact, period, paper, at)
        if paper is not None and page is not None and not 1 <= page <= (paper.file.pages or 1):
            raise Refused("page_not_viewable", field="page", value=page, kind=Kind(paper.file.kind).label)
        changed = CaseField.objects.filter(case=case, fact=fact, period=period).update(
            evidence_id=evidence_id, page=page if evidence_id else None
        )
        if not changed:
            raise Refused("field_unknown", field=fact, value=fact)


def _paper(case: Case, evidence_id: int) -> EvidenceItem:
    present = case.evidence.filter(pk=evidence_id, removed_at__isnull=True)
    found = present.select_related("file").first()
    if found is None:
        raise Refused("evidence_unknown")
    return found


def _require_pointable(case: Case, fact: str, period: int, paper: EvidenceItem | None, at: datetime) -> None:
    """A draft; or while mending the field is open, or the paper is, so that a new paper can be pointed at."""
    if case.status == CaseStatus.DRAFT:
        return
    if case.status != CaseStatus.RETURNED:
        raise Refused("evidence_closed", number=case.number, status=case.get_status_display())
    openings = opened(case.corrections.get(answered_at__isnull=True), Contents(case, at=at))
    if not openings.has_field(fact, period) and (paper is None or paper.item not in openings.evidence):
        raise Refused("field_closed", field=fact, number=case.number, status=case.get_status_display())


def _open_for(actor: Actor, case_id: int, item: str, at: datetime) -> tuple[Case, Evidence]:
    """The case and the item, if its papers may change now: a draft, or open in a request to mend."""
    case = lock(case_id)
    _check_writer(actor, case)
    wanted = next((one for one in notice_of(case).evidence if one.id == item), None)
    if wanted is None:
        raise Refused("evidence_item_unknown", value=item)
    if case.status == CaseStatus.DRAFT:
        return case, wanted
    if case.status == CaseStatus.RETURNED:
        correction = case.corrections.get(answered_at__isnull=True)
        if item in opened(correction, Contents(case, at=at)).evidence:
            return case, wanted
    raise Refused("evidence_closed", number=case.number, status=case.get_status_display())


def _check_writer(actor: Actor, case: Case) -> None:
    answer = may_write(actor, case)
    if not answer:
        raise Refused("act_not_allowed", number=case.number, action="上传佐证", why=answer.reason)
