"""Bad input and faults, as people meet them on the pages: each is answered by a sentence that names the
field, the value, the rule and what to do, and leaves everything as it was.
"""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.core.cache import cache
from django.test import Client
from tests import cases, rounds, scene
from tests.flows.portals_enterprise.desk import Desk, sit_down
from tests.flows.portals_office.desk import officer, signed_in, words
from tests.unit.files import samples

from tidu.applications.actions import save_field
from tidu.applications.models import CaseField, EvidenceItem
from tidu.applications.queries import case_for
from tidu.database.address import Addresses
from tidu.database.scope import SYSTEM, scope
from tidu.enterprises.models import Firm, ProfileField
from tidu.law.identity import demonstration_code
from tidu.offices.enums import Role
from tidu.offices.models import Account
from tidu.records.queries import timeline

SECOND = timedelta(seconds=1)


@pytest.fixture
def round_(opened_round: cases.Round, monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    """The first quarter of the invented city; the clock of every page stands at `round_.at`."""
    return at_the_clock_of(opened_round, monkeypatch)


def at_the_clock_of(opened: cases.Round, monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: opened.at)
    return opened


@pytest.fixture
def desk(round_: cases.Round) -> Desk:
    """The owner of a firm, logged in."""
    return sit_down(1)


@pytest.fixture
def case_id(desk: Desk, round_: cases.Round) -> int:
    """A draft in the open quarter."""
    return desk.open_case(round_.batch)


def fields(case_id: int) -> str:
    return f"/enterprise/cases/{case_id}/fields/"


# ------------------------------------------------------------------ registering


@pytest.fixture
def newcomer(round_: cases.Round, settings: Any) -> Callable[..., Any]:
    """Sends the registration page with everything right but what is named."""
    settings.DEMONSTRATION = True

    def register(**changed: str) -> Any:
        given = {
            "uscc": demonstration_code(8),
            "name": "示例第8精密制造有限公司",
            "area": scene.EAST,
            "contact": "企业联系人",
            "phone": "000-00001000",
            "is_employee": "on",
            "username": "firm-8",
            "password": scene.PASSWORD,
            "again": scene.PASSWORD,
        }
        return Client().post("/register/", given | changed)

    return register


def test_wrong_check_digit(newcomer: Callable[..., Any]) -> None:
    right = demonstration_code(8)
    wrong = right[:-1] + ("1" if right[-1] != "1" else "2")
    answer = newcomer(uscc=wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors["uscc"] == [
        f"统一社会信用代码“{wrong}”的校验位不符，至少有一位填错。请对照营业执照逐位核对。"
    ]
    assert not Firm.objects.filter(uscc=wrong).exists()


def test_duplicate_firm(newcomer: Callable[..., Any], desk: Desk) -> None:
    answer = newcomer(uscc=desk.firm.uscc, name=desk.firm.name)
    assert answer.status_code == 422
    assert answer.context["form"].errors["uscc"] == [
        (
            f"统一社会信用代码“{desk.firm.uscc}”已于 2026年3月16日 登记，一个企业只登记一次。"
            "请联系本企业已登记的负责人在“成员”中为您开通账号；"
            "找不到负责人的，请致电示例东区科技和工业信息化局（000-00000102）。"
        )
    ]


# ------------------------------------------------------------------ typing


@pytest.mark.parametrize(
    ("section", "typed", "level", "sentence"),
    [
        pytest.param(
            "identity",
            {"registered_on": "2026-03-17"},
            "error",
            "注册时间“2026-03-17”晚于今天（2026年3月16日）。该日期不能在将来，请核对后重填。",
            id="a day in the future",
        ),
        pytest.param(
            "statements",
            {"total_assets.2025": "-5250"},
            "error",
            "资产总额“-5250”小于允许的最小值 0.00万元。请核对正负号和单位后重填。",
            id="negative assets",
        ),
        pytest.param(
            "statements",
            {"revenue.2025": "5250", "main_revenue.2025": "5350"},
            "error",
            "2025年主营业务收入总额 5,350.00 万元 大于营业收入总额 5,250.00 万元。"
            "主营业务收入是营业收入的一部分，请按审计报告改正其中一项。",
            id="main revenue above revenue",
        ),
        pytest.param(
            "statements",
            {"employees.2025": "86", "revenue.2025": "52500000"},
            "warning",
            "2025年营业收入总额 52,500,000.00 万元，从业人员 86 人，人均超过 1 亿元。"
            "请核对是否把元当作万元填写；属实的可以保留。",
            id="yuan typed as ten thousands, by head",
        ),
        pytest.param(
            "statements",
            {"total_assets.2024": "5250", "total_assets.2025": "52500000"},
            "warning",
            "资产总额从 2024 年的 5,250.00 万元 变为 2025 年的 52,500,000.00 万元，相差一千倍以上。"
            "请核对两年的单位是否一致（元与万元）；属实的可以保留。",
            id="yuan typed as ten thousands, by year",
        ),
    ],
)
def test_a_value_that_cannot_be_right(
    desk: Desk, case_id: int, section: str, typed: dict[str, str], level: str, sentence: str
) -> None:
    """It is kept as typed, and the page says at its field what is wrong with it."""
    for name, value in typed.items():
        assert desk.save(fields(case_id), name, value).status_code == 200
    page = f"/enterprise/cases/{case_id}/form/{section}/"
    found = json.loads(desk.client.get(f"{page}state/").context["findings"])
    assert sentence in found[name][level]
    assert sentence in words(desk.client.get(page))
    review = desk.client.get(f"/enterprise/cases/{case_id}/review/").context["lacking"]
    where = {"error": review.errors, "warning": review.warnings}[level]
    assert sentence in [one.text for one in where]


def test_a_second_tab_that_saves_an_older_version(desk: Desk, case_id: int) -> None:
    assert desk.save(fields(case_id), "revenue.2025", "5250").json()["version"] == 1
    assert desk.save(fields(case_id), "revenue.2025", "5350", 1).json()["version"] == 2
    late = desk.save(fields(case_id), "revenue.2025", "5450", 1)
    assert late.status_code == 409
    assert late.json()["message"] == (
        "“营业收入总额”已在别处改过（本页是第 1 版，现为第 2 版）：请对照两处的内容，选择要保留的一个。"
    )
    assert (late.json()["version"], late.json()["value"]) == (2, "5,350.00")


# ------------------------------------------------------------------ sending files


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param(
            "审计报告.pdf",
            b"",
            "“审计报告.pdf”是空文件（0 字节），没有任何内容。请打开原文件确认后重新导出、上传。",
            id="0 bytes",
        ),
        pytest.param(
            "审计报告.pdf",
            samples.image("PNG"),
            "“审计报告.pdf”的扩展名表示PDF，内容却是PNG 图片。请改正扩展名，或重新导出后上传。",
            id="mislabelled",
        ),
        pytest.param(
            "审计报告.pdf",
            samples.changed_pdf(lambda writer: writer.encrypt("密码", algorithm="AES-256")),
            "“审计报告.pdf”设有打开密码，审核人员无法查看。请取消密码后重新上传。",
            id="encrypted",
        ),
        pytest.param(
            "审计报告.exe",
            b"MZ",
            "“审计报告.exe”的类型（exe）此处不接受，可以上传：pdf、jpg、jpeg、png。"
            "请转换格式后重新上传，例如另存为 PDF。",
            id="of no accepted type",
        ),
    ],
)
def test_a_file_that_is_no_evidence(
    desk: Desk, case_id: int, name: str, content: bytes, sentence: str
) -> None:
    answer = send(desk, case_id, name, content)
    assert (answer.status_code, answer.json()["message"]) == (422, sentence)
    with scope(SYSTEM):
        assert not EvidenceItem.objects.filter(case=case_id).exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(desk: Desk, case_id: int) -> None:
    answer = begin(desk, case_id, "审计报告.pdf", 60 * 1024 * 1024)
    assert (answer.status_code, answer.json()["message"]) == (
        422,
        "“审计报告.pdf”有 60.0 MB，超过 50 MB 的上限。请压缩扫描分辨率（建议 200 dpi）或拆成几个文件后上传。",
    )


def send(desk: Desk, case_id: int, name: str, content: bytes) -> Any:
    """A file in one piece: the answer that refuses it, or the last one."""
    begun = begin(desk, case_id, name, len(content))
    if begun.status_code != 201:
        return begun
    return desk.client.patch(
        f"/enterprise/cases/{case_id}/uploads/audit_report/{begun.json()['token']}/",
        content,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0", "Accept": "application/json"},
    )


def begin(desk: Desk, case_id: int, name: str, size: int) -> Any:
    return desk.client.post(
        f"/enterprise/cases/{case_id}/uploads/audit_report/",
        {"name": name, "size": size},
        content_type="application/json",
        headers={"Accept": "application/json"},
    )


# ------------------------------------------------------------------ what nobody types


@pytest.mark.parametrize("page", ["titles", "notices", "publicity", "announcements", "directory"])
def test_a_search_for_a_character_that_no_text_holds(round_: cases.Round, page: str) -> None:
    answer = Client().get(f"/{page}/?q=%00")
    assert answer.status_code == 400
    assert "“q”中含有无法保存的字符" in words(answer)


def test_such_a_character_in_an_address_a_cookie_and_a_form(desk: Desk, case_id: int) -> None:
    assert desk.client.get("/titles/%00/").status_code == 400
    assert desk.client.get("/enterprise/messages/?q=%00").status_code == 400
    answer = desk.save(fields(case_id), "product_summary", "甲\0乙")
    assert (answer.status_code, "“value”中含有" in answer.json()["message"]) == (400, True)
    stranger = Client()
    stranger.cookies["sessionid"] = "a\0bcdefghijk"
    assert stranger.get("/login/").status_code == 400
    with scope(SYSTEM):
        assert not CaseField.objects.filter(case=case_id, fact="product_summary").exists()


@pytest.mark.parametrize("unfit", ["\\u0000", "\\ud800"])
def test_such_a_character_hidden_in_json(desk: Desk, case_id: int, unfit: str) -> None:
    rows = f'[{{"name": "甲{unfit}"}}]'
    answer = desk.save(fields(case_id), "main_products", rows)
    assert (answer.status_code, "“name”中含有" in answer.json()["message"]) == (422, True)
    begun = desk.client.post(
        f"/enterprise/cases/{case_id}/uploads/audit_report/",
        f'{{"name": "a{unfit}.pdf", "size": 5}}',
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    assert (begun.status_code, "“name”中含有" in begun.json()["message"]) == (400, True)


@pytest.mark.parametrize(
    ("place", "year"),
    [
        *(("cases", year) for year in ("1800", "2021", "2026", "99999")),
        *(("profile", year) for year in ("1800", "2015", "2027", "99999")),
    ],
)
def test_a_year_that_nobody_asks_for(desk: Desk, case_id: int, place: str, year: str) -> None:
    address = fields(case_id) if place == "cases" else "/enterprise/profile/fields/"
    answer = desk.save(address, f"revenue.{year}", "5250")
    assert (answer.status_code, answer.json()["message"]) == (
        422,
        f"不需要填写 {year} 年的数值：请刷新页面，按表中所列年份填写。",
    )
    with scope(SYSTEM):
        assert not CaseField.objects.filter(case=case_id, fact="revenue").exists()
        assert not ProfileField.objects.filter(firm=desk.firm, fact="revenue").exists()


@pytest.mark.parametrize("size", ["-5", "0", "1e999", "NaN", '"x"', "[]"])
def test_a_file_of_a_size_that_cannot_be(desk: Desk, case_id: int, size: str) -> None:
    answer = desk.client.post(
        f"/enterprise/cases/{case_id}/uploads/audit_report/",
        f'{{"name": "审计报告.pdf", "size": {size}}}',
        content_type="application/json",
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_handing_over_to_nobody(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    for office in ("", "0", "9" * 30):
        answer = signed_in(round_.east).post(
            f"/office/cases/{case.pk}/hand-over/",
            {"version": case.version, "comment": "属地不符", "office": office},
        )
        assert answer.status_code == 422
        assert "没有选择接收单位" in words(answer)
    assert cases.again(case).office_id == round_.east.office_id


def test_a_value_that_no_rule_foresaw_is_answered_and_leaves_nothing(
    desk: Desk, case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the database cannot hold is no fault of the program, and no half of it stays."""

    def too_large(**said: Any) -> None:
        save_field(**said)
        CaseField.objects.filter(case=case_id).update(version=2**40)

    monkeypatch.setattr("tidu.portals.enterprise.views.form.save_field", too_large)
    desk.client.raise_request_exception = False
    answer = desk.save(fields(case_id), "revenue.2025", "5250")
    assert (answer.status_code, "不能保存的值" in answer.json()["message"]) == (422, True)
    with scope(SYSTEM):
        assert not CaseField.objects.filter(case=case_id, fact="revenue").exists()


# ------------------------------------------------------------------ acting


def test_submitting_twice(desk: Desk, case_id: int) -> None:
    desk.fill(case_id)
    assert desk.submit(case_id).status_code == 302
    with scope(desk.actor):
        case = case_for(desk.actor, case_id)
    again = desk.client.post(
        f"/enterprise/cases/{case_id}/submit/", {"version": case.version - 1, "declared": "on"}
    )
    assert again.status_code == 409
    assert (
        f"案件 {case.number} 已被他人办理，现为“审核中”（您看到的是第 1 版，现为第 2 版）："
        "请刷新后按最新情况办理" in words(again)
    )
    with scope(desk.actor):
        assert [entry.verb for entry in timeline(case.chain)] == ["open", "submit"]


def test_acting_on_a_case_that_has_moved(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    first, second = signed_in(round_.east), officer(scene.EAST, Role.CLERK)
    seen = {"version": case.version}
    assert first.post(f"/office/cases/{case.pk}/receive/", seen).status_code == 302
    late = second.post(f"/office/cases/{case.pk}/refuse/", {**seen, "comment": "我写了很久的意见"})
    assert late.status_code == 409
    assert (
        f"案件 {case.number} 已被他人办理，现为“审核中”（您看到的是第 {case.version} 版，"
        f"现为第 {case.version + 1} 版）：请刷新后按最新情况办理，您填写的内容仍在本页。" in words(late)
    )
    assert "我写了很久的意见" in words(late)
    assert cases.again(case).status == "in_review"


@pytest.mark.parametrize("page", ["", "form/identity/", "review/", "retype/"])
def test_a_forged_number_in_an_address(desk: Desk, round_: cases.Round, page: str) -> None:
    """Another firm's case and one that does not exist are the same to whoever asks."""
    rival = sit_down(2).open_case(round_.batch)
    theirs, nobodys = (desk.client.get(f"/enterprise/cases/{number}/{page}") for number in (rival, 10**9))
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    assert words(theirs) == words(nobodys)
    assert "没有找到这个案件，或您无权查看：请从列表中重新进入。" in words(theirs)


def test_a_forged_number_in_what_is_sent(desk: Desk, round_: cases.Round) -> None:
    rival = sit_down(2).open_case(round_.batch)
    answer = desk.save(fields(rival), "revenue.2025", "1")
    assert (answer.status_code, answer.json()["message"]) == (
        404,
        "没有找到这个案件，或您无权查看：请从列表中重新进入。",
    )
    with scope(SYSTEM):
        assert not CaseField.objects.filter(case=rival, fact="revenue").exists()


def test_a_window_that_closes_to_the_second(desk: Desk, case_id: int, round_: cases.Round) -> None:
    wait_until(round_.batch.closes_at - SECOND, round_, desk)
    in_time = desk.submit(case_id)
    assert "还不能提交" in words(in_time), "taken, and found incomplete"
    wait_until(round_.batch.closes_at, round_, desk)
    late = desk.submit(case_id)
    assert late.status_code == 422
    period = "2026年1月1日 00:00 至 2026年3月31日 24:00"
    assert f"2026年度第一批已截止：申报时间为 {period}，过期不予受理。" in words(late)


def test_a_window_that_has_not_opened(desk: Desk, round_: cases.Round) -> None:
    with scope(SYSTEM):
        second = rounds.batch(round_.batch.notice, 2)
    wait_until(second.opens_at - SECOND, round_, desk)
    early = desk.client.post("/enterprise/cases/begin/", {"batch": second.pk, "kind": "new"})
    assert early.status_code == 422
    assert "尚未开始：申报时间为 2026年4月1日 00:00" in words(early)
    wait_until(second.opens_at, round_, desk)
    assert desk.open_case(second)


def wait_until(moment: datetime, round_: cases.Round, desk: Desk) -> None:
    """Days pass; the person logs in again."""
    round_.at = moment
    with scope(SYSTEM):
        account = Account.objects.get(username="firm-1")
    desk.client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")


# ------------------------------------------------------------------ the database goes away


@pytest.mark.commits
def test_the_database_is_lost_in_the_middle_of_a_save(
    fresh_database: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The save waits for a lock when its connection is cut: the person is told, nothing is half written."""
    round_ = at_the_clock_of(cases.open_round(), monkeypatch)
    desk = sit_down(1)
    case_id = desk.open_case(round_.batch)
    desk.save(fields(case_id), "revenue.2025", "5250")
    desk.client.raise_request_exception = False
    with somebody_holding(fresh_database, case_id) as holder, ThreadPoolExecutor(1) as pool:
        cut = pool.submit(cut_off_whoever_waits, fresh_database, holder)
        answer = desk.save(fields(case_id), "revenue.2025", "5350", 1)
        assert cut.result()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json()["message"] == "数据库暂时不可用，您填写的内容仍在本页，请稍后重试。"
    with scope(SYSTEM):
        row = CaseField.objects.get(case=case_id, fact="revenue", period=2025)
        assert (row.version, row.value) == (1, 5250 * 10_000 * 100)
    assert desk.save(fields(case_id), "revenue.2025", "5350", 1).json()["version"] == 2


@contextmanager
def somebody_holding(addresses: Addresses, case_id: int) -> Iterator[int]:
    """Another transaction has the case's row locked; its number at the server."""
    with psycopg.connect(addresses.owner.conninfo()) as holder:
        holder.execute("SELECT 1 FROM applications_case WHERE id = %s FOR UPDATE", [case_id])
        yield holder.info.backend_pid
        holder.rollback()


def cut_off_whoever_waits(addresses: Addresses, holder: int) -> bool:
    """End the connection that waits for the holder, as a server that is stopped does; False if none comes."""
    waiting = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
    with psycopg.connect(addresses.app.conninfo(), autocommit=True) as other:
        for _ in range(1000):
            if other.execute(waiting, [holder]).fetchone():
                return True
            other.execute("SELECT pg_sleep(0.02)")
    return False
