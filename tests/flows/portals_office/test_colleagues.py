"""分工 in the browser: everybody's list, and passing cases on to a colleague."""

import pytest
from django.test import Client
from tests import cases, scene
from tests.flows.portals_office.desk import officer, signed_in, source, words
from tests.plugins.beginnings import beginning

from tidu.applications.actions import assign
from tidu.applications.models import Case
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.offices.actions import close_post
from tidu.offices.enums import Role
from tidu.offices.models import Post

pytestmark = pytest.mark.usefixtures("round_")


@beginning
def clerk(opened_round: cases.Round) -> Actor:
    return scene.office_actor(scene.EAST, Role.CLERK, "east-clerk")


@beginning
def held(opened_round: cases.Round, clerk: Actor) -> list[Case]:
    found = [cases.submitted(opened_round, number) for number in (1, 2)]
    for case in found:
        assign(actor=opened_round.east, case_id=case.pk, account_id=clerk.account_id, at=opened_round.at)
    return found


@pytest.fixture
def east(round_: cases.Round) -> Client:
    return signed_in(round_.east)


def there(clerk: Actor) -> str:
    return f"/office/colleagues/{clerk.account_id}/"


def holders(*held: Case) -> list[int | None]:
    with scope(SYSTEM):
        return [Case.objects.get(pk=case.pk).assigned_to_id for case in held]


def close(clerk: Actor, round_: cases.Round) -> None:
    with scope(SYSTEM):
        post = Post.objects.select_related("office", "account").get(account_id=clerk.account_id or 0)
    close_post(actor=SYSTEM, post=post, at=round_.at)


def test_everybodys_list_in_a_line(round_: cases.Round, east: Client, clerk: Actor, held: list[Case]) -> None:
    cases.submitted(round_, 3)

    page = words(east.get("/office/colleagues/"))

    assert "经办岗 east-clerk 2 2 0" in page
    assert "未分派 1 1 0" in page


def test_the_chosen_go_to_a_colleague_and_the_rest_stays(
    round_: cases.Round, east: Client, clerk: Actor, held: list[Case]
) -> None:
    said = {"which": "chosen", "case": [held[0].pk], "to": round_.east.account_id}

    page = words(east.post(there(clerk), said, follow=True))

    assert "已转交 1 件" in page
    assert holders(*held) == [round_.east.account_id, clerk.account_id]
    assert "转交经办" in words(east.get(f"/office/cases/{held[0].pk}/"))


def test_all_of_them_at_once(round_: cases.Round, east: Client, clerk: Actor, held: list[Case]) -> None:
    east.post(there(clerk), {"which": "all", "to": ""})

    assert holders(*held) == [None, None]


def test_cases_of_a_closed_post_show_as_nobodys(
    round_: cases.Round, east: Client, clerk: Actor, held: list[Case]
) -> None:
    assert "经办岗" in words(east.get("/office/queue/"))
    close(clerk, round_)

    assert "经办岗" not in words(east.get("/office/queue/"))
    assert held[0].number in words(east.get("/office/queue/?mine=0"))
    assert "岗位已停用，视同未分派" in words(east.get("/office/colleagues/"))


def test_nothing_chosen_is_said_and_nothing_moves(
    round_: cases.Round, east: Client, clerk: Actor, held: list[Case]
) -> None:
    answer = east.post(there(clerk), {"which": "chosen", "to": round_.east.account_id})

    assert answer.status_code == 422
    assert "没有可以转交的案件" in words(answer)
    assert holders(*held) == [clerk.account_id] * 2


def test_a_colleague_of_another_office_is_not_there(
    round_: cases.Round, clerk: Actor, held: list[Case]
) -> None:
    for other in (round_.west, round_.city):
        assert signed_in(other).get(there(clerk)).status_code == 404


def test_who_only_looks_is_offered_nothing(round_: cases.Round, clerk: Actor, held: list[Case]) -> None:
    auditor = officer(scene.EAST, Role.AUDITOR)

    assert "全部转交" not in source(auditor.get(there(clerk)))
    assert auditor.post(there(clerk), {"which": "all", "to": ""}).status_code == 403
    assert holders(*held) == [clerk.account_id] * 2
