"""大连市 2026 年创新型中小企业申报和复核通知, sentence by sentence, from publishing to announcement.

Offices and firms are the invented 示例市's; every rule, reading and date is Dalian's own. Each test is named
after the sentence of the notice (rulebook/notices/dalian-2026-innovative.toml) that it follows.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import scene
from tests.journeys.city import City, moment, open_city

from tidu.aftermath.actions import follow_all, lapse_unrenewed
from tidu.applications import actions
from tidu.applications.contents import completeness
from tidu.applications.models import Case, CaseStage
from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.law import notices
from tidu.law.notices import Change, Corrigendum
from tidu.law.refusals import Refused, sentence
from tidu.messages.queries import inbox
from tidu.offices.actions import load_offices
from tidu.offices.enums import Role
from tidu.offices.models import Account
from tidu.programmes.actions import issue_corrigendum, publish_notice
from tidu.programmes.models import BatchDeadline
from tidu.publicity.actions import (
    Content,
    ListText,
    accept_objection,
    close_list,
    dismiss_objection,
    file_objection,
    publish_list,
    uphold_objection,
)
from tidu.records.queries import thaw, timeline
from tidu.records.verification import verify_all
from tidu.titles.actions import Announced, enter_existing_title
from tidu.titles.models import Title
from tidu.titles.queries import held, search_public

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(opened_city: City) -> City:
    return opened_city


def titles_of(case: Case) -> list[Title]:
    with scope(SYSTEM):
        return list(Title.objects.filter(firm=case.firm).order_by("validity"))


# ------------------------------------------------------------------ 从发布到公告


def test_s3_1_a_firm_walks_from_its_form_to_an_announced_title(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    assert city.now(case).office.code == scene.EAST  # type: ignore[union-attr]

    city.review(city.east, case, "2026-03-20 10:00")
    city.recommend(city.east, [case], "2026-04-03 10:00")
    assert city.now(case).office.code == scene.CITY  # type: ignore[union-attr]

    city.review(city.bureau, case, "2026-04-08 10:00")
    published = city.publish([case], "2026-04-09 10:00")
    assert city.status(case) == "listed"

    city.finish(published, [case], "2026-04-17 10:00")
    assert city.status(case) == "recognised"
    (title,) = titles_of(case)
    assert (title.validity.lower, title.validity.upper) == (date(2026, 4, 17), date(2029, 4, 17))
    with scope(PUBLIC):
        assert [found.pk for found in search_public(case.firm.uscc)] == [title.pk]


def test_every_act_of_the_journey_is_a_link_in_the_chain_of_its_case(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.finish(city.to_publicity([case], "2026-04-08 10:00"), [case], "2026-04-16 10:00")
    with scope(SYSTEM):
        acts = [entry.verb for entry in timeline(city.now(case).chain)]
        broken = list(verify_all())
    assert acts == [
        "open", "submit",
        "receive", "record_credit_check", "record_credit_check", "pass_review", "recommend",
        "receive", "record_credit_check", "record_credit_check", "pass_review",
        "record_credit_check", "record_credit_check", "list", "clear", "report",
        "record_credit_check", "record_credit_check", "announce",
    ]  # fmt: skip
    assert broken == []


def test_the_firm_and_its_offices_are_told_once_of_what_concerns_them(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    follow_all(moment("2026-03-16 09:01"))
    follow_all(moment("2026-03-16 09:02"))
    _, firm = city.firms[1]
    told = {}
    for name, actor in {"firm": firm, "east": city.east, "west": city.west}.items():
        with scope(actor):
            told[name] = inbox(actor).filter(entry__chain=case.chain).count()
    assert told == {"firm": 1, "east": 1, "west": 0}


# ------------------------------------------------------------------ 一、申报条件


def test_s1_1_only_firms_registered_under_the_issuing_city_may_enter(city: City) -> None:
    other = scene.firm_actor(2, area_code=scene.EAST)
    with scope(SYSTEM):
        dalian = scene_dalian_area()
    from tidu.enterprises.models import Firm

    with scope(SYSTEM):
        Firm.objects.filter(pk=other.firm_id or 0).update(area=dalian)
    assert other.firm_id is not None
    with pytest.raises(Refused) as refused:
        actions.open_case(
            actor=other,
            firm_id=other.firm_id,
            batch_id=city.batches[0].pk,
            kind="new",
            at=moment("2026-03-16 09:00"),
        )
    assert refused.value.code == "entry_under_another_office"


def scene_dalian_area() -> object:
    from tidu.offices.actions import load_offices
    from tidu.offices.queries import area_by_code

    load_offices(actor=SYSTEM, name="dalian", at=scene.AT)
    return area_by_code("dalian-zhongshan")


def test_s1_3_a_firm_on_the_abnormal_list_is_not_passed(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-03-17 09:00"))
    city.check_credit(city.east, case, "2026-03-17 09:00", listed=True)
    with pytest.raises(Refused) as refused:
        actions.pass_review(
            actor=city.east,
            case_id=case.pk,
            expected_version=None,
            comment="同意",
            at=moment("2026-03-17 10:00"),
        )
    assert refused.value.code == "act_incomplete"
    assert "信用查询记录" in sentence(refused.value)


def test_s1_3_credit_is_looked_up_again_before_publicity(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.review(city.east, case, "2026-03-17 09:00")
    city.recommend(city.east, [case], "2026-03-18 09:00")
    city.review(city.bureau, case, "2026-03-19 09:00")
    with pytest.raises(Refused):
        publish_list(
            actor=city.bureau,
            batch_id=case.batch_id,
            case_versions={case.pk: None},
            text=ListText("公示"),
            at=moment("2026-03-20 09:00"),
        )
    assert city.status(case) == "passed"


def test_s1_2_a_large_firm_is_found_not_to_meet_the_conditions_and_may_submit(city: City) -> None:
    """符合《中小企业划型标准规定》: manufacturing of 5000 people and 50亿元 is 大型."""
    firm, actor = city.firm(1), city.firms[1][1]
    case = city.fill(1, 1, "2026-03-16 09:00")
    for fact, raw in (("employees", "5000"), ("revenue", "500000"), ("total_assets", "600000")):
        with scope(actor):
            version = case.fields.get(fact=fact, period=2025).version
        actions.save_field(
            actor=firm, case_id=case.pk, fact=fact, period=2025, raw=raw, expected_version=version,
            at=moment("2026-03-16 09:30"),
        )  # fmt: skip
    submitted = city.submit(1, case, "2026-03-16 10:00")
    with scope(SYSTEM):
        frozen = thaw(submitted.snapshots.get().digest)
    size = next(clause for clause in _clauses(frozen["verdict"]["clauses"]) if "划型" in clause["label"])
    assert (city.now(case).status, size["outcome"]) == ("in_review", "unmet")


def _clauses(clause: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield clause
    for part in clause["parts"]:
        yield from _clauses(part)


def test_s1_4_a_firm_below_the_standard_is_warned_and_may_submit(city: City) -> None:
    city.firm(1, shape="weak")
    case = city.fill(1, 1, "2026-03-16 09:00", shape="weak")
    city.submit(1, case, "2026-03-16 10:00")
    submitted = city.now(case)
    assert (submitted.status, submitted.verdict) == ("in_review", "unmet")


# ------------------------------------------------------------------ 三、组织实施：在哪里办


def test_s3_0_1_every_page_says_where_the_filing_is_made_and_the_firm_keeps_its_receipt(city: City) -> None:
    """企业均需在优质中小企业梯度培育平台…进行线上操作: this system says that it is not that platform."""
    for address in ("/", f"/notices/{city.batches[0].notice.slug}/"):
        shown = Client().get(address).content.decode()
        assert "本系统不是国家优质中小企业梯度培育平台" in shown
        assert 'href="https://zjtx.miit.gov.cn"' in shown
    case = city.apply(1, 1, "2026-03-16 09:00")
    actions.note_national_platform(
        actor=city.firms[1][1], case_id=case.pk, status="已提交", receipt="LN-0001",
        at=moment("2026-03-16 11:00"),
    )  # fmt: skip
    with scope(city.east):
        seen = Case.objects.get(pk=case.pk)
    assert (seen.national_status, seen.national_receipt) == ("已提交", "LN-0001")


# ------------------------------------------------------------------ 二、申报时间


def test_s2_1_four_batches_one_for_each_quarter(city: City) -> None:
    assert [batch.title for batch in city.batches] == [
        "2026年度第一批", "2026年度第二批", "2026年度第三批", "2026年度第四批",
    ]  # fmt: skip


def test_s2_2_the_window_had_opened_before_the_notice_was_published(city: City) -> None:
    assert city.batches[0].opens_at == moment("2026-01-01 00:00")
    assert city.batches[0].notice.published_at > city.batches[0].opens_at


def test_s2_2_the_window_is_open_in_its_last_second_and_closed_at_24_00(city: City) -> None:
    city.firm(1)
    city.firm(2)
    in_time, too_late = city.fill(1, 1, "2026-03-31 09:00"), city.fill(2, 1, "2026-03-31 09:00")
    city.submit(1, in_time, "2026-03-31 23:59:59")
    with pytest.raises(Refused) as refused:
        city.submit(2, too_late, "2026-03-31 24:00")
    assert city.status(in_time) == "in_review"
    assert refused.value.code == "entry_closed"
    assert city.status(too_late) == "draft"


# ------------------------------------------------------------------ 三（一）申报


def test_s3_1_1_1_the_form_must_be_filled_whole_with_its_papers(city: City) -> None:
    firm = city.firm(1)
    assert firm.firm_id is not None
    case = actions.open_case(
        actor=firm,
        firm_id=firm.firm_id,
        batch_id=city.batches[0].pk,
        kind="new",
        at=moment("2026-03-16 09:00"),
    )
    with scope(firm):
        missing = completeness(case, at=moment("2026-03-16 09:00")).missing_evidence
    assert set(missing) == {
        "signed_form", "business_licence", "social_insurance", "audit_report", "product_note",
        "property_certificates",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        city.submit(1, case, "2026-03-16 10:00")
    assert refused.value.code == "case_incomplete"


def test_s3_1_1_1_without_the_declaration_nothing_is_submitted(city: City) -> None:
    firm = city.firm(1)
    case = city.fill(1, 1, "2026-03-16 09:00")
    with pytest.raises(Refused) as refused:
        actions.submit(
            actor=firm, case_id=case.pk, expected_version=None, declared=False, at=moment("2026-03-16 10:00")
        )
    assert refused.value.code == "declaration_missing"


def test_s3_1_1_2_refused_in_one_batch_a_firm_applies_again_in_a_later_one(city: City) -> None:
    firm = city.firm(1)
    case = city.apply(1, 1, "2026-03-16 09:00")
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-03-17 09:00"))
    actions.refuse(
        actor=city.east,
        case_id=case.pk,
        expected_version=None,
        comment="佐证不足",
        at=moment("2026-03-18 09:00"),
    )
    with pytest.raises(Refused) as same_batch:
        actions.copy_case(
            actor=firm, case_id=case.pk, batch_id=city.batches[0].pk, at=moment("2026-03-19 09:00")
        )
    assert same_batch.value.code == "same_batch_again"
    with pytest.raises(Refused) as edited:
        actions.save_field(
            actor=firm, case_id=case.pk, fact="revenue", period=2025, raw="1", expected_version=1,
            at=moment("2026-03-19 09:00"),
        )  # fmt: skip
    assert edited.value.code == "field_closed"

    copy = actions.copy_case(
        actor=firm, case_id=case.pk, batch_id=city.batches[1].pk, at=moment("2026-04-02 09:00")
    )
    city.submit(1, copy, "2026-04-02 10:00")
    with scope(firm):
        carried_over = copy.fields.count(), copy.evidence.count()
        original = case.fields.count(), case.evidence.count()
    assert carried_over == original
    assert (city.status(case), city.status(copy)) == ("not_recognised", "in_review")
    assert city.now(case).reason == "佐证不足"


def test_s3_1_2_1_the_county_asks_to_mend_and_only_the_marked_fields_open(city: City) -> None:
    firm = city.firm(1)
    case = city.apply(1, 1, "2026-03-16 09:00")
    due = city.now(case).due_at
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-03-17 09:00"))
    actions.return_for_mending(
        actor=city.east, case_id=case.pk, expected_version=None, comment="请核对营业收入",
        fields=["revenue"], evidence=["audit_report"], at=moment("2026-03-18 09:00"),
    )  # fmt: skip
    assert city.status(case) == "returned"

    actions.save_field(
        actor=firm, case_id=case.pk, fact="revenue", period=2025, raw="6900", expected_version=1,
        at=moment("2026-03-19 09:00"),
    )  # fmt: skip
    with pytest.raises(Refused) as closed:
        actions.save_field(
            actor=firm, case_id=case.pk, fact="rd_expense", period=2025, raw="900", expected_version=1,
            at=moment("2026-03-19 09:00"),
        )  # fmt: skip
    assert closed.value.code == "field_closed"

    mended = actions.resubmit(
        actor=firm, case_id=case.pk, expected_version=None, declared=True, at=moment("2026-03-20 09:00")
    )
    assert (mended.status, mended.round, mended.due_at) == ("in_review", 2, due)


def test_s3_1_2_1_a_recommendation_is_a_formal_letter_with_a_number(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.review(city.east, case, "2026-03-17 09:00")
    letter = actions.LetterText("示东工信〔2026〕1号", date(2026, 4, 1), undrawn_reason="逐家书面审核。")
    with pytest.raises(Refused) as without_scan:
        actions.recommend(
            actor=city.east, batch_id=case.batch_id, case_versions={case.pk: None},
            letter=letter, at=moment("2026-04-01 09:00"),
        )  # fmt: skip
    assert "正式文件扫描件" in sentence(without_scan.value)
    with pytest.raises(Refused) as without_number:
        actions.recommend(
            actor=city.east, batch_id=case.batch_id, case_versions={case.pk: None},
            letter=actions.LetterText(" ", date(2026, 4, 1)), at=moment("2026-04-01 09:00"),
        )  # fmt: skip
    assert without_number.value.code == "letter_number_missing"
    assert city.status(case) == "passed"


def test_s3_1_2_1_each_county_works_in_its_own_area_and_a_hand_over_is_recorded(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    with scope(city.west):
        assert not Case.objects.filter(pk=case.pk).exists()
    with scope(SYSTEM):
        west = scene.area(scene.WEST).office
    actions.hand_over(
        actor=city.east, case_id=case.pk, expected_version=None, office_id=west.pk,
        comment="企业注册地在西区", at=moment("2026-03-17 09:00"),
    )  # fmt: skip
    city.review(city.west, case, "2026-03-18 09:00")
    with scope(city.east):
        assert Case.objects.filter(pk=case.pk).exists(), "who handed a case over keeps it in sight"
        assert "hand_over" in [entry.verb for entry in timeline(case.chain)]


def test_s3_1_2_2_the_city_checks_a_second_time_and_may_refuse(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.review(city.east, case, "2026-03-17 09:00")
    city.recommend(city.east, [case], "2026-04-01 09:00")
    actions.receive(actor=city.bureau, case_id=case.pk, expected_version=None, at=moment("2026-04-02 09:00"))
    actions.refuse(
        actor=city.bureau, case_id=case.pk, expected_version=None, comment="收入口径不一致",
        at=moment("2026-04-03 09:00"),
    )  # fmt: skip
    with scope(city.east):
        assert Case.objects.get(pk=case.pk).status == "not_recognised"


def test_s3_1_2_2_publicity_lasts_five_working_days_from_the_next_day(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    published = city.to_publicity([case], "2026-04-08 10:00")
    # a Wednesday; Thursday and Friday, a weekend, Monday to Wednesday
    assert published.period.upper == moment("2026-04-15 24:00")
    with pytest.raises(Refused) as early:
        close_list(actor=city.bureau, list_id=published.pk, at=moment("2026-04-15 23:59:59"))
    assert early.value.code == "publicity_period_not_over"
    close_list(actor=city.bureau, list_id=published.pk, at=moment("2026-04-15 24:00"))
    assert city.status(case) == "passed"


@pytest.mark.parametrize(("upheld", "ending"), [(True, "not_recognised"), (False, "recognised")])
def test_s3_1_2_2_an_objection_stops_one_firm_while_the_rest_go_on(
    city: City, upheld: bool, ending: str
) -> None:
    contested, other = city.apply(1, 1, "2026-03-16 09:00"), city.apply(2, 1, "2026-03-16 09:00")
    published = city.to_publicity([contested, other], "2026-04-08 10:00")
    with scope(SYSTEM):
        entry = published.entries.get(case=contested)
    objection = file_objection(
        actor=PUBLIC,
        entry_id=entry.pk,
        content=Content(name="异议人", contact="objector@example.invalid", text="数据不实"),
        at=moment("2026-04-09 10:00"),
    )
    accept_objection(actor=city.bureau, objection_id=objection.pk, at=moment("2026-04-10 10:00"))
    assert (city.status(contested), city.status(other)) == ("suspended", "listed")
    if upheld:
        uphold_objection(
            actor=city.bureau, objection_id=objection.pk, decision="属实", reason="经核实不符合条件",
            at=moment("2026-04-14 10:00"),
        )  # fmt: skip
    else:
        dismiss_objection(
            actor=city.bureau, objection_id=objection.pk, decision="不属实", at=moment("2026-04-14 10:00")
        )
    city.finish(published, [other] if upheld else [contested, other], "2026-04-17 10:00")
    assert (city.status(contested), city.status(other)) == (ending, "recognised")
    assert len(titles_of(contested)) == (0 if upheld else 1)


def test_s3_1_3_the_province_announces_only_what_the_city_has_filed(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    published = city.to_publicity([case], "2026-04-08 10:00")
    close_list(actor=city.bureau, list_id=published.pk, at=moment("2026-04-16 10:00"))
    from tidu.publicity.actions import AnnouncementText, announce

    with pytest.raises(Refused):
        announce(
            actor=city.province, batch_id=case.batch_id, case_versions={case.pk: None},
            text=AnnouncementText("公告1号", "公告", date(2026, 4, 17)), at=moment("2026-04-17 10:00"),
        )  # fmt: skip
    assert city.status(case) == "passed"
    assert titles_of(case) == []


# ------------------------------------------------------------------ 三（二）复核


def older_title(city: City, number: int, batch_code: str = "2023-1", until: str = "2026-04-30") -> Title:
    """A title that the province announced in 2023, before this register began."""
    city.firm(number)
    firm, _ = city.firms[number]
    with scope(SYSTEM):
        office = scene.area(scene.EAST).office.parent.parent  # type: ignore[union-attr]
        announced = Announced(
            firm=firm, kind="innovative", office=office, number="示工信公告〔2023〕1号",  # type: ignore[arg-type]
            on=date(2023, 5, 1), batch_code=batch_code, batch_label="2023年度第一批",
        )  # fmt: skip
    return enter_existing_title(
        actor=city.province,
        announced=announced,
        valid_from=date(2023, 5, 1),
        valid_until=date.fromisoformat(until),
        at=moment("2026-02-02 09:00"),
    )


def test_s3_2_1_a_title_of_2023_is_re_reviewed_in_the_corresponding_batch(city: City) -> None:
    older_title(city, 1)
    firm, actor = city.firms[1]
    with pytest.raises(Refused) as other_batch:
        actions.open_case(
            actor=actor, firm_id=firm.pk, batch_id=city.batches[1].pk, kind="re_review",
            at=moment("2026-04-02 09:00"),
        )  # fmt: skip
    assert other_batch.value.code == "entry_re_review_elsewhere"
    case = city.apply(1, 1, "2026-03-16 09:00", kind="re_review")
    city.finish(city.to_publicity([case], "2026-04-08 10:00"), [case], "2026-04-16 10:00")
    older, renewed = titles_of(case)
    assert renewed.previous_id == older.pk
    assert renewed.validity.lower == older.validity.upper, "no gap and no overlap"


def test_s3_2_1_a_firm_that_holds_the_title_does_not_apply_anew(city: City) -> None:
    older_title(city, 1)
    firm, actor = city.firms[1]
    with pytest.raises(Refused) as refused:
        actions.open_case(
            actor=actor,
            firm_id=firm.pk,
            batch_id=city.batches[0].pk,
            kind="new",
            at=moment("2026-03-16 09:00"),
        )
    assert refused.value.code == "entry_title_held"


def test_s3_2_2_a_title_lapses_when_its_re_review_is_refused(city: City) -> None:
    title = older_title(city, 1)
    case = city.apply(1, 1, "2026-03-16 09:00", kind="re_review")
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-03-17 09:00"))
    actions.refuse(
        actor=city.east, case_id=case.pk, expected_version=None, comment="不再符合条件",
        at=moment("2026-03-18 09:00"),
    )  # fmt: skip
    follow_all(moment("2026-03-18 09:01"))
    with scope(SYSTEM):
        title.refresh_from_db()
    assert (title.status, title.ended_on) == ("lapsed", date(2026, 3, 18))


def test_s3_2_2_a_title_lapses_by_itself_when_no_one_applied(city: City) -> None:
    title = older_title(city, 1, until="2026-03-31")
    firm, _ = city.firms[1]
    lapse_unrenewed(at=moment("2026-03-31 23:59"))
    with scope(SYSTEM):
        assert held(firm, at=moment("2026-03-31 23:59")) == [title]
    lapse_unrenewed(at=moment("2026-04-01 00:30"))
    lapse_unrenewed(at=moment("2026-04-01 01:30"))
    with scope(SYSTEM):
        title.refresh_from_db()
        lapses = [entry.verb for entry in timeline(title.chain)].count("lapse")
        assert held(firm, at=moment("2026-04-01 01:30")) == []
    assert (title.status, lapses) == ("lapsed", 1)


# ------------------------------------------------------------------ 四、工作要求


def test_s4_2_2_nobody_registers_for_a_firm_but_its_own_employee(city: City) -> None:
    from tidu.enterprises.actions import Contact, Login, register_firm
    from tidu.law.identity import demonstration_code

    with pytest.raises(Refused) as refused:
        register_firm(
            actor=PUBLIC, uscc=demonstration_code(9), name="示例代理有限公司", area=scene.area(),
            contact=Contact(name="代理机构", is_employee=False), login=Login("agent", scene.PASSWORD),
            at=moment("2026-03-16 09:00"), demonstration=True,
        )  # fmt: skip
    assert refused.value.code == "agents_not_needed"


def test_s4_2_2_the_list_to_prepare_says_that_nobody_was_commissioned(city: City) -> None:
    client = Client()
    with scope(SYSTEM):
        client.force_login(Account.objects.get(pk=city.firm(1).account_id or 0))
    shown = client.get(f"/enterprise/batches/{city.batches[0].pk}/").content.decode()
    assert "从未委托任何单位或个人为企业代理创新型中小企业评价事宜，企业无须通过任何中介机构" in shown


def test_s4_2_1_what_has_not_been_reviewed_is_not_recommended(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    with pytest.raises(Refused) as refused:
        city.recommend(city.east, [case], "2026-04-01 10:00")
    assert refused.value.code == "act_not_allowed"
    assert city.status(case) == "in_review"


def test_s4_3_1_cases_are_judged_by_the_standard_of_2022(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    with scope(SYSTEM):
        frozen = thaw(city.now(case).snapshots.get().digest)
    assert (city.now(case).standard, frozen["verdict"]["standard"]["id"]) == ("2022-innovative-liaoning",) * 2


def test_s4_3_2_a_later_batch_changes_to_the_new_standard_by_corrigendum(city: City) -> None:
    corrigendum = Corrigendum(
        "示工信〔2026〕99号", "新标准发布", (Change("batches.2026-4.standard", "2022-innovative"),)
    )
    issue_corrigendum(
        actor=city.bureau,
        notice_id=city.batches[0].notice_id,
        corrigendum=corrigendum,
        at=moment("2026-09-01 09:00"),
    )
    with scope(SYSTEM):
        standards = [batch.standard for batch in city.batches[0].notice.batches.order_by("position")]
    assert standards == ["2022-innovative-liaoning"] * 3 + ["2022-innovative"]


def test_s4_4_a_county_that_recommends_after_ten_days_is_recorded_as_late(city: City) -> None:
    in_time, late = city.apply(1, 1, "2026-03-16 09:00"), city.apply(2, 1, "2026-03-16 09:00")
    for case in (in_time, late):
        city.review(city.east, case, "2026-03-20 09:00")
    city.recommend(city.east, [in_time], "2026-04-10 23:59")
    city.recommend(city.east, [late], "2026-04-10 24:00")
    with scope(SYSTEM):
        marks = [
            CaseStage.objects.get(case=case, stage="county-recommend").is_late for case in (in_time, late)
        ]
    assert marks == [False, True]
    assert city.status(late) == "in_review", "the notice does not say that late is refused"


def test_s4_4_where_the_reading_is_hard_a_late_county_is_refused_until_a_corrigendum() -> None:
    city = open_city(recommend_mode="hard")
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.review(city.east, case, "2026-03-20 09:00")
    with pytest.raises(Refused) as refused:
        city.recommend(city.east, [case], "2026-04-11 09:00")
    assert refused.value.code == "deadline_over"
    longer = Corrigendum(
        "示工信〔2026〕97号",
        "延长推荐期限",
        (Change("batches.2026-1.moved.county-recommend", "2026-04-15 24:00"),),
    )
    issue_corrigendum(
        actor=city.bureau, notice_id=case.batch.notice_id, corrigendum=longer, at=moment("2026-04-11 10:00")
    )
    follow_all(moment("2026-04-11 10:01"))
    assert city.now(case).due_at == moment("2026-04-15 24:00")
    city.recommend(city.east, [case], "2026-04-11 11:00")
    assert city.status(case) == "in_review"


def test_s4_4_a_corrigendum_never_shortens(city: City) -> None:
    shorter = Corrigendum(
        "示工信〔2026〕96号", "缩短", (Change("batches.2026-1.moved.county-recommend", "2026-04-05 24:00"),)
    )
    with pytest.raises(Refused) as refused:
        issue_corrigendum(
            actor=city.bureau,
            notice_id=city.batches[0].notice_id,
            corrigendum=shorter,
            at=moment("2026-03-01 09:00"),
        )
    assert refused.value.code == "corrigendum_shortens"
    with scope(SYSTEM):
        assert BatchDeadline.objects.get(batch=city.batches[0]).at == moment("2026-04-10 24:00")


def test_s4_5_the_page_of_dalians_own_notice_lists_thirteen_units_with_their_telephones(db: None) -> None:
    at = moment("2026-02-02 09:00")
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="dalian", at=at)
    text = notices.load("dalian-2026-innovative")
    publish_notice(actor=SYSTEM, notice=text, at=at)
    shown = Client().get("/notices/dalian-2026-innovative/").content.decode()
    assert len(text.directory) == 13
    for contact in text.directory:
        assert f'{contact.name}</td><td class="nowrap">{"、".join(contact.phones)}<' in shown


def test_a_clerk_prepares_and_a_leader_signs(city: City) -> None:
    clerk = scene.office_actor(scene.EAST, Role.CLERK, "east-clerk")
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.review(clerk, case, "2026-03-17 09:00")
    with pytest.raises(Refused) as refused:
        city.recommend(clerk, [case], "2026-04-01 09:00")
    assert refused.value.code == "act_not_allowed"
    city.recommend(city.east, [case], "2026-04-01 10:00")


def test_a_firm_may_withdraw_until_it_is_recognised(city: City) -> None:
    case = city.apply(1, 1, "2026-03-16 09:00")
    _, firm = city.firms[1]
    published = city.to_publicity([case], "2026-04-08 10:00")
    actions.withdraw(
        actor=firm, case_id=case.pk, expected_version=None, reason="暂不申报", at=moment("2026-04-09 09:00")
    )
    follow_all(moment("2026-04-09 09:01"))
    close_list(actor=city.bureau, list_id=published.pk, at=moment("2026-04-16 10:00") + timedelta(days=1))
    assert city.status(case) == "withdrawn"


def test_s3_0_2_a_letter_sent_on_paper_in_time_and_entered_later_is_not_late(city: City) -> None:
    """各级部门审核、公示、评审等工作采取线上与线下相结合的方式进行。"""
    case = city.apply(1, 1, "2026-03-16 09:00")
    city.review(city.east, case, "2026-03-20 09:00")
    actions.recommend(
        actor=city.east,
        batch_id=case.batch_id,
        case_versions={case.pk: None},
        letter=city.letter(city.east, "2026-04-12 09:00"),
        offline=actions.Offline(event_on=date(2026, 4, 10), source_address="东区科工信局档案柜"),
        at=moment("2026-04-12 09:00"),
    )
    with scope(SYSTEM):
        stage = CaseStage.objects.get(case=case, stage="county-recommend")
        entry = timeline(city.now(case).chain).last()
    assert not stage.is_late
    assert entry is not None
    assert entry.content["offline"]["event_on"] == "2026-04-10"


def test_what_an_officer_found_is_frozen_beside_what_the_firm_stated(city: City) -> None:
    firm = city.firm(1)
    case = city.apply(1, 1, "2026-03-16 09:00")
    actions.receive(actor=city.east, case_id=case.pk, expected_version=None, at=moment("2026-03-17 09:00"))
    actions.record_finding(
        actor=city.east, case_id=case.pk, fact="rd_expense", period=2025, value=100, reason="凭证不足",
        at=moment("2026-03-17 10:00"),
    )  # fmt: skip
    actions.return_for_mending(
        actor=city.east, case_id=case.pk, expected_version=None, comment="请核对",
        fields=["revenue"], evidence=[], at=moment("2026-03-18 09:00"),
    )  # fmt: skip
    actions.resubmit(
        actor=firm, case_id=case.pk, expected_version=None, declared=True, at=moment("2026-03-19 09:00")
    )
    with scope(firm):
        first, second = (
            thaw(one.digest) for one in case.snapshots.filter(kind="submission").order_by("round")
        )
    assert second["facts"]["values"]["rd_expense"] == first["facts"]["values"]["rd_expense"]
    assert (first["findings"], [one["fact"] for one in second["findings"]]) == ([], ["rd_expense"])
