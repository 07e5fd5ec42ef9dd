"""The call list: an office learns that firms of its area have begun, whom to call, never what they wrote."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from tests import cases, scene
from tests.flows.applications.unfinished import draft, returned

from tidu.applications.actions import read_contacts
from tidu.applications.models import Case, Unfinished
from tidu.applications.queries import unfinished, unfinished_counts, visible_cases
from tidu.database.scope import PUBLIC, Actor, scope
from tidu.enterprises.contacts import ContactPoint, contacts_of
from tidu.enterprises.models import Member
from tidu.law.refusals import Refused
from tidu.offices.enums import Role
from tidu.records.queries import timeline

pytestmark = pytest.mark.django_db


def listed(actor: Actor, round_: cases.Round) -> set[str]:
    with scope(actor):
        return set(unfinished(batch_id=round_.batch.pk).values_list("number", flat=True))


def test_an_office_sees_the_unfinished_of_its_area_and_those_above_see_them_too(round_: cases.Round) -> None:
    east, mending, west = draft(round_, 1), returned(round_, 2), draft(round_, 3, area_code=scene.WEST)
    cases.submitted(round_, 4)

    assert listed(round_.east, round_) == {east.number, mending.number}
    assert listed(round_.west, round_) == {west.number}
    assert listed(round_.city, round_) == {east.number, mending.number, west.number}
    assert listed(round_.province, round_) == {east.number, mending.number, west.number}


def test_nobody_else_learns_of_a_draft(round_: cases.Round) -> None:
    draft(round_, 1)
    other = scene.firm_actor(2)

    for actor in (PUBLIC, other, round_.firms[1], round_.west):
        assert listed(actor, round_) == set()


def test_the_draft_itself_stays_with_its_firm(round_: cases.Round) -> None:
    case = draft(round_, 1)

    with scope(round_.east):
        assert Unfinished.objects.filter(pk=case.pk).exists()
        assert not visible_cases(round_.east).filter(pk=case.pk).exists()
        assert not Case.objects.filter(pk=case.pk).exists()


def test_a_draft_is_due_with_the_window_and_a_returned_case_when_it_was_asked_for(
    round_: cases.Round,
) -> None:
    begun, mending = draft(round_, 1), returned(round_, 2)

    with scope(round_.city):
        due = dict(unfinished(batch_id=round_.batch.pk).values_list("number", "due_at"))
        asked_by = mending.corrections.get().asked_by
    assert due == {begun.number: round_.batch.closes_at, mending.number: asked_by}


def test_counts_are_by_the_office_of_the_area(round_: cases.Round) -> None:
    draft(round_, 1)
    returned(round_, 2)
    draft(round_, 3, area_code=scene.WEST)

    with scope(round_.city):
        counts = unfinished_counts(batch_id=round_.batch.pk)

    assert counts == {
        round_.east.office_id: {"drafts": 1, "returned": 1},
        round_.west.office_id: {"drafts": 1, "returned": 0},
    }


def test_the_list_is_only_read(round_: cases.Round) -> None:
    draft(round_, 1)

    with scope(round_.east), pytest.raises(DatabaseError, match="cannot update view"):
        Unfinished.objects.update(status="withdrawn")


# ------------------------------------------------------------------ whom to call


def firm_of(round_: cases.Round, number: int = 1) -> int:
    return round_.firms[number].firm_id or 0


def test_a_masked_contact_tells_apart_and_does_not_suffice_to_call() -> None:
    whole = ContactPoint("王小明", "000-00001234", "finance@example.invalid")

    assert whole.masked == ContactPoint("王**", "000-******34", "f***@example.invalid")
    assert ContactPoint("", "1234", "").masked == ContactPoint("", "****", "")


def test_only_offices_of_the_area_learn_whom_to_call(round_: cases.Round) -> None:
    draft(round_, 1)

    def known(actor: Actor) -> dict[int, ContactPoint]:
        with scope(actor):
            return contacts_of([firm_of(round_)])

    assert known(round_.east)[firm_of(round_)].phone == "000-00001000"
    assert known(round_.province) == known(round_.east)
    assert [known(actor) for actor in (round_.west, PUBLIC, scene.firm_actor(2))] == [{}, {}, {}]


def test_the_members_themselves_stay_with_their_firm(round_: cases.Round) -> None:
    draft(round_, 1)

    with scope(round_.east):
        assert not Member.objects.exists()


def test_reading_a_contact_is_recorded_and_the_firm_sees_by_whom(round_: cases.Round) -> None:
    case = draft(round_, 1)

    found = read_contacts(actor=round_.city, batch_id=round_.batch.pk, case_ids=[case.pk], at=round_.later())

    assert found[case.pk].phone == "000-00001000"
    with scope(round_.firms[1]):
        (entry,) = timeline(case.chain).filter(verb="read_contact")
        assert (entry.actor_name, entry.at) == (round_.city.name, round_.at)
        assert "phone" not in entry.content


def test_contacts_of_another_area_are_not_there(round_: cases.Round) -> None:
    case = draft(round_, 1, area_code=scene.WEST)

    with pytest.raises(Refused, match="nobody_to_call"):
        read_contacts(actor=round_.east, batch_id=round_.batch.pk, case_ids=[case.pk], at=round_.at)


def test_who_administers_accounts_reads_no_contacts(round_: cases.Round) -> None:
    case = draft(round_, 1)
    administrator = scene.office_actor(scene.EAST, Role.ADMINISTRATOR)

    with pytest.raises(Refused, match="not_allowed"):
        read_contacts(actor=administrator, batch_id=round_.batch.pk, case_ids=[case.pk], at=round_.at)


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_takes_one_query_however_long_it_is(round_: cases.Round, count: int) -> None:
    for number in range(1, count + 1):
        draft(round_, number)

    with scope(round_.city), CaptureQueriesContext(connection) as caught:
        assert len(list(unfinished(batch_id=round_.batch.pk))) == count
    assert len(caught) == 1
