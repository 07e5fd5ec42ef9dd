"""示例省关于2026年专精特新“小巨人”企业推荐工作的通知 (invented), article by article, up to the ministry.

第八条：省级初审、实地核查和公示，公示通过的向部推荐；部审核、抽查和认定。第十条：“双随机”专家评审。
"""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from tests import cases, panels, pool
from tests.flows.portals_office.desk import signed_in, words
from tests.journeys.city import moment
from tests.journeys.province import Province, open_province
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all
from tidu.applications import actions
from tidu.applications.models import AreaCount, Case, CaseReader, Unfinished
from tidu.applications.opinions import Conclusion
from tidu.applications.queries import case_for, opinion_body, visible_cases
from tidu.applications.queries.areas import areas_below
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.inspections.actions import draw_sample
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.messages.queries import inbox
from tidu.offices.queries import office_by_code
from tidu.panels.actions import draw_panels, moderate, publish_draw, replace_silent, submit_opinion
from tidu.panels.enums import Field, Finding, HandState
from tidu.panels.models import Draw, Hand, Opinion, PoolMember
from tidu.programmes.queries import procedure_of
from tidu.proof import draw as kernel
from tidu.publicity.actions import AnnouncementText, announce
from tidu.records.queries import timeline
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title

pytestmark = pytest.mark.django_db
SUMMARY = "会商一致：补看原始凭证后，认为属实。"


@beginning
def province() -> Province:
    return open_province()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as found:
        act()
    return found.value.code


def test_a_little_giant_is_recognised_by_the_ministry(province: Province) -> None:
    province.hold_second_title(1)
    draft = province.fill(1, 1, "2026-04-24 09:00")
    for office, listed in (
        (province.east, [draft.pk]),
        (province.province, [draft.pk]),
        (province.ministry, []),
    ):
        with scope(office):
            assert [one.case_id for one in Unfinished.objects.all()] == listed
    case = province.submit(1, draft, "2026-04-25 09:00")
    assert (province.now(case).stage, province.now(case).verdict) == ("province-preliminary", "met")
    assert province.now(case).score_least is None, "2号标准没有百分制自评"
    assert not seen_by(province.ministry, case), "谁推荐、谁把关：推荐之前部级看不到案件"
    with_the_experts(province, case, the_panels_are_drawn(province))
    province.to_ministry(case)
    assert province.now(case).stage == "ministry-review"
    assert seen_by(province.ministry, case)
    recognised_by_the_ministry(province, case)
    with scope(SYSTEM):
        title = Title.objects.get(firm=case.firm, kind=TitleKind.LITTLE_GIANT)
        stages = list(province.now(case).stages.values_list("stage", flat=True))
        assert title.validity.lower == date(2026, 7, 10)
        assert title.announced_by == office_by_code("shili-ministry")
    assert stages == [stage.id for stage in procedure_of(province.batches[0]).stages]


def the_panels_are_drawn(province: Province) -> Draw:
    """第十条：随机抽取专家组成多个评审专家组。先冻结、公布承诺值，见证单位后交数，谁也不能先看到结果。"""
    desk = province.desk("2026-05-06 09:00")
    panels.experts(desk)
    (careless,) = pool.entered(province.province, [pool.row(9)])
    pool.confirmed(province.province, careless)
    draw = panels.frozen(desk)
    assert [one["candidates"] for one in entries(draw)] == [8], "未签署承诺书的不参加抽取"
    draw_with = partial(draw_panels, actor=province.province, draw_id=draw.pk, at=desk.later())
    assert refused(lambda: draw_with(shown=panels.shown())) == "draw_refused", "见证单位还没有承诺"
    panels.committed(desk, draw)
    assert refused(lambda: draw_with(shown=panels.shown("38"))) == "draw_refused", "与承诺的数不符"
    drawn = draw_with(shown=panels.shown())
    assert drawn.commitment == draw.commitment
    assert rerun_by_anybody(drawn, draw.commitment)["seed"]
    return drawn


def entries(draw: Draw) -> list[dict[str, Any]]:
    """The ledger of a draw, as everybody reads it."""
    with scope(PUBLIC):
        return [entry.content for entry in timeline(draw.chain)]


def rerun_by_anybody(draw: Draw, commitment: str) -> dict[str, Any]:
    """The record (抽取笔录) from the public page, re-run from nothing but itself; nobody is named in it."""
    page = Client().get(f"/draws/{draw.chain.token}/record.json").content.decode()
    assert not [name for name in panels.names() if name in page]
    record: dict[str, Any] = json.loads(page)
    assert list(kernel.record_breaks(record)) == []
    assert kernel.commitment(kernel.input_from(record["input"])) == commitment
    assert list(kernel.record_breaks(record | {"seed": "0" * 64}))
    return record


def with_the_experts(province: Province, case: Case, draw: Draw) -> None:
    """第十条：案件一到即时随机派发；专家提意见，不作决定；评审期间谁也不能越过。"""
    province.to_panel(case, "2026-05-12 10:00")
    now = province.now(case)
    assert (now.stage, now.status, now.stage_kind) == ("panel", "in_review", "panel")
    follow_all(moment("2026-05-12 10:00"))
    hand = panels.hand_of(case)
    assert (hand.draw, hand.dispatched_at) == (draw, moment("2026-05-12 10:00"))
    for decide in (actions.pass_review, actions.refuse):
        hasty = partial(as_office, decide, province.province, case)
        assert refused(hasty) == "act_not_allowed"
    look_up = partial(province.check_credit, province.province, case, "2026-05-13 09:00")
    assert refused(look_up) == "credit_check_not_allowed"
    counted_by_the_ministry(province, case)
    office = signed_in(province.province)
    assert "专家评审中" in words(office.get("/office/queue/?tab=experts"))
    assert "省级专家评审" in words(office.get("/office/"))
    assert case.number not in words(office.get("/office/queue/"))
    assert "意见汇入之前，任何人都看不到" in words(office.get(f"/office/cases/{case.pk}/"))
    experts_answer(province, hand, office)
    province_writes_down_what_they_came_to(province, hand, office)
    follow_all(moment("2026-05-21 09:00"))
    read_by_the_office(office, hand)
    nobody_is_named(province, hand)
    published = publish_draw(actor=province.province, draw_id=draw.pk, at=moment("2026-05-21 09:30"))
    assert len(rerun_by_anybody(published, draw.commitment)["events"]) == 2, "派发和接替"


def experts_answer(province: Province, hand: Hand, office: Client) -> None:
    """重点审核真实性、准确性、完整性、是否符合认定标准；齐备之前互不可见；逾期不答的由候补接替。"""
    (one, first), (other, second), (late, silent) = panels.tasks_of(hand)
    submit = partial(submit_opinion, case_id=hand.case_id)
    submit(actor=first, text=panels.opinion(one), at=moment("2026-05-14 09:00"))
    submit(actor=second, text=panels.opinion(other, truth=Finding.NO), at=moment("2026-05-15 09:00"))
    _, firm = province.firms[1]
    for reader in (province.province, province.ministry, firm, second, silent):
        with scope(reader):
            assert not Opinion.objects.exclude(task__expert__account_id=reader.account_id or 0).exists()
    page = words(office.get(f"/office/panels/cases/{hand.pk}/"))
    assert page.count("已提交") == 2
    assert "意见齐备之前，任何人都看不到" in page
    assert panels.WHY not in page
    replace = partial(replace_silent, actor=province.province, hand_id=hand.pk, expert_id=late.expert_id)
    assert refused(lambda: replace(at=moment("2026-05-18 09:00"))) == "task_not_overdue"
    assert replace(at=moment("2026-05-20 09:00")), "由候补接替"
    with scope(silent):
        assert not visible_cases(silent).exists()
    ((given, substitute),) = [each for each in panels.tasks_of(hand) if not each[0].answered_at]
    assert given.field == late.field == Field.FINANCE
    submit(actor=substitute, text=panels.opinion(given, truth=Finding.UNSURE), at=moment("2026-05-20 15:00"))


def province_writes_down_what_they_came_to(province: Province, hand: Hand, office: Client) -> None:
    """意见相差大的先会商；主管部门记下结论，之后才汇入案件。"""
    assert panels.hand_of(hand.case).state == HandState.MODERATION
    assert province.now(hand.case).stage == "panel"
    assert "会商" in words(office.get(f"/office/panels/cases/{hand.pk}/"))
    moderate(
        actor=province.province, hand_id=hand.pk, settled={"truth": Conclusion.YES}, summary=SUMMARY,
        at=moment("2026-05-20 16:00"),
    )  # fmt: skip
    assert province.now(hand.case).stage == "province-review"


def as_office(act: Callable[..., Case], office: Actor, case: Case) -> Case:
    return act(
        actor=office, case_id=case.pk, expected_version=None, comment="同意", at=moment("2026-05-13 09:00")
    )


def counted_by_the_ministry(province: Province, case: Case) -> None:
    """宏观指导、监督检查（第四条）：部级看得到各地件数，看不到是哪一家；别处的单位连件数也看不到。"""
    with scope(province.ministry):
        (row,) = areas_below(office_by_code("shili-ministry"), province.batches[0])
        assert (row.office.code, row.submitted, row.province, row.with_experts) == ("shili-province", 1, 1, 1)
    another = panels.open_round(notice_id="shili-2026-above", opened=province.desk("2026-04-27 09:00"))
    cases.submitted(another, 2)
    seen = words(signed_in(province.ministry).get("/office/areas/"))
    assert re.search("各地件数 .{0,40}小巨人", seen), "先打开部级参与办理的批次，不是列在最前的"
    assert "示例省工业和信息化厅" in seen
    assert case.firm.name not in seen
    assert case.number not in seen
    with scope(province.west):
        assert not AreaCount.objects.exists()


def read_by_the_office(office: Client, hand: Hand) -> None:
    """Counts and reasons beside the decision, and the same from what was frozen."""
    with scope(SYSTEM):
        snapshot = hand.case.snapshots.get(kind="opinion")
    address = f"/office/cases/{hand.case_id}/"
    for page in (address, f"{address}snapshots/{snapshot.pk}/"):
        shown = words(office.get(page))
        for said in (f"{hand.panel}，3 名专家", "经会商", SUMMARY, "符合 1 不符合 1 不能判断 1", panels.WHY):
            assert said in shown


def nobody_is_named(province: Province, hand: Hand) -> None:
    """Whoever decides reads findings and reasons under pseudonyms; the firm only that there was a review."""
    case = hand.case
    with scope(province.province):
        experts = opinion_body(case_for(province.province, case.pk))["opinion"]["experts"]
        answered = PoolMember.objects.filter(draw=hand.draw, expert__tasks__opinion__hand=hand)
        assert experts == sorted(answered.values_list("pseudonym", flat=True))
    _, firm = province.firms[1]
    with scope(firm):
        told = [str(entry.content) for entry in timeline(case_for(firm, case.pk).chain)]
        letters = [f"{letter.subject}{letter.body}" for letter in inbox(firm)]
    told.append(words(signed_in(firm).get(f"/enterprise/cases/{case.pk}/")))
    assert any("专家评审已完成" in letter for letter in letters)
    for hidden in (*panels.names(), *experts, panels.WHY, SUMMARY, hand.panel):
        assert not [text for text in (*told, *letters) if hidden in text]


def recognised_by_the_ministry(province: Province, case: Case) -> None:
    """部审核；抽中的先核查；认定。"""
    ministry = province.ministry
    page = words(signed_in(ministry).get(f"/office/cases/{case.pk}/"))
    assert SUMMARY in page, "部级对照专家组意见"
    assert not [name for name in panels.names() if name in page]
    province.receive(ministry, case, "2026-06-15 09:00")
    draw_sample(
        actor=ministry, batch_id=case.batch_id, stage="ministry-review", rate_percent="100",
        at=moment("2026-06-16 09:00"),
    )  # fmt: skip
    assert refused(lambda: province.agree(ministry, case, "2026-06-16 10:00")) == "act_incomplete"
    province.inspect(ministry, case, "2026-06-20 10:00")
    province.agree(ministry, case, "2026-06-25 10:00")
    province.check_credit(ministry, case, "2026-07-09 10:00")
    letter = province.letter(ministry, "2026-07-10 09:00")
    announce(
        actor=ministry,
        batch_id=case.batch_id,
        case_versions={case.pk: None},
        text=AnnouncementText(
            number=letter.number,
            title="2026年专精特新“小巨人”企业名单",
            announced_on=legal_day(moment("2026-07-10 09:00")),
            scan_id=letter.scan_id,
        ),
        at=moment("2026-07-10 09:00"),
    )
    follow_all(moment("2026-07-10 09:00") + timedelta(minutes=1))
    assert province.status(case) == "recognised"


def seen_by(office: Actor, case: Case) -> bool:
    with scope(office):
        return visible_cases(office).filter(pk=case.pk).exists()


def test_a_firm_without_the_second_title_does_not_apply(province: Province) -> None:
    """第八条：由专精特新中小企业按属地原则自愿申报。"""
    firm = province.firm(2, shape="giant")
    assert firm.firm_id is not None
    province.hold(2, TitleKind.INNOVATIVE)
    opening = partial(
        actions.open_case,
        actor=firm,
        firm_id=firm.firm_id,
        batch_id=province.batches[0].pk,
        kind="new",
        at=moment("2026-04-25 09:00"),
    )
    code = refused(opening)
    assert code == "entry_title_needed"
    shown = words(Client().get("/notices/shili-2026-little-giant/"))
    assert "不少于 2 组，每组 3 人，其中产业专家不少于 1 人、财务专家不少于 1 人" in shown
    assert "示例部、示例省、示例市均为虚构" in shown


def test_a_firm_may_withdraw_while_the_experts_have_its_case(province: Province) -> None:
    case = province.enter_giant(1, "2026-04-25 09:00")
    province.to_panel(case, "2026-05-12 10:00")
    _, firm = province.firms[1]
    actions.withdraw(
        actor=firm, case_id=case.pk, expected_version=None, reason="材料有误", at=moment("2026-05-13 09:00")
    )
    assert province.status(case) == "withdrawn"
    with scope(SYSTEM):
        readers = CaseReader.objects.filter(case=case, office__code="shili-ministry")
        assert not readers.exists()
