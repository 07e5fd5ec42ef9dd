"""Every list of the desk can be taken along as a workbook, and says there what it says on the page."""

from tests import cases, scene
from tests.flows.portals_office.desk import sheet_of, signed_in
from tests.flows.publicity.publishing import OBJECTOR, object_to, publish

from tidu.applications.actions import receive
from tidu.inspections.actions import plan_inspection


def test_batches(round_: cases.Round) -> None:
    cases.submitted(round_, 1)

    (_, row) = sheet_of(signed_in(round_.east).get("/office/batches/export/"))

    assert row[:1] + row[3:6] == [round_.batch.title, "2026年3月31日 24:00", 1, 1]


def test_firms_still_to_be_looked_at(round_: cases.Round) -> None:
    case, other = cases.submitted(round_, 1), cases.submitted(round_, 2, area_code=scene.WEST)
    for actor, one in ((round_.east, case), (round_.west, other)):
        receive(actor=actor, case_id=one.pk, expected_version=None, at=round_.at)
        plan_inspection(actor=actor, case_id=one.pk, at=round_.at)

    (_, row) = sheet_of(signed_in(round_.east).get("/office/inspections/export/"))

    assert row[:1] + row[3:4] + row[5:6] == ["示例第1精密制造有限公司", case.number, "列为核查对象"]


def test_lists_and_objections_without_those_who_object(round_: cases.Round) -> None:
    (case,) = cases.to_publicity(round_)
    published = publish(round_, [case])
    object_to(round_, case)
    city = signed_in(round_.city)

    (_, listed) = sheet_of(city.get("/office/lists/export/"))
    (_, objected) = sheet_of(city.get("/office/objections/export/"))

    assert (listed[0], listed[6]) == (published.title, 1)
    assert objected[0] == "示例第1精密制造有限公司"
    assert not {OBJECTOR.name, OBJECTOR.contact, OBJECTOR.text} & set(objected)


def test_another_offices_objections_are_not_in_the_workbook(round_: cases.Round) -> None:
    (case,) = cases.to_publicity(round_)
    publish(round_, [case])
    object_to(round_, case)

    assert len(sheet_of(signed_in(round_.east).get("/office/objections/export/"))) == 1
