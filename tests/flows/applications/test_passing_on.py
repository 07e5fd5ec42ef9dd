"""转交: a colleague's cases go to another of the same office, each with an entry of its own."""

import pytest
from pytest_django import DjangoAssertNumQueries
from tests import cases, scene
from tests.plugins.beginnings import beginning

from tidu.applications.actions import assign, pass_on
from tidu.applications.models import Case
from tidu.applications.queries import queue, with_holder, workloads
from tidu.applications.queries.queue import Filters
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.actions import close_post
from tidu.offices.enums import Role
from tidu.offices.models import Post
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db


@beginning
def first(opened_round: cases.Round) -> Actor:
    return scene.office_actor(scene.EAST, Role.CLERK, "east-first")


@beginning
def second(opened_round: cases.Round) -> Actor:
    return scene.office_actor(scene.EAST, Role.CLERK, "east-second")


@beginning
def held(opened_round: cases.Round, first: Actor) -> list[Case]:
    """Three cases on the first clerk's list."""
    found = [cases.submitted(opened_round, number) for number in (1, 2, 3)]
    for case in found:
        assign(actor=opened_round.east, case_id=case.pk, account_id=first.account_id, at=opened_round.at)
    return found


def move(
    round_: cases.Round,
    first: Actor,
    to: Actor | None,
    chosen: list[Case] | None = None,
    actor: Actor | None = None,
) -> list[Case]:
    return pass_on(
        actor=actor or round_.east,
        from_account_id=first.account_id or 0,
        to_account_id=to.account_id if to else None,
        case_ids=None if chosen is None else [case.pk for case in chosen],
        at=round_.at,
    )


def holders(*held: Case) -> list[int | None]:
    with scope(SYSTEM):
        return [Case.objects.get(pk=case.pk).assigned_to_id for case in held]


def close(actor: Actor, round_: cases.Round) -> None:
    with scope(SYSTEM):
        post = Post.objects.select_related("office", "account").get(account_id=actor.account_id or 0)
    close_post(actor=SYSTEM, post=post, at=round_.at)


def test_all_of_a_colleagues_cases_go_to_another(
    round_: cases.Round, first: Actor, second: Actor, held: list[Case]
) -> None:
    assert len(move(round_, first, second)) == 3
    assert holders(*held) == [second.account_id] * 3


def test_only_the_chosen_ones_go(round_: cases.Round, first: Actor, second: Actor, held: list[Case]) -> None:
    move(round_, first, second, held[:1])

    assert holders(*held) == [second.account_id, first.account_id, first.account_id]


def test_it_is_recorded_on_each_case_without_a_reason_or_a_name(
    round_: cases.Round, first: Actor, second: Actor, held: list[Case]
) -> None:
    move(round_, first, second)

    for case in held:
        with scope(round_.firms[1]):
            entries = timeline(case.chain).filter(verb="pass_on")
            assert (case.firm_id == round_.firms[1].firm_id) == entries.exists()
        with scope(round_.east):
            entry = timeline(case.chain).get(verb="pass_on")
        assert set(entry.content) == {"case", "case_id", "from_account", "to_account"}


def test_cases_of_a_closed_post_count_as_nobodys_and_can_be_passed_on(
    round_: cases.Round, first: Actor, second: Actor, held: list[Case]
) -> None:
    close(first, round_)

    with scope(round_.east):
        assert not any(vars(case)["is_held"] for case in with_holder(queue(round_.east, Filters())))
        assert queue(round_.east, Filters(unassigned=True)).count() == 3
        found = workloads(round_.east, at=round_.at)
    rows = {str(row.account and row.account.username): row for row in found}
    assert (rows["east-first"].is_at_work, rows["east-first"].cases) == (False, 3)

    move(round_, first, second)
    with scope(round_.east):
        assert all(vars(case)["is_held"] for case in with_holder(queue(round_.east, Filters())))
        assert not queue(round_.east, Filters(unassigned=True)).exists()


def test_a_list_of_one_case_takes_three_queries(
    round_: cases.Round, first: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    three_queries_count(round_, first, [cases.submitted(round_)], django_assert_num_queries)


def test_everybodys_list_takes_three_queries(
    round_: cases.Round,
    fifty_cases: list[Case],
    first: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    three_queries_count(round_, first, fifty_cases, django_assert_num_queries)


def three_queries_count(
    round_: cases.Round, first: Actor, listed: list[Case], queries: DjangoAssertNumQueries
) -> None:
    for case in listed:
        assign(actor=round_.east, case_id=case.pk, account_id=first.account_id, at=round_.at)
    close(first, round_)

    with scope(round_.east), queries(3):
        assert sum(row.cases for row in workloads(round_.east, at=round_.at)) == len(listed)


def test_nobody_passes_on_to_another_office_to_the_same_or_what_is_not_there(
    round_: cases.Round, first: Actor, second: Actor, held: list[Case]
) -> None:
    for to, chosen, code in (
        (round_.west, held, "colleague_unknown"),
        (first, held, "passed_on_to_the_same"),
        (second, [], "nothing_to_pass_on"),
    ):
        with pytest.raises(Refused, match=code):
            move(round_, first, to, chosen)
    assert holders(*held) == [first.account_id] * 3


def test_another_office_moves_nothing(
    round_: cases.Round, first: Actor, second: Actor, held: list[Case]
) -> None:
    for actor in (round_.west, round_.city):
        with pytest.raises(Refused, match="nothing_to_pass_on"):
            move(round_, first, None, actor=actor)
    assert holders(*held) == [first.account_id] * 3


def test_who_administers_accounts_moves_nothing(round_: cases.Round, first: Actor, held: list[Case]) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        move(round_, first, None, actor=scene.office_actor(scene.EAST, Role.ADMINISTRATOR))
