"""自治区 2026 年第一批专精特新中小企业申报和复核通知, sentence by sentence, from the firm to its recognition.

Offices and firms are the invented 示例省's, one of whose cities is the prefecture; every rule, reading and
date is Xinjiang's own. Each test is named after the sentence of the notice
(rulebook/notices/xinjiang-2026-specialised-batch1.toml) that it follows.
"""

import re
from datetime import date, timedelta

import pytest
from tests import scene
from tests.journeys.city import moment
from tests.journeys.region import NOTICE, WHOLE, Region, notice_of_shili, open_region
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all, lapse_unrenewed
from tidu.applications import actions
from tidu.applications.contents import completeness
from tidu.applications.enums import LetterKind
from tidu.applications.models import Case, CaseStage
from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.documents.sendings import Sending, papers_made, table_of
from tidu.enterprises.actions import Contact, Login, register_firm
from tidu.enterprises.models import Firm
from tidu.inspections.actions import draw_sample
from tidu.law import notices
from tidu.law.calendars import parse_moment
from tidu.law.chains import load_chain
from tidu.law.identity import demonstration_code
from tidu.law.notices import Change, Corrigendum
from tidu.law.notices.papers import Counted
from tidu.law.refusals import Refused, sentence
from tidu.law.rulebook import read_text, read_toml
from tidu.messages.queries import inbox
from tidu.offices.actions import NewOffice, load_offices, move_area, open_area, open_office
from tidu.offices.enums import Level, Role
from tidu.offices.queries import area_by_code, office_by_code, office_chain
from tidu.programmes.actions import issue_corrigendum, publish_notice
from tidu.programmes.models import Batch, BatchDeadline
from tidu.programmes.queries import Entry, may_enter
from tidu.publicity.actions import Content, accept_objection, file_objection, uphold_objection
from tidu.records.queries import timeline
from tidu.records.verification import verify_all
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title
from tidu.titles.queries import held, search_public

pytestmark = pytest.mark.django_db

TEXT = notices.load(NOTICE)


@beginning
def region() -> Region:
    return open_region()


def specialised(case: Case) -> list[Title]:
    with scope(SYSTEM):
        return list(Title.objects.filter(firm=case.firm, kind=TitleKind.SPECIALISED).order_by("validity"))


def opened(region: Region, number: int, kind: str = "new", at: str = "2026-02-10 09:00") -> Case:
    """Just the opening of an application; refused where the firm may not enter."""
    firm, actor = region.firms[number]
    return actions.open_case(
        actor=actor,
        firm_id=firm.pk,
        batch_id=region.batches[0].pk,
        kind=kind,
        at=moment(at),
    )


# ------------------------------------------------------------------ the whole way


def test_s2_3_2_from_an_innovative_title_to_a_specialised_one_for_three_years(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    assert region.now(case).office.code == scene.EAST  # type: ignore[union-attr]
    region.to_prefecture(case, "2026-02-24 10:00")
    assert region.now(case).office.code == scene.CITY  # type: ignore[union-attr]
    region.examine(region.bureau, case, "2026-03-04 10:00")
    region.recommend(region.bureau, [case], "2026-03-06 10:00")
    assert region.now(case).office.code == scene.PROVINCE  # type: ignore[union-attr]
    region.bring(case, "2026-03-07 10:00")
    region.pass_region(case, "2026-03-11 10:00")
    published = region.publicise([case], "2026-03-12 10:00")
    assert region.status(case) == "listed"

    region.recognise(published, [case], "2026-03-20 10:00")
    assert region.status(case) == "recognised"
    (title,) = specialised(case)
    assert (title.validity.lower, title.validity.upper) == (date(2026, 3, 20), date(2029, 3, 20))
    assert title.standard == "xinjiang-specialised"
    with scope(PUBLIC):
        assert title in search_public(case.firm.uscc)
        assert {one.kind for one in held(case.firm, at=moment("2026-03-20 12:00"))} == {
            "innovative", "specialised",
        }  # fmt: skip


def test_every_act_of_the_journey_is_a_link_in_the_chain_of_its_case(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.whole_way([case])
    with scope(SYSTEM):
        acts = [entry.verb for entry in timeline(region.now(case).chain)]
        broken = list(verify_all())
    look_up = ["record_credit_check", "record_credit_check"]
    examine = ["receive", *look_up, "record_inspection", "pass_review"]
    assert acts == [
        "open", "submit",
        *examine, "recommend",
        *examine, "recommend",
        "receive_papers", "receive", *look_up, "pass_review",
        *look_up, "list", "clear", *look_up, "announce",
    ]  # fmt: skip
    assert broken == []


def test_the_notice_has_no_expert_stage_and_no_filing_stage() -> None:
    procedure = read_toml("procedures", TEXT.procedure)
    assert [(stage["level"], stage["kind"]) for stage in procedure["stages"]] == [
        ("county", "review"), ("county", "recommend"), ("city", "review"), ("city", "recommend"),
        ("province", "review"), ("province", "publicity"), ("province", "announce"),
    ]  # fmt: skip


# ------------------------------------------------------------------ 一、申报（复核）条件


def test_s1_1_a_firm_on_the_abnormal_list_is_not_passed(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    actions.receive(actor=region.east, case_id=case.pk, expected_version=None, at=moment("2026-02-11 09:00"))
    region.check_credit(region.east, case, "2026-02-11 09:00", listed=True)
    region.inspect(region.east, case, "2026-02-11 09:00")
    with pytest.raises(Refused) as refused:
        actions.pass_review(
            actor=region.east, case_id=case.pk, expected_version=None, comment="同意",
            at=moment("2026-02-11 10:00"),
        )  # fmt: skip
    assert refused.value.values["lacking"] == ["信用查询记录"]


def test_s1_2_a_firm_without_an_innovative_title_is_refused_and_told_what_to_do(region: Region) -> None:
    region.firm(1)
    with pytest.raises(Refused) as refused:
        opened(region, 1)
    assert refused.value.code == "entry_title_needed"
    assert sentence(refused.value) == (
        "申请本类需持有有效期内的称号：创新型中小企业。企业目前没有其中任何一项。"
        "请先申报取得该称号；称号登记有遗漏的，请联系公告单位补登。"
    )


def test_s1_2_an_innovative_title_past_its_last_day_does_not_do(region: Region) -> None:
    region.hold(1, until="2026-02-09")
    with pytest.raises(Refused, match="entry_title_needed"):
        opened(region, 1, at="2026-02-10 09:00")
    assert opened(region, 1, at="2026-02-09 23:59").status == "draft"


def other_province() -> str:
    """A department of the same rank elsewhere, whose titles are not the region's; its code."""
    elsewhere = NewOffice("other-province", "另一省工业和信息化厅", Level.PROVINCE, is_demonstration=True)
    with scope(SYSTEM):
        return open_office(actor=SYSTEM, office=elsewhere, parent=None, at=scene.AT).code


def test_s1_2_an_innovative_title_of_another_province_does_not_do(region: Region) -> None:
    region.hold(1, announced_by=other_province())
    with pytest.raises(Refused) as refused:
        opened(region, 1)
    assert refused.value.code == "entry_title_of_elsewhere"
    assert "贵企业的称号由另一省工业和信息化厅公告" in sentence(refused.value)
    region.hold(2)
    assert opened(region, 2).status == "draft"


def test_s1_2_a_firm_whose_outcome_is_open_is_warned_and_may_submit(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    submitted = region.now(case)
    assert submitted.standard == "xinjiang-specialised"
    assert submitted.status == "in_review"
    # the region's own indicators are not known: 0 to 15 points stand open
    assert submitted.score_most is not None
    assert submitted.score_least is not None
    assert submitted.score_most - submitted.score_least >= 15


def test_s1_2_who_holds_the_title_already_does_not_apply_anew(region: Region) -> None:
    region.hold(1)
    region.hold(1, TitleKind.SPECIALISED, until="2026-06-30", batch_code="2023-1")
    with pytest.raises(Refused, match="entry_title_held"):
        opened(region, 1)


@pytest.mark.parametrize("batch_code", ["2023", "2023-1", "2023-re-review"])
def test_s1_3_titles_recognised_or_re_reviewed_in_2023_are_re_reviewed(
    region: Region, batch_code: str
) -> None:
    region.hold(1, TitleKind.SPECIALISED, until="2026-06-30", batch_code=batch_code)
    assert opened(region, 1, "re_review").status == "draft"


def test_s1_3_a_title_of_another_year_is_not_re_reviewed_here(region: Region) -> None:
    region.hold(1, TitleKind.SPECIALISED, until="2027-06-30", batch_code="2024-1")
    with pytest.raises(Refused) as refused:
        opened(region, 1, "re_review")
    assert refused.value.code == "entry_re_review_not_due"
    assert "请关注以后的复核通知" in sentence(refused.value)


def test_s1_3_a_passed_re_review_prolongs_the_title_by_three_years(region: Region) -> None:
    older = region.hold(1, TitleKind.SPECIALISED, until="2026-06-30", batch_code="2023-1")
    case = region.enter(1, "2026-02-10 09:00", kind="re_review")
    region.whole_way([case])
    _, renewed = specialised(case)
    assert renewed.previous_id == older.pk
    assert (renewed.validity.lower, renewed.validity.upper) == (date(2026, 7, 1), date(2029, 7, 1))


def test_s1_3_a_failed_re_review_ends_the_title_with_its_validity(region: Region) -> None:
    title = region.hold(1, TitleKind.SPECIALISED, until="2026-06-30", batch_code="2023-1")
    case = region.enter(1, "2026-02-10 09:00", kind="re_review")
    actions.receive(actor=region.east, case_id=case.pk, expected_version=None, at=moment("2026-02-11 09:00"))
    actions.refuse(
        actor=region.east, case_id=case.pk, expected_version=None, comment="不再符合标准",
        at=moment("2026-02-12 09:00"),
    )  # fmt: skip
    follow_all(moment("2026-02-12 09:01"))
    firm, _ = region.firms[1]
    with scope(SYSTEM):
        assert held(firm, at=moment("2026-06-30 12:00")) == [title]
    lapse_unrenewed(at=moment("2026-07-01 00:30"))
    with scope(SYSTEM):
        title.refresh_from_db()
    assert (title.status, title.ended_on, title.end_reason) == (
        "lapsed", date(2026, 7, 1), "未通过复核，称号自动失效",
    )  # fmt: skip


def test_s1_3_a_missed_re_review_ends_the_title_with_its_validity(region: Region) -> None:
    missed = region.hold(1, TitleKind.SPECIALISED, until="2026-06-30", batch_code="2023-1")
    not_called = region.hold(2, TitleKind.SPECIALISED, until="2027-06-30", batch_code="2024-1")
    not_ours = region.hold(
        3, TitleKind.SPECIALISED, until="2026-06-30", batch_code="2023-1", announced_by=other_province()
    )
    lapse_unrenewed(at=moment("2026-06-30 23:59"))
    with scope(SYSTEM):
        missed.refresh_from_db()
        assert missed.status == "in_force"
    lapse_unrenewed(at=moment("2026-07-01 00:30"))
    with scope(SYSTEM):
        missed.refresh_from_db()
        not_called.refresh_from_db()
        not_ours.refresh_from_db()
    assert (missed.status, missed.end_reason) == ("lapsed", "未按期申请复核，称号自动失效")
    assert (not_called.status, not_ours.status) == ("in_force", "in_force")


# ------------------------------------------------------------------ 二（一）企业申请


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-02-04 23:59:59", "entry_not_open_yet"),
        ("2026-02-05 00:00", None),
        ("2026-03-05 23:59:59", None),
        ("2026-03-05 24:00", "entry_closed"),
    ],
)
def test_s2_1_firms_file_from_5_february_to_5_march_to_the_second(
    region: Region, at: str, code: str | None
) -> None:
    region.hold(1)
    found = entry_of(region, 1, at)
    assert [reason.code for reason in found.reasons] == ([code] if code else [])


def entry_of(region: Region, number: int, at: str) -> Entry:
    firm, _ = region.firms[number]
    with scope(SYSTEM):
        batch = Batch.objects.select_related("notice__office").get(pk=region.batches[0].pk)
        above = office_chain(firm.area.office).values()
        return may_enter(firm, batch, "new", at=moment(at), held=held(firm, at=moment(at)), above=above)


def test_s2_1_a_firm_of_the_corps_belongs_to_another_unit_and_is_told_so() -> None:
    """新疆生产建设兵团 is a department of a province's rank of its own: 属地原则."""
    scene.open_offices()
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="xinjiang", at=scene.AT)
        notice = publish_notice(actor=SYSTEM, notice=TEXT, at=moment("2026-02-04 09:00"))
        batch = Batch.objects.select_related("notice__office").get(notice=notice)
    actor = scene.firm_actor(1)
    with scope(SYSTEM):
        Firm.objects.filter(pk=actor.firm_id or 0).update(area=area_by_code("bingtuan"))
    with pytest.raises(Refused) as refused:
        actions.open_case(
            actor=actor, firm_id=actor.firm_id or 0, batch_id=batch.pk, kind="new",
            at=moment("2026-02-10 09:00"),
        )  # fmt: skip
    assert refused.value.code == "entry_under_another_office"
    assert sentence(refused.value) == (
        "企业属地为新疆生产建设兵团（主管部门：新疆生产建设兵团工业和信息化局），"
        "由新疆生产建设兵团工业和信息化局组织申报，不属于自治区工业和信息化厅的受理范围。"
        "请按新疆生产建设兵团工业和信息化局的通知申报；属地有误的，请在企业档案中更正。"
    )


# ------------------------------------------------------------------ 二（二）逐级推荐


def test_s2_2_1_a_county_passes_a_firm_only_after_looking_at_it_on_site(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    actions.receive(actor=region.east, case_id=case.pk, expected_version=None, at=moment("2026-02-11 09:00"))
    region.check_credit(region.east, case, "2026-02-11 09:00")
    with pytest.raises(Refused) as unseen:
        actions.pass_review(
            actor=region.east, case_id=case.pk, expected_version=None, comment="同意",
            at=moment("2026-02-11 10:00"),
        )  # fmt: skip
    assert unseen.value.values["lacking"] == ["实地核查记录"]
    region.inspect(region.east, case, "2026-02-12 10:00")
    passed = actions.pass_review(
        actor=region.east,
        case_id=case.pk,
        expected_version=None,
        comment="同意",
        at=moment("2026-02-12 11:00"),
    )
    assert passed.stage == "county-recommend"


def test_s2_2_1_the_prefecture_looks_at_every_firm_again(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.to_prefecture(case, "2026-02-24 10:00")
    actions.receive(
        actor=region.bureau, case_id=case.pk, expected_version=None, at=moment("2026-02-25 09:00")
    )
    region.check_credit(region.bureau, case, "2026-02-25 09:00")
    with pytest.raises(Refused) as refused:
        actions.pass_review(
            actor=region.bureau, case_id=case.pk, expected_version=None, comment="同意推荐",
            at=moment("2026-02-25 10:00"),
        )  # fmt: skip
    assert refused.value.values["lacking"] == ["实地核查记录"]


def test_s2_2_1_a_county_has_no_deadline_of_the_notice_and_is_never_late(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    assert region.now(case).due_at == moment("2026-03-06 24:00")
    region.to_prefecture(case, "2026-03-07 10:00")
    with scope(SYSTEM):
        stage = CaseStage.objects.get(case=case, stage="county-recommend")
        deadline = BatchDeadline.objects.get(batch=region.batches[0], stage="county-recommend")
    assert (deadline.mode, stage.outcome, stage.is_late) == ("advisory", "recommended", False)


def test_s2_2_1_where_a_place_has_no_county_office_the_case_goes_to_the_prefecture(region: Region) -> None:
    with scope(SYSTEM):
        open_area(
            actor=SYSTEM, code="shili-plain", name="示例平原", office=office_by_code(scene.CITY), at=scene.AT
        )
    region.firm(1, area_code="shili-plain")
    region.hold(1)
    case = region.enter(1, "2026-02-10 09:00")
    arrived = region.now(case)
    assert (arrived.stage, arrived.office.code) == ("prefecture-review", scene.CITY)  # type: ignore[union-attr]
    region.examine(region.bureau, case, "2026-02-24 10:00")
    region.recommend(region.bureau, [case], "2026-03-06 10:00")
    assert region.now(case).stage == "region-review"


def test_s2_2_1_a_county_office_added_by_the_prefecture_takes_its_places_over(region: Region) -> None:
    bureau = scene.office_actor(scene.CITY, Role.ADMINISTRATOR, "city-accounts")
    with scope(SYSTEM):
        city = office_by_code(scene.CITY)
        place = open_area(actor=SYSTEM, code="shili-plain", name="示例平原", office=city, at=scene.AT)
    county = NewOffice("shili-plain-office", "示例平原县工业和信息化局", Level.COUNTY, is_demonstration=True)
    with scope(bureau):
        added = open_office(actor=bureau, office=county, parent=city, at=scene.AT)
        move_area(actor=bureau, area=place, office=added, at=scene.AT)
    region.firm(1, area_code="shili-plain")
    region.hold(1)
    case = region.enter(1, "2026-02-10 09:00")
    assert region.now(case).stage == "county-review"
    assert region.now(case).office == added


def test_s2_2_2_a_prefecture_recommends_in_the_last_second_of_8_march_a_sunday(region: Region) -> None:
    assert date(2026, 3, 8).weekday() == 6
    cases = [region.enter(number, "2026-02-10 09:00") for number in (1, 2)]
    for case in cases:
        region.to_prefecture(case, "2026-02-24 10:00")
        region.examine(region.bureau, case, "2026-03-06 10:00")
    in_time, late = cases
    region.recommend(region.bureau, [in_time], "2026-03-08 23:59:59")
    with pytest.raises(Refused) as refused:
        region.recommend(region.bureau, [late], "2026-03-08 24:00")
    assert refused.value.code == "deadline_over"
    assert (region.now(in_time).stage, region.now(late).stage) == ("region-review", "prefecture-recommend")
    with scope(SYSTEM):
        assert not CaseStage.objects.get(case=in_time, stage="prefecture-recommend").is_late


def test_s2_2_2_a_corrigendum_moves_the_date_and_the_late_prefecture_then_passes(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.to_prefecture(case, "2026-02-24 10:00")
    region.examine(region.bureau, case, "2026-03-06 10:00")
    with pytest.raises(Refused, match="deadline_over"):
        region.recommend(region.bureau, [case], "2026-03-09 09:00")
    longer = Corrigendum(
        "新工信更正〔2026〕1号",
        "平台故障，推荐期限顺延",
        (
            Change("batches.2026-1.moved.prefecture-recommend", "2026-03-10 24:00"),
            Change("batches.2026-1.moved.prefecture-papers", "2026-03-10 24:00"),
        ),
    )
    notice_id = region.batches[0].notice_id
    issue_corrigendum(
        actor=region.province, notice_id=notice_id, corrigendum=longer, at=moment("2026-03-09 10:00")
    )
    follow_all(moment("2026-03-09 10:01"))
    assert region.now(case).due_at == moment("2026-03-10 24:00")
    region.recommend(region.bureau, [case], "2026-03-10 23:59:59")
    region.bring(case, "2026-03-10 12:00")
    region.pass_region(case, "2026-03-11 10:00")
    assert region.now(case).stage == "region-publicity"


def test_s2_2_2_a_corrigendum_never_shortens(region: Region) -> None:
    shorter = Corrigendum(
        "新工信更正〔2026〕2号",
        "提前",
        (Change("batches.2026-1.moved.prefecture-recommend", "2026-03-07 24:00"),),
    )
    with pytest.raises(Refused, match="corrigendum_shortens"):
        issue_corrigendum(
            actor=region.province, notice_id=region.batches[0].notice_id, corrigendum=shorter,
            at=moment("2026-02-20 09:00"),
        )  # fmt: skip


def told(region: Region, number: int, case: Case) -> list[str]:
    _, firm = region.firms[number]
    with scope(firm):
        return list(
            inbox(firm).filter(entry__chain=case.chain).order_by("at", "pk").values_list("subject", flat=True)
        )


def test_s2_2_3_the_firm_is_told_to_prepare_paper_once_the_prefecture_agrees(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.to_prefecture(case, "2026-02-24 10:00")
    follow_all(moment("2026-02-24 10:01"))
    prepare = f"请准备纸质申请材料（{case.number}）"
    assert prepare not in told(region, 1, case), "the county's agreement is not the prefecture's"
    region.examine(region.bureau, case, "2026-03-06 10:00")
    follow_all(moment("2026-03-06 10:01"))
    follow_all(moment("2026-03-06 10:02"))
    assert told(region, 1, case).count(prepare) == 1
    _, firm = region.firms[1]
    with scope(firm):
        message = inbox(firm).get(subject=prepare)
    assert message.needs_action
    assert message.body == (
        "示例市工业和信息化局于 2026年3月6日 10:00 地（州、市）初核通过，同意推荐。请准备纸质申请材料："
        "《自治区专精特新中小企业申请书》和佐证材料 2 份（统一胶装成册。申请书从培育平台下载；"
        "另交可编辑word版和盖章后的扫描件PDF）；"
        "审计报告纸质版原件 1 份（单独放置，不胶装；另交审计报告电子原件）。"
        "备齐后送示例市工业和信息化局，由其汇总，于 2026年3月8日 24:00 前报送示例省工业和信息化厅。"
    )


def test_s2_2_3_a_firm_that_the_prefecture_refuses_prepares_no_paper(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.to_prefecture(case, "2026-02-24 10:00")
    at = moment("2026-02-25 09:00")
    actions.receive(actor=region.bureau, case_id=case.pk, expected_version=None, at=at)
    actions.refuse(actor=region.bureau, case_id=case.pk, expected_version=None, comment="细分市场不明", at=at)
    follow_all(moment("2026-02-25 09:01"))
    assert told(region, 1, case)[-1] == f"不予通过（{case.number}）"
    assert not [subject for subject in told(region, 1, case) if "纸质" in subject]


def test_s2_2_4_application_and_evidence_are_bound_into_one_volume(region: Region) -> None:
    paper = TEXT.paper("application")
    assert (paper.form, paper.by_firm, paper.copies) == ("bound", True, 2)
    assert paper.title == "《自治区专精特新中小企业申请书》和佐证材料"
    assert "统一胶装成册" in paper.text
    assert "培育平台下载" in paper.text


def test_s2_2_5_the_audit_report_comes_as_an_original_apart_and_unbound(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.to_region([case], "2026-03-06 10:00")
    actions.receive(
        actor=region.province, case_id=case.pk, expected_version=None, at=moment("2026-03-09 09:00")
    )
    bound_in = {**WHOLE, "audit-report": Counted(copies=1, is_original=True, is_apart=False)}
    region.bring(case, "2026-03-08 15:00", bound_in)
    region.check_credit(region.province, case, "2026-03-11 09:00")
    with pytest.raises(Refused) as refused:
        actions.pass_review(
            actor=region.province, case_id=case.pk, expected_version=None, comment="符合标准",
            at=moment("2026-03-11 10:00"),
        )  # fmt: skip
    assert refused.value.values["lacking"] == ["纸质材料已收齐"]


# ------------------------------------------------------------------ 二（三）审核认定


def test_s2_3_1_the_region_draws_a_sample_and_waits_for_the_visits_it_drew(region: Region) -> None:
    cases = [region.enter(number, "2026-02-10 09:00") for number in (1, 2, 3)]
    region.to_region(cases, "2026-03-06 10:00")
    for case in cases:
        region.bring(case, "2026-03-08 15:00")
    draw_sample(
        actor=region.province, batch_id=region.batches[0].pk, stage="region-review", rate_percent="10",
        seed="2026-03-10 公开抽取 07 21 33", at=moment("2026-03-10 09:00"),
    )  # fmt: skip
    with scope(SYSTEM):
        stages = CaseStage.objects.filter(stage="region-review", inspection="planned")
        (drawn,) = stages.values_list("case_id", flat=True)
    for case in cases:
        if case.pk == drawn:
            with pytest.raises(Refused) as refused:
                region.pass_region(case, "2026-03-11 10:00")
            assert refused.value.values["lacking"] == ["实地核查记录"]
            region.inspect(region.province, case, "2026-03-12 10:00")
            actions.pass_review(
                actor=region.province, case_id=case.pk, expected_version=None, comment="符合标准",
                at=moment("2026-03-12 11:00"),
            )  # fmt: skip
        else:
            region.pass_region(case, "2026-03-11 10:00")
    assert {region.now(case).stage for case in cases} == {"region-publicity"}


def test_s2_3_1_publicity_lasts_five_working_days_and_only_then_is_anybody_recognised(
    region: Region,
) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.to_region([case], "2026-03-06 10:00")
    region.bring(case, "2026-03-08 15:00")
    region.pass_region(case, "2026-03-11 10:00")
    published = region.publicise([case], "2026-03-12 10:00")
    # a Thursday; Friday, a weekend, Monday to Thursday
    assert published.period.upper == moment("2026-03-19 24:00")
    with pytest.raises(Refused, match="publicity_period_not_over"):
        region.recognise(published, [case], "2026-03-19 23:59:59")
    assert specialised(case) == []


def test_s2_3_2_an_upheld_objection_takes_one_firm_off_and_the_rest_are_recognised(region: Region) -> None:
    contested, other = (region.enter(number, "2026-02-10 09:00") for number in (1, 2))
    region.to_region([contested, other], "2026-03-06 10:00")
    for case in (contested, other):
        region.bring(case, "2026-03-08 15:00")
        region.pass_region(case, "2026-03-11 10:00")
    published = region.publicise([contested, other], "2026-03-12 10:00")
    with scope(SYSTEM):
        entry = published.entries.get(case=contested)
    objection = file_objection(
        actor=PUBLIC, entry_id=entry.pk, at=moment("2026-03-13 10:00"),
        content=Content(name="异议人", contact="objector@example.invalid", text="数据不实"),
    )  # fmt: skip
    accept_objection(actor=region.province, objection_id=objection.pk, at=moment("2026-03-13 11:00"))
    uphold_objection(
        actor=region.province, objection_id=objection.pk, decision="属实", reason="不符合申报条件",
        at=moment("2026-03-16 11:00"),
    )  # fmt: skip
    region.recognise(published, [other], "2026-03-20 10:00")
    assert (region.status(contested), region.status(other)) == ("not_recognised", "recognised")
    assert (len(specialised(contested)), len(specialised(other))) == (0, 1)


# ------------------------------------------------------------------ 三、工作要求


def test_s3_2_1_nothing_is_submitted_without_the_firms_own_declaration(region: Region) -> None:
    region.hold(1)
    case = region.fill(1, 1, "2026-02-10 09:00")
    _, firm = region.firms[1]
    with pytest.raises(Refused, match="declaration_missing"):
        actions.submit(
            actor=firm, case_id=case.pk, expected_version=None, declared=False, at=moment("2026-02-10 10:00")
        )
    declared = TEXT.choice("declaration")
    assert "准确性、真实性、合法性、有效性负责" in declared
    assert "不含涉密信息" in declared


def test_s3_2_2_evidence_must_be_whole_before_anything_is_submitted(region: Region) -> None:
    region.hold(1)
    case = opened(region, 1)
    _, firm = region.firms[1]
    with scope(firm):
        missing = completeness(case, at=moment("2026-02-10 09:00")).missing_evidence
    assert set(missing) == {
        "signed_application", "business_licence", "social_insurance", "audit_report", "product_note",
        "niche_note", "brand_documents", "digital_certificate", "property_certificates",
        "system_certificates",
    }  # fmt: skip
    with pytest.raises(Refused, match="case_incomplete"):
        region.submit(1, case, "2026-02-10 10:00")
    assert "附件1" in TEXT.evidence_note
    assert [annex.seen for annex in TEXT.annexes] == [False, False]


def test_s3_2_3_no_fee_and_no_agent(region: Region) -> None:
    with pytest.raises(Refused, match="agents_not_needed"):
        register_firm(
            actor=PUBLIC, uscc=demonstration_code(9), name="示例代理有限公司", area=scene.area(),
            contact=Contact(name="代理机构", is_employee=False), login=Login("agent", scene.PASSWORD),
            at=moment("2026-02-10 09:00"), demonstration=True,
        )  # fmt: skip
    assert TEXT.reminders[0] == "认定工作不收取任何费用。"
    assert "不需要也不建议通过任何中介机构" in TEXT.reminders[1]


def test_s3_3_1_the_region_passes_a_firm_only_when_its_papers_have_all_come(region: Region) -> None:
    case = region.enter(1, "2026-02-10 09:00")
    region.to_region([case], "2026-03-06 10:00")
    region.bring(case, "2026-03-07 10:00", {"application": Counted(copies=1, is_original=True)})
    with pytest.raises(Refused) as refused:
        region.pass_region(case, "2026-03-09 10:00")
    assert refused.value.values["lacking"] == ["纸质材料已收齐"]


def test_s3_3_1_papers_that_come_after_8_march_are_not_accepted(region: Region) -> None:
    in_time, late = (region.enter(number, "2026-02-10 09:00") for number in (1, 2))
    region.to_region([in_time, late], "2026-03-06 10:00")
    region.bring(in_time, "2026-03-08 23:59")
    region.bring(late, "2026-03-08 24:00")
    region.pass_region(in_time, "2026-03-11 10:00")
    with pytest.raises(Refused) as refused:
        region.pass_region(late, "2026-03-11 10:00")
    assert refused.value.values["lacking"] == ["纸质材料已收齐"]


def test_s3_3_1_a_letter_and_one_summary_table_go_with_the_recommendation(region: Region) -> None:
    region.hold(2, TitleKind.SPECIALISED, until="2026-06-30", batch_code="2023-1")
    cases = [region.enter(1, "2026-02-10 09:00"), region.enter(2, "2026-02-10 09:00", kind="re_review")]
    for case in cases:
        region.to_prefecture(case, "2026-02-24 10:00")
        region.examine(region.bureau, case, "2026-03-06 10:00")
    with pytest.raises(Refused) as refused:
        actions.recommend(
            actor=region.bureau, batch_id=cases[0].batch_id, case_versions={cases[0].pk: None},
            letter=actions.LetterText("示市工信〔2026〕9号", date(2026, 3, 6)), at=moment("2026-03-06 11:00"),
        )  # fmt: skip
    assert refused.value.values["lacking"] == ["正式文件扫描件"]
    with scope(region.bureau):
        own = office_by_code(scene.CITY)
        rows = Case.objects.filter(pk__in=[case.pk for case in cases]).select_related("title", "firm__area")
        sending = Sending(own, region.batches[0], LetterKind.RECOMMEND, list(rows))
        (paper,) = papers_made(sending)
        table = table_of(sending, paper)
    assert table.title == "2026年第一批自治区专精特新中小企业推荐汇总表"
    assert [row["kind"] for row in table.rows] == ["新申报", "复核"]


def test_s3_3_2_electronic_versions_go_to_the_offices_mailbox_under_one_name() -> None:
    delivery = TEXT.delivery("region")
    assert delivery.mailbox == "qyc@xjeic.gov.cn"
    assert delivery.package_of("昌吉州") == "昌吉州2026年第一批专精特新中小企业材料"
    assert {paper.id: paper.files for paper in TEXT.papers if paper.files} == {
        "specialised-recommendation-table": ("editable",),
        "application": ("editable", "scan"),
        "audit-report": ("issued",),
    }
    said = TEXT.sentence(delivery.mailbox_sentence).text
    assert delivery.mailbox in said
    assert delivery.package_of("xxx地州") in said


def test_s3_3_3_papers_go_by_post_to_the_address_in_the_notice() -> None:
    delivery = TEXT.delivery("region")
    assert TEXT.sentence(delivery.sentence).text == f"材料邮寄至{delivery.postal}。"
    assert {paper.delivery for paper in TEXT.papers} == {"region"}
    assert {paper.deadline for paper in TEXT.papers} == {"prefecture-papers"}


def test_s4_the_notice_names_fourteen_prefectures_with_their_office_numbers() -> None:
    offices = load_chain("xinjiang")
    prefectures = [office for office in offices.offices if office.level == "city"]
    listed = {contact.office: contact for contact in TEXT.directory if contact.office != "xinjiang"}
    assert len(prefectures) == len(listed) == 14
    for office in prefectures:
        contact = listed[office.code]
        assert (contact.name, contact.phones) == (office.name, office.phones)
        assert offices.above(office.code) == {"city": office.code, "province": "xinjiang"}
    assert (TEXT.phone, TEXT.directory[0].phones) == ("0991-4523449", ("0991-3762576",))
    assert not [
        phone for contact in TEXT.directory for phone in contact.phones if re.fullmatch(r"1\d{10}", phone)
    ]


# ------------------------------------------------------------------ the whole notice, word for word


def test_every_sentence_that_bears_on_the_flow_has_a_test_named_after_it() -> None:
    flow = {one.id for one in TEXT.sentences if one.flow}
    tested = {
        match[1].upper().replace("_", ".")
        for name in globals()
        if (match := re.match(r"test_(s\d+(?:_\d)*)_", name))
    }
    assert tested == flow


def test_sentences_and_headings_together_are_the_body_of_the_notice() -> None:
    body = "".join(read_text("notices", f"{NOTICE}.txt").split())
    first, numbers = (
        body.index("各地、州、市工业和信息化局："),
        body.index("1自治区工业和信息化厅0991-4523449"),
    )
    body = body[first:numbers] + body[body.index("本通知及附件可通过") : body.index("附件：1.企业提供")]
    said, waiting = "", dict(TEXT.headings)
    for one in TEXT.sentences:
        for start in [key for key in waiting if f"{one.id}.".startswith(f"{key}.")]:
            said += waiting.pop(start)
        said += one.text
    assert "".join(said.split()) == body
    assert waiting == {}


def test_each_reading_of_ours_is_marked_and_explained() -> None:
    assert {reading.mark for reading in TEXT.readings} == {"本系统理解"}
    assert all(reading.note and reading.sentences for reading in TEXT.readings)


def test_the_notice_of_the_tests_differs_only_in_its_offices() -> None:
    real, invented = notices.to_json(TEXT), notices.to_json(notice_of_shili())
    differing = {key for key in real | invented if real.get(key) != invented.get(key)}
    assert differing == {
        "id", "issuer", "issuer_name", "offices", "directory", "deliveries", "demonstration",
    }  # fmt: skip


def test_the_very_midnight_of_8_march_is_the_deadline() -> None:
    batch = TEXT.batch("2026-1")
    for rule in ("prefecture-recommend", "prefecture-papers"):
        at = notices.moment_of(TEXT, batch, TEXT.rule(rule))
        assert at == parse_moment("2026-03-08 24:00")
        assert at - batch.closes == timedelta(days=3)
