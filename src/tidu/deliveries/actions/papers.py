"""The papers of one case in a parcel: counted, their print matched, late or not, and told to the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from tidu.applications.actions import note_papers
from tidu.applications.door import lock
from tidu.applications.models import Case
from tidu.applications.prints import printed_submission
from tidu.database.scope import Actor, scope
from tidu.deliveries.enums import PrintMatch
from tidu.deliveries.locks import lock_parcel, reason_given, require_receiving
from tidu.deliveries.models import Parcel, Receipt, ReceivedPaper
from tidu.deliveries.standing import asked_of, clock_for, standing_of
from tidu.law.notices.papers import Counted
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.proof.canonical import JSON

MOST_COPIES = 99
MOST_PAGES = 9999


@dataclass(frozen=True)
class Brought:
    """What lay in the parcel for one case: papers by their ids in the notice, the print's code, its pages."""

    papers: Mapping[str, Counted] = field(default_factory=dict)
    code: str = ""
    pages: int | None = None
    note: str = ""


def register_papers(*, actor: Actor, parcel_id: int, case_id: int, brought: Brought, at: datetime) -> Receipt:
    """Register what a parcel holds for one case.

    What comes after a hard deadline is registered too, as late and not accepted (过期不予受理).
    Raises Refused: delivery_not_allowed, parcel_unknown, parcel_corrected_before, case_unknown,
    papers_not_asked, paper_not_asked, paper_copies_unreadable, receipt_without_paper, receipt_twice.
    """
    with scope(actor):
        require_receiving(actor)
        parcel = lock_parcel(actor, parcel_id)
        case = lock(case_id)
        _check(case, brought)
        refuse_marked(brought)
        if not brought.papers:
            raise Refused("receipt_without_paper", field="papers", number=case.number)
        receipt = _create(_Entry(actor, parcel, case, at), brought)
        _tell_case(actor, case, receipt, at)
        return receipt


def correct_papers(*, actor: Actor, receipt_id: int, brought: Brought, reason: str, at: datetime) -> Receipt:
    """Enter anew what a parcel holds for one case; nothing at all strikes out what was entered by mistake.

    Raises Refused: those of `register_papers`, receipt_unknown, receipt_corrected_before,
    correction_without_reason.
    """
    with scope(actor):
        require_receiving(actor)
        known = Receipt.objects.filter(pk=receipt_id, office_id=actor.office_id or 0).first()
        if known is None:
            raise Refused("receipt_unknown")
        parcel = lock_parcel(actor, known.parcel_id)
        case = lock(known.case_id)
        old = Receipt.objects.select_for_update().get(pk=receipt_id)
        why = reason_given(reason)
        _check(case, brought)
        refuse_marked(brought)
        receipt = _replace(_Entry(actor, parcel, case, at, old, why), brought)
        _tell_case(actor, case, receipt, at)
        return receipt


def move_receipts(actor: Actor, old: Parcel, new: Parcel, reason: str, at: datetime) -> None:
    """Everything that stands in a parcel, entered anew in the one that corrects it; cases in one order."""
    standing = Receipt.objects.filter(parcel=old, corrected_at__isnull=True).prefetch_related("papers")
    for receipt in standing.order_by("case_id"):
        case = lock(receipt.case_id)
        moved = _replace(_Entry(actor, new, case, at, receipt, reason), _brought(receipt))
        _tell_case(actor, case, moved, at)


@dataclass(frozen=True)
class _Entry:
    """Who enters what of which case into which parcel, and in whose place."""

    actor: Actor
    parcel: Parcel
    case: Case
    at: datetime
    corrects: Receipt | None = None
    reason: str = ""


def _check(case: Case, brought: Brought) -> None:
    asked = {paper.id: paper for paper in asked_of(case)}
    if not asked:
        raise Refused("papers_not_asked", number=case.number, notice=case.batch.notice.title)
    for paper, counted in brought.papers.items():
        if paper not in asked:
            raise Refused("paper_not_asked", field="papers", value=paper, number=case.number)
        if not 1 <= counted.copies <= MOST_COPIES:
            raise Refused(
                "paper_copies_unreadable",
                field=paper,
                value=counted.copies,
                title=asked[paper].title,
                most=MOST_COPIES,
            )
    if brought.pages is not None and not 1 <= brought.pages <= MOST_PAGES:
        raise Refused("receipt_pages_unreadable", field="pages", value=brought.pages, most=MOST_PAGES)


def _replace(entry: _Entry, brought: Brought) -> Receipt:
    old = entry.corrects
    if old is None or old.corrected_at is not None:
        raise Refused("receipt_corrected_before", number=entry.case.number)
    old.corrected_at = entry.at
    old.save(update_fields=["corrected_at"])
    return _create(entry, brought)


def _create(entry: _Entry, brought: Brought) -> Receipt:
    parcel, case = entry.parcel, entry.case
    clock = clock_for(case, parcel.office, list(brought.papers))
    is_late = clock is not None and parcel.received_at >= clock.at
    is_refused = is_late and clock is not None and clock.is_hard
    match, round_ = _match(case, brought.code)
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(
                parcel=parcel,
                case=case,
                office=parcel.office,
                received_at=parcel.received_at,
                recorded_at=entry.at,
                recorded_by_id=entry.actor.account_id,
                code=brought.code.strip()[:40],
                match=match,
                round=round_,
                pages=brought.pages,
                note=brought.note.strip()[:200],
                due_at=clock.at if clock else None,
                is_late=is_late,
                is_refused=is_refused,
                rule=clock.rule if clock and is_late else "",
                corrects=entry.corrects,
                reason=entry.reason,
            )
    except IntegrityError as error:
        raise Refused("receipt_twice", number=case.number, firm=case.firm.name) from error
    _keep(receipt, brought.papers)
    return receipt


def _keep(receipt: Receipt, papers: Mapping[str, Counted]) -> None:
    ReceivedPaper.objects.bulk_create(
        ReceivedPaper(
            receipt=receipt,
            paper=paper,
            copies=counted.copies,
            is_original=counted.is_original,
            is_apart=counted.is_original and counted.is_apart,
            defects=counted.defects.strip()[:200],
        )
        for paper, counted in papers.items()
    )


def _match(case: Case, code: str) -> tuple[PrintMatch, int | None]:
    """What the code on the print says; the round it is of, where it is this case's."""
    if not code.strip():
        return PrintMatch.UNSEEN, None
    printed = printed_submission(code)
    if printed is None:
        return PrintMatch.UNKNOWN, None
    if printed.case.pk != case.pk:
        return PrintMatch.OTHER, None
    return (PrintMatch.LAST if printed.is_last else PrintMatch.OLDER), printed.round


def _brought(receipt: Receipt) -> Brought:
    """What a receipt says, to be said again."""
    papers = {
        paper.paper: Counted(paper.copies, paper.is_original, paper.is_apart, paper.defects)
        for paper in receipt.papers.all()
    }
    return Brought(papers, receipt.code, receipt.pages, receipt.note)


def _tell_case(actor: Actor, case: Case, receipt: Receipt, at: datetime) -> None:
    standing = standing_of(case, receipt.office_id)
    body: dict[str, JSON] = {
        "parcel": str(receipt.parcel),
        "received_at": receipt.received_at,
        "copies": {paper.paper: paper.copies for paper in receipt.papers.all()},
        "match": receipt.match,
        "late": receipt.is_late,
        "refused": receipt.is_refused,
        "rule": receipt.rule,
        "comment": receipt.reason,
    }
    note_papers(
        actor=actor,
        case_id=case.pk,
        state=standing.state,
        lacking=standing.words,
        body=body,
        at=at,
        is_correction=receipt.corrects_id is not None,
    )
