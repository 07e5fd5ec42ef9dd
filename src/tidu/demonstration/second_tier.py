"""The next step of firms that got their first title a while ago: one of them at each desk of the province.

Firms of the story "announced" climb on, in the order of the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case
from tidu.deliveries.actions import Brought, ParcelText, register_papers, register_parcel
from tidu.deliveries.enums import Manner
from tidu.demonstration import acts
from tidu.demonstration.calendar import Times
from tidu.demonstration.cast import Cast
from tidu.demonstration.forms import Invented
from tidu.demonstration.stories import told
from tidu.law.notices.papers import Counted, papers_asked
from tidu.programmes.queries import notice_text

AGREED = "经初审和实地检查，数据与佐证一致，同意推荐。"


@dataclass(frozen=True)
class Climb:
    """One firm, its application, and how many desks it has passed by now."""

    firm: Invented
    case: Case
    desks: int


def tell_second_tier(cast: Cast, firms: Sequence[Invented], times: Times) -> None:
    """A draft, one at the county, two at the prefecture, one at the province with its papers."""
    follow_all(times.now)  # the titles of the first step are there
    climbing = told(firms, "announced")[:6]
    acts.apply_as(cast, climbing[0], times.batch, times.within(0.5))
    climbs = [
        Climb(firm, acts.apply_as(cast, firm, times.batch, times.within(0.1)), desks)
        for firm, desks in zip(climbing[1:], (0, 0, 1, 2, 3), strict=True)
    ]
    for climb in climbs:
        acts.submit(cast, climb.firm, climb.case, times.within(0.2))
    _at_counties(cast, climbs, times)
    _at_prefecture(cast, climbs, times)
    _at_province(cast, climbs, times)


def _passed(climbs: Sequence[Climb], desks: int) -> list[Climb]:
    return [climb for climb in climbs if climb.desks >= desks]


def _at_counties(cast: Cast, climbs: Sequence[Climb], times: Times) -> None:
    for climb in _passed(climbs, 1):
        office = cast.county_of(climb.firm)
        acts.examine(office, [climb.case], times.within(0.4), comment=AGREED)
        number = f"{climb.firm.area_name}专精特新〔{times.now.year}〕{climb.firm.index}号"
        acts.recommend(office, times.batch, [climb.case], number, times.within(0.5))


def _at_prefecture(cast: Cast, climbs: Sequence[Climb], times: Times) -> None:
    """同意推荐 tells the firm to prepare paper; one of them has been recommended since."""
    for climb in _passed(climbs, 2):
        acts.examine(cast.city, [climb.case], times.within(0.7), comment=AGREED)
    sent = [climb.case for climb in _passed(climbs, 3)]
    acts.recommend(
        cast.city, times.batch, sent, f"示市工信专精特新〔{times.now.year}〕1号", times.within(0.8)
    )


def _at_province(cast: Cast, climbs: Sequence[Climb], times: Times) -> None:
    for climb in _passed(climbs, 3):
        _bring_papers(cast, climb.case, times.within(0.9))


def _bring_papers(cast: Cast, case: Case, at: datetime) -> None:
    """The city's parcel with all that the notice asks of the firm on paper."""
    text = ParcelText(manner=Manner.BY_HAND, received_at=at, source_office_id=cast.city.office_id)
    parcel = register_parcel(actor=cast.province, text=text, at=at)
    asked = papers_asked(notice_text(case.batch.notice), case.kind)
    whole = {paper.id: Counted(paper.copies, is_original=True, is_apart=True) for paper in asked}
    register_papers(actor=cast.province, parcel_id=parcel.pk, case_id=case.pk, brought=Brought(whole), at=at)
