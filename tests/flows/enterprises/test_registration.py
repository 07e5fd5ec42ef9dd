"""Registering a firm."""

from dataclasses import replace
from typing import Any

import pytest
from stdnum.cn.uscc import calc_check_digit
from tests import scene

from tidu.database.scope import PUBLIC, SYSTEM, scope
from tidu.enterprises.actions import Contact, Login, register_firm
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.models import Firm, Member
from tidu.law.identity import demonstration_code, organisation_check_digit
from tidu.law.refusals import Refused, sentence
from tidu.offices.models import Account
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

BODY = "91210200" + "00000001" + organisation_check_digit("00000001")
ANOTHER_CODE = BODY + calc_check_digit(BODY)
"""Well formed and not of the demonstration; no register has given it out."""

CONTACT = Contact(name="企业联系人", phone="000-00001000", is_employee=True)


def register(**changed: Any) -> tuple[Firm, Member]:
    given: dict[str, Any] = {
        "actor": PUBLIC,
        "uscc": demonstration_code(1),
        "name": "示例第1精密制造有限公司",
        "area": scene.area(),
        "contact": CONTACT,
        "login": Login("firm-1", scene.PASSWORD),
        "at": scene.AT,
        "demonstration": True,
    }
    return register_firm(**(given | changed))


def refusal(**changed: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        register(**changed)
    with scope(SYSTEM):
        assert not Account.objects.filter(username="firm-9").exists()
    return caught.value


def test_newcomer_owns_the_registration() -> None:
    firm, member = register()
    actor = actor_for_member(member)
    assert (firm.uscc, firm.area.code, firm.is_demonstration) == (demonstration_code(1), scene.EAST, True)
    assert (member.role, member.is_employee, member.account.username) == (MemberRole.OWNER, True, "firm-1")
    assert (actor.kind, actor.firm_id, actor.name) == ("firm", firm.pk, firm.name)
    assert actor.roles == frozenset({"owner"})


def test_name_of_a_person_stands_in_the_membership_alone() -> None:
    _, member = register()
    assert (member.name, member.phone, member.account.name) == ("企业联系人", "000-00001000", "")


def test_registration_is_the_first_link_of_the_firms_chain() -> None:
    firm, member = register()
    with scope(actor_for_member(member)):
        entry = Entry.objects.get(chain=firm.chain_id)
    assert (entry.seq, entry.verb, entry.actor_kind, entry.at) == (1, "register", "firm", scene.AT)
    assert entry.content == {"uscc": firm.uscc, "name": firm.name, "area": scene.EAST, "office": scene.EAST}


def test_duplicate_firm_is_told_how_to_join() -> None:
    register()
    refused = refusal(login=Login("firm-9", scene.PASSWORD))
    assert refused.code == "firm_registered_already"
    assert sentence(refused) == (
        f"统一社会信用代码“{demonstration_code(1)}”已于 2026年1月5日 登记，一个企业只登记一次。"
        "请联系本企业已登记的负责人在“成员”中为您开通账号；"
        "找不到负责人的，请致电示例东区科技和工业信息化局（000-00000102）。"
    )


def test_code_is_read_as_people_type_it() -> None:
    code = demonstration_code(1)
    firm, _ = register(uscc=f" {code[:8].lower()}-{code[8:].lower()} ")
    assert firm.uscc == code


def test_wrong_check_digit_is_refused() -> None:
    code = demonstration_code(1)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert refusal(uscc=wrong).code == "credit_code_check_digit"


def test_invented_code_is_refused_outside_the_demonstration() -> None:
    assert refusal(demonstration=False).code == "credit_code_demonstration"


def test_real_code_is_refused_inside_the_demonstration() -> None:
    assert refusal(uscc=ANOTHER_CODE).code == "demonstration_takes_invented_firms_only"


def test_invented_firm_is_called_an_example() -> None:
    assert refusal(name="第一精密制造有限公司").code == "demonstration_name"


def test_real_firm_cannot_belong_to_the_invented_province() -> None:
    refused = refusal(uscc=ANOTHER_CODE, name="某某精密制造有限公司", demonstration=False)
    assert refused.code == "demonstration_area"


def test_an_address_nobody_can_write_to_is_refused() -> None:
    refused = refusal(contact=replace(CONTACT, email="firm-1"))
    assert sentence(refused) == "电子邮箱“firm-1”的写法不对。请按“名称@域名”填写，或留空。"


def test_agents_are_refused_with_the_words_of_the_notice() -> None:
    refused = refusal(contact=replace(CONTACT, is_employee=False))
    assert refused.code == "agents_not_needed"
    assert "不需要也不建议通过任何中介机构" in sentence(refused)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("示例", "firm_name_length"),
        ("示例" + "很" * 99, "firm_name_length"),
        ("示例<script>有限公司", "firm_name_characters"),
        ("Example Co", "firm_name_characters"),
        ("示例机密★10年有限公司", "firm_name_characters"),
    ],
)
def test_name_must_be_that_of_a_licence(name: str, code: str) -> None:
    assert refusal(name=name).code == code


def test_name_is_written_as_on_the_licence() -> None:
    firm, _ = register(name="  示例(东区) 精密制造有限公司 ")
    assert firm.name == "示例（东区） 精密制造有限公司"


@pytest.mark.parametrize("password", ["short", "12345678", "firm-1-x", "password"])
def test_weak_password_is_refused(password: str) -> None:
    assert refusal(login=Login("firm-1", password)).code == "password_weak"


@pytest.mark.parametrize("username", ["ab", "有名", "a b c", "-abc", "x" * 61])
def test_malformed_username_is_refused(username: str) -> None:
    assert refusal(login=Login(username, scene.PASSWORD)).code == "username_malformed"


def test_username_differs_by_more_than_capitals() -> None:
    register()
    refused = refusal(uscc=demonstration_code(2), login=Login("FIRM-1", scene.PASSWORD))
    assert refused.code == "username_taken"


def test_refused_registration_leaves_nothing() -> None:
    refusal(login=Login("firm-9", "short"))
    assert not Firm.objects.exists()


def test_telephone_must_be_one() -> None:
    assert refusal(contact=replace(CONTACT, phone="打给我")).code == "phone_unreadable"


def test_somebody_logged_in_may_register_another_firm() -> None:
    _, member = register()
    owner = actor_for_member(member)
    second, joined = register(actor=owner, uscc=demonstration_code(2), login=None)
    assert (joined.account_id, joined.firm_id) == (member.account_id, second.pk)


def test_public_needs_a_login() -> None:
    assert refusal(login=None).code == "login_required"
