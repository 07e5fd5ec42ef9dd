"""Acts on many cases: a verdict for each before the act, and nothing touched that was not shown."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests import cases, scene
from tests.flows.portals_office.desk import officer, signed_in, source, words
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case, Letter
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.calendars import legal_day, parse_moment
from tidu.offices.enums import Role
from tidu.publicity.actions import ListText, close_list, publish_list
from tidu.publicity.models import Announcement, PublicityList

pytestmark = pytest.mark.usefixtures("round_")

QUERIES = 13


def stage(round_: cases.Round, name: str) -> str:
    return f"/office/batches/{round_.batch.pk}/stages/{name}/"


def boxes(*chosen: Case) -> list[str]:
    """What the page's boxes send: each case with the version that it shows."""
    return [f"{case.pk}:{cases.again(case).version}" for case in chosen]


@beginning
def passed(opened_round: cases.Round) -> list[Case]:
    """Two cases that wait for the district's letter."""
    return [
        cases.passed(opened_round, opened_round.east, cases.submitted(opened_round, number))
        for number in (1, 2)
    ]


def letter(client_office: Actor, number: str = "示区工信〔2026〕1号") -> dict[str, str]:
    scan = cases.scan(client_office)
    return {
        "number": number,
        "issued_on": "2026-03-16",
        "scan": f"{scan}/推荐文件.pdf",
        "undrawn_reason": cases.UNDRAWN,
    }


@pytest.fixture
def east(round_: cases.Round) -> Client:
    """The very person who sent the scans of the story."""
    return signed_in(round_.east)


def test_waiting_cases_are_shown_with_a_verdict_for_each(
    round_: cases.Round, east: Client, passed: list[Case]
) -> None:
    page = source(east.get(stage(round_, "county-recommend")))

    for box in boxes(*passed):
        assert f'value="{box}"' in page
    assert "共 2 家，2 家可以办理" in page


@pytest.mark.parametrize("count", [1, 50])
def test_page_takes_as_many_queries_for_fifty_cases_as_for_one(
    round_: cases.Round, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, count + 1):
        cases.passed(round_, round_.east, cases.submitted(round_, number))
    east = signed_in(round_.east)
    east.get(stage(round_, "county-recommend"))

    with django_assert_num_queries(QUERIES):
        page = east.get(stage(round_, "county-recommend"))

    assert f"共 {count} 家" in words(page)


def test_recommending_takes_the_ticked_cases_and_leaves_the_others(
    round_: cases.Round, east: Client, passed: list[Case]
) -> None:
    answer = east.post(stage(round_, "county-recommend"), {**letter(round_.east), "case": boxes(passed[0])})

    assert answer.headers["Location"] == f"/office/batches/{round_.batch.pk}/"
    assert cases.again(passed[0]).stage == "city-review"
    assert cases.again(passed[1]).stage == "county-recommend"
    assert "示区工信〔2026〕1号" in words(east.get(f"/office/batches/{round_.batch.pk}/"))


def test_case_that_moved_meanwhile_stops_the_whole_letter(
    round_: cases.Round, east: Client, passed: list[Case]
) -> None:
    shown = [f"{passed[0].pk}:{cases.again(passed[0]).version}", f"{passed[1].pk}:1"]

    answer = east.post(stage(round_, "county-recommend"), {**letter(round_.east), "case": shown})

    assert answer.status_code == 409
    assert passed[1].number in words(answer)
    assert cases.again(passed[0]).stage == "county-recommend"
    with scope(SYSTEM):
        assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": " "}, "文号"),
        ({"scan": ""}, "请上传文件"),
        ({"case": []}, "没有选择企业"),
        ({"case": ["nonsense", "1:x"]}, "没有选择企业"),
        ({"offline_on": "2026-03-17", "offline_source": "档案"}, "补录只登记已经发生的办理"),
    ],
)
def test_letter_that_does_not_hold_keeps_everything_typed(
    round_: cases.Round, east: Client, passed: list[Case], changed: dict[str, str], sentence: str
) -> None:
    said = {**letter(round_.east), "case": boxes(*passed), **changed}

    answer = east.post(stage(round_, "county-recommend"), said)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="2026-03-16"' in source(answer)
    assert cases.again(passed[0]).stage == "county-recommend"


def test_scan_of_somebody_else_is_refused(round_: cases.Round, east: Client, passed: list[Case]) -> None:
    foreign = {**letter(round_.west), "case": boxes(*passed)}

    assert east.post(stage(round_, "county-recommend"), foreign).status_code == 403


def test_letter_done_on_paper_is_entered_with_its_source(
    round_: cases.Round, east: Client, passed: list[Case]
) -> None:
    said = {
        **letter(round_.east),
        "case": boxes(*passed),
        "offline_on": "2026-03-16",
        "offline_source": "机要室",
    }

    assert east.post(stage(round_, "county-recommend"), said).status_code == 302

    assert "来源 机要室" in words(east.get(f"/office/cases/{passed[0].pk}/"))


def test_clerk_sees_the_list_and_learns_who_signs(round_: cases.Round, passed: list[Case]) -> None:
    page = words(officer(scene.EAST, Role.CLERK).get(stage(round_, "county-recommend")))

    assert "0 家可以办理" in page
    assert "须由签发岗位办理" in page


def test_auditor_sees_the_list_and_may_not_post(round_: cases.Round, passed: list[Case]) -> None:
    auditor = officer(scene.EAST, Role.AUDITOR)

    assert auditor.get(stage(round_, "county-recommend")).status_code == 200
    assert auditor.post(stage(round_, "county-recommend"), {"case": boxes(*passed)}).status_code == 403


def test_office_above_finds_nothing_at_a_stage_below(round_: cases.Round, passed: list[Case]) -> None:
    assert "没有等待办理的企业" in words(officer(scene.CITY).get(stage(round_, "county-recommend")))


@pytest.mark.parametrize("name", ["county-review", "nowhere"])
def test_review_is_no_act_on_many(round_: cases.Round, east: Client, name: str) -> None:
    assert east.get(stage(round_, name)).status_code == 404


def test_credit_is_entered_for_many_before_the_list(round_: cases.Round) -> None:
    waiting = cases.passed(round_, round_.east, cases.submitted(round_))
    cases.recommended(round_, round_.east, [waiting])
    waiting = cases.passed(round_, round_.city, waiting)
    city, there = signed_in(round_.city), stage(round_, "city-publicity")

    assert "1 家只缺信用查询" in words(city.get(there))
    city.post(f"{there}credit/", {"check": [waiting.pk]})
    assert "1 家只缺信用查询" in words(city.get(there))
    city.post(f"{there}credit/", {"check": [waiting.pk, 999_999], "looked_up": "1"})

    assert "共 1 家，1 家可以办理" in words(city.get(there))


def test_list_is_published_with_the_period_that_the_page_foretold(round_: cases.Round) -> None:
    waiting = cases.to_publicity(round_, (1, 2))
    city = signed_in(round_.city)
    assert "2026年3月24日 24:00" in words(city.get(stage(round_, "city-publicity")))

    said = {"title": "2026年度第一批拟公告名单公示", "contact": "000-00000000", "case": boxes(*waiting)}
    assert city.post(stage(round_, "city-publicity"), said).status_code == 302

    with scope(SYSTEM):
        published = PublicityList.objects.get()
    assert published.period.upper.isoformat() == "2026-03-24T16:00:00+00:00"
    assert cases.again(waiting[0]).status == "listed"


def test_page_stays_and_only_the_act_is_refused_while_next_years_calendar_is_lacking(
    round_: cases.Round,
) -> None:
    """五个工作日 from 30 December run into a year whose holidays nobody has announced yet."""
    waiting = cases.to_publicity(round_, (1,))
    round_.at = parse_moment("2098-12-30 10:00")
    city, there = signed_in(round_.city), stage(round_, "city-publicity")
    shown = city.get(there)
    assert shown.status_code == 200
    assert "现在不能发布：2098年的法定节假日和调休安排尚未录入" in words(shown)
    said = {"title": "公示", "contact": "000-00000000", "case": boxes(*waiting)}
    refused = city.post(there, said)
    assert (refused.status_code, cases.again(waiting[0]).status) == (422, "passed")


def test_list_may_be_open_longer_and_not_shorter(round_: cases.Round) -> None:
    waiting = cases.to_publicity(round_, (1,))
    city, said = signed_in(round_.city), {"title": "公示", "contact": "000-00000000", "case": boxes(*waiting)}

    early = city.post(stage(round_, "city-publicity"), {**said, "closes_on": "2026-03-20"})
    late = city.post(stage(round_, "city-publicity"), {**said, "closes_on": "2026-03-31"})

    assert early.status_code == 422
    assert "至少公示到 2026年3月24日 24:00" in words(early)
    assert late.status_code == 302


def test_province_announces_what_was_reported(round_: cases.Round) -> None:
    waiting = _reported(round_)
    province = signed_in(round_.province)
    there = stage(round_, "province-announce")
    assert "有效期 2026年3月" in words(province.get(there))

    said = {
        "number": "示工信公告〔2026〕1号",
        "title": "2026年度第一批创新型中小企业名单公告",
        "announced_on": legal_day(round_.at).isoformat(),
        "valid_from": "",
        "scan": f"{cases.scan(round_.province)}/公告.pdf",
        "case": boxes(waiting),
    }
    assert province.post(there, said).status_code == 302

    assert cases.again(waiting).status == "recognised"
    with scope(SYSTEM):
        assert Announcement.objects.get().number == "示工信公告〔2026〕1号"


def test_batch_page_shows_every_stage_and_whose_it_is(
    round_: cases.Round, east: Client, passed: list[Case]
) -> None:
    page = words(east.get(f"/office/batches/{round_.batch.pk}/"))

    for said in (
        "区级审核",
        "区级推荐",
        "市级公示",
        "省级公告",
        "待推荐 2",
        "2026年4月10日 24:00",
        "本系统理解",
    ):
        assert said in page


def test_list_of_batches_counts_what_the_office_sees(
    round_: cases.Round, east: Client, passed: list[Case]
) -> None:
    assert round_.batch.title in words(east.get("/office/batches/"))


def _reported(round_: cases.Round) -> Case:
    """Listed, cleared, reported to the province, and looked up there."""
    (waiting,) = cases.to_publicity(round_, (1,))
    published = publish_list(
        actor=round_.city,
        batch_id=round_.batch.pk,
        case_versions={waiting.pk: None},
        text=ListText("公示", "000-00000000"),
        at=round_.at,
    )
    round_.at = published.period.upper
    close_list(actor=round_.city, list_id=published.pk, at=round_.at)
    cases.to_announcement(round_, [waiting])
    return waiting


def test_list_may_supplement_an_earlier_one(round_: cases.Round) -> None:
    first, second = cases.to_publicity(round_, (1, 2))
    city, there = signed_in(round_.city), stage(round_, "city-publicity")
    assert "补充公示" not in words(city.get(there))
    city.post(there, {"title": "公示", "contact": "000-00000000", "case": boxes(first)})
    with scope(SYSTEM):
        earlier = PublicityList.objects.get()

    assert "补充公示" in words(city.get(there))
    said = {"title": "补充公示", "contact": "000-00000000", "case": boxes(second), "supplements": earlier.pk}
    assert city.post(there, said).status_code == 302

    with scope(SYSTEM):
        assert PublicityList.objects.get(version=2).supplements_id == earlier.pk
