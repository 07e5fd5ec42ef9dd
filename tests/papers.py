"""A round whose notice asks firms for paper: two bound copies and the audit report's original, apart."""

from dataclasses import replace
from datetime import timedelta

from tests import cases, rounds
from tidu.applications.models import Case, Snapshot
from tidu.applications.prints import print_code
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.deliveries.actions import Brought, ParcelText, register_papers, register_parcel
from tidu.deliveries.enums import Manner
from tidu.deliveries.models import Parcel, Receipt
from tidu.law import notices
from tidu.law.notices import Paper
from tidu.law.notices.papers import Counted

BOUND = Paper(
    id="application-papers",
    title="自评表和佐证材料（胶装成册）",
    sentence="S4.4",
    stage="county-recommend",
    form="bound",
    copies=2,
    by_firm=True,
    deadline="county-recommend",
)
AUDIT = replace(BOUND, id="audit-original", title="审计报告原件", form="original", copies=1)
ALL = {"application-papers": Counted(2), "audit-original": Counted(1, is_original=True, is_apart=True)}
"""Everything as the notice asks."""


def notice_asking_for_paper(mode: str = "hard") -> notices.Notice:
    """The city's notice, with paper to be with the city ten days after the quarter."""
    notice = rounds.with_reading(rounds.notice_of_shili(), "recommend_mode", mode)
    return replace(notice, papers=(*notice.papers, BOUND, AUDIT))


def open_round(mode: str = "hard") -> cases.Round:
    return cases.open_round(notice_asking_for_paper(mode))


def parcel_text(round_: cases.Round, number: str = "SF1000000001", **changes: object) -> ParcelText:
    """From the eastern district, by courier, an hour ago."""
    text = ParcelText(
        manner=Manner.COURIER,
        received_at=round_.at - timedelta(hours=1),
        courier="顺丰速运",
        number=number,
        source_office_id=round_.east.office_id,
    )
    return replace(text, **changes)  # type: ignore[arg-type]


def arrived(
    round_: cases.Round, number: str = "SF1000000001", *, at_office: Actor | None = None, **changes: object
) -> Parcel:
    """A parcel at the city, or at another office."""
    text = parcel_text(round_, number, **changes)
    return register_parcel(actor=at_office or round_.city, text=text, at=round_.at)


def counted(
    round_: cases.Round,
    parcel: Parcel,
    case: Case,
    brought: Brought | None = None,
    *,
    at_office: Actor | None = None,
) -> Receipt:
    """What the parcel holds for a case; everything the notice asks unless said."""
    return register_papers(
        actor=at_office or round_.city,
        parcel_id=parcel.pk,
        case_id=case.pk,
        brought=brought or Brought(ALL),
        at=round_.at,
    )


def code_of(case: Case, round_number: int = 1, *, digest: str = "") -> str:
    """The code on the print of a submission; of a case only brought to its stage one is invented."""
    with scope(SYSTEM):
        snapshot, _ = Snapshot.objects.get_or_create(
            case=case,
            kind="submission",
            round=round_number,
            defaults={"digest": digest or f"{case.pk:060x}{round_number:04x}"[::-1], "at": cases.SUBMITTED},
        )
        return print_code(snapshot.digest)
