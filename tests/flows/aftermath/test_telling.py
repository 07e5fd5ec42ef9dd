"""Who is told what: the firm and the office to which its case came, once for each act, and nobody else."""

from collections.abc import Iterator

import pytest
from tests import cases, scene
from tests.flows.publicity.publishing import announced, object_to, period_over, publish

from tidu.aftermath.actions import follow_all
from tidu.applications.actions import hand_over, receive, refuse, return_for_mending, withdraw
from tidu.database.scope import SYSTEM, scope
from tidu.law import notices
from tidu.law.calendars import parse_moment
from tidu.messages.models import Message
from tidu.offices.queries import office_by_code
from tidu.programmes.actions import issue_corrigendum
from tidu.publicity.actions import accept_objection, close_list, uphold_objection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def as_the_system(db: None) -> Iterator[None]:
    with scope(SYSTEM):
        yield


def told(verb: str, chain: str = "case") -> dict[str, str]:
    """Who was told of this act, and in which line."""
    messages = Message.objects.filter(entry__verb=verb, entry__chain__kind=chain).select_related(
        "firm", "office"
    )
    return {str(message.firm or message.office): message.subject for message in messages}


def bodies(verb: str) -> list[str]:
    return list(Message.objects.filter(entry__verb=verb).values_list("body", flat=True))


def test_a_submission_is_confirmed_to_the_firm_and_lies_on_its_districts_desk(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    follow_all(round_.at)
    assert told("submit") == {
        "示例第1精密制造有限公司": f"已提交：2026年度第一批创新型中小企业新申报（{case.number}）",
        "示例东区科技和工业信息化局": "新收：示例第1精密制造有限公司（2026年度第一批新申报）",
    }
    at_the_office = Message.objects.get(office__code=scene.EAST, entry__verb="submit")
    assert at_the_office.needs_action
    assert at_the_office.path == f"/office/cases/{case.pk}/"
    assert "本单位办理期限：2026年4月10日 24:00" in at_the_office.body


def test_a_request_to_mend_says_by_whom_why_and_until_when(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    return_for_mending(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        comment="研发费用与审计报告不一致。",
        fields=["rd_expense"],
        evidence=[],
        at=round_.at,
        asked_by=parse_moment("2026-03-26 24:00"),
    )
    follow_all(round_.at)
    assert told("return_for_mending") == {"示例第1精密制造有限公司": f"请补正材料（{case.number}）"}
    (body,) = bodies("return_for_mending")
    assert body == (
        "示例东区科技和工业信息化局于 2026年3月16日 09:00 退回补正：研发费用与审计报告不一致。"
        " 仅标出的栏目和材料可以修改。补正期限：2026年3月26日 24:00。补正后请重新提交。"
    )


def test_an_office_is_not_told_of_what_it_did_itself(round_: cases.Round) -> None:
    case = cases.passed(round_, round_.east, cases.submitted(round_))
    follow_all(round_.at)
    assert told("pass_review") == {"示例第1精密制造有限公司": f"区级审核通过（{case.number}）"}


def test_a_letter_with_many_cases_is_one_message_to_the_office_above(round_: cases.Round) -> None:
    first, second = (cases.passed(round_, round_.east, cases.submitted(round_, number)) for number in (1, 2))
    cases.recommended(round_, round_.east, [first, second])
    follow_all(round_.at)
    assert told("recommend", "letter") == {
        "示例市工业和信息化局": "收到推荐文件：示区工信〔2026〕1号（2 件）"
    }
    assert told("recommend") == {
        "示例第1精密制造有限公司": f"已推荐（{first.number}）",
        "示例第2精密制造有限公司": f"已推荐（{second.number}）",
    }


def test_a_refusal_gives_its_reason_and_the_way_on(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
    refuse(
        actor=round_.east, case_id=case.pk, expected_version=None, comment="成长性得分不足。", at=round_.at
    )
    follow_all(round_.at)
    (body,) = bodies("refuse")
    assert "理由：成长性得分不足。" in body
    assert "可在以后的批次另行申报" in body


def test_a_case_handed_over_is_told_to_its_new_office(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    west = office_by_code(scene.WEST)
    hand_over(
        actor=round_.east,
        case_id=case.pk,
        expected_version=None,
        office_id=west.pk,
        comment="属地在西区。",
        at=round_.at,
    )
    follow_all(round_.at)
    assert told("hand_over") == {
        "示例第1精密制造有限公司": f"已移交示例西区科技和工业信息化局办理（{case.number}）",
        "示例西区科技和工业信息化局": f"移交来：示例第1精密制造有限公司（{case.number}）",
    }


def test_a_withdrawal_is_told_to_the_office_that_had_the_case(round_: cases.Round) -> None:
    case = cases.submitted(round_)
    withdraw(
        actor=round_.firms[1], case_id=case.pk, expected_version=None, reason="暂不申报", at=round_.later()
    )
    follow_all(round_.at)
    assert told("withdraw") == {
        "示例东区科技和工业信息化局": f"已撤回：示例第1精密制造有限公司（{case.number}）"
    }


def test_an_objection_is_told_to_its_handling_office_and_never_names_who_objected(
    round_: cases.Round,
) -> None:
    (case,) = cases.to_publicity(round_)
    publish(round_, [case])
    objection = object_to(round_, case)
    accept_objection(actor=round_.city, objection_id=objection.pk, at=round_.later())
    follow_all(round_.at)
    assert told("file_objection", "objection") == {
        "示例市工业和信息化局": "收到公示异议：示例第1精密制造有限公司"
    }
    assert told("suspend") == {"示例第1精密制造有限公司": f"公示异议核实中（{case.number}）"}
    everything = "".join(f"{one.subject}{one.body}" for one in Message.objects.all())
    assert "异议人甲乙丙" not in everything
    assert "停产" not in everything


def test_a_granted_title_is_told_with_its_days(round_: cases.Round) -> None:
    (case,) = cases.to_publicity(round_)
    publicity = publish(round_, [case])
    round_.at = period_over(publicity)
    close_list(actor=round_.city, list_id=publicity.pk, at=round_.at)
    cases.to_announcement(round_, [case])
    announced(round_, [case])
    follow_all(round_.at)
    assert told("grant", "title") == {"示例第1精密制造有限公司": "已获称号：创新型中小企业"}
    assert "依据示省工信公告〔2026〕7号" in bodies("grant")[0]
    (body,) = bodies("announce")
    assert body.endswith(
        "以示省工信公告〔2026〕7号公告贵企业为创新型中小企业，有效期自 2026年3月25日 起。"
    ), body
    for verb in ("list", "clear", "report", "announce"):
        assert set(told(verb)) == {"示例第1精密制造有限公司"}


def test_a_notice_is_told_to_the_offices_below_and_a_corrigendum_also_to_firms_under_way(
    round_: cases.Round,
) -> None:
    cases.submitted(round_)
    change = notices.Change("batches.2026-1.moved.county-recommend", "2026-04-15 24:00")
    correction = notices.Corrigendum("示工信更正〔2026〕1号", "给区县留足时间。", (change,))
    issue_corrigendum(
        actor=round_.city, notice_id=round_.batch.notice_id, corrigendum=correction, at=round_.at
    )
    follow_all(round_.at)
    districts = {
        "示例东区科技和工业信息化局",
        "示例西区科技和工业信息化局",
        "示例县发展和改革局",
        "示例港区经济发展局",
        "示例高新区经济发展局",
    }
    assert set(told("publish_notice", "notice")) == districts
    assert set(told("issue_corrigendum", "notice")) == districts | {"示例第1精密制造有限公司"}


def test_a_struck_firm_is_told_why(round_: cases.Round) -> None:
    (case,) = cases.to_publicity(round_)
    publish(round_, [case])
    objection = object_to(round_, case)
    accept_objection(actor=round_.city, objection_id=objection.pk, at=round_.later())
    uphold_objection(
        actor=round_.city,
        objection_id=objection.pk,
        decision="经核实属实。",
        reason="主导产品与申报不符。",
        at=round_.later(),
    )
    follow_all(round_.at)
    assert "理由：主导产品与申报不符。" in bodies("strike")[0]
