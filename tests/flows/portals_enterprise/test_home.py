"""The ladder: where the firm stands, what is due, which batches it may enter and why not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests import scene
from tests.flows.portals_enterprise.desk import Desk, fill_profile_into, said

from tidu.database.scope import SYSTEM, scope
from tidu.law import notices
from tidu.law.calendars import legal_day
from tidu.offices.actions import load_offices
from tidu.offices.enums import Role
from tidu.offices.models import Office
from tidu.offices.queries import office_by_code
from tidu.programmes.actions import publish_notice
from tidu.programmes.models import Batch
from tidu.titles.actions import Announced, enter_existing_title, lapse
from tidu.titles.enums import TitleKind
from tidu.titles.models import Title

pytestmark = pytest.mark.django_db

HOME = "/enterprise/"


def province_office() -> Office:
    with scope(SYSTEM):
        return office_by_code(scene.PROVINCE)


def give_title(desk: Desk, batch_code: str, *, years: int = 3) -> Title:
    """An innovative title from an announcement older than this register."""
    today = legal_day(timezone.now())
    start = today - timedelta(days=years * 365 - 200)
    province = scene.office_actor(scene.PROVINCE, Role.LEADER, f"announcer-{desk.firm.pk}")
    announced = Announced(
        firm=desk.firm,
        kind=TitleKind.INNOVATIVE,
        office=province_office(),
        number="示工信公告〔2023〕1号",
        on=start,
        batch_code=batch_code,
        batch_label="三年前的一批",
        standard="2022-innovative",
    )
    return enter_existing_title(
        actor=province,
        announced=announced,
        valid_from=start,
        valid_until=start + timedelta(days=years * 365),
        at=timezone.now(),
    )


def test_a_firm_without_anything_sees_what_is_missing_and_what_is_open(desk: Desk) -> None:
    words = said(desk.client.get(HOME))
    assert "未申报 · 待补充" in words
    assert "填写企业" not in words  # name and code are known from the registration
    assert words.count("未开始") == 2
    assert "取得科技和创新型中小企业称号后可以申报（科技型或创新型，以各批次通知为准）。" in words
    assert "开始新申报" in words


def test_the_verdict_follows_the_profile(desk: Desk) -> None:
    year = legal_day(timezone.now()).year - 1
    fill_profile_into(desk, "/enterprise/profile/fields/", "strong", year)
    words = said(desk.client.get(HOME))
    assert "未申报 · 符合" in words
    assert "还能再往上" in words


def test_what_alone_turns_the_outcome_is_told_with_now_and_needed(desk: Desk) -> None:
    year = legal_day(timezone.now()).year - 1
    fill_profile_into(desk, "/enterprise/profile/fields/", "weak", year)
    answer = desk.client.get(HOME)
    ways = answer.context["ways"]
    assert ("有效期内荣誉数再增加 1 项", "0 项", "1 项", "结论变为符合") in [
        (way.text, way.now, way.needed, way.result) for way in ways
    ]
    assert "未申报 · 不符合" in said(answer)


def test_a_holder_sees_validity_and_may_not_apply_anew(desk: Desk) -> None:
    give_title(desk, "2019-1")
    answer = desk.client.get(HOME)
    assert "已获得" in said(answer)
    assert "三年前的一批" in said(answer)
    new = next(door for door in answer.context["doors"] if door.kind == "new")
    assert [reason.code for reason in new.entry.reasons] == ["entry_title_held"]
    assert "不能重复申报" in said(answer)


def test_a_holder_of_the_first_tier_is_shown_what_the_second_lacks(desk: Desk) -> None:
    give_title(desk, "2019-1")
    answer = desk.client.get(HOME)
    first, second, third = answer.context["steps"]
    assert (first.tone, first.pill) == ("held", "已获得")
    assert (second.tone, second.pill) == ("now", "未申报 · 待补充")
    assert (third.tone, third.pill, third.verdict) == ("", "未开始", None)
    assert second.verdict.standard.id == "2026-specialised", "no notice of this place is open for it"
    assert answer.context["verdict"] is second.verdict
    assert "专精特新中小企业，按" in said(answer)


def test_a_title_called_to_re_review_stands_in_the_banner_until_applied_for(desk: Desk, batch: Batch) -> None:
    give_title(desk, f"{int(batch.code[:4]) - 3}-{batch.code[5:]}")
    assert "称号需复核" in said(desk.client.get(HOME))
    desk.open_case(batch, "re_review")
    assert "称号需复核" not in said(desk.client.get(HOME))


def test_batches_of_another_province_are_not_shown(desk: Desk, batch: Batch) -> None:
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="dalian", at=timezone.now())
    publish_notice(actor=SYSTEM, notice=notices.load("dalian-2026-innovative"), at=timezone.now())
    assert {door.batch.pk for door in desk.client.get(HOME).context["doors"]} == {batch.pk}


def test_the_checklist_names_papers_declaration_window_and_telephone(desk: Desk, batch: Batch) -> None:
    words = said(desk.client.get(f"/enterprise/batches/{batch.pk}/"))
    for part in (
        "营业执照",
        "填写了知识产权清单的",
        "准确性、真实性、合法性、有效性",
        "不收费，不需要中介",
        "000-00000102",
        "本系统理解",
        "请企业补正的时间",
    ):
        assert part in words


@pytest.mark.parametrize("address", ["/enterprise/batches/999999/", "/enterprise/batches/1/?kind=other"])
def test_an_unknown_batch_is_not_there(desk: Desk, address: str) -> None:
    assert desk.client.get(address).status_code == 404


def test_a_lapsed_title_is_still_told_with_its_reason(desk: Desk) -> None:
    title = give_title(desk, "2019-1")
    lapse(
        actor=SYSTEM,
        title_id=title.pk,
        on=legal_day(timezone.now()),
        reason="未按期申请复核",
        at=timezone.now(),
    )
    words = said(desk.client.get(HOME))
    assert "起自动失效：未按期申请复核" in words
    assert "未申报" in words


@pytest.mark.parametrize("cases", [0, 3])
def test_home_asks_the_database_as_often_however_many_cases(
    desk: Desk, batch: Batch, cases: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(cases):
        case_id = desk.open_case(batch)
        version = desk.client.get(f"/enterprise/cases/{case_id}/").context["case"].version
        desk.client.post(f"/enterprise/cases/{case_id}/withdraw/", {"version": version, "reason": "改期"})
    with django_assert_max_num_queries(46):
        assert desk.client.get(HOME).status_code == 200
    with django_assert_max_num_queries(34):
        assert len(desk.client.get("/enterprise/cases/").context["cases"]) == cases


@pytest.mark.parametrize(
    "address", [HOME, "/enterprise/cases/", "/enterprise/profile/identity/", "/enterprise/messages/"]
)
def test_nobody_enters_without_a_firm(batch: Batch, address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/?next=")


def test_an_officer_is_refused(batch: Batch) -> None:
    account, _ = scene.open_post(scene.EAST, Role.CLERK, "clerk-at-the-door")
    account.one_time_until = None
    with scope(SYSTEM):
        account.save(update_fields=["one_time_until"])
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(HOME).status_code == 403


def test_a_draft_that_came_too_late_is_no_application_under_way(desk: Desk, batch: Batch) -> None:
    desk.open_case(batch)
    assert desk.client.get(HOME).context["of_case"] is not None
    with scope(SYSTEM):
        long_ago = timezone.now() - timedelta(days=400)
        Batch.objects.filter(pk=batch.pk).update(opens_at=long_ago - timedelta(days=90), closes_at=long_ago)
    answer = desk.client.get(HOME)
    assert answer.context["of_case"] is None
    assert "申报中" not in said(answer)
