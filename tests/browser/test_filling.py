"""A firm's person fills a list, a sheet of years and the papers in a real browser, wide and narrow."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, expect
from tests import rounds, scene
from tests.browser.walking import widths_of
from tests.plugins.browser import DESK, TELEPHONE

from tidu.applications.actions import open_case
from tidu.database.scope import SYSTEM, scope
from tidu.demonstration.papers import paper
from tidu.law import notices

pytestmark = [pytest.mark.browser, pytest.mark.commits]

PROPERTY = {
    "kind": "发明专利",
    "name": "一种精密轴承",
    "number": "YZ000001",
    "obtained": "自主研发",
    "granted_on": "2022-05-20",
    "valid_until": "2040-05-20",
    "related": "是",
    "high_value": "无高价值依据",
}


@pytest.fixture
def case_id(fresh_database: object) -> int:
    """An application of firm 1, just opened."""
    now = timezone.now()
    scene.open_offices()
    notice = rounds.publish(notice=notices.demonstration_notice(now), at=now)
    firm = scene.firm_actor(1, at=now)
    with scope(SYSTEM):
        batch = rounds.batch(notice, 4)
    return open_case(actor=firm, firm_id=firm.firm_id or 0, batch_id=batch.pk, kind="new", at=now).pk


def sit_down(page: Page) -> None:
    page.goto("/login/")
    page.fill("input[name=login]", "firm-1")
    page.fill("input[name=password]", scene.PASSWORD)
    page.click("main button.btn-main")
    expect(page.locator("h1")).to_contain_text("下一级差什么")


@pytest.mark.parametrize("width", [TELEPHONE, pytest.param(DESK, marks=pytest.mark.slow)])
def test_a_form_is_filled_and_nothing_overflows(
    case_id: int, new_page: Callable[..., Page], width: int
) -> None:
    page = new_page(width)
    sit_down(page)
    form = f"/enterprise/cases/{case_id}/form"

    page.goto(f"{form}/property/")
    score = page.locator("aside .score-head").first
    before = score.inner_text()
    page.click("[data-adds]")
    for column, typed in PROPERTY.items():
        cell = page.locator(f"[data-row-card] [data-column={column}]")
        if cell.evaluate("cell => cell.tagName") == "SELECT":
            cell.select_option(typed)
        else:
            cell.fill(typed)
    page.locator(".form-page h2").first.click()
    expect(page.locator("[data-listing] [data-saved]").first).to_contain_text("已保存")
    expect(score).not_to_have_text(before)
    page.reload()
    expect(page.locator("[data-words]")).to_have_text("发明专利　一种精密轴承　YZ000001")

    page.goto(f"{form}/research/")
    page.check("[data-listing=awards] [data-none]")
    expect(page.locator("[data-listing=awards] [data-saved]")).to_contain_text("已保存")

    page.goto(f"{form}/statements/")
    year = page.locator("table.years thead th").last.inner_text()[:4]
    page.fill(f"[name='revenue.{year}']", "5250")
    page.fill(f"[name='main_revenue.{year}']", "5350")
    page.locator(".form-page h2").first.click()
    error = page.locator(f"[data-name='main_revenue.{year}'] [data-error]")
    expect(error).to_contain_text("营业收入的一部分")
    expect(page.locator(f"[name='revenue.{year}']")).to_have_value("5,250.00")

    page.goto(f"{form}/evidence/")
    licence = page.locator("#item-business_licence")
    file = FilePayload(name="营业执照.pdf", mimeType="application/pdf", buffer=paper("营业执照", "示例"))
    licence.locator("input[type=file]").set_input_files(file)
    expect(licence.locator("a")).to_have_text("营业执照.pdf")
    licence.locator("a").click()
    expect(page.locator(".evidence img")).to_be_visible()

    for address in ("/enterprise/", f"{form}/property/", f"/enterprise/cases/{case_id}/review/"):
        page.goto(address)
        for seen, wide in widths_of(page, width, lambda _: None):
            assert wide <= seen, address
