"""The register of titles: entering, granting, renewing, and who may."""

import json
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries
from tests.flows.titles.announcing import FIRST_DAY, LAST_DAY, announced, enter, grant_for
from tests.scene import AT, CITY, office_actor, register

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.enterprises.models import Firm
from tidu.law.calendars import start_of
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Account, Office
from tidu.proof.documents import document_breaks
from tidu.records.queries import timeline
from tidu.titles.actions import enter_existing_title, grant
from tidu.titles.enums import TitleKind
from tidu.titles.queries import (
    held,
    last_day,
    proof_of,
    recognised_in,
    search_public,
    standing,
    title_by_token,
)

pytestmark = pytest.mark.django_db


def test_an_entered_title_is_held_from_its_first_to_its_last_day(
    registrar: Actor, firm: Firm, province: Office
) -> None:
    title = enter(registrar, firm, province)
    with scope(PUBLIC):
        assert held(firm, at=start_of(FIRST_DAY) - timedelta(seconds=1)) == []
        assert held(firm, at=start_of(FIRST_DAY)) == [title]
        assert held(firm, at=start_of(LAST_DAY + timedelta(days=1)) - timedelta(seconds=1)) == [title]
        assert held(firm, at=start_of(LAST_DAY + timedelta(days=1))) == []
    assert last_day(title) == LAST_DAY


def test_held_asks_the_database_once(
    registrar: Actor, firm: Firm, province: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(registrar, firm, province)
    enter(registrar, firm, province, kind=TitleKind.SPECIALISED)
    with scope(PUBLIC), django_assert_num_queries(1):
        assert [title.announced_by.name for title in held(firm, at=AT)] == ["示例省工业和信息化厅"] * 2
    with scope(PUBLIC):
        assert [title.kind for title in held(firm, at=AT, kind=TitleKind.SPECIALISED)] == [
            TitleKind.SPECIALISED
        ]


def test_entering_a_title_is_one_link_of_its_own_chain(
    registrar: Actor, firm: Firm, province: Office
) -> None:
    title = enter(registrar, firm, province)
    with scope(PUBLIC):
        (entry,) = timeline(title.chain)
    assert (entry.verb, entry.actor_name, entry.at) == ("enter_existing_title", "示例省工业和信息化厅", AT)
    assert entry.content["uscc"] == firm.uscc
    assert entry.content["announcement"] == "示省工信公告〔2023〕1号"


def test_only_the_announcing_office_enters_its_titles(
    offices: dict[str, Office], firm: Firm, province: Office
) -> None:
    with pytest.raises(Refused) as refused:
        enter(office_actor(CITY), firm, province)
    assert sentence(refused.value).startswith("称号由公告单位“示例省工业和信息化厅”登记")


def test_a_city_does_not_announce_titles(offices: dict[str, Office], firm: Firm) -> None:
    with pytest.raises(Refused) as refused:
        enter(office_actor(CITY), firm, offices[CITY])
    assert "不是省级以上主管部门" in sentence(refused.value)


def test_an_announcement_of_tomorrow_is_refused(registrar: Actor, firm: Firm, province: Office) -> None:
    with pytest.raises(Refused) as refused:
        enter(registrar, firm, province, on=date(2026, 1, 6))
    assert sentence(refused.value).startswith("公告日期“2026年1月6日”晚于今天（2026年1月5日）")


def test_a_validity_that_ends_before_it_begins_is_refused(
    registrar: Actor, firm: Firm, province: Office
) -> None:
    with pytest.raises(Refused) as refused:
        enter_existing_title(
            actor=registrar,
            announced=announced(firm, province),
            valid_from=LAST_DAY,
            valid_until=FIRST_DAY,
            at=AT,
        )
    assert refused.value.code == "title_validity_backwards"


def test_a_second_title_of_the_same_kind_in_the_same_days_is_refused(
    registrar: Actor, firm: Firm, province: Office
) -> None:
    enter(registrar, firm, province)
    with pytest.raises(Refused) as refused:
        grant_for("26001", firm, province, valid_from=LAST_DAY)
    assert "有效期 2023年5月1日 至 2026年4月30日" in sentence(refused.value)


def test_a_granted_title_is_valid_for_the_years_of_the_notice(firm: Firm, province: Office) -> None:
    title = grant_for("26001", firm, province, valid_from=date(2026, 5, 1))
    assert title.validity == DateRange(date(2026, 5, 1), date(2029, 5, 1))
    assert last_day(title) == date(2029, 4, 30)


def test_granting_twice_for_one_case_is_one_title(firm: Firm, province: Office) -> None:
    first = grant_for("26001", firm, province, valid_from=date(2026, 5, 1))
    second = grant_for("26001", firm, province, valid_from=date(2026, 6, 1))
    assert second == first
    with scope(PUBLIC):
        assert [entry.verb for entry in timeline(first.chain)] == ["grant"]


def test_a_passed_re_review_begins_when_the_former_title_ends(
    registrar: Actor, firm: Firm, province: Office
) -> None:
    former = enter(registrar, firm, province)
    renewed = grant_for("26001", firm, province, valid_from=date(2026, 1, 5), previous=former)
    assert renewed.validity == DateRange(date(2026, 5, 1), date(2029, 5, 1))
    assert renewed.previous == former
    with scope(PUBLIC):
        assert held(firm, at=start_of(LAST_DAY)) == [former]
        assert held(firm, at=start_of(date(2026, 5, 1))) == [renewed]


def test_the_firm_itself_grants_nothing(firm: Firm, province: Office) -> None:
    with pytest.raises(Refused) as refused:
        grant(
            actor=Actor(kind="firm", firm_id=firm.pk, name=firm.name),
            announced=announced(firm, province), case_number="26001", valid_from=FIRST_DAY, years=3, at=AT,
        )  # fmt: skip
    assert refused.value.code == "not_allowed"


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2023, 4, 30), "尚未生效"),
        (date(2023, 5, 1), "有效"),
        (date(2026, 4, 30), "有效"),
        (date(2026, 5, 1), "有效期已满"),
    ],
)
def test_the_register_says_how_a_title_stands(
    registrar: Actor, firm: Firm, province: Office, day: date, word: str
) -> None:
    assert standing(enter(registrar, firm, province), at=start_of(day)) == word


def test_the_public_finds_a_title_by_name_code_and_token(
    registrar: Actor, firm: Firm, province: Office
) -> None:
    title = enter(registrar, firm, province)
    other, _ = register(2)
    enter(registrar, other, province)
    with scope(PUBLIC):
        assert list(search_public("第1精密")) == [title]
        assert list(search_public(firm.uscc)) == [title]
        assert search_public("").count() == 2
        assert list(search_public("第1精密", kind=TitleKind.LITTLE_GIANT)) == []
        assert title_by_token(title.token) == title
        assert title_by_token("x" * 16) is None


def test_anybody_can_check_the_ledger_of_a_title(registrar: Actor, firm: Firm, province: Office) -> None:
    title = enter(registrar, firm, province)
    with scope(PUBLIC):
        file = json.loads(json.dumps(proof_of(title)))
    assert document_breaks(file) == []
    file["entries"][0]["body"] = file["entries"][0]["body"].replace("2023", "2024")
    assert [one.what for one in document_breaks(file)] == ["body"]


def test_public_ledger_of_a_title_names_the_office_and_no_person(
    registrar: Actor, firm: Firm, province: Office
) -> None:
    """The account stands in it as a number alone, which the digest covers."""
    title = enter(registrar, firm, province)
    account = Account.objects.get(pk=registrar.account_id or 0)
    with scope(PUBLIC):
        (told,) = proof_of(title)["entries"]
    assert (told["actor_name"], told["account"]) == (province.name, account.pk)
    assert [name for name in (account.username, account.name) if name in json.dumps(told)] == []
    assert account.username
    assert account.name


@pytest.mark.parametrize(
    ("named", "found"), [(["2023-1"], 1), (["2023"], 1), (["2023-2"], 0), (["202"], 0), ([], 0)]
)
def test_titles_of_a_batch_are_found_by_its_code_or_its_year(
    registrar: Actor, firm: Firm, province: Office, named: list[str], found: int
) -> None:
    enter(registrar, firm, province)
    with scope(SYSTEM):
        assert recognised_in(named, kind=TitleKind.INNOVATIVE).count() == found
