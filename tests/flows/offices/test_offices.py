"""Offices, their chain, and the areas they serve."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from tests import scene

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.actions import (
    NewOffice,
    close_office,
    load_offices,
    move_area,
    open_area,
    open_office,
    place_office,
)
from tidu.offices.enums import Level, Role
from tidu.offices.models import Area, Office
from tidu.offices.queries import (
    area_by_code,
    areas,
    directory,
    office_by_code,
    office_chain,
    offices_below,
    roots,
)
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

Offices = dict[str, Office]
NEW = NewOffice(code="shili-north", name="示例北区经济局", level=Level.COUNTY, is_demonstration=True)


def refusal(office: NewOffice, parent: Office | None, actor: Actor = SYSTEM) -> str:
    with pytest.raises(Refused) as caught:
        open_office(actor=actor, office=office, parent=parent, at=scene.AT)
    assert not Office.objects.filter(name="示例北区经济局").exists()
    return caught.value.code


def test_chain_goes_from_the_county_up(offices: Offices) -> None:
    chain = office_chain(offices[scene.EAST])
    assert [(level.value, office.code) for level, office in chain.items()] == [
        ("county", scene.EAST),
        ("city", scene.CITY),
        ("province", scene.PROVINCE),
        ("ministry", scene.MINISTRY),
    ]


def test_below_an_office_are_all_under_it_and_not_itself(offices: Offices) -> None:
    below = {office.code for office in offices_below(offices[scene.PROVINCE])}
    assert below == set(offices) - {scene.PROVINCE, scene.MINISTRY}
    assert not offices_below(offices[scene.EAST]).exists()


def test_directory_is_a_tree_with_telephones_and_areas() -> None:
    (ministry,) = directory()
    (province,) = ministry.below
    (city,) = province.below
    east = next(entry for entry in city.below if entry.office.code == scene.EAST)
    offices = [one.office.code for one in (ministry, province, city)]
    assert offices == [scene.MINISTRY, scene.PROVINCE, scene.CITY]
    assert (east.office.phone, [area.name for area in east.areas]) == ("000-00000102", ["示例东区"])


def test_directory_of_one_office_begins_there(offices: Offices) -> None:
    (city,) = directory(offices[scene.CITY])
    assert city.office.code == scene.CITY


@pytest.mark.parametrize("more", [1, 50])
def test_directory_takes_two_queries(
    offices: Offices, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        office = replace(NEW, code=f"shili-more-{number}", name=f"示例第{number}局")
        open_office(actor=SYSTEM, office=office, parent=offices[scene.CITY], at=scene.AT)
    with django_assert_num_queries(2):
        directory()


def test_real_offices_are_told_from_invented_ones() -> None:
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="dalian", at=scene.AT)
    assert [office.code for office in roots(demonstration=True)] == [scene.MINISTRY]
    assert [office.code for office in roots(demonstration=False)] == ["liaoning"]
    assert len(areas(demonstration=False)) == 13
    assert len(areas()) == len(areas(demonstration=True)) + 13


def test_pioneer_zone_has_an_office_and_no_division_code() -> None:
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="dalian", at=scene.AT)
    zone = area_by_code("dalian-changxingdao")
    assert (zone.office.name, zone.office.phone, zone.division_code) == ("长兴岛经济发展局", "85280007", "")


def test_loading_again_opens_only_what_is_new(offices: Offices) -> None:
    Office.objects.filter(code=scene.EAST).update(phone="000-00009999")
    assert load_offices(actor=SYSTEM, name="demonstration", at=scene.AT) == []
    assert Office.objects.get(code=scene.EAST).phone == "000-00009999"
    assert Office.objects.count() == len(offices)


def test_opening_is_the_first_link_of_the_offices_chain(offices: Offices) -> None:
    opened = open_office(actor=SYSTEM, office=NEW, parent=offices[scene.CITY], at=scene.AT)
    with scope(SYSTEM):
        entry = Entry.objects.get(chain=opened.chain)
    assert (entry.seq, entry.verb, entry.actor_name) == (1, "open_office", "系统")
    assert entry.content == {"office": NEW.code, "name": NEW.name, "parent": scene.CITY}


def test_upper_office_opens_one_below_it(offices: Offices) -> None:
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    opened = open_office(actor=city, office=NEW, parent=offices[scene.CITY], at=scene.AT)
    assert opened.parent == offices[scene.CITY]


def test_nobody_else_opens_an_office(offices: Offices) -> None:
    clerk = scene.office_actor(scene.CITY, Role.CLERK)
    west = scene.office_actor(scene.WEST, Role.ADMINISTRATOR)
    for actor in (PUBLIC, clerk, west, scene.firm_actor()):
        assert refusal(NEW, offices[scene.CITY], actor) == "not_allowed"
    assert refusal(NEW, None, west) == "not_allowed"


def test_office_stands_below_a_higher_one(offices: Offices) -> None:
    county = offices[scene.EAST]
    assert refusal(NEW, county) == "office_not_lower_than_parent"
    assert refusal(replace(NEW, level=Level.PROVINCE), offices[scene.CITY]) == "office_not_lower_than_parent"


def test_an_office_that_came_first_is_put_below_a_later_one_once(offices: Offices) -> None:
    """示例省 was there before 示例部."""
    apart = replace(NEW, code="shili-apart", level=Level.PROVINCE)
    province = open_office(actor=SYSTEM, office=apart, parent=None, at=scene.AT)
    to_city = {"office": province, "parent": offices[scene.CITY], "at": scene.AT}
    with pytest.raises(Refused, match="office_not_lower_than_parent"):
        place_office(actor=SYSTEM, **to_city)  # type: ignore[arg-type]
    ministry = offices[scene.MINISTRY]
    place_office(actor=SYSTEM, office=province, parent=ministry, at=scene.AT)
    with scope(SYSTEM):
        assert office_chain(Office.objects.get(code="shili-apart"))[Level.MINISTRY] == ministry
        assert Entry.objects.filter(verb="place_office").count() == 2
    with pytest.raises(Refused, match="office_has_parent"):
        place_office(actor=SYSTEM, office=province, parent=ministry, at=scene.AT)


def test_real_office_never_stands_below_an_invented_one(offices: Offices) -> None:
    assert refusal(replace(NEW, is_demonstration=False), offices[scene.CITY]) == "demonstration_apart"


def test_code_of_an_office_is_taken_once(offices: Offices) -> None:
    assert refusal(replace(NEW, code=scene.WEST), offices[scene.CITY]) == "office_code_taken"


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(Refused, match="office_unknown"):
        office_by_code("nowhere")
    with pytest.raises(Refused, match="area_unknown"):
        area_by_code("nowhere")


def test_area_moves_to_another_office_and_both_ledgers_say_so(offices: Offices) -> None:
    city = scene.office_actor(scene.CITY, Role.ADMINISTRATOR)
    moved = move_area(actor=city, area=scene.area(scene.EAST), office=offices[scene.WEST], at=scene.AT)
    assert moved.office == offices[scene.WEST]
    with scope(SYSTEM):
        told = Entry.objects.filter(verb="move_area").order_by("chain")
        assert [entry.chain_id for entry in told] == sorted(
            offices[code].chain_id for code in (scene.EAST, scene.WEST)
        )


def test_area_is_not_taken_from_a_neighbour(offices: Offices) -> None:
    west = scene.office_actor(scene.WEST, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="not_allowed"):
        move_area(actor=west, area=scene.area(scene.EAST), office=offices[scene.WEST], at=scene.AT)
    assert scene.area(scene.EAST).office == offices[scene.EAST]


def test_area_never_moves_between_real_and_invented_offices() -> None:
    with scope(SYSTEM):
        load_offices(actor=SYSTEM, name="dalian", at=scene.AT)
        real = office_by_code("dalian-zhongshan")
    with pytest.raises(Refused, match="demonstration_apart"):
        move_area(actor=SYSTEM, area=scene.area(scene.EAST), office=real, at=scene.AT)


def test_code_of_an_area_is_taken_once(offices: Offices) -> None:
    with pytest.raises(Refused, match="area_code_taken"):
        open_area(actor=SYSTEM, code=scene.EAST, name="示例东区", office=offices[scene.WEST], at=scene.AT)


def test_office_closes_once_it_serves_nobody(offices: Offices) -> None:
    later = scene.AT + timedelta(days=1)
    with pytest.raises(Refused, match="office_still_serves"):
        close_office(actor=SYSTEM, office=offices[scene.EAST], at=later)
    move_area(actor=SYSTEM, area=scene.area(scene.EAST), office=offices[scene.WEST], at=later)
    closed = close_office(actor=SYSTEM, office=offices[scene.EAST], at=later)
    assert closed.closed_at == later
    assert scene.EAST not in {entry.office.code for entry in directory(offices[scene.CITY])[0].below}
    with pytest.raises(Refused, match="office_closed"):
        close_office(actor=SYSTEM, office=offices[scene.EAST], at=later)


def test_office_with_lower_ones_does_not_close(offices: Offices) -> None:
    with pytest.raises(Refused, match="office_still_serves"):
        close_office(actor=SYSTEM, office=offices[scene.CITY], at=scene.AT)


def test_closed_office_gets_no_area(offices: Offices) -> None:
    move_area(actor=SYSTEM, area=scene.area(scene.EAST), office=offices[scene.WEST], at=scene.AT)
    closed = close_office(actor=SYSTEM, office=offices[scene.EAST], at=scene.AT)
    with pytest.raises(Refused, match="office_closed"):
        move_area(actor=SYSTEM, area=scene.area(scene.WEST), office=closed, at=scene.AT)
    assert Area.objects.get(code=scene.WEST).office == offices[scene.WEST]
