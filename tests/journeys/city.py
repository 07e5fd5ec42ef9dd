"""The invented 示例市 under the notice: its firms and officers, and the acts of a round in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache

from tests import rounds, scene

from tidu.aftermath.actions import follow_all
from tidu.applications import actions
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.demonstration.forms import Invented, form_of
from tidu.demonstration.papers import paper, upload
from tidu.enterprises.actions import save_profile_field
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.models import Firm
from tidu.inspections.actions import record_credit_check
from tidu.inspections.enums import CreditResult, CreditSource
from tidu.law.calendars import legal_day, parse_moment
from tidu.offices.enums import Role
from tidu.programmes.models import Batch
from tidu.publicity.actions import AnnouncementText, ListText, announce, close_list, publish_list
from tidu.publicity.models import PublicityList

UNDRAWN = "本季度件数少，逐家书面审核。"
PAPERS = ("signed_form", "business_licence", "social_insurance", "audit_report", "product_note")
#: Claimed by every invented form: an invention; by those of shape "route": a high-technology certificate.
CLAIMED = {"property_certificates": None, "honour_certificates": "route"}


def moment(text: str) -> datetime:
    """Beijing time, e.g. "2026-03-31 24:00", or to the second, "2026-03-31 23:59:59"."""
    minute, _, seconds = text.partition(":")[2].partition(":")
    return parse_moment(f"{text.partition(':')[0]}:{minute}") + timedelta(seconds=int(seconds or 0))


@cache
def _paper() -> bytes:
    return paper("佐证材料", "示例企业（演示）")


@dataclass
class City:
    """Offices with their leaders, the published notice, its four batches."""

    batches: list[Batch]
    east: Actor
    west: Actor
    bureau: Actor
    province: Actor
    firms: dict[int, tuple[Firm, Actor]] = field(default_factory=dict)
    letters: int = 0

    def firm(self, number: int, *, shape: str = "strong", area_code: str = scene.EAST) -> Actor:
        """A registered firm whose profile is filled; the actor is its own employee."""
        firm, member = scene.register(number, area_code=area_code)
        actor = actor_for_member(member)
        name = "示例东区" if area_code == scene.EAST else "示例西区"
        invented = Invented(number, firm.uscc, firm.name, area_code, name, "智能输送装备", "3434", shape, "")
        with scope(actor):
            for (fact, period), raw in form_of(invented, year=2025).items():
                save_profile_field(
                    actor=actor, firm=firm, fact=fact, period=period, raw=raw, expected_version=0, at=scene.AT
                )
        self.firms[number] = firm, actor
        return actor

    def fill(self, number: int, quarter: int, at: str, *, kind: str = "new", shape: str = "strong") -> Case:
        """An application with all its papers, not submitted yet."""
        firm, actor = self.firms[number]
        with scope(actor):
            case = actions.open_case(
                actor=actor,
                firm_id=firm.pk,
                batch_id=self.batches[quarter - 1].pk,
                kind=kind,
                at=moment(at),
            )
        for item in (*PAPERS, *(item for item, claim in CLAIMED.items() if claim in (None, shape))):
            self.attach(case, actor, item, at)
        return case

    def attach(self, case: Case, actor: Actor, item: str, at: str, content: bytes | None = None) -> None:
        """Upload one paper and put it under its item."""
        file = upload(actor, f"{item}.pdf", content or _paper(), moment(at))
        actions.attach_evidence(
            actor=actor, case_id=case.pk, item=item, file_id=file.pk, name=f"{item}.pdf", at=moment(at)
        )

    def submit(self, number: int, case: Case, at: str) -> Case:
        """The firm signs its declaration and submits."""
        _, actor = self.firms[number]
        return actions.submit(
            actor=actor, case_id=case.pk, expected_version=None, declared=True, at=moment(at)
        )

    def apply(self, number: int, quarter: int, at: str, *, kind: str = "new", shape: str = "strong") -> Case:
        """A firm that registers, fills, and submits in one morning."""
        if number not in self.firms:
            self.firm(number, shape=shape)
        return self.submit(number, self.fill(number, quarter, at, kind=kind, shape=shape), at)

    def review(self, office: Actor, case: Case, at: str) -> Case:
        """Received, looked up in both credit systems, passed."""
        actions.receive(actor=office, case_id=case.pk, expected_version=None, at=moment(at))
        self.check_credit(office, case, at)
        return actions.pass_review(
            actor=office, case_id=case.pk, expected_version=None, comment="符合条件", at=moment(at)
        )

    def check_credit(self, office: Actor, case: Case, at: str, *, listed: bool = False) -> None:
        """信用中国 and the publicity system, looked up today."""
        for source in CreditSource:
            record_credit_check(
                actor=office,
                case_id=case.pk,
                source=source,
                checked_on=legal_day(moment(at)),
                result=CreditResult.ABNORMAL if listed else CreditResult.CLEAR,
                note="列入经营异常名录" if listed else "",
                at=moment(at),
            )

    def letter(self, office: Actor, at: str) -> actions.LetterText:
        """The next formal letter of an office, with its scan."""
        self.letters += 1
        scan = upload(office, "文件.pdf", _paper(), moment(at))
        return actions.LetterText(f"示工信〔2026〕{self.letters}号", legal_day(moment(at)), scan.pk, UNDRAWN)

    def recommend(self, office: Actor, cases: Sequence[Case], at: str) -> None:
        """One letter for these cases of one batch."""
        actions.recommend(
            actor=office,
            batch_id=cases[0].batch_id,
            case_versions={case.pk: None for case in cases},
            letter=self.letter(office, at),
            at=moment(at),
        )

    def publish(self, cases: Sequence[Case], at: str) -> PublicityList:
        """The city's second check is done; credit is looked up again and the list published."""
        for case in cases:
            self.check_credit(self.bureau, case, at)
        return publish_list(
            actor=self.bureau,
            batch_id=cases[0].batch_id,
            case_versions={case.pk: None for case in cases},
            text=ListText("拟公告创新型中小企业名单公示"),
            at=moment(at),
        )

    def to_publicity(self, cases: Sequence[Case], at: str) -> PublicityList:
        """From the county's desk to the city's published list, in one day."""
        for case in cases:
            self.review(self.east, case, at)
        self.recommend(self.east, cases, at)
        for case in cases:
            self.review(self.bureau, case, at)
        return self.publish(cases, at)

    def finish(self, published: PublicityList, cases: Sequence[Case], at: str) -> None:
        """Publicity ends, the list is filed with the province and announced there."""
        close_list(actor=self.bureau, list_id=published.pk, at=moment(at))
        versions = {case.pk: None for case in cases}
        batch = cases[0].batch_id
        letter = self.letter(self.bureau, at)
        actions.report(
            actor=self.bureau, batch_id=batch, case_versions=versions, letter=letter, at=moment(at)
        )
        for case in cases:
            self.check_credit(self.province, case, at)
        self.letters += 1
        text = AnnouncementText(
            number=f"示工信公告〔2026〕{self.letters}号",
            title="创新型中小企业名单公告",
            announced_on=legal_day(moment(at)),
            scan_id=upload(self.province, "公告.pdf", _paper(), moment(at)).pk,
        )
        announce(actor=self.province, batch_id=batch, case_versions=versions, text=text, at=moment(at))
        follow_all(moment(at) + timedelta(minutes=1))

    def now(self, case: Case) -> Case:
        """The case as it stands."""
        with scope(SYSTEM):
            return Case.objects.select_related("office", "firm").get(pk=case.pk)

    def status(self, case: Case) -> str:
        """Its status alone."""
        return self.now(case).status


def open_city(**readings: str) -> City:
    """Offices open, Dalian's notice published by the invented city on the day it was issued.

    `readings` are what the city chose to read differently before it published.
    """
    scene.open_offices()
    bureau = scene.office_actor(scene.CITY, Role.LEADER, "city")
    text = rounds.notice_of_shili()
    chosen = tuple(replace(one, value=readings.get(one.id, one.value)) for one in text.readings)
    notice = rounds.publish(bureau, notice=replace(text, readings=chosen))
    with scope(SYSTEM):
        batches = [rounds.batch(notice, number) for number in (1, 2, 3, 4)]
    return City(
        batches=batches,
        east=scene.office_actor(scene.EAST, Role.LEADER, "east"),
        west=scene.office_actor(scene.WEST, Role.LEADER, "west"),
        bureau=bureau,
        province=scene.office_actor(scene.PROVINCE, Role.LEADER, "province"),
    )
