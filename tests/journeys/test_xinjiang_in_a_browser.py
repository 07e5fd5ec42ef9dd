"""One case of Xinjiang's round through the pages: nothing there is made for one procedure or standard."""

import json
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader
from tests import scene
from tests.flows.portals_enterprise.desk import Desk, said
from tests.flows.portals_office.desk import signed_in, words
from tests.journeys.city import moment
from tests.journeys.region import Region, open_region

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case, Letter
from tidu.database.scope import SYSTEM, scope
from tidu.demonstration.forms import Invented, form_of
from tidu.demonstration.papers import paper
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.models import Member
from tidu.inspections.enums import CreditSource
from tidu.law.standards import load
from tidu.publicity.models import Announcement, PublicityList

pytestmark = pytest.mark.django_db

NAMED = "自治区专精特新中小企业申请书"


@dataclass
class Clock:
    """What time it is on every page."""

    now: datetime

    def at(self, text: str) -> None:
        self.now = moment(text)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    shown = Clock(moment("2026-02-10 09:00"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: shown.now)
    return shown


@pytest.fixture
def region(clock: Clock) -> Region:
    """The round is open; a firm with an innovative title and an empty profile."""
    found = open_region()
    firm, _ = scene.register(1)
    with scope(SYSTEM):
        member = Member.objects.select_related("account", "firm").get(firm=firm)
    found.firms[1] = firm, actor_for_member(member)
    found.hold(1)
    return found


@pytest.fixture
def desk(region: Region) -> Desk:
    firm, actor = region.firms[1]
    found = Desk(Client(), firm, actor)
    come_back(found)
    return found


def come_back(desk: Desk) -> None:
    """The firm's own employee logs in; nobody stays logged in for weeks."""
    with scope(SYSTEM):
        account = Member.objects.select_related("account").get(firm=desk.firm).account
    desk.client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")


def filled(desk: Desk, case_id: int) -> None:
    """Every field that the standard's form asks, as the page's script saves it; every paper that it needs."""
    invented = Invented(
        1, desk.firm.uscc, desk.firm.name, scene.EAST, "示例东区", "智能输送装备", "3434", "strong", ""
    )
    form = load("xinjiang-specialised").form()
    asked = {field.fact.id for section in form for field in section.fields}
    for (fact, period), raw in form_of(invented, year=2025).items():
        if fact in asked and fact not in ("enterprise_name", "credit_code"):
            text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
            name = f"{fact}.{period}" if period else fact
            answer = desk.save(f"/enterprise/cases/{case_id}/fields/", name, text)
            assert answer.status_code == 200, said(answer)
            assert answer.json()["findings"] == [], answer.json()
    lacking = desk.client.get(f"/enterprise/cases/{case_id}/review/").context["lacking"]
    for item in [one.url.rpartition("#item-")[2] for one in lacking.papers]:
        answer = desk.upload(case_id, item)
        assert answer.status_code == 200, said(answer)


def examined(office: Client, case: Case, *, visit: bool = True) -> None:
    """受理、信用查询、实地检查、通过, each by its form."""
    page = f"/office/cases/{case.pk}/"
    post(office, f"{page}receive/", {"version": version(case)})
    today = moment_of_page(office, page)
    look_up(office, case)
    if visit:
        post(office, f"{page}inspections/record/", {
            "visited_on": today, "inspectors": "企业科科长\n企业科经办", "result": "consistent",
            "item": ["主导产品生产线"], "stated": ["自动化生产线"], "seen": ["与所述一致"],
            "consistent": ["yes"], "note": [""],
        })  # fmt: skip
    post(office, f"{page}pass/", {"version": version(case), "comment": "数据与佐证一致"})


def moment_of_page(office: Client, page: str) -> str:
    """Today, as the page's own form has it filled in."""
    return str(office.get(f"{page}inspections/record/").context["form"].initial["visited_on"])


def post(office: Client, address: str, typed: dict[str, Any]) -> Any:
    answer = office.post(address, typed)
    assert answer.status_code == 302, words(answer)
    return answer


def version(case: Case) -> int:
    with scope(SYSTEM):
        return int(Case.objects.get(pk=case.pk).version)


def scan(name: str) -> BytesIO:
    content = BytesIO(paper(name, "示例单位（演示）"))
    content.name = f"{name}.pdf"
    return content


def sent(office: Client, case: Case, stage: str, typed: dict[str, Any]) -> str:
    """The act on many, taken for this one case; what the page said before it."""
    address = f"/office/batches/{case.batch_id}/stages/{stage}/"
    before = office.get(address)
    post(office, address, {**typed, "case": f"{case.pk}:{version(case)}"})
    return words(before)


def filed(region: Region, desk: Desk) -> Case:
    """From the ladder over the list to prepare to the submission, in one morning."""
    home = desk.client.get("/enterprise/")
    assert [step.pill for step in home.context["steps"]] == ["已获得", "未申报 · 待补充", "未开始"]
    assert home.context["verdict"].standard.id == "xinjiang-specialised"
    assert "按63号推定" in said(home)

    batch = region.batches[0]
    prepare = said(desk.client.get(f"/enterprise/batches/{batch.pk}/"))
    for part in ("特定细分市场", "审计报告纸质版原件", "2026年3月5日 24:00"):
        assert part in prepare

    case_id = desk.open_case(batch)
    filled(desk, case_id)
    assert desk.submit(case_id).status_code == 302
    with scope(SYSTEM):
        return Case.objects.select_related("firm", "chain").get(pk=case_id)


def test_one_firm_from_its_ladder_to_its_second_title(region: Region, desk: Desk, clock: Clock) -> None:
    case = filed(region, desk)
    clock.at("2026-02-24 10:00")
    east = signed_in(region.east)
    examined(east, case)
    sent(east, case, "county-recommend", {
        "number": "示东工信〔2026〕3号", "issued_on": "2026-02-24",
    })  # fmt: skip

    come_back(desk)
    early = said(desk.client.get(f"/enterprise/cases/{case.pk}/"))
    assert "现在不用准备：地（州、市）初核通过、同意推荐后再准备。" in early

    clock.at("2026-03-06 10:00")
    bureau = signed_in(region.bureau)
    examined(bureau, case)
    follow_all(clock.now)
    come_back(desk)
    status = said(desk.client.get(f"/enterprise/cases/{case.pk}/"))
    assert "请准备</b>，送推荐单位，由其汇总报送" in status
    assert "2026年3月8日 24:00" in status
    assert "审计报告纸质版原件" in status
    assert "请准备纸质申请材料" in said(desk.client.get("/enterprise/messages/"))
    page = sent(bureau, case, "prefecture-recommend", {
        "number": "示市工信〔2026〕7号", "issued_on": "2026-03-06", "scan-file": scan("推荐文件"),
    })  # fmt: skip
    assert "过期不予受理" in page
    assert "自治区专精特新中小企业推荐汇总表" in page
    table = bureau.get(summary_table(case))
    rows = list(load_workbook(BytesIO(b"".join(table))).worksheets[0].iter_rows(values_only=True))
    assert "附件2" in str(rows[-1][0])
    assert [row[1] for row in rows if row[0] == 1] == [desk.firm.name]

    region.bring(case, "2026-03-06 15:00")
    clock.at("2026-03-11 10:00")
    province = signed_in(region.province)
    examined(province, case, visit=False)
    clock.at("2026-03-12 10:00")
    province = signed_in(region.province)
    look_up(province, case)
    sent(province, case, "region-publicity", {"title": "拟认定自治区专精特新中小企业名单公示"})
    clock.at("2026-03-20 10:00")
    province = signed_in(region.province)
    with scope(SYSTEM):
        published = PublicityList.objects.get()
    post(province, f"/office/lists/{published.token}/close/", {})
    look_up(province, case)
    sent(province, case, "region-announce", {
        "number": "示工信公告〔2026〕1号", "title": "2026年第一批自治区专精特新中小企业名单",
        "announced_on": "2026-03-20", "scan-file": scan("公告"),
    })  # fmt: skip
    follow_all(clock.now)
    come_back(desk)
    home = desk.client.get("/enterprise/")
    assert [step.pill for step in home.context["steps"]][:2] == ["已获得", "已获得"]
    with scope(SYSTEM):
        announced = Announcement.objects.get()
    assert desk.firm.name in said(Client().get(f"/announcements/{announced.token}/"))


def summary_table(case: Case) -> str:
    with scope(SYSTEM):
        letter = Letter.objects.get(batch_id=case.batch_id, office__code=scene.CITY)
    return f"/office/documents/letters/{letter.pk}/specialised-recommendation-table.xlsx"


def look_up(office: Client, case: Case) -> None:
    """Both credit systems, today."""
    page, typed = f"/office/cases/{case.pk}/", {}
    for source in CreditSource:
        typed[f"{source.value}-made"] = "on"
        typed[f"{source.value}-checked_on"] = moment_of_page(office, page)
        typed[f"{source.value}-result"] = "clear"
    post(office, f"{page}credit/", typed)


def test_the_notices_page_says_what_this_round_asks(region: Region) -> None:
    page = said(Client().get(f"/notices/{region.batches[0].notice.slug}/"))
    for part in (
        "复核2023年认定的",
        "内部安排，不因此逾期",
        "过期不予受理",
        "现持有本省（自治区、直辖市）公告的有效的创新型中小企业称号",
        "逐户实地核查",
        "邮件命名“×××2026年第一批专精特新中小企业材料”",
        "乌鲁木齐市喀纳斯湖北路455号新疆软件园G1座408室",
        "企业提供的佐证材料清单（原文未公开）",
    ):
        assert part in page, part


def test_the_form_bears_the_name_that_the_notice_gives_it(region: Region, desk: Desk) -> None:
    case_id = desk.open_case(region.batches[0])
    answer = desk.client.get(f"/enterprise/cases/{case_id}/form.pdf")
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert NAMED in "".join(text.split())
    assert "自评表" not in text
