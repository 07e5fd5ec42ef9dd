"""The mail room at its pages: scan, Enter, next; what does not fit is said in words and nothing is lost."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests import cases, papers, scene
from tests.flows.portals_office.desk import officer, signed_in, words
from tests.papers import AUDIT, BOUND

from tidu.applications.models import Case, CasePapers
from tidu.database.scope import SYSTEM, scope
from tidu.deliveries.actions import Brought
from tidu.deliveries.models import Parcel, Receipt
from tidu.law.notices.papers import Counted
from tidu.offices.enums import Role

HOME = "/office/deliveries/"


@pytest.fixture
def round_(db: None, monkeypatch: pytest.MonkeyPatch) -> cases.Round:
    opened = papers.open_round()
    monkeypatch.setattr("django.utils.timezone.now", lambda: opened.at)
    return opened


@pytest.fixture
def city(round_: cases.Round) -> Client:
    return signed_in(round_.city)


@pytest.fixture
def case(round_: cases.Round) -> Case:
    return cases.submitted(round_)


def typed(**changes: str) -> dict[str, str]:
    said = {
        "number": "SF1000000001",
        "manner": "courier",
        "courier": "顺丰速运",
        "source": "示例东区科技和工业信息化局",
        "received_at": "2026-03-16T08:30",
        "enclosed": "示东工信〔2026〕3号推荐文件",
    }
    return said | changes


def test_a_parcel_is_registered_and_its_papers_one_scan_after_the_other(
    round_: cases.Round, city: Client, case: Case
) -> None:
    code = papers.code_of(case)
    opened = city.post(f"{HOME}new/", typed())
    parcel = opened.headers["Location"]
    scanned = city.get(parcel, {"find": code.replace("-", "")})
    assert "与最后一次提交一致" in words(scanned)
    assert case.firm.name in words(scanned)
    entered = city.post(f"{parcel}papers/{case.pk}/", {"all": "1", "code": code, "pages": "5"}, follow=True)
    assert "已登记。请扫描下一件" in words(entered)
    assert "审计报告原件 1 份，原件单独放置" in words(entered)
    with scope(SYSTEM):
        assert CasePapers.objects.get(case=case).state == "complete"
        receipt = Receipt.objects.get()
    assert (receipt.match, receipt.pages, receipt.recorded_by_id) == ("last", 5, round_.city.account_id)
    assert "已收齐" in words(city.get(f"/office/cases/{case.pk}/"))


def test_what_was_typed_stays_when_it_is_refused(city: Client, case: Case, round_: cases.Round) -> None:
    parcel = papers.arrived(round_)
    sent = {"copies-application-papers": "二", "defects-application-papers": "第3页缺章", "note": "晚间送达"}
    answer = city.post(f"{HOME}{parcel.pk}/papers/{case.pk}/", sent)
    assert answer.status_code == 422
    assert "请填写 1 至 99 的整数" in words(answer)
    page = answer.content.decode()
    assert all(text in page for text in ("第3页缺章", "晚间送达"))


def test_a_number_known_already_leads_to_its_parcel(city: Client, round_: cases.Round) -> None:
    parcel = papers.arrived(round_)
    answer = city.post(f"{HOME}new/", typed(courier="邮政EMS"))
    assert answer.status_code == 409
    assert f"{HOME}{parcel.pk}/" in answer.content.decode()
    assert "邮政EMS" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"source": "无名之地"}, "没有找到“无名之地”"),
        ({"number": "123"}, "应为 6 至 40 位字母、数字"),
        ({"courier": ""}, "没有填写快递公司"),
        ({"received_at": "2026-03-17T08:30"}, "晚于现在"),
    ],
)
def test_a_parcel_that_cannot_be_registered_says_why(
    city: Client, changes: dict[str, str], says: str
) -> None:
    answer = city.post(f"{HOME}new/", typed(**changes))
    assert answer.status_code == 422
    assert says in words(answer)
    with scope(SYSTEM):
        assert not Parcel.objects.exists()


def test_a_firm_hands_in_at_its_district(round_: cases.Round, case: Case) -> None:
    east = signed_in(round_.east)
    said = typed(manner="by_hand", number="", courier="", source=case.firm.uscc.lower())
    opened = east.post(f"{HOME}new/", said, follow=True)
    assert "当面递交" in words(opened)
    assert case.firm.name in words(opened)


def test_a_code_of_nothing_is_told_apart_from_a_name(city: Client, round_: cases.Round) -> None:
    parcel = papers.arrived(round_)
    address = f"{HOME}{parcel.pk}/"
    assert "没有对应的提交：可能抄错、是草稿" in words(city.get(address, {"find": "0000-0000-0000"}))
    assert "没有找到“无此企业”" in words(city.get(address, {"find": "无此企业"}))


def test_several_firms_of_a_name_are_offered(city: Client, round_: cases.Round) -> None:
    parcel, found = papers.arrived(round_), [cases.submitted(round_, number) for number in (1, 2)]
    listed = city.get(f"{HOME}{parcel.pk}/", {"find": "精密制造"})
    assert all(one.firm.name in words(listed) for one in found)
    chosen = city.get(f"{HOME}{parcel.pk}/", {"find": "精密制造", "case": str(found[1].pk)})
    assert "按通知要求全部收齐" in words(chosen)
    assert found[1].number in words(chosen)


def test_an_older_print_is_told_before_and_after(city: Client, case: Case, round_: cases.Round) -> None:
    parcel, code = papers.arrived(round_), papers.code_of(case)
    with scope(round_.east):
        Case.objects.filter(pk=case.pk).update(round=2)
    scanned = city.get(f"{HOME}{parcel.pk}/", {"find": code})
    assert "打印的是第 1 次提交，最后一次是第 2 次" in words(scanned)
    sent = {"all": "1", "code": code}
    entered = city.post(f"{HOME}{parcel.pk}/papers/{case.pk}/", sent, follow=True)
    assert "申报表打印件是以前提交的版本" in words(entered)


def test_late_paper_is_registered_with_the_notices_own_sentence(case: Case, round_: cases.Round) -> None:
    round_.at = cases.SUBMITTED.replace(month=4, day=12)
    city, parcel = signed_in(round_.city), papers.arrived(round_)
    entered = city.post(f"{HOME}{parcel.pk}/papers/{case.pk}/", {"all": "1"}, follow=True)
    assert "逾期收到，不予受理。依据通知：请各区市县" in words(entered)
    assert "截止 2026年4月10日 24:00" in words(entered)
    assert "不予受理" in words(city.get(f"/office/cases/{case.pk}/"))


def test_corrections_keep_what_was_there(city: Client, case: Case, round_: cases.Round) -> None:
    parcel = papers.arrived(round_)
    receipt = papers.counted(round_, parcel, case)
    address = f"{HOME}{parcel.pk}/receipts/{receipt.pk}/"
    assert 'value="2"' in city.get(address).content.decode()
    unsaid = city.post(address, {"copies-application-papers": "1"})
    assert unsaid.status_code == 422
    assert "没有填写更正原因" in words(unsaid)
    city.post(address, {"copies-application-papers": "1", "reason": "数错"})
    corrected = city.post(f"{HOME}{parcel.pk}/correct/", typed(number="SF7", reason="x"))
    assert corrected.status_code == 422
    corrected = city.post(
        f"{HOME}{parcel.pk}/correct/", typed(number="SF1000000007", reason="看错单号"), follow=True
    )
    assert "SF1000000007" in words(corrected)
    assert "看错单号" in words(corrected)
    old = city.get(f"{HOME}{parcel.pk}/")
    assert "不再使用" in words(old)
    assert "SF1000000001" in words(city.get(HOME, {"state": "corrected"}))
    assert "SF1000000001" not in words(city.get(HOME))


def test_the_list_is_searched_filtered_and_exported(city: Client, case: Case, round_: cases.Round) -> None:
    parcel = papers.arrived(round_)
    papers.counted(round_, parcel, case)
    papers.arrived(round_, "YT2000000002", courier="圆通速递")
    for text in ("SF100", "示例东区", case.firm.name, case.number):
        found = words(city.get(HOME, {"q": text}))
        assert "SF1000000001" in found
    assert "YT2000000002" not in words(city.get(HOME, {"q": case.number}))
    assert "SF1000000001" not in words(city.get(HOME, {"state": "empty"}))
    answer = city.get(f"{HOME}export/", {"q": "SF100"})
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    assert [row[3] for row in sheet.iter_rows(values_only=True)] == ["快递单号", "SF1000000001"]


def test_a_list_and_a_parcel_cost_the_same_for_one_and_for_fifty(city: Client, round_: cases.Round) -> None:
    parcel = papers.arrived(round_)
    papers.counted(round_, parcel, cases.submitted(round_, 1))
    pages = [HOME, f"{HOME}?q=精密", f"{HOME}{parcel.pk}/"]
    for_one = [scene.queries_of(city, page) for page in pages]
    for number in range(2, 51):
        papers.counted(round_, parcel, cases.submitted(round_, number))
        papers.arrived(round_, f"SF20000000{number:02}")
    assert [scene.queries_of(city, page) for page in pages] == for_one
    assert max(for_one) <= scene.MOST_QUERIES
    assert len(city.get(f"{HOME}{parcel.pk}/").context["receipts"]) == 50
    assert city.get(HOME).context["rows"].paginator.count == 50


def test_the_firm_sees_that_its_papers_arrived_and_what_is_lacking(round_: cases.Round, case: Case) -> None:
    firm = signed_in(round_.firms[1])
    address = f"/enterprise/cases/{case.pk}/"
    assert "还没有单位登记收到" in words(firm.get(address))
    parcel = papers.arrived(round_, enclosed="给别家的公文")
    papers.counted(round_, parcel, case, Brought({BOUND.id: Counted(2), AUDIT.id: Counted(1)}))
    other = cases.submitted(round_, 2)
    papers.counted(round_, parcel, other)
    page = words(firm.get(address))
    assert "示例市工业和信息化局 不齐" in page
    assert "审计报告原件：应交 1 份，收到 1 份，其中 1 份不合要求（不是原件）" in page
    assert all(text not in page for text in ("给别家的公文", other.number, other.firm.name))


def test_an_auditor_reads_and_an_administrator_does_not_register(round_: cases.Round, case: Case) -> None:
    parcel = papers.arrived(round_)
    auditor = officer(scene.CITY, Role.AUDITOR)
    assert "登记新收件" not in words(auditor.get(HOME))
    assert auditor.get(f"{HOME}{parcel.pk}/").status_code == 200
    assert auditor.get(f"{HOME}new/").status_code == 403
    administrator = officer(scene.CITY, Role.ADMINISTRATOR)
    answer = administrator.post(f"{HOME}{parcel.pk}/papers/{case.pk}/", {"all": "1"})
    assert answer.status_code == 403
    assert "账号管理岗位不办理案件" in words(answer)
