"""The whole main job in a real browser, as four people and the public, on a desk's screen and on a telephone.

Publicity takes days, so two firms stand at two places of the same road: the first is walked from its draft
to the published list; the second, whose list was published earlier and is over, from there to its title.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect
from tests import rounds, scene
from tests.journeys.city import PAPERS, City
from tests.plugins.browser import DESK, TELEPHONE

from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.demonstration.papers import paper
from tidu.law import notices
from tidu.law.refusals import BEIJING
from tidu.offices.actions import choose_password, open_account
from tidu.offices.actors import actor_for_post
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_code

pytestmark = [pytest.mark.browser, pytest.mark.commits]

SCAN = FilePayload(name="文件.pdf", mimeType="application/pdf", buffer=paper("正式文件", "示例单位（演示）"))


@dataclass
class Town:
    """Two firms on the road, and everybody's login."""

    draft: Case
    listed: Case


def sign_in_as(code: str, username: str, at: datetime) -> Actor:
    """An officer who signs, with a password of his own."""
    with scope(SYSTEM):
        account, first = open_account(
            actor=SYSTEM,
            office=office_by_code(code),
            username=username,
            name="签发岗",
            role=Role.LEADER,
            at=at,
        )
        post = account.posts.select_related("office", "account").get()
    person = Actor(kind="operator", account_id=account.pk, name=account.name)
    choose_password(actor=person, old=first, new=scene.PASSWORD, at=at)
    return actor_for_post(post)


@pytest.fixture
def town(fresh_database: object) -> Town:
    """The invented city around today, its notice published, one draft and one list whose time is over."""
    now = timezone.now()
    start = now - timedelta(days=60)
    scene.open_offices(start)
    bureau = sign_in_as(scene.CITY, "bureau", start)
    notice = rounds.publish(bureau, notice=notices.demonstration_notice(now), at=start)
    with scope(SYSTEM):
        batches = [rounds.batch(notice, number) for number in (1, 2, 3, 4)]
    city = City(
        batches=batches,
        east=sign_in_as(scene.EAST, "east", start),
        west=sign_in_as(scene.WEST, "west", start),
        bureau=bureau,
        province=sign_in_as(scene.PROVINCE, "province", start),
        year=batches[3].opens_at.year - 1,
    )
    city.firm(1, at=start)
    draft = city.fill(1, 4, text_of(now - timedelta(minutes=5)))
    city.firm(2, at=start)
    closed = batches[2].closes_at - timedelta(days=3)
    city.apply(2, 3, text_of(closed))
    with scope(SYSTEM):
        listed = Case.objects.get(firm__name__contains="第2")
    city.to_publicity([listed], text_of(min(now - timedelta(days=9), closed + timedelta(days=2))))
    return Town(draft, listed)


def text_of(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def sit_down(page: Page, username: str) -> None:
    page.context.clear_cookies()
    page.goto("/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", scene.PASSWORD)
    page.click("main button.btn-main")
    page.wait_for_url(lambda address: "/login" not in address)


def visit(page: Page, address: str) -> None:
    """Open a page; nothing on it is wider than the screen."""
    response = page.goto(address)
    assert response is not None
    assert response.status == 200, address
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def look_up_credit(page: Page, case: Case) -> None:
    """Both systems, today, nothing found."""
    visit(page, f"/office/cases/{case.pk}/credit/")
    for choice in page.locator("input[type=radio][value=clear]").all():
        choice.check()
    for box in page.locator("input[type=checkbox][name$=made]").all():
        box.check()
    page.click("main form button.btn-main")
    page.wait_for_load_state()


def decide(page: Page, case: Case, name: str) -> None:
    """Press one of the decisions of the case page."""
    visit(page, f"/office/cases/{case.pk}/")
    if name != "受理":
        page.fill("#comment", "材料齐全，同意。")
    page.locator("#decide .decide").get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def act_on_batch(page: Page, case: Case, stage: str, fields: dict[str, str], *, scan: bool = True) -> None:
    """Fill what the act on many asks, with its scan, and confirm."""
    visit(page, f"/office/batches/{case.batch_id}/stages/{stage}/")
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    if scan:
        page.locator("[data-upload] input[type=file]").first.set_input_files(SCAN)
        expect(page.locator("[data-upload-list]").first).to_contain_text("已上传", timeout=15_000)
    page.locator("button[data-opens=sure]").click()
    page.locator("#sure button.btn-main").click()
    page.wait_for_load_state()


def receive_check_and_pass(page: Page, case: Case) -> None:
    decide(page, case, "受理")
    look_up_credit(page, case)
    decide(page, case, "审核通过")


def status(case: Case) -> str:
    with scope(SYSTEM):
        return str(Case.objects.values_list("status", flat=True).get(pk=case.pk))


def walk_as_the_firm(page: Page, town: Town) -> None:
    """What is typed stays, the papers are there, the declaration is signed."""
    sit_down(page, "firm-1")
    visit(page, "/enterprise/")
    form = f"/enterprise/cases/{town.draft.pk}/form"
    visit(page, f"{form}/statements/")
    profit = page.locator("table.years [name^='net_profit.']").last
    profit.fill("321.5")
    page.locator("main h2").first.click()
    expect(page.locator("[data-saved]", has_text="已保存").first).to_be_visible()
    page.reload()
    expect(page.locator("table.years [name^='net_profit.']").last).to_have_value("321.50")
    visit(page, f"{form}/evidence/")
    for item in PAPERS:
        expect(page.locator(f"#item-{item} a").first).to_be_visible()
    visit(page, f"/enterprise/cases/{town.draft.pk}/review/")
    page.check("#declare [name=declared]")
    page.click("#declare button.btn-main")
    page.wait_for_url("**/receipt/")
    assert status(town.draft) == "in_review"


def walk_as_the_county(page: Page, town: Town) -> None:
    """Received, looked up, passed, recommended by letter."""
    sit_down(page, "east")
    visit(page, "/office/queue/")
    expect(page.locator("main table")).to_contain_text("示例第1精密制造有限公司")
    receive_check_and_pass(page, town.draft)
    letter = {"number": "示东工信〔2026〕1号", "issued_on": today()}
    act_on_batch(page, town.draft, "county-recommend", letter)


def walk_as_the_city(page: Page, town: Town) -> None:
    """A second check and the list; the older list is closed and reported."""
    sit_down(page, "bureau")
    receive_check_and_pass(page, town.draft)
    look_up_credit(page, town.draft)
    act_on_batch(page, town.draft, "city-publicity", {"title": "第四批拟公告名单公示"}, scan=False)
    assert status(town.draft) == "listed"
    visit(page, "/office/lists/")
    page.locator("main a", has_text="拟公告创新型中小企业名单公示").first.click()
    page.locator("button[data-opens=close]").click()
    page.locator("#close button:not([data-closes])").click()
    page.wait_for_load_state()
    act_on_batch(page, town.listed, "city-report", {"number": "示市工信〔2026〕1号", "issued_on": today()})


def walk_as_the_province(page: Page, town: Town) -> None:
    """Looked up once more, announced."""
    sit_down(page, "province")
    look_up_credit(page, town.listed)
    announcement = {"number": "示工信公告〔2026〕1号", "title": "名单公告", "announced_on": today()}
    act_on_batch(page, town.listed, "province-announce", announcement)
    assert status(town.listed) == "recognised"


def look_as_the_public(page: Page) -> None:
    """The open list, and the title once its consequence is drawn."""
    page.context.clear_cookies()
    visit(page, "/publicity/")
    page.locator("main a", has_text="第四批拟公告名单公示").first.click()
    expect(page.locator("main")).to_contain_text("示例第1精密制造有限公司")
    expect(page.locator("main")).to_contain_text("提出异议")
    for _ in range(40):
        visit(page, "/titles/?q=示例第2")
        if "示例第2精密制造有限公司" in page.locator("main").inner_text():
            break
        page.wait_for_timeout(500)
    expect(page.locator("main")).to_contain_text("有效")


def today() -> str:
    """The legal day, as a date field takes it."""
    return f"{timezone.now().astimezone(BEIJING):%Y-%m-%d}"


@pytest.mark.parametrize("width", [DESK, TELEPHONE])
def test_a_firm_is_walked_to_the_list_and_another_to_its_title(
    town: Town, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    walk_as_the_firm(page, town)
    walk_as_the_county(page, town)
    walk_as_the_city(page, town)
    walk_as_the_province(page, town)
    look_as_the_public(page)
