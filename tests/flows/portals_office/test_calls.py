"""催办名单 in the browser: telephones masked until somebody answers for reading them."""

import pytest
from django.test import Client
from tests import cases, scene
from tests.flows.applications.unfinished import draft, returned
from tests.flows.portals_office.desk import officer, sheet_of, signed_in, source, words

from tidu.aftermath.actions import follow_all
from tidu.database.scope import SYSTEM, scope
from tidu.messages.models import Message
from tidu.offices.enums import Role
from tidu.records.models import Entry

PHONE = "000-00001000"


@pytest.fixture
def city(round_: cases.Round) -> Client:
    return signed_in(round_.city)


def there(round_: cases.Round, more: str = "") -> str:
    return f"/office/calls/?batch={round_.batch.pk}{more}"


def test_who_has_not_finished_and_until_when(round_: cases.Round, city: Client) -> None:
    draft(round_, 1)
    returned(round_, 2)
    cases.submitted(round_, 3)

    page = words(city.get(there(round_)))

    assert "示例第1精密制造有限公司" in page
    assert "尚未提交 1" in page
    assert "尚未补正 1" in page
    assert "2026年3月31日 24:00" in page
    assert "示例第3精密制造有限公司" not in page


def test_filters_narrow_the_list(round_: cases.Round, city: Client) -> None:
    draft(round_, 1)
    draft(round_, 2, area_code=scene.WEST)

    assert "示例第2" not in words(city.get(there(round_, f"&office={round_.east.office_id}")))
    assert "示例第1" not in words(city.get(there(round_, "&q=第2精密")))
    assert "名单是空的" in words(city.get(there(round_, "&status=returned")))


def test_telephones_are_masked_on_the_page_and_in_the_workbook(round_: cases.Round, city: Client) -> None:
    draft(round_, 1)

    table = sheet_of(city.get(f"/office/calls/export/?batch={round_.batch.pk}"))

    assert PHONE not in source(city.get(there(round_)))
    assert "000-******00" in words(city.get(there(round_)))
    assert table[1][9] == "000-******00"


def test_a_telephone_is_shown_to_whoever_asks_and_the_reading_is_recorded(
    round_: cases.Round, city: Client
) -> None:
    chosen, other = draft(round_, 1), draft(round_, 2)

    page = city.post("/office/calls/contacts/", {"batch": round_.batch.pk, "case": [chosen.pk]})

    assert source(page).count(PHONE) == 1
    with scope(SYSTEM):
        entry = Entry.objects.get(verb="read_contact")
    assert (entry.chain_id, entry.account_id) == (chosen.chain_id, round_.city.account_id)
    assert entry.chain_id != other.chain_id
    firm = signed_in(round_.firms[1])
    assert "查看联系方式" in words(firm.get(f"/enterprise/cases/{chosen.pk}/"))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_works_on_no_case_reads_no_telephone_and_urges_nobody(round_: cases.Round, role: Role) -> None:
    case = draft(round_, 1)
    reader, said = officer(scene.CITY, role), {"batch": round_.batch.pk, "case": [case.pk]}

    assert reader.get(there(round_)).status_code == 200
    assert reader.post("/office/calls/contacts/", said).status_code == 403
    reader.post("/office/calls/urge/", said)

    with scope(SYSTEM):
        assert not Entry.objects.filter(verb__in=["read_contact", "urge_firms"]).exists()


def test_firms_are_urged_from_the_list(round_: cases.Round, city: Client) -> None:
    case = draft(round_, 1)
    said = {"batch": round_.batch.pk, "case": [case.pk], "comment": "有困难请来电。", "q": "第1"}

    answer = city.post("/office/calls/urge/", said)
    follow_all(round_.at)

    assert answer.headers["Location"] == f"/office/calls/?batch={round_.batch.pk}&q=%E7%AC%AC1"
    page = words(city.get(answer.headers["Location"]))
    assert "已催办 1 家企业" in page
    assert "3月16日 09:00 示例市工业和信息化局" in page
    with scope(SYSTEM):
        message = Message.objects.get(entry__verb="urge_firms")
    assert (message.firm_id, message.path) == (case.firm_id, f"/enterprise/cases/{case.pk}/")
    assert "有困难请来电。" in message.body


def test_a_district_beside_finds_neither_firm_nor_telephone(round_: cases.Round) -> None:
    case = draft(round_, 1)
    west, said = signed_in(round_.west), {"batch": round_.batch.pk, "case": [case.pk]}

    assert "名单是空的" in words(west.get(there(round_)))
    answer = west.post("/office/calls/contacts/", said)
    assert answer.status_code == 422
    assert PHONE not in source(answer)
    west.post("/office/calls/urge/", said)
    with scope(SYSTEM):
        assert not Entry.objects.filter(verb__in=["read_contact", "urge_firms"]).exists()
