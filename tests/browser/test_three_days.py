"""The prefecture's three days in a browser: between the firms' deadline and its own lies a week-end.

Xinjiang's notice of 2026: firms submit by 5 March, the prefecture must have finished by 8 March, a Sunday
(过期不予受理). One leader at the prefecture: board, call list, 催办, acts on many with a preview for each,
the formal letter; at a desk and on a telephone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect
from tests import cases, scene
from tests.browser.walking import Walk, let_in, serving
from tests.journeys.city import moment
from tests.journeys.region import Region, open_region
from tests.plugins.browser import DESK, TELEPHONE
from tests.plugins.clock import Clock

from tidu.applications.actions import open_case
from tidu.applications.models import Case
from tidu.database.address import Addresses
from tidu.database.scope import SYSTEM, scope

pytestmark = [pytest.mark.browser, pytest.mark.commits]

BEGUN, WEST, EAST = (1,), (2,), (3, 4, 5, 6)
"""Firms with a draft; submitted in the west; already sent on by the east."""


@dataclass
class Days:
    """The invented region on the firms' last afternoon, and the cases that lie with the prefecture."""

    region: Region
    round_: cases.Round
    at_prefecture: list[Case]


@pytest.fixture
def days(fresh_database: Addresses) -> Days:
    region = open_region()
    round_ = cases.Round(
        region.batches[0],
        region.east,
        region.west,
        region.bureau,
        region.province,
        at=moment("2026-03-04 10:00"),
    )
    for number in (*BEGUN, *WEST, *EAST):
        region.firm(number, area_code=scene.WEST if number in WEST else scene.EAST)
        region.hold(number)
    for number in BEGUN:
        firm, actor = region.firms[number]
        open_case(actor=actor, firm_id=firm.pk, batch_id=round_.batch.pk, kind="new", at=round_.at)
    for number in WEST:
        cases.submitted_by(round_, region.firms[number][1])
    sent = [cases.submitted_by(round_, region.firms[number][1]) for number in EAST]
    for case in sent:
        region.examine(region.east, case, "2026-03-05 09:00")
    region.recommend(region.east, sent, "2026-03-05 11:00")
    with scope(SYSTEM):
        Case.objects.filter(pk__in=[case.pk for case in sent]).update(verdict="met")
    let_in("city")
    let_in("west")
    return Days(region, round_, sent)


@pytest.fixture
def site(fresh_database: Addresses, days: Days, clock: Clock) -> Iterator[str]:
    clock.set(moment("2026-03-05 15:00"))
    with serving(fresh_database, clock) as address:
        yield address


@pytest.mark.parametrize("width", [DESK, pytest.param(TELEPHONE, marks=pytest.mark.slow)])
def test_a_prefecture_from_the_board_to_its_letter(walk: Walk, clock: Clock, days: Days) -> None:
    walk.sit_down("city")
    look_at_the_board(walk)
    call_and_urge_firms(walk)

    clock.set(moment("2026-03-06 09:30"))
    walk.sit_down("city")
    urge_the_west(walk)
    receive_all(walk)
    look_up_and_visit(days)

    clock.set(moment("2026-03-08 16:00"))
    walk.sit_down("city")
    pass_all_that_can_be_passed(walk)
    recommend(walk)

    walk.sit_down("west")
    expect(tell_of(walk, "/office/messages/")).to_contain_text("催办")


def tell_of(walk: Walk, address: str) -> Locator:
    walk.go(address, "messages")
    return walk.page.locator("main")


def look_at_the_board(walk: Walk) -> None:
    page = walk.page
    walk.follow(page.get_by_role("navigation").get_by_role("link", name="进度"), "board")
    main = page.locator("main")
    expect(main).to_contain_text("剩 3 天 8 小时")
    expect(main).to_contain_text("剩 1 天 8 小时")
    walk.follow(main.get_by_role("link", name="逐件查看"), "board-cases")
    expect(main).to_contain_text("实地核查未完成")


def call_and_urge_firms(walk: Walk) -> None:
    page = walk.page
    page.go_back()
    walk.follow(page.get_by_role("link", name=re.compile("企业尚未提交或补正")), "calls")
    expect(page.locator("main")).not_to_contain_text("000-00001000")
    page.check("tbody [name=case]")
    walk.press("显示联系方式", "calls-shown")
    expect(page.locator("main")).to_contain_text("000-00001000")
    page.fill("[name=comment]", "材料上传有困难，请拨打本单位电话。")
    walk.press("催办", "calls-urged")
    expect(page.locator("main")).to_contain_text("已催办 1 家企业")


def urge_the_west(walk: Walk) -> None:
    page = walk.page
    walk.go("/office/board/", "board-second-day")
    page.get_by_role("checkbox", name=re.compile("选择 示例西区")).check()
    walk.press("催办", "board-urged")
    expect(page.locator("main")).to_contain_text("已催办 1 家单位")


def receive_all(walk: Walk) -> None:
    page = walk.page
    walk.go("/office/queue/", "queue")
    page.locator("thead [data-selects]").check() if walk.width == DESK else tick_each(walk)
    walk.press("批量受理…", "bulk-receive")
    walk.press("受理…", "bulk-receive-sure")
    page.locator("#sure").get_by_role("button", name="确认受理").click()
    page.wait_for_url("**/bulk/acts/*/")
    walk.look("bulk-received")
    expect(page.locator("#progress")).to_contain_text("4 / 4 件")


def tick_each(walk: Walk) -> None:
    for box in walk.page.locator("tbody [name=case]").all():
        box.check()


def look_up_and_visit(days: Days) -> None:
    """On Friday and Saturday the officers are out; one firm they did not reach."""
    region = days.region
    for case in days.at_prefecture:
        region.check_credit(region.bureau, case, "2026-03-07 15:00")
    for case in days.at_prefecture[:-1]:
        region.inspect(region.bureau, case, "2026-03-07 16:00")


def pass_all_that_can_be_passed(walk: Walk) -> None:
    page = walk.page
    walk.go("/office/queue/?stage=prefecture-review", "queue-third-day")
    page.locator("thead [data-selects]").check() if walk.width == DESK else tick_each(walk)
    walk.press("批量审核通过…", "bulk-pass")
    expect(page.locator("main")).to_contain_text("可以审核通过 3 件，不能 1 件")
    expect(page.locator("main")).to_contain_text("还缺实地核查记录")
    page.fill("[name=comment]", "材料齐全，实地核查与申报一致，同意推荐。")
    walk.press("审核通过…", "bulk-pass-sure")
    page.locator("#sure").get_by_role("button", name="确认审核通过").click()
    page.wait_for_url("**/bulk/acts/*/")
    walk.look("bulk-passed")
    expect(page.locator("#progress")).to_contain_text("3 / 3 件")


def recommend(walk: Walk) -> None:
    page = walk.page
    walk.go("/office/", "home-third-day")
    walk.follow(page.locator("main a[href*='/stages/prefecture-recommend/']").first, "recommend")
    page.fill("main [name=number]", "示市工信〔2026〕8号")
    sent = walk.send_file("form [data-upload]:not(details *)", "推荐文件")
    expect(sent).to_contain_text("已上传", timeout=15_000)
    walk.press("推荐…", "recommend-sure")
    page.locator("#sure").get_by_role("button", name="推荐", exact=True).click()
    page.wait_for_url(re.compile("/batches/[0-9]+/$"))
    walk.go("/office/board/days/", "days")
    walk.go("/office/board/", "board-at-the-end")
    expect(page.locator("main")).to_contain_text("实地核查未完成 1")
