"""双随机 in a real browser: a 小巨人's case from the frozen pool to the ministry, by everybody whom it takes.

The office that draws, a witness, an expert, an auditor, a citizen who runs the record again, the ministry.
Every page that is opened is looked at: see `walking`.
"""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, expect
from tests import panels
from tests.browser.walking import Walk, let_in, seat, serving
from tests.journeys.city import moment
from tests.journeys.province import Province, open_province
from tests.plugins.browser import DESK, TELEPHONE
from tests.plugins.clock import Clock
from tests.scene import PROVINCE

from tidu.applications.models import Case
from tidu.database.address import Addresses
from tidu.offices.enums import Role
from tidu.panels.actions import submit_opinion
from tidu.panels.enums import Finding
from tidu.panels.models import Hand
from tidu.proof.draw import witness_commitment

pytestmark = [pytest.mark.browser, pytest.mark.commits]

SUMMARY = "会商一致：补看原始凭证后，认为属实。"


@pytest.fixture
def province(fresh_database: Addresses) -> Province:
    """Its pool is full, and the notice is out."""
    opened = open_province()
    panels.experts(opened.desk("2026-05-06 09:00"))
    for username in ("province", "ministry"):
        let_in(username)
    seat(PROVINCE, "auditor", Role.AUDITOR)
    return opened


@pytest.fixture
def case(province: Province) -> Case:
    """A firm has applied and waits for the province."""
    return province.enter_giant(1, "2026-04-25 09:00")


@pytest.fixture
def site(fresh_database: Addresses, case: Case, clock: Clock) -> Iterator[str]:
    clock.set(moment("2026-05-06 09:00"))
    with serving(fresh_database, clock) as address:
        yield address


@pytest.mark.parametrize("width", [DESK, pytest.param(TELEPHONE, marks=pytest.mark.slow)])
def test_a_case_is_judged_by_panels_that_anybody_can_draw_again(
    walk: Walk, clock: Clock, province: Province, case: Case
) -> None:
    walk.sit_down("province")
    freeze_the_pool(walk)
    draw_with_the_witness(walk)

    province.to_panel(case, "2026-05-06 09:10")
    clock.set(moment("2026-05-06 09:11"))
    hand = arrived_by_itself(walk, case)
    clock.set(moment("2026-05-08 09:00"))
    judge(walk, hand)

    clock.set(moment("2026-05-20 16:00"))
    walk.sit_down("province")
    talk_over_and_publish(walk, hand)
    walk.sit_down("auditor")
    audit(walk, hand)
    run_again(walk)

    province.to_ministry(case)
    clock.set(moment("2026-06-15 09:00"))
    walk.sit_down("ministry")
    decide(walk, province, case)


def freeze_the_pool(walk: Walk) -> None:
    page = walk.page
    walk.follow(page.get_by_role("link", name="专家评审", exact=True).first, "draws-before")
    page.locator("[name=where]").select_option(index=0)
    for name, value in {"industry": "2", "finance": "1", "days": "7"}.items():
        page.fill(f"[name={name}]", value)
    page.fill("[name=witnesses]", panels.WITNESS)
    page.fill("[name=overseer]", panels.OVERSEER)
    walk.press("冻结并公布承诺值", "draw-frozen")


def draw_with_the_witness(walk: Walk) -> None:
    """The witness reads the commitment where everybody does, and works out his own at home."""
    page = walk.page
    address = page.url
    walk.go("/draws/", "public-draws-frozen")
    published = page.locator("main .digest").inner_text()
    page.goto(address)
    page.fill("[name=commitment]", witness_commitment(published, panels.WITNESS, panels.NUMBER, panels.SALT))
    walk.press("登记", "draw-witnessed")
    page.fill("[name=number]", panels.NUMBER)
    page.fill("[name=salt]", panels.SALT.hex())
    page.get_by_role("button", name="揭示并抽取").click()
    expect(page.locator("main")).to_contain_text("示例专家")


def arrived_by_itself(walk: Walk, case: Case) -> Hand:
    """The worker sends the case to a panel; the page shows it a moment later."""
    page = walk.page
    for _ in range(60):
        page.reload()
        if page.get_by_text(case.firm.name).count():
            break
        page.wait_for_timeout(250)
    walk.look("draw-dispatched")
    return panels.hand_of(case)


def judge(walk: Walk, hand: Hand) -> None:
    """Two have answered; the third reads the papers beside his form and sees nothing of theirs."""
    page = walk.page
    (mine, expert), *others = panels.tasks_of(hand)
    for (task, actor), truth in zip(others, (Finding.YES, Finding.UNSURE), strict=True):
        text = panels.opinion(task, truth=truth)
        submit_opinion(actor=actor, case_id=hand.case_id, text=text, at=moment("2026-05-07 09:00"))
    username = mine.expert.account.username if mine.expert.account else ""
    assert expert.account_id
    let_in(username)
    walk.sit_down(username)
    walk.follow(page.get_by_role("link", name=hand.case.firm.name), "expert-case")
    expect(page.locator("main")).not_to_contain_text(panels.WHY)
    asked = "#opinion select:not([name^=paper-])"
    for name in page.locator(asked).evaluate_all("all => all.map(one => one.name)"):
        page.select_option(f"[name='{name}']", "no" if name == "answer-truth" else "yes")
    for field in page.locator("#opinion [name^=reason-]").all():
        field.fill("与年鉴、检测报告一致。")
    for name in page.locator("#opinion [name^=paper-]").evaluate_all("all => all.map(one => one.name)"):
        page.select_option(f"[name='{name}']", index=1)
    for field in page.locator("#opinion [name^=page-]").all():
        field.fill("1")
    page.fill("#opinion [name=comment]", "附注与申报数不一致。")
    walk.press("提交意见", "expert-answered")
    expect(page.locator("main")).to_contain_text("已提交")


def talk_over_and_publish(walk: Walk, hand: Hand) -> None:
    page = walk.page
    walk.go(f"/office/panels/cases/{hand.pk}/", "panel-differs")
    expect(page.locator("main")).to_contain_text("附注与申报数不一致。")
    page.select_option("[name=settled-truth]", "yes")
    page.fill("[name=summary]", SUMMARY)
    walk.press("记下结论并汇入案件", "panel-joined")
    page.goto(f"/office/panels/{hand.draw_id}/")
    walk.press("评审结束，公开派发", "draw-published")


def audit(walk: Walk, hand: Hand) -> None:
    """Chances, loads and severity of every expert, and nothing to press."""
    page = walk.page
    walk.go(f"/office/panels/{hand.draw_id}/", "auditor-draw")
    expect(page.locator("main form")).to_have_count(0)
    walk.follow(page.get_by_role("link", name=re.compile("^每位专家的机会")), "auditor-fairness")
    expect(page.locator("main")).to_contain_text("抽中机会")


def run_again(walk: Walk) -> None:
    """A citizen's browser draws again from the record alone, and finds out a record that was touched."""
    page = walk.page
    page.context.clear_cookies()
    walk.go("/draws/", "public-draws")
    address = page.get_by_role("link", name="下载（JSON）").get_attribute("href") or ""
    record = json.loads(page.request.get(address).text())
    walk.follow(page.locator("main td").get_by_role("link", name="核验"), "public-verifying")
    result = page.locator("[data-draw-result]")
    expect(result.locator(".yes")).to_have_count(4)
    walk.look("public-verified")
    record["drawn"]["panels"].reverse()
    touched = json.dumps(record, ensure_ascii=False).encode()
    page.set_input_files(
        "[data-draw-file]", FilePayload(name="touched.json", mimeType="application/json", buffer=touched)
    )
    expect(result).to_contain_text("不符")


def decide(walk: Walk, province: Province, case: Case) -> None:
    """部审核：对照专家组意见，看不到是谁。"""
    page = walk.page
    walk.go("/office/queue/", "ministry-queue")
    walk.follow(page.get_by_role("link", name=case.firm.name), "ministry-case")
    expect(page.locator("main")).to_contain_text(SUMMARY)
    expect(page.locator("main")).not_to_contain_text(re.compile("示例专家|示例第[0-9]+研究所"))
    walk.press("受理", "ministry-received", within="#decide")
    province.check_credit(province.ministry, case, "2026-06-15 09:00")
    page.reload()
    page.fill("#comment", "对照认定标准和专家组意见，同意。")
    walk.press("审核通过", "ministry-passed", within="#decide")
    assert province.now(case).stage == "ministry-announce"
