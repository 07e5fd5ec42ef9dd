"""A province drafts a notice after Xinjiang's in a real browser, puts right what the checks find, looks at it
as a firm will, publishes it and corrects it; wide and narrow. Nothing is wider than the screen.

With TIDU_SCREENSHOTS naming a folder, each page leaves a picture there.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests import scene
from tests.browser.walking import widths_of
from tests.journeys.city import moment
from tests.plugins.browser import DESK, TELEPHONE, free_port
from tests.plugins.clock import VARIABLE, Clock

from tidu.database.address import Addresses
from tidu.deployment.processes import Listen, wait_until_it_answers, web_and_worker
from tidu.offices.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.commits]

TEMPLATE = "rulebook:xinjiang-2026-specialised-batch1"
CODE = "shili-2026-specialised"
MOBILE, TELEPHONE_OF_THE_OFFICE = "13800000000", "000-00000000"


@pytest.fixture
def site(fresh_database: Addresses, tmp_path: Path) -> Iterator[str]:
    """On the day before the notice is issued, the offices' leader and clerk at their desks."""
    clock = Clock(tmp_path / "clock")
    clock.set(moment("2026-02-03 09:00"))
    scene.open_offices()
    for role in (Role.LEADER, Role.CLERK):
        account, _ = scene.open_post(scene.PROVINCE, role, f"province-{role}")
        account.set_password(scene.PASSWORD)
        account.one_time_until = None
        account.save()
    listen = Listen(port=free_port(), threads=4)
    environ = {
        "TIDU_DATABASE_NAME": fresh_database.app.name,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        VARIABLE: str(clock.file),
    }
    with web_and_worker(listen, environ) as children:
        wait_until_it_answers(listen, children)
        yield listen.address


class Look:
    """Each page as it comes: not wider than the screen, a picture if one is wanted."""

    def __init__(self, page: Page, width: int) -> None:
        self.page, self.width, self.seen = page, width, 0

    def __call__(self, name: str) -> None:
        self.page.wait_for_load_state()
        self.seen += 1
        for width, wide in widths_of(self.page, self.width, lambda width: self._photograph(width, name)):
            assert wide <= width, name

    def _photograph(self, width: int, name: str) -> None:
        if folder := os.environ.get("TIDU_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            path = Path(folder) / f"notice-{width}-{self.seen:02}-{name}.png"
            self.page.screenshot(path=path, full_page=True)


def sit_down(page: Page, role: Role = Role.LEADER) -> None:
    page.goto("/login/")
    page.fill("input[name=login]", f"province-{role}")
    page.fill("input[name=password]", scene.PASSWORD)
    page.click("main button.btn-main")
    page.wait_for_url(re.compile("/office/$"))


def type_in(page: Page, name: str, text: str) -> None:
    """Into one control, and on to the next: the section saves itself."""
    page.fill(f"[name='{name}']", text)
    page.locator("#draft-form h2").click()
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    expect(page.locator("[data-saved]")).not_to_contain_text("正在")


@pytest.mark.parametrize("width", [DESK, pytest.param(TELEPHONE, marks=pytest.mark.slow)])
def test_a_notice_comes_from_its_template_to_its_corrigendum(
    new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    look = Look(page, width)
    sit_down(page)
    page.goto("/office/notices/")
    look("list")
    page.select_option("#template", TEMPLATE)
    page.get_by_role("button", name="开始起草").click()
    page.wait_for_url(re.compile("/basics/$"))
    draft = page.url.removesuffix("basics/")
    put_right(page, look)
    go_through(page, look, draft)
    publish(page, look, draft)
    correct(page, look)


def put_right(page: Page, look: Look) -> None:
    """What the template could not know, and a number that may not stand in a notice."""
    checks = page.locator("#draft-checks")
    expect(checks).to_contain_text("需改正 2 处")
    type_in(page, "phone", MOBILE)
    expect(checks).to_contain_text("是手机号码")
    expect(page.locator("#at-phone")).to_have_attribute("aria-invalid", "true")
    look("checks")
    checks.get_by_role("link", name="基本信息 · 网址代码").click()
    expect(page.locator("#at-id")).to_be_focused()
    type_in(page, "id", CODE)
    without_a_network(page)
    type_in(page, "issued", "2026-02-04")
    type_in(page, "phone", TELEPHONE_OF_THE_OFFICE)
    expect(checks).to_contain_text("可以发布")
    page.reload()
    expect(page.locator("[name=id]")).to_have_value(CODE)
    expect(page.locator("[name=number]")).to_have_value("示省工信〔2026〕5号")


def without_a_network(page: Page) -> None:
    """What is typed meanwhile stays on this machine, and is saved when the network is back."""
    page.context.set_offline(True)
    page.fill("[name=number]", "示省工信〔2026〕5号")
    page.locator("#draft-form h2").click()
    expect(page.locator("[data-saved]")).to_contain_text("已暂存在本机")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("已保存")


def go_through(page: Page, look: Look, draft: str) -> None:
    for part in ("text", "kinds", "conditions", "rounds", "papers", "evidence", "directory", "readings"):
        page.goto(f"{draft}{part}/")
        look(part)
    page.goto(f"{draft}text/")
    page.get_by_role("button", name="添加句子").click()
    page.wait_for_url(re.compile("#at-sentences-"))
    added = page.locator(".line.flat").last
    added.locator("textarea").fill("本通知由示例省工业和信息化厅负责解释。")
    added.locator("select").select_option("false")
    page.locator("#draft-form h2").click()
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    page.goto(f"{draft}preview/")
    expect(page.locator("main")).to_contain_text("本通知由示例省工业和信息化厅负责解释。")
    look("preview")
    page.get_by_role("link", name="准备清单：2026年第一批").click()
    expect(page.locator("h1")).to_have_text("准备清单")
    look("list-to-prepare")


def publish(page: Page, look: Look, draft: str) -> None:
    page.goto(draft)
    look("overview")
    page.get_by_role("link", name="去发布").click()
    look("publish")
    page.get_by_label("已与正式文件逐项核对").check()
    page.get_by_role("button", name="发布通知").click()
    page.wait_for_url(re.compile(f"/notices/{CODE}/$"))
    expect(page.locator("main")).to_contain_text("已发布，下级单位会收到消息")
    look("published")


def correct(page: Page, look: Look) -> None:
    page.goto("/office/notices/")
    page.get_by_role("link", name="发布更正").click()
    look("corrigendum")
    page.fill("[name='batches.2026-1.closes']", "2026-03-04 24:00")
    page.fill("[name=reason]", "平台维护")
    page.get_by_role("button", name="核对更正内容").click()
    expect(page.locator(".form-errors")).to_contain_text("缩短了当事人的时间")
    page.fill("[name='batches.2026-1.closes']", "2026-03-06 24:00")
    page.get_by_role("button", name="核对更正内容").click()
    expect(page.locator(".confirm")).to_contain_text("2026-03-06 24:00")
    look("changes")
    page.get_by_role("button", name="发布更正", exact=True).click()
    page.wait_for_url(re.compile("#versions$"))
    expect(page.locator("#versions")).to_contain_text("更正原因：平台维护")
    look("corrected")


def test_two_people_on_one_section(new_page: Callable[..., Page]) -> None:
    """The second to save is shown both, and loses nothing."""
    first, second = new_page(), new_page()
    sit_down(first)
    sit_down(second, Role.CLERK)
    first.goto("/office/notices/")
    first.get_by_role("button", name="开始起草").click()
    first.wait_for_url(re.compile("/basics/$"))
    second.goto(first.url)
    type_in(first, "title", "签发岗拟的标题")
    second.fill("[name=title]", "经办岗拟的标题")
    second.locator("#draft-form h2").click()
    expect(second.locator("[data-saved]")).to_contain_text("按“保存”对照两处填写")
    second.get_by_role("button", name="保存", exact=True).last.click()
    expect(second.locator(".differs")).to_contain_text("签发岗拟的标题")
    expect(second.locator("[name=title]")).to_have_value("经办岗拟的标题")
    second.get_by_role("button", name="保存", exact=True).last.click()
    second.wait_for_load_state()
    first.reload()
    expect(first.locator("[name=title]")).to_have_value("经办岗拟的标题")
