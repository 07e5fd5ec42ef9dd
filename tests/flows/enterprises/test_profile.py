"""The profile: every draft saves, nothing typed is lost, nothing secret is kept."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from tests import scene

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.enterprises.actions import NewMember, add_member, save_profile_field
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, ProfileField
from tidu.enterprises.queries import facts_from_rows, profile_fields, profile_rows
from tidu.law.facts import Saved, load_vocabulary
from tidu.law.facts.definitions import FactKind
from tidu.law.refusals import Refused, sentence

pytestmark = pytest.mark.django_db

MONEY = next(f.id for f in load_vocabulary().facts.values() if f.kind is FactKind.MONEY and f.per_year)
DAY = next(f.id for f in load_vocabulary().facts.values() if f.kind is FactKind.DATE and not f.may_be_future)
TABLE = next(f for f in load_vocabulary().facts.values() if f.kind is FactKind.TABLE)
TEXT = "address"
COLUMN = next(c.id for c in TABLE.columns if c.kind is FactKind.TEXT)


@pytest.fixture
def owner() -> Actor:
    return scene.firm_actor(1)


@pytest.fixture
def firm(owner: Actor) -> Firm:
    return Firm.objects.get(pk=owner.firm_id or 0)


def save(
    actor: Actor, raw: Any, *, fact: str = MONEY, period: int = 2025, version: int = 0, **more: Any
) -> Saved:
    firm = more.get("firm") or Firm.objects.get(pk=actor.firm_id or 0)
    return save_profile_field(
        actor=actor, firm=firm, fact=fact, period=period, raw=raw, expected_version=version, at=scene.AT
    )


def stored(actor: Actor, fact: str = MONEY, period: int = 2025) -> tuple[Any, str, int]:
    with scope(actor):
        row = ProfileField.objects.get(fact=fact, period=period)
    return row.value, row.raw, row.version


def test_money_is_kept_exactly(owner: Actor) -> None:
    saved = save(owner, "1,234.56")
    assert (saved.version, saved.value, saved.fact.id) == (1, 1_234_560_000, MONEY)
    assert stored(owner) == (1_234_560_000, "", 1)


def test_what_cannot_be_read_is_kept_as_typed_and_said(owner: Actor) -> None:
    saved = save(owner, "一千多万")
    assert (saved.version, saved.value) == (1, None)
    assert [finding.code for finding in saved.findings] == ["money_unreadable"]
    assert stored(owner) == (None, "一千多万", 1)


def test_unreadable_field_is_missing_from_the_facts(owner: Actor, firm: Firm) -> None:
    save(owner, "一千多万")
    save(owner, "100", period=2024)
    with scope(owner):
        facts = facts_from_rows(profile_rows(firm.pk), year=2025)
    assert facts.known(MONEY, 2025) is None
    assert facts.known(MONEY, 2024) == 100_000_000


def test_each_save_makes_a_version(owner: Actor) -> None:
    save(owner, "1")
    assert save(owner, "2", version=1).version == 2
    saved = save(owner, "", version=2)
    assert (saved.version, saved.value) == (3, None)
    assert stored(owner) == (None, "", 3)


@pytest.mark.parametrize("version", [0, 1, 7])
def test_second_tab_with_an_older_version_is_told_both_values(owner: Actor, version: int) -> None:
    save(owner, "1")
    save(owner, "2", version=1)
    with pytest.raises(Refused, match="field_moved") as caught:
        save(owner, "3", version=version)
    values = caught.value.values
    assert (values["seen"], values["now"]) == (version, 2)
    assert (values["stored"], values["typed"]) == (2_000_000, 3_000_000)
    assert stored(owner) == (2_000_000, "", 2)


def test_refused_conflict_leaves_the_rest_of_the_page_alone(owner: Actor) -> None:
    save(owner, "1")
    with scope(owner):
        with pytest.raises(Refused):
            save(owner, "2")
        save(owner, "3", period=2024)
    assert stored(owner, period=2024)[0] == 3_000_000


def test_unknown_facts_and_wrong_periods_are_refused(owner: Actor) -> None:
    for fact, period in [("nothing", 0), (MONEY, 0), (TEXT, 2025)]:
        with pytest.raises(Refused, match="field_unknown"):
            save(owner, "1", fact=fact, period=period)


def test_date_in_the_future_is_kept_and_said(owner: Actor) -> None:
    tomorrow = (scene.AT + timedelta(days=1)).date().isoformat()
    saved = save(owner, tomorrow, fact=DAY, period=0)
    assert [finding.code for finding in saved.findings] == ["date_in_future"]
    assert "2026年1月5日" in sentence(saved.findings[0])
    assert stored(owner, DAY, 0) == (None, tomorrow, 1)


def test_rows_of_a_table_are_read_one_by_one(owner: Actor) -> None:
    saved = save(owner, [{COLUMN: "一种装置"}, {COLUMN: ""}], fact=TABLE.id, period=0)
    assert (saved.version, saved.value) == (1, [{COLUMN: "一种装置"}])


def test_no_row_states_none_and_blank_rows_state_nothing(owner: Actor) -> None:
    assert save(owner, [], fact=TABLE.id, period=0).value == []
    assert save(owner, [{COLUMN: " "}], fact=TABLE.id, period=0, version=1).value is None


def test_unreadable_row_keeps_the_table_as_typed(owner: Actor) -> None:
    number = next(c for c in TABLE.columns if c.kind in (FactKind.DATE, FactKind.CHOICE, FactKind.COUNT))
    rows = [{COLUMN: "一种装置"}, {COLUMN: "另一种", number.id: "？？"}]
    saved = save(owner, rows, fact=TABLE.id, period=0)
    assert saved.value is None
    assert [finding.values["row"] for finding in saved.findings] == [2]
    assert sentence(saved.findings[0]).startswith(f"{TABLE.label}第 2 行 {number.label}")
    value, raw, _ = stored(owner, TABLE.id, 0)
    assert (value, "一种装置" in raw) == (None, True)


def test_table_refuses_what_is_no_row(owner: Actor) -> None:
    assert [f.code for f in save(owner, "乱写", fact=TABLE.id, period=0).findings] == ["rows_expected"]
    unknown = save(owner, [{"nothing": "1"}], fact=TABLE.id, period=0, version=1)
    assert [f.code for f in unknown.findings] == ["column_unknown"]
    many = save(owner, [{COLUMN: "1"}] * ((TABLE.at_most or 0) + 1), fact=TABLE.id, period=0, version=2)
    assert [f.code for f in many.findings] == ["too_many_rows"]


@pytest.mark.parametrize("raw", ["主要产品（机密★10年）", "绝密★启用前"])
def test_secret_text_is_never_stored(owner: Actor, raw: str) -> None:
    save(owner, "公开的内容", fact=TEXT, period=0)
    with pytest.raises(Refused, match="secrecy_mark_in_text"):
        save(owner, raw, fact=TEXT, period=0, version=1)
    assert stored(owner, TEXT, 0) == ("公开的内容", "", 1)


def test_secret_cell_is_never_stored(owner: Actor) -> None:
    with pytest.raises(Refused, match="secrecy_mark_in_text"):
        save(owner, [{COLUMN: "秘密★5年"}], fact=TABLE.id, period=0)
    with scope(SYSTEM):
        assert not ProfileField.objects.exists()


def test_viewer_and_stranger_do_not_write(owner: Actor, firm: Firm) -> None:
    viewer = NewMember(username="viewer", name="查看", role=MemberRole.VIEWER, is_employee=True)
    member, _ = add_member(actor=owner, firm=firm, colleague=viewer, at=scene.AT)
    for actor in (PUBLIC, actor_for_member(member), scene.firm_actor(2), scene.office_actor(scene.EAST)):
        with pytest.raises(Refused, match="not_allowed"):
            save(actor, "1", firm=firm)


def test_profile_of_another_firm_is_not_seen(owner: Actor, firm: Firm) -> None:
    save(owner, "1")
    other = scene.firm_actor(2)
    for blind in (other, PUBLIC, scene.office_actor(scene.EAST)):
        with scope(blind):
            assert not profile_fields(firm).exists()
            assert profile_rows(firm.pk) == []
    with scope(owner):
        assert profile_rows(firm.pk) == [(MONEY, 2025, 1_000_000, "")]


@pytest.mark.parametrize("years", [1, 3])
def test_facts_of_a_profile_take_one_query(
    owner: Actor, firm: Firm, years: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(years):
        save(owner, "1", period=2025 - year)
    with scope(owner), django_assert_num_queries(1):
        assert len(facts_from_rows(profile_rows(firm.pk), year=2025)) == years
