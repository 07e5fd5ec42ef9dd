"""The invented 示例省 and 示例部 under the measures of 2026: a 小巨人's way in plain words."""

from dataclasses import dataclass

from tests import cases, scene
from tests.journeys.city import moment
from tests.journeys.region import Region

from tidu.applications import actions
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law import notices
from tidu.offices.enums import Role
from tidu.programmes.actions import publish_notice
from tidu.programmes.models import Batch
from tidu.publicity.actions import close_list
from tidu.titles.enums import TitleKind

GIANT = "shili-2026-little-giant"


@dataclass
class Province(Region):
    """`province` decides with its experts, `ministry` recognises."""

    ministry: Actor = SYSTEM

    def hold_second_title(self, number: int) -> None:
        """有效期内的专精特新中小企业."""
        self.firm(number, shape="giant")
        self.hold(number, TitleKind.SPECIALISED)

    def enter_giant(self, number: int, at: str) -> Case:
        """A firm that holds 专精特新 applies for the next title."""
        self.hold_second_title(number)
        return self.submit(number, self.fill(number, 1, at), at)

    def receive(self, office: Actor, case: Case, at: str) -> None:
        """受理, and the credit looked up."""
        actions.receive(actor=office, case_id=case.pk, expected_version=None, at=moment(at))
        self.check_credit(office, case, at)

    def agree(self, office: Actor, case: Case, at: str) -> Case:
        """审核通过."""
        return actions.pass_review(
            actor=office, case_id=case.pk, expected_version=None, comment="符合标准", at=moment(at)
        )

    def to_panel(self, case: Case, at: str) -> None:
        """省初审、实地核查."""
        self.examine(self.province, case, at)

    def to_ministry(self, case: Case) -> None:
        """省级对照专家组意见审核、公示，公示通过的推荐。"""
        self.receive(self.province, case, "2026-05-21 09:00")
        self.agree(self.province, case, "2026-05-21 10:00")
        published = self.publicise([case], "2026-05-22 10:00")
        close_list(actor=self.province, list_id=published.pk, at=moment("2026-06-02 09:00"))
        self.recommend(self.province, [case], "2026-06-03 10:00")

    def desk(self, at: str) -> cases.Round:
        """The round as whoever keeps the pool and draws the panels has it before him."""
        return cases.Round(self.batches[0], self.east, self.west, self.bureau, self.province, at=moment(at))


def open_province() -> Province:
    """Offices open up to the ministry, the province's notice published on its day."""
    scene.open_offices()
    province = scene.office_actor(scene.PROVINCE, Role.LEADER, "province")
    notice = publish_notice(actor=province, notice=notices.load(GIANT), at=moment("2026-04-15 09:00"))
    with scope(SYSTEM):
        batches = list(Batch.objects.filter(notice=notice).select_related("notice__office"))
    return Province(
        batches=batches,
        east=scene.office_actor(scene.EAST, Role.LEADER, "east"),
        west=scene.office_actor(scene.WEST, Role.LEADER, "west"),
        bureau=scene.office_actor(scene.CITY, Role.LEADER, "city"),
        province=province,
        ministry=scene.office_actor(scene.MINISTRY, Role.LEADER, "ministry"),
    )
