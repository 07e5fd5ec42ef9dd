"""The whole main job in a real browser: one firm, from its registration to its title, by four people's hands.

Publicity takes days, so the test moves the site's clock on; rules, readings and dates are those of Dalian's
notice. Every page that is opened is looked at: see `walking`.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from tests import rounds, scene
from tests.browser.walking import Walk, seat, serving
from tests.journeys.city import moment
from tests.plugins.browser import DESK, TELEPHONE
from tests.plugins.clock import Clock

from tidu.database.address import Addresses
from tidu.database.scope import SYSTEM, scope
from tidu.demonstration.forms import Invented, form_of
from tidu.enterprises.actions import save_profile_field
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.models import Member
from tidu.law.identity import demonstration_code

pytestmark = [pytest.mark.browser, pytest.mark.commits]

FIRM, CODE = "示例精密轴承制造有限公司", demonstration_code(1)
TYPED = {
    ("identity", "address"): "示例省示例市示例东区创新路 8 号",
    ("contact", "contact_telephone"): "000-00001008",
    ("statements", "net_profit.2025"): "478.59",
    ("statements", "employees.2025"): "87",
    ("products", "product_summary"): "精密轴承，主要供应示例省内外的装备制造企业。",
}
"""What the firm types itself, by section; the rest of its profile is there already."""
EVIDENCE = {
    "signed_form": "自评表",
    "business_licence": "营业执照",
    "social_insurance": "参保人数证明",
    "audit_report": "审计报告",
    "product_note": "主导产品说明",
    "property_certificates": "知识产权证书",
}


@pytest.fixture
def site(fresh_database: Addresses, clock: Clock) -> Iterator[str]:
    open_offices()
    with serving(fresh_database, clock) as address:
        yield address


def open_offices() -> None:
    """The invented city's offices with those who sign there, and its notice."""
    scene.open_offices()
    rounds.publish()
    for code, name in {scene.EAST: "east", scene.CITY: "bureau", scene.PROVINCE: "province"}.items():
        seat(code, name)


def fill_the_rest() -> None:
    """Everything of the profile that nobody types in the browser."""
    with scope(SYSTEM):
        member = Member.objects.select_related("firm", "account").get(account__username="bearings")
    invented = Invented(1, CODE, FIRM, scene.EAST, "示例东区", "精密轴承", "3451", "strong", "")
    actor, at = actor_for_member(member), moment("2026-03-16 09:05")
    elsewhere = {"enterprise_name", "credit_code", *(name.partition(".")[0] for _, name in TYPED)}
    typed = {name for _, name in TYPED}
    with scope(actor):
        for (fact, period), raw in form_of(invented, year=2025).items():
            if fact not in elsewhere or (period and f"{fact}.{period}" not in typed):
                save_profile_field(
                    actor=actor,
                    firm=member.firm,
                    fact=fact,
                    period=period,
                    raw=raw,
                    expected_version=0,
                    at=at,
                )


@pytest.mark.parametrize("width", [DESK, pytest.param(TELEPHONE, marks=pytest.mark.slow)])
def test_a_firm_comes_from_its_registration_to_its_title(walk: Walk, clock: Clock) -> None:
    register(walk)
    fill_profile(walk)
    fill_application(walk)
    submit(walk)

    clock.set(moment("2026-03-20 10:00"))
    walk.sit_down("east")
    receive_check_and_pass(walk)
    send_on(walk, "推荐", number="示东工信〔2026〕1号", undrawn_reason="本批次只有一家，已逐家核对。")

    clock.set(moment("2026-04-08 10:00"))
    walk.sit_down("bureau")
    receive_check_and_pass(walk)
    publish(walk)
    look_at_the_list(walk)

    clock.set(moment("2026-04-20 10:00"))
    walk.sit_down("bureau")
    close_list(walk)
    go_to_waiting(walk, "报送备案")
    send_on(walk, "报送备案", number="示市工信〔2026〕1号")

    clock.set(moment("2026-04-22 10:00"))
    walk.sit_down("province")
    go_to_waiting(walk, "公告")
    look_up_credit_of_many(walk)
    send_on(walk, "公告", number="示工信公告〔2026〕1号", title="2026年第一批创新型中小企业名单公告")

    look_the_title_up(walk)
    walk.sit_down("bearings")
    expect(walk.page.locator(".ladder")).to_contain_text("有效至")


# ------------------------------------------------------------------ the firm


def register(walk: Walk) -> None:
    page = walk.page
    walk.go("/", "public-home")
    walk.go("/register/", "register")
    for name, value in {
        "uscc": CODE,
        "name": FIRM,
        "contact": "示例联系人",
        "phone": "000-00001008",
        "username": "bearings",
        "password": scene.PASSWORD,
        "again": scene.PASSWORD,
    }.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=area]", scene.EAST)
    page.check("[name=is_employee]")
    walk.press("登记", "firm-home-empty")
    page.wait_for_url("**/enterprise/")
    expect(page.locator("main")).to_contain_text(FIRM)


def fill_profile(walk: Walk) -> None:
    """What is typed is saved by itself, and is there when the page is loaded again."""
    fill_the_rest()
    for (section, name), value in TYPED.items():
        walk.go(f"/enterprise/profile/{section}/", f"profile-{section}")
        type_and_reload(walk, name, value)


def type_and_reload(walk: Walk, name: str, value: str) -> None:
    page = walk.page
    control = page.locator(f"main [name='{name}']")
    control.fill(value)
    with page.expect_response(lambda got: got.request.method == "POST" and got.ok):
        control.blur()
    page.reload()
    expect(control).to_have_value(value)


def fill_application(walk: Walk) -> None:
    page = walk.page
    walk.go("/enterprise/", "firm-home-filled")
    page.get_by_role("button", name=re.compile("^开始")).first.click()
    page.wait_for_url("**/form/*/")
    walk.look("form-start")
    form = page.url.rsplit("/", 2)[0]
    for section in ("identity", "contact", "statements", "property"):
        walk.go(f"{form}/{section}/", f"form-{section}")
    page.goto(f"{form}/statements/")
    type_and_reload(walk, "net_profit.2025", "479.60")
    walk.go(f"{form}/evidence/", "form-evidence-empty")
    for item, title in EVIDENCE.items():
        sent = walk.send_file(f"#item-{item}", title)
        expect(sent.locator("a")).to_be_visible(timeout=15_000)
    page.reload()
    walk.look("form-evidence")


def submit(walk: Walk) -> None:
    page = walk.page
    walk.follow(page.get_by_role("link", name="核对与提交").last, "review")
    page.check("#declare [name=declared]")
    walk.press("提交", "receipt", within="#declare")
    expect(page.locator("main")).to_contain_text("示例东区科技和工业信息化局")


# ------------------------------------------------------------------ the offices


def receive_check_and_pass(walk: Walk) -> None:
    page = walk.page
    walk.go("/office/queue/", "queue")
    walk.follow(page.get_by_role("link", name=FIRM), "case")
    walk.press("受理", "case-received", within="#decide")
    walk.follow(page.locator("a[href*='/credit/']").first, "credit")
    for box in page.locator("input[type=checkbox][name$=made]").all():
        box.check()
    for choice in page.locator("input[type=radio][value=clear]").all():
        choice.check()
    walk.press("登记", "case-looked-up")
    page.fill("#comment", "材料齐全，数据与佐证一致，同意。")
    walk.press("审核通过", "case-passed", within="#decide")
    walk.follow(page.get_by_role("link", name=re.compile("^去批量")), "sending")


def go_to_waiting(walk: Walk, label: str) -> None:
    """From the office's first page to what waits there."""
    walk.follow(walk.page.locator("main a[href*='/stages/']").first, f"sending-{label}")


def look_up_credit_of_many(walk: Walk) -> None:
    page = walk.page
    page.check("[name=looked_up]")
    page.check("main tbody [name=check]")
    walk.press("登记信用查询", "sending-looked-up")


def send_on(walk: Walk, label: str, **fields: str) -> None:
    """The act on many: what it asks, with its scan, confirmed."""
    page = walk.page
    for name, value in fields.items():
        page.fill(f"main [name={name}]", value)
    expect(walk.send_file("form [data-upload]:not(details *)", label)).to_contain_text(
        "已上传", timeout=15_000
    )
    confirm(walk, label)


def confirm(walk: Walk, label: str) -> None:
    page = walk.page
    walk.press(f"{label}…", f"sure-{label}")
    page.locator("#sure").get_by_role("button", name=label, exact=True).click()
    page.wait_for_url(re.compile("/batches/[0-9]+/$"))
    walk.look(f"done-{label}")


def publish(walk: Walk) -> None:
    look_up_credit_of_many(walk)
    confirm(walk, "公示")


def close_list(walk: Walk) -> None:
    page = walk.page
    walk.go("/office/lists/", "office-lists")
    walk.follow(page.locator("main table a").first, "office-list")
    page.locator("[data-opens=close]").click()
    page.locator("#close button:not([data-closes])").click()
    walk.go("/office/", "city-after-closing")


# ------------------------------------------------------------------ the public


def look_at_the_list(walk: Walk) -> None:
    page = walk.page
    page.context.clear_cookies()
    walk.go("/publicity/", "public-lists")
    walk.follow(page.locator("main a[href^='/publicity/']").first, "public-list")
    expect(page.locator("main")).to_contain_text(FIRM)
    walk.follow(page.locator("main a[href$='/1/']").first, "public-objection")


def look_the_title_up(walk: Walk) -> None:
    """The title follows from the announcement by itself, a moment later."""
    page = walk.page
    page.context.clear_cookies()
    walk.go("/announcements/", "public-announcements")
    walk.follow(page.locator("main a[href^='/announcements/']").first, "public-announcement")
    for _ in range(60):
        page.goto("/titles/?q=精密轴承")
        if page.get_by_text(FIRM).count():
            break
        page.wait_for_timeout(250)
    walk.look("public-titles")
    walk.follow(page.get_by_role("link", name=FIRM), "public-title")
    expect(page.locator("main")).to_contain_text("2029年4月")
