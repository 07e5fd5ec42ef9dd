"""Xinjiang's notice, issued by the invented 示例省: counties, a prefecture and the region in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests import scene
from tests.journeys.city import City, moment

from tidu.aftermath.actions import follow_all
from tidu.applications import actions
from tidu.applications.contents import completeness
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.deliveries.actions import Brought, ParcelText, register_papers, register_parcel
from tidu.deliveries.enums import Manner
from tidu.inspections.actions import Found, Visit, record_inspection
from tidu.inspections.enums import InspectionResult
from tidu.law import notices
from tidu.law.calendars import legal_day, parse_moment
from tidu.law.notices.papers import Counted
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_code
from tidu.programmes.actions import publish_notice
from tidu.programmes.models import Batch
from tidu.publicity.actions import AnnouncementText, ListText, announce, close_list, publish_list
from tidu.publicity.models import PublicityList
from tidu.titles.actions import Announced, enter_existing_title
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title

NOTICE = "xinjiang-2026-specialised-batch1"
PUBLISHED = parse_moment("2026-02-04 09:00")
WHOLE = {
    "application": Counted(copies=2, is_original=True),
    "audit-report": Counted(copies=1, is_original=True, is_apart=True),
}
"""Everything the notice asks of a firm on paper."""


def notice_of_shili() -> notices.Notice:
    """Every rule, reading and date of Xinjiang's notice; only the offices are invented."""
    text = notices.load(NOTICE)
    return replace(
        text,
        id="shili-2026-specialised",
        issuer=scene.PROVINCE,
        issuer_name="示例省工业和信息化厅",
        offices="demonstration",
        directory=(),
        deliveries=tuple(replace(one, office=scene.PROVINCE) for one in text.deliveries),
        demonstration=True,
    )


@dataclass
class Region(City):
    """`bureau` is the prefecture, `province` the autonomous region."""

    def hold(
        self,
        number: int,
        kind: TitleKind = TitleKind.INNOVATIVE,
        *,
        until: str = "2027-06-30",
        batch_code: str = "2024-1",
        announced_by: str = scene.PROVINCE,
    ) -> Title:
        """A title that the firm got before this register began; it is registered if it is not yet."""
        if number not in self.firms:
            self.firm(number)
        firm, _ = self.firms[number]
        last = date.fromisoformat(until)
        with scope(SYSTEM):
            announced = Announced(
                firm=firm,
                kind=kind,
                office=office_by_code(announced_by),
                number=f"公告〔{batch_code}〕{number}号",
                on=last.replace(year=last.year - 3),
                batch_code=batch_code,
                batch_label=f"{batch_code[:4]}年认定",
            )
            return enter_existing_title(
                actor=SYSTEM,
                announced=announced,
                valid_from=announced.on,
                valid_until=last,
                at=moment("2026-02-04 09:00"),
            )

    def fill(self, number: int, quarter: int, at: str, *, kind: str = "new", shape: str = "strong") -> Case:
        """An application with all the papers that it needs, not submitted yet."""
        firm, actor = self.firms[number]
        with scope(actor):
            case = actions.open_case(
                actor=actor,
                firm_id=firm.pk,
                batch_id=self.batches[quarter - 1].pk,
                kind=kind,
                at=moment(at),
            )
            missing = completeness(case, at=moment(at)).missing_evidence
        for item in missing:
            self.attach(case, actor, item, at)
        return case

    def enter(self, number: int, at: str, *, kind: str = "new") -> Case:
        """A firm that holds what it must, fills and submits in one morning."""
        if number not in self.firms:
            self.hold(number)
        return self.submit(number, self.fill(number, 1, at, kind=kind), at)

    def inspect(self, office: Actor, case: Case, at: str) -> None:
        """Two officers look at the firm; everything is as it says."""
        found = Found("主导产品生产线", "自动化生产线 2 条", "自动化生产线 2 条", is_consistent=True)
        record_inspection(
            actor=office,
            case_id=case.pk,
            visit=Visit(
                visited_on=legal_day(moment(at)),
                inspectors=("企业科科长", "企业科经办"),
                result=InspectionResult.CONSISTENT,
                findings=(found,),
            ),
            at=moment(at),
        )

    def examine(self, office: Actor, case: Case, at: str) -> Case:
        """初审、实地检查: received, looked up, looked at on site, passed."""
        actions.receive(actor=office, case_id=case.pk, expected_version=None, at=moment(at))
        self.check_credit(office, case, at)
        self.inspect(office, case, at)
        return actions.pass_review(
            actor=office, case_id=case.pk, expected_version=None, comment="同意推荐", at=moment(at)
        )

    def to_prefecture(self, case: Case, at: str, county: Actor | None = None) -> None:
        """The county has passed and recommended the case."""
        office = county or self.east
        self.examine(office, case, at)
        self.recommend(office, [case], at)

    def to_region(self, cases: Sequence[Case], at: str) -> None:
        """The prefecture has passed and recommended what its county sent."""
        for case in cases:
            self.to_prefecture(case, at)
            self.examine(self.bureau, case, at)
        self.recommend(self.bureau, cases, at)

    def bring(self, case: Case, at: str, papers: dict[str, Counted] | None = None) -> None:
        """A parcel of the prefecture with one firm's papers, entered by the region as it comes."""
        with scope(self.province):
            parcel = register_parcel(
                actor=self.province,
                text=ParcelText(
                    manner=Manner.BY_HAND, received_at=moment(at), source_office_id=self.bureau.office_id
                ),
                at=moment(at),
            )
        register_papers(
            actor=self.province,
            parcel_id=parcel.pk,
            case_id=case.pk,
            brought=Brought(WHOLE if papers is None else papers),
            at=moment(at),
        )

    def pass_region(self, case: Case, at: str) -> Case:
        """The region has the papers, looks the firm up and passes it; it was not drawn for a visit."""
        actions.receive(actor=self.province, case_id=case.pk, expected_version=None, at=moment(at))
        self.check_credit(self.province, case, at)
        return actions.pass_review(
            actor=self.province, case_id=case.pk, expected_version=None, comment="符合标准", at=moment(at)
        )

    def publicise(self, cases: Sequence[Case], at: str) -> PublicityList:
        """公示 by the region, credit looked up again."""
        for case in cases:
            self.check_credit(self.province, case, at)
        return publish_list(
            actor=self.province,
            batch_id=cases[0].batch_id,
            case_versions={case.pk: None for case in cases},
            text=ListText("拟认定自治区专精特新中小企业名单公示"),
            at=moment(at),
        )

    def recognise(self, published: PublicityList, cases: Sequence[Case], at: str) -> None:
        """The period is over and nobody objected: 认定."""
        close_list(actor=self.province, list_id=published.pk, at=moment(at))
        for case in cases:
            self.check_credit(self.province, case, at)
        letter = self.letter(self.province, at)
        announce(
            actor=self.province,
            batch_id=cases[0].batch_id,
            case_versions={case.pk: None for case in cases},
            text=AnnouncementText(
                number=letter.number,
                title="2026年第一批自治区专精特新中小企业名单",
                announced_on=legal_day(moment(at)),
                scan_id=letter.scan_id,
            ),
            at=moment(at),
        )
        follow_all(moment(at) + timedelta(minutes=1))

    def whole_way(self, cases: Sequence[Case]) -> None:
        """From the county's desk in February to the region's recognition in March."""
        self.to_region(cases, "2026-03-06 10:00")
        for case in cases:
            self.bring(case, "2026-03-08 15:00")
            self.pass_region(case, "2026-03-11 10:00")
        self.recognise(self.publicise(cases, "2026-03-12 10:00"), cases, "2026-03-20 10:00")


def open_region(text: notices.Notice | None = None) -> Region:
    """Offices open, Xinjiang's notice published by the invented province on the day it was issued."""
    scene.open_offices()
    province = scene.office_actor(scene.PROVINCE, Role.LEADER, "province")
    notice = publish_notice(actor=province, notice=text or notice_of_shili(), at=PUBLISHED)
    with scope(SYSTEM):
        batches = list(Batch.objects.filter(notice=notice).select_related("notice__office"))
    return Region(
        batches=batches,
        east=scene.office_actor(scene.EAST, Role.LEADER, "east"),
        west=scene.office_actor(scene.WEST, Role.LEADER, "west"),
        bureau=scene.office_actor(scene.CITY, Role.LEADER, "city"),
        province=province,
    )
