"""The parts in a real browser: nothing typed is lost, nothing overflows, keys and uploads do what they say.

The server's answers to a saved field and to an upload are played by the test, since losing the
network or a session at the right moment is the point. The portals' own tests use the real ones.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Dialog, FilePayload, Page, Route, expect
from tests.plugins import cloning
from tests.plugins.browser import DESK, TELEPHONE, free_port
from tests.unit.proof.draw.scene import lived

from tidu.database.address import Addresses
from tidu.deployment.processes import Listen, wait_until_it_answers, web_and_worker
from tidu.portals.parts.moments import time_left
from tidu.portals.parts.specimen import PAGES

pytestmark = pytest.mark.browser

REVENUE = '[data-name="revenue[2025]"]'


@pytest.fixture(scope="module")
def site(server: Addresses, template: str) -> Iterator[str]:
    """One site for all of these tests, which write nothing; its worker does, whenever a timer strikes.

    Only a demonstration shows a specimen.
    """
    listen = Listen(port=free_port(), threads=4)
    environ = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TIDU_DEMONSTRATION": "1"}
    with (
        cloning.clone(server, template, "parts") as name,
        web_and_worker(listen, {**environ, "TIDU_DATABASE_NAME": name}) as children,
    ):
        wait_until_it_answers(listen, children)
        yield listen.address


class Server:
    """Plays the server of one field: `answers` says how, `heard` is what was sent."""

    def __init__(self, page: Page) -> None:
        self.answers = "saves"
        self.heard: list[dict[str, str]] = []
        page.route("**/specimen/save/", self.answer)

    def answer(self, route: Route) -> None:
        words = parse_qs(route.request.post_data or "", keep_blank_values=True)
        self.heard.append({name: values[0] for name, values in words.items()})
        match self.answers:
            case "saves":
                version = int(self.heard[-1]["version"]) + 1
                reply(route, 200, version=version, saved_at="2026-03-06T10:42:05+08:00")
            case "cannot read":
                reply(route, 200, version=4, saved_at="2026-03-06T10:42:05+08:00", error="营业收入应为数字。")
            case "is away":
                route.abort()
            case "wants login":
                route.fulfill(status=302, headers={"Location": "/accounts/login/"})
            case "has another value":
                reply(route, 409, version=9, value="5400", shown="5,400.00 万元", by="示例同事")
            case "has closed":
                reply(route, 403, message="这一项不在补正范围内。")
            case "refuses":
                reply(route, 422, message="“机密★”是国家秘密标志：本系统不得填写涉密内容。")


def reply(route: Route, status: int, **said: object) -> None:
    route.fulfill(status=status, content_type="application/json", body=json.dumps(said))


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('tidu:kept:'))")
    return found


def type_revenue(page: Page, text: str) -> None:
    page.locator(f"{REVENUE} input").fill(text)
    page.locator(f"{REVENUE} input").blur()


def test_every_page_fits_desk_and_telephone(new_page: Callable[..., Page]) -> None:
    for width in (DESK, TELEPHONE):
        page = new_page(width)
        for name in PAGES:
            page.goto(f"/specimen/{name}/")
            expect(page.locator("main")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_saved_field_says_when(new_page: Callable[..., Page]) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    type_revenue(page, "5300")
    expect(page.locator(f"{REVENUE} [data-saved]")).to_have_text("已保存 10:42:05")
    assert server.heard == [{"name": "revenue[2025]", "value": "5300", "version": "3"}]
    assert kept(page) == []
    type_revenue(page, "5301")
    expect(page.locator(f"{REVENUE} [data-saved]")).to_have_text("已保存 10:42:05")
    assert server.heard[-1]["version"] == "4"


def test_what_cannot_be_read_is_kept_and_not_called_saved(new_page: Callable[..., Page]) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    server.answers = "cannot read"
    type_revenue(page, "约五千三")
    expect(page.locator(f"{REVENUE} [data-saved]")).to_have_text("已按原文保存 10:42:05，请更正")
    expect(page.locator(f"{REVENUE} [data-error]")).to_have_text("营业收入应为数字。")
    expect(page.locator(f"{REVENUE} input")).to_have_value("约五千三")


def test_lost_network_and_reload_lose_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    server.answers = "is away"
    type_revenue(page, "5300")
    expect(page.locator(f"{REVENUE} [data-saved]")).to_contain_text("已暂存在本机")
    page.reload()
    expect(page.locator(f"{REVENUE} input")).to_have_value("5300")
    server.answers = "saves"
    expect(page.locator(f"{REVENUE} [data-saved]")).to_have_text("已保存 10:42:05")
    assert server.heard[-1] == {"name": "revenue[2025]", "value": "5300", "version": "3"}
    assert kept(page) == []


@pytest.mark.parametrize("coming_back", ["location.reload()", "dispatchEvent(new Event('focus'))"])
def test_expired_session_keeps_what_was_typed(new_page: Callable[..., Page], coming_back: str) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    server.answers = "wants login"
    type_revenue(page, "5300")
    expect(page.locator(f"{REVENUE} [data-saved]")).to_contain_text("登录已过期")
    assert len(kept(page)) == 1
    server.answers = "saves"
    page.evaluate(coming_back)
    expect(page.locator(f"{REVENUE} [data-saved]")).to_have_text("已保存 10:42:05")
    expect(page.locator(f"{REVENUE} input")).to_have_value("5300")
    assert kept(page) == []


def test_field_closed_meanwhile_keeps_what_was_typed(new_page: Callable[..., Page]) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    server.answers = "has closed"
    type_revenue(page, "5300")
    expect(page.locator(f"{REVENUE} [data-error]")).to_have_text("这一项不在补正范围内。")
    assert len(kept(page)) == 1


@pytest.mark.parametrize(
    ("choice", "value", "sent"),
    [("保留我填写的", "5300", [("5300", "3"), ("5300", "9")]), ("保留已保存的", "5400", [("5300", "3")])],
)
def test_two_windows_choose_between_both_values(
    new_page: Callable[..., Page], choice: str, value: str, sent: list[tuple[str, str]]
) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    server.answers = "has another value"
    type_revenue(page, "5300")
    expect(page.locator(f"{REVENUE} .conflict")).to_contain_text("5,400.00 万元")
    server.answers = "saves"
    page.locator(f"{REVENUE} .conflict").get_by_text(choice).click()
    expect(page.locator(f"{REVENUE} [data-saved]")).to_contain_text("已")
    expect(page.locator(f"{REVENUE} input")).to_have_value(value)
    assert [(each["value"], each["version"]) for each in server.heard] == sent
    assert kept(page) == []


def test_secret_text_is_refused_and_kept_nowhere(new_page: Callable[..., Page]) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    server.answers = "refuses"
    type_revenue(page, "机密★")
    expect(page.locator(f"{REVENUE} [data-error]")).to_contain_text("不得填写涉密内容")
    assert kept(page) == []


def test_upload_goes_on_where_the_network_broke(new_page: Callable[..., Page]) -> None:
    page = new_page()
    whole = bytes(range(256)) * 10_000
    received = bytearray()
    breaks = iter([True])

    def take(route: Route) -> None:
        request = route.request
        if request.method == "POST":
            return reply(route, 201, token="t")
        if request.method == "PATCH":
            if received and next(breaks, False):
                return route.abort()
            assert int(request.headers["upload-offset"]) == len(received)
            received.extend(request.post_data_buffer or b"")
        return route.fulfill(status=200, headers={"Upload-Offset": str(len(received))})

    page.route("**/specimen/upload/**", take)
    page.goto("/specimen/form/")
    paper: FilePayload = {"name": "审计报告.pdf", "mimeType": "application/pdf", "buffer": whole}
    page.locator("input[type=file]").set_input_files([paper])
    expect(page.locator("[data-upload-list] li").last).to_contain_text("已上传")
    assert bytes(received) == whole


def test_upload_whose_last_answer_was_lost_asks_for_it_again(new_page: Callable[..., Page]) -> None:
    page = new_page()
    whole = bytes(range(256)) * 6_000
    received = bytearray()
    asked: list[int] = []

    def take(route: Route) -> None:
        request = route.request
        if request.method == "POST":
            return reply(route, 201, token="t")
        if request.method == "PATCH":
            piece = request.post_data_buffer or b""
            asked.append(len(piece))
            received.extend(piece)
            if len(received) == len(whole) and piece:
                return route.abort()
            if not piece:
                return route.fulfill(
                    status=200,
                    headers={"Upload-Offset": str(len(received)), "Content-Type": "application/json"},
                    body='{"file": 17}',
                )
        return route.fulfill(status=204, headers={"Upload-Offset": str(len(received))})

    page.route("**/specimen/upload/**", take)
    page.goto("/specimen/form/")
    page.evaluate("document.body.addEventListener('tidu:uploaded', (e) => { window.told = e.detail.file; })")
    paper: FilePayload = {"name": "审计报告.pdf", "mimeType": "application/pdf", "buffer": whole}
    page.locator("input[type=file]").set_input_files([paper])
    expect(page.locator("[data-upload-list] li").last).to_contain_text("已上传")
    assert bytes(received) == whole
    assert asked[-1] == 0
    assert page.evaluate("window.told") == 17


def test_wrong_file_is_refused_before_it_is_sent(new_page: Callable[..., Page]) -> None:
    page = new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/upload/" in request.url else None)
    page.goto("/specimen/form/")
    paper: FilePayload = {"name": "a.exe", "mimeType": "application/pdf", "buffer": b"MZ"}
    page.locator("input[type=file]").set_input_files([paper])
    expect(page.locator("[data-upload-list] li").last).to_contain_text("“a.exe”不是可以上传的类型")
    assert sent == []


MEGABYTE = 1024 * 1024
REFUSALS = [
    ("a.PDF", 20 * MEGABYTE, 4, ""),
    ("a.pdf", 0, 0, "“a.pdf”是空文件（0 字节）：请检查原文件后再传。"),
    ("a.pdf", 20 * MEGABYTE + 1, 0, "“a.pdf”有 20.1 MB，超过上限 20.0 MB：请压缩或拆分后再传。"),
    ("a.pdf", 1, 5, "这一项最多 5 个文件：请先移去不需要的文件。"),
    ("pdf", 1, 0, "“pdf”不是可以上传的类型：请转为 .pdf、.jpg 后再传。"),
]


def test_refusal_names_file_value_and_remedy(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/specimen/titles/")
    said = page.evaluate(
        """async (cases) => {
            const { refusal } = await import("/static/parts/upload.js");
            const limits = { accept: [".pdf", ".jpg"], maxBytes: 20 * 1024 * 1024, maxCount: 5 };
            return cases.map(([name, size, count]) => refusal({ name, size }, { ...limits, count }));
        }""",
        [case[:3] for case in REFUSALS],
    )
    assert said == [case[3] for case in REFUSALS]


def test_keys_of_the_officer(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/specimen/case/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-row]").nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("[data-row]").nth(0)).to_be_focused()
    page.locator("#comment").fill("")
    page.locator("#comment").press_sequentially("jkn")
    expect(page.locator("#comment")).to_have_value("jkn")
    page.locator("#comment").fill("")
    page.locator("#comment").blur()
    page.keyboard.press("n")
    page.wait_for_url("**/specimen/queue/")


def test_keys_can_be_switched_off(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/specimen/case/")
    page.keyboard.press("?")
    page.locator("dialog[open] [data-keys-switch]").uncheck()
    page.locator("dialog[open] [data-closes]").click()
    page.keyboard.press("j")
    expect(page.locator(".here")).to_have_count(0)


def test_unsaved_opinion_is_not_left_by_mistake(new_page: Callable[..., Page]) -> None:
    page = new_page()
    asked: list[str] = []
    page.goto("/specimen/case/")
    page.locator("#comment").press_sequentially("请补充")

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("setTimeout(() => location.assign('/specimen/queue/'))")
    page.wait_for_event("dialog") if not asked else None
    assert asked == ["beforeunload"]
    expect(page.locator("#comment")).to_have_value("请补充")


def test_chosen_rows_are_counted(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/specimen/queue/")
    expect(page.get_by_role("button", name="批量推荐")).to_be_disabled()
    page.get_by_label("全选本页").check()
    expect(page.locator("[data-selected]")).to_have_text("6")
    page.locator("tbody input").first.uncheck()
    expect(page.locator("[data-selected]")).to_have_text("5")
    expect(page.get_by_role("button", name="批量推荐")).to_be_enabled()


def test_browser_and_server_count_time_alike(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/specimen/")
    spans = [
        timedelta(seconds=s) for s in (-90_000, -1, 0, 1, 59, 60, 3_600, 259_200, 259_260, 604_800, 700_000)
    ]
    start = datetime(2026, 3, 6, tzinfo=UTC)
    ours = [[left.text, left.urgency] for left in (time_left(start + span, start) for span in spans)]
    theirs = page.evaluate(
        """async (spans) => {
            const { timeLeft } = await import("/static/parts/clock.js");
            return spans.map((span) => Object.values(timeLeft(span * 1000, 0)));
        }""",
        [span.total_seconds() for span in spans],
    )
    assert theirs == ours


def test_each_person_at_a_machine_keeps_to_their_own(new_page: Callable[..., Page]) -> None:
    page = new_page()
    server = Server(page)
    page.goto("/specimen/form/")
    server.answers = "is away"
    type_revenue(page, "5300")
    expect(page.locator(f"{REVENUE} [data-saved]")).to_contain_text("已暂存在本机")
    (key,) = kept(page)
    # As if the first person had had an account: the one who sits down next neither sees nor sends it.
    page.evaluate(
        "key => { localStorage[key.replace('kept::', 'kept:7:')] = localStorage[key];"
        "delete localStorage[key] }",
        key,
    )
    page.reload()
    expect(page.locator(f"{REVENUE} input")).to_have_value("5250.00")


def test_a_draw_is_done_again_in_the_browser_and_stays_there(
    site: str, new_page: Callable[..., Page]
) -> None:
    """A file of the visitor's, an altered one, a published one; the page sends none of them anywhere."""
    page, sent = new_page(TELEPHONE), list[str]()
    page.on("request", lambda request: sent.append(request.method))
    record = lived().record()
    said = page.locator("[data-draw-result]")

    def choose(document: dict[str, object]) -> None:
        content = json.dumps(document).encode()
        file = FilePayload(name="笔录.json", mimeType="application/json", buffer=content)
        page.set_input_files("[data-draw-file]", file)

    page.goto(f"{site}/draws/verify/")
    choose(record)
    expect(said.locator(".notice")).to_contain_text("核验通过")
    expect(said.locator("tbody tr")).to_have_count(5 + 12)
    choose({**record, "seed": "0" * 64})
    expect(said.locator(".notice")).to_have_text("核验不通过，共 2 处")
    expect(said).to_contain_text("按各方揭示的数重新合成，种子不同")
    choose({"format": "tidu.chain.1"})
    expect(said.locator(".notice")).to_contain_text("不是抽取笔录")
    page.route(f"{site}/draws/example/record.json", lambda route: reply(route, 200, **record))
    page.goto(f"{site}/draws/verify/?record=/draws/example/record.json")
    expect(said.locator(".notice")).to_contain_text("核验通过")
    page.get_by_label("事先公布的承诺值").fill("0" * 64)
    page.get_by_label("事先公布的承诺值").blur()
    expect(said).to_contain_text("冻结的输入与公布的承诺值不符")
    page.goto(f"{site}/draws/verify/?record=https://elsewhere.example.invalid/record.json")
    expect(said.locator(".notice")).to_contain_text("不是抽取笔录")
    assert set(sent) == {"GET"}
    assert page.evaluate("document.documentElement.scrollWidth") <= TELEPHONE
