"""Lists are closed when their period is over; what an objection says is opened by a recorded act."""

import pytest
from tests import cases, scene
from tests.flows.portals_office.desk import officer, signed_in, source, words
from tests.flows.publicity.publishing import period_over, publish
from tests.plugins.beginnings import beginning

from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.offices.enums import Role
from tidu.offices.queries import office_by_code
from tidu.publicity.actions import (
    Content,
    ListText,
    accept_objection,
    close_list,
    file_objection,
    publish_list,
)
from tidu.publicity.models import Objection, PublicityList
from tidu.records.queries import timeline

pytestmark = pytest.mark.usefixtures("round_")

CONTENT = Content(name="示例异议人", contact="objector@example.invalid", text="研发费用与实际不符。")


@beginning
def listed(opened_round: cases.Round) -> list[Case]:
    return cases.to_publicity(opened_round, (1, 2))


@beginning
def published(opened_round: cases.Round, listed: list[Case]) -> PublicityList:
    return publish_list(
        actor=opened_round.city,
        batch_id=opened_round.batch.pk,
        case_versions=cases.seen(listed),
        text=ListText("拟公告名单公示", "000-00000000"),
        at=opened_round.at,
    )


@beginning
def objection(opened_round: cases.Round, published: PublicityList, listed: list[Case]) -> Objection:
    return _object(opened_round, published, listed[0])


def _object(
    round_: cases.Round, published: PublicityList, case: Case, complained: str | None = None
) -> Objection:
    with scope(SYSTEM):
        entry = published.entries.get(case=case)
        office = office_by_code(complained).pk if complained else None
    return file_objection(
        actor=PUBLIC, entry_id=entry.pk, content=CONTENT, at=round_.at, complained_office_id=office
    )


def test_of_lists_that_have_ended_the_last_one_stands_first(round_: cases.Round, listed: list[Case]) -> None:
    first = publish(round_, listed[:1])
    round_.later()
    second = publish(round_, listed[1:])
    round_.later(period_over(second) - round_.at)
    for one in (first, second):
        close_list(actor=round_.city, list_id=one.pk, at=round_.at)

    shown = signed_in(round_.city).get("/office/lists/").context["lists"]

    assert list(shown) == [second, first]


def url(objection: Objection, act: str = "") -> str:
    return f"/office/objections/{objection.pk}/" + (f"{act}/" if act else "")


def test_list_stands_open_until_its_period_is_over(round_: cases.Round, published: PublicityList) -> None:
    city, there = signed_in(round_.city), f"/office/lists/{published.token}/"

    assert "期满后才能结束公示" in words(city.get(there))
    assert city.post(f"{there}close/").status_code == 422

    round_.at = published.period.upper
    city = signed_in(round_.city)
    assert "公示期满" in words(city.get("/office/"))
    assert city.post(f"{there}close/").status_code == 302
    assert "公示无异议 2" in words(city.get(there))


def test_list_of_another_office_is_not_there(round_: cases.Round, published: PublicityList) -> None:
    province = signed_in(round_.province)

    assert province.get(f"/office/lists/{published.token}/").status_code == 404
    assert province.post(f"/office/lists/{published.token}/close/").status_code == 404


def test_lists_of_the_office_are_counted(round_: cases.Round, published: PublicityList) -> None:
    assert "拟公告名单公示" in words(signed_in(round_.city).get("/office/lists/"))


def test_no_list_of_objections_says_who_objects_or_why(round_: cases.Round, objection: Objection) -> None:
    city = signed_in(round_.city)

    for page in ("/office/objections/", url(objection), "/office/"):
        text = words(city.get(page))
        for secret in (CONTENT.name, CONTENT.contact, CONTENT.text):
            assert secret not in text


def test_opening_what_it_says_is_a_link_in_its_chain(round_: cases.Round, objection: Objection) -> None:
    page = words(signed_in(round_.city).post(url(objection, "read")))

    for said in (CONTENT.name, CONTENT.contact, CONTENT.text):
        assert said in page
    with scope(SYSTEM):
        entry = timeline(objection.chain).last()
    assert entry is not None
    assert (entry.verb, entry.office_id) == ("read_objection", round_.city.office_id)


def test_it_is_not_opened_by_a_look_at_the_page(round_: cases.Round, objection: Objection) -> None:
    assert signed_in(round_.city).get(url(objection, "read")).status_code == 405


@pytest.mark.parametrize("act", ["", "read", "accept", "uphold", "dismiss", "papers/1"])
def test_objection_is_not_there_for_other_offices(
    round_: cases.Round, objection: Objection, act: str
) -> None:
    for actor in (round_.east, round_.province):
        client = signed_in(actor)
        answer = client.post(url(objection, act), {"decision": "x"}) if act else client.get(url(objection))
        assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_only_who_signs_may_open_it(round_: cases.Round, objection: Objection, role: Role) -> None:
    client = officer(scene.CITY, role)

    answer = client.post(url(objection, "read"))

    assert answer.status_code in (403, 404)
    assert CONTENT.name not in words(answer)
    assert "打开异议内容" not in words(client.get(url(objection)))


def test_complaint_of_the_city_is_handled_by_the_province(
    round_: cases.Round, published: PublicityList, listed: list[Case]
) -> None:
    objection = _object(round_, published, listed[0], complained=scene.CITY)

    assert signed_in(round_.city).get(url(objection)).status_code == 404
    assert CONTENT.text in words(signed_in(round_.province).post(url(objection, "read")))


def test_accepted_then_upheld(round_: cases.Round, objection: Objection, listed: list[Case]) -> None:
    city = signed_in(round_.city)
    assert "异议成立，移出名单" not in words(city.get(url(objection)))

    city.post(url(objection, "accept"))
    assert cases.again(listed[0]).status == "suspended"
    city.post(url(objection, "uphold"), {"decision": "经核实属实。", "reason": "不符合申报条件。"})

    assert cases.again(listed[0]).status == "not_recognised"
    assert "经核实属实。" in words(city.get(url(objection)))


def test_reason_that_names_the_objector_is_refused(round_: cases.Round, objection: Objection) -> None:
    accept_objection(actor=round_.city, objection_id=objection.pk, at=round_.at)
    said = {"decision": "属实", "reason": f"据{CONTENT.name}反映，不符合条件。"}

    answer = signed_in(round_.city).post(url(objection, "uphold"), said)

    assert answer.status_code == 422
    assert "出现了异议人的姓名" in words(answer)


def test_dismissed_goes_on(round_: cases.Round, objection: Objection, listed: list[Case]) -> None:
    city = signed_in(round_.city)
    city.post(url(objection, "accept"))

    answer = city.post(url(objection, "dismiss"), {"decision": "不属实。"})

    assert answer.headers["Location"] == url(objection)
    assert cases.again(listed[0]).status == "listed"


def test_decision_without_words_is_refused(round_: cases.Round, objection: Objection) -> None:
    answer = signed_in(round_.city).post(url(objection, "dismiss"), {"decision": ""})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in source(answer) or "请填写" in words(answer)
