"""A case's page: what fails first, the acts that are open, and every refusal with what was typed."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import cases, scene
from tests.flows.portals_office.desk import office_id, officer, signed_in, source, words
from tests.plugins.beginnings import beginning

from tidu.applications.actions import receive, record_finding
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, scope
from tidu.offices.enums import Role

pytestmark = pytest.mark.usefixtures("round_")

ACTS = ["receive", "pass", "return", "refuse", "hand-over", "assign", "national"]
POSTS = [*ACTS, "inspections/plan", "credit", "inspections/record", "findings/revenue/2025"]


@pytest.fixture
def east(round_: cases.Round) -> Client:
    return officer(scene.EAST)


@beginning
def case(opened_round: cases.Round) -> Case:
    return cases.submitted(opened_round)


@beginning
def received(opened_round: cases.Round, case: Case) -> Case:
    return receive(actor=opened_round.east, case_id=case.pk, expected_version=None, at=opened_round.at)


def url(case: Case, act: str = "") -> str:
    return f"/office/cases/{case.pk}/" + (f"{act}/" if act else "")


def test_page_shows_firm_stage_deadline_and_verdict(east: Client, case: Case) -> None:
    page = words(east.get(url(case)))

    for said in (
        "示例第1精密制造有限公司",
        case.number,
        "区级审核",
        "2026年4月10日 24:00",
        "待补充",
        "合格 60",
    ):
        assert said in page


def test_case_of_another_area_is_not_there(round_: cases.Round, east: Client) -> None:
    foreign = cases.submitted(round_, 2, area_code=scene.WEST)

    assert east.get(url(foreign)).status_code == 404
    for act in POSTS:
        assert east.post(url(foreign, act), {"version": foreign.version}).status_code in (403, 404), act
    assert cases.again(foreign).version == foreign.version


def test_case_page_takes_the_same_queries_however_much_was_found(
    round_: cases.Round, east: Client, case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    east.get(url(case))
    with django_assert_num_queries(24):
        east.get(url(case))
    for number in range(20):
        record_finding(
            actor=round_.east,
            case_id=case.pk,
            fact="revenue",
            period=2025,
            value=number + 1,
            reason="以审计报告为准",
            at=round_.at,
        )
    with django_assert_num_queries(24):
        east.get(url(case))


def test_what_cannot_be_done_says_why(east: Client, case: Case) -> None:
    page = source(east.get(url(case)))

    assert f'formaction="{url(case, "receive")}"' in page
    assert f'formaction="{url(case, "pass")}"' not in page
    assert page.count("请先受理。") == 3


def test_passing_waits_for_the_credit_check_and_says_so(east: Client, received: Case) -> None:
    page = words(east.get(url(received)))

    assert "还缺信用查询记录。" in page


def test_receive_then_pass_leads_on(round_: cases.Round, east: Client, case: Case) -> None:
    answer = east.post(url(case, "receive"), {"version": case.version, "queue": "tab=todo"})
    assert answer.headers["Location"] == f"{url(case)}?queue=tab%3Dtodo"
    cases.checked(round_, round_.east, case)

    east.post(url(case, "pass"), {"version": cases.again(case).version, "comment": "材料齐全"})

    assert cases.again(case).status == "passed"
    assert "审核通过" in words(east.get(url(case)))


def test_return_takes_the_boxes_of_rows_and_papers(east: Client, received: Case) -> None:
    said = {
        "version": received.version,
        "comment": "请核对营业收入和研发费用。",
        "marks": ["rd_expense:2025 revenue:2025", "industry_code"],
        "evidence": ["audit_report"],
    }

    assert east.post(url(received, "return"), said).status_code == 302

    with scope(SYSTEM):
        correction = received.corrections.get()
    assert correction.fields == ["rd_expense:2025", "revenue:2025", "industry_code"]
    assert correction.evidence == ["audit_report"]
    assert correction.asked_by is not None


def test_return_without_a_mark_is_refused_and_keeps_what_was_typed(east: Client, received: Case) -> None:
    answer = east.post(url(received, "return"), {"version": received.version, "comment": "请核对口径"})

    assert answer.status_code == 422
    assert "没有标出任何栏目" in words(answer)
    assert "请核对口径" in source(answer)
    assert cases.again(received).status == "in_review"


def test_refusing_without_a_reason_is_refused(east: Client, received: Case) -> None:
    answer = east.post(url(received, "refuse"), {"version": received.version, "comment": " "})

    assert answer.status_code == 422
    assert "必须写明理由" in words(answer)


def test_acting_on_a_case_that_moved_changes_nothing(east: Client, received: Case) -> None:
    answer = east.post(url(received, "refuse"), {"version": received.version - 1, "comment": "不符合条件"})

    assert answer.status_code == 409
    assert "已被他人办理" in words(answer)
    assert "不符合条件" in source(answer)
    assert cases.again(received).status == "in_review"


def test_hand_over_goes_to_an_office_beside(east: Client, received: Case) -> None:
    west = office_id(scene.WEST)
    assert f'value="{west}"' in source(east.get(url(received)))

    said = {"version": received.version, "comment": "注册地在西区。", "office": west}
    assert east.post(url(received, "hand-over"), said).status_code == 302

    assert cases.again(received).office_id == west
    assert "由示例西区" in words(east.get(url(received)))


def test_act_done_on_paper_is_entered_with_its_day_and_source(round_: cases.Round, case: Case) -> None:
    east, scan = signed_in(round_.east), f"{cases.scan(round_.east)}/收文簿.pdf"
    said = {
        "version": case.version,
        "offline_on": "2026-03-16",
        "offline_source": "收文簿第12页",
        "offline_scan": scan,
    }

    assert east.post(url(case, "receive"), said).status_code == 302

    assert "线下办理补录：3月16日办理，来源 收文簿第12页" in words(east.get(url(case)))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"offline_on": "2026-03-20", "offline_source": "收文簿"}, "补录只登记已经发生的办理"),
        ({"offline_on": "2026-03-16"}, "补录线下办理须写明来源"),
        ({"offline_source": "收文簿"}, "请填写办理日期"),
        ({"offline_on": "2026-03-15", "offline_source": "收文簿"}, "早于案件到达本单位之日"),
        ({"offline_on": "2026-03-16", "offline_source": "收文簿"}, "没有附原件扫描件"),
    ],
)
def test_paper_act_that_does_not_hold_is_refused(
    east: Client, case: Case, said: dict[str, str], sentence: str
) -> None:
    answer = east.post(url(case, "receive"), {"version": case.version, **said})

    assert answer.status_code == 422
    assert sentence in words(answer)


def test_clerk_of_a_leaders_stage_is_told_who_decides(round_: cases.Round) -> None:
    waiting = cases.passed(round_, round_.east, cases.submitted(round_))
    clerk = officer(scene.EAST, Role.CLERK)

    page = words(clerk.get(url(waiting)))

    assert "“区级推荐”须由签发岗位办理。" in page


@pytest.mark.parametrize("act", POSTS)
def test_auditor_may_not_post(case: Case, act: str) -> None:
    auditor = officer(scene.EAST, Role.AUDITOR)

    assert auditor.post(url(case, act), {"version": case.version}).status_code == 403
    assert cases.again(case).version == case.version


def test_auditor_sees_the_page_without_any_form_but_the_dossiers_and_his_way_out(case: Case) -> None:
    page = source(officer(scene.EAST, Role.AUDITOR).get(url(case)))

    assert "审计账号只读" in page
    assert "formaction" not in page
    assert f'action="{url(case)}dossier/"' in page
    assert page.count("csrfmiddlewaretoken") == 2  # of the dossier and of signing out


def test_firm_has_no_way_in(round_: cases.Round, case: Case) -> None:
    assert Client().get(url(case)).headers["Location"].startswith("/login/")


def test_finding_stands_over_what_the_firm_stated(east: Client, received: Case) -> None:
    at = url(received, "findings/revenue/2025")
    said = {"revenue": "1250.5", "reason": "审计报告第9页为 1250.5 万元"}

    assert east.post(at, said).headers["Location"] == url(received)

    page = words(east.get(url(received)))
    assert "1,250.50" in page
    assert "登记认定" in page


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"revenue": "很多", "reason": "x"}, "不是金额"),
        ({"revenue": "", "reason": "x"}, "没有填写对“营业收入总额”的认定"),
        ({"revenue": "12", "reason": ""}, "请填写“认定理由"),
    ],
)
def test_finding_that_does_not_hold_is_refused(
    east: Client, received: Case, said: dict[str, str], sentence: str
) -> None:
    answer = east.post(url(received, "findings/revenue/2025"), said)

    assert answer.status_code == 422
    assert sentence in words(answer)


@pytest.mark.parametrize("where", ["findings/nothing/0", "findings/revenue/0", "papers/0", "snapshots/0"])
def test_forged_address_is_not_there(east: Client, case: Case, where: str) -> None:
    assert east.get(url(case, where)).status_code == 404


def looked_up(*sources: str, **changed: str) -> dict[str, str]:
    """What the form says of these systems."""
    said = {"made": "on", "checked_on": "2026-03-16", "result": "clear"} | changed
    return {f"{source}-{name}": value for source in sources for name, value in said.items()}


def test_credit_is_looked_up_in_both_systems_at_once(east: Client, received: Case) -> None:
    answer = east.post(url(received, "credit"), looked_up("credit_china", "credit_publicity"))

    assert answer.headers["Location"] == url(received)
    page = words(east.get(url(received)))
    assert page.count("无异常") >= 2
    assert "还缺信用查询记录" not in page


def test_credit_is_looked_up_one_by_one(east: Client, received: Case) -> None:
    east.post(url(received, "credit"), looked_up("credit_china"))
    assert "还缺信用查询记录" in words(east.get(url(received)))

    east.post(url(received, "credit"), looked_up("credit_publicity"))

    assert "还缺信用查询记录" not in words(east.get(url(received)))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"checked_on": "2026-03-17"}, "晚于今天"),
        ({"result": "abnormal"}, "须写明列入的事由"),
        ({"made": ""}, "至少登记一个系统"),
    ],
)
def test_credit_that_does_not_hold_is_refused_beside_its_field(
    east: Client, received: Case, changed: dict[str, str], sentence: str
) -> None:
    said = looked_up("credit_china", "credit_publicity", **changed)

    answer = east.post(url(received, "credit"), said)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "还缺信用查询记录" in words(east.get(url(received)))


def test_visit_is_entered_item_by_item(east: Client, received: Case) -> None:
    east.post(url(received, "inspections/plan"))
    said = {
        "visited_on": "2026-03-16",
        "inspectors": "企业股股长\n企业股经办",
        "result": "inconsistent",
        "item": ["从业人员", "营业收入", ""],
        "stated": ["56人", "", ""],
        "seen": ["41人", "", ""],
        "consistent": ["no", "yes", "yes"],
        "note": ["社保名册 41 人", "", ""],
    }

    assert east.post(url(received, "inspections/record"), said).status_code == 302

    page = words(east.get(url(received)))
    assert "与填报不一致" in page


def test_visit_by_one_person_is_refused(east: Client, received: Case) -> None:
    said = {
        "visited_on": "2026-03-16",
        "inspectors": "企业股经办",
        "result": "consistent",
        "item": ["从业人员"],
        "stated": [""],
        "seen": ["41人"],
        "consistent": ["yes"],
        "note": [""],
    }

    answer = east.post(url(received, "inspections/record"), said)

    assert answer.status_code == 422
    assert "核查人员只填了 1 人" in words(answer)
    assert "41人" in source(answer)


def test_national_platform_is_noted(east: Client, case: Case) -> None:
    east.post(url(case, "national"), {"status": "已提交", "receipt": "GJ-2026-1"})

    page = words(east.get(url(case)))
    assert "已提交" in page
    assert "GJ-2026-1" in page


def test_colleague_is_assigned(round_: cases.Round, east: Client, case: Case) -> None:
    assert round_.east.account_id is not None

    east.post(url(case, "assign"), {"account": round_.east.account_id})

    assert cases.again(case).assigned_to_id == round_.east.account_id
