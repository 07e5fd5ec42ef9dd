"""Every list of the office's desk costs the same for one row and for fifty."""

from collections.abc import Sequence

import pytest
from django.test import Client
from tests import cases, scene
from tests.flows.portals_office.desk import signed_in
from tests.flows.publicity.publishing import object_to, publish
from tests.flows.publicity.shortcut import placed_at_publicity

from tidu.aftermath.actions import follow_all
from tidu.applications.actions import receive
from tidu.inspections.actions import plan_inspection

ONE, REST = range(1, 2), range(2, 51)


def counts(client: Client, pages: Sequence[str]) -> dict[str, int]:
    return {page: scene.queries_of(client, page) for page in pages}


def test_what_lies_with_the_county(round_: cases.Round) -> None:
    east = signed_in(round_.east)
    stage = f"/office/batches/{round_.batch.pk}/stages/county-review/sample/"
    pages = [
        "inspections/",
        "messages/",
        "queue/?tab=all",
        "queue/?q=精密",
        f"batches/{round_.batch.pk}/",
        "board/",
        "board/cases/",
        "board/days/",
        "calls/",
        "colleagues/",
        "bulk/",
        "bulk/pass_review/",
    ]
    addresses = [stage, *(f"/office/{page}" for page in pages)]
    look_at_on_site(round_, ONE)
    for_one = counts(east, addresses)
    look_at_on_site(round_, REST)
    assert counts(east, addresses) == for_one
    assert max(for_one.values()) <= scene.MOST_QUERIES
    assert east.get("/office/inspections/").context["planned"].paginator.count == 50
    assert east.get("/office/messages/").context["letters"].paginator.count >= 50


def look_at_on_site(round_: cases.Round, numbers: Sequence[int]) -> None:
    """Cases that are planned to be looked at, their office told of each."""
    for number in numbers:
        case = cases.submitted(round_, number)
        receive(actor=round_.east, case_id=case.pk, expected_version=None, at=round_.at)
        plan_inspection(actor=round_.east, case_id=case.pk, at=round_.at)
    follow_all(round_.at)


def test_what_lies_with_the_city(round_: cases.Round) -> None:
    city = signed_in(round_.city)
    addresses = ["/office/lists/", "/office/objections/", "/office/board/"]
    list_and_object(round_, ONE)
    for_one = counts(city, addresses)
    list_and_object(round_, REST)
    assert counts(city, addresses) == for_one
    assert max(for_one.values()) <= scene.MOST_QUERIES
    assert len(city.get("/office/lists/").context["lists"]) == 50
    assert len(city.get("/office/objections/").context["objections"]) == 50


def list_and_object(round_: cases.Round, numbers: Sequence[int]) -> None:
    """A list for each firm, and an objection on each list."""
    for case in placed_at_publicity(round_, numbers):
        publish(round_, [case])
        object_to(round_, case)


@pytest.mark.parametrize("numbers", [ONE, range(1, 51)], ids=["one", "fifty"])
def test_one_list_with_its_firms(round_: cases.Round, numbers: Sequence[int]) -> None:
    published = publish(round_, placed_at_publicity(round_, numbers))
    page = f"/office/lists/{published.token}/"
    assert scene.queries_of(signed_in(round_.city), page) == 13
