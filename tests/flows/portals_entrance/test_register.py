"""The page on which a firm registers."""

from typing import Any

import pytest
from tests import scene

from tidu.enterprises.models import Firm
from tidu.law.identity import demonstration_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True


def fields(**changed: str) -> dict[str, str]:
    given = {
        "uscc": demonstration_code(1),
        "name": "示例第1精密制造有限公司",
        "area": scene.EAST,
        "contact": "企业联系人",
        "phone": "000-00001000",
        "email": "firm-1@example.invalid",
        "is_employee": "on",
        "username": "firm-1",
        "password": scene.PASSWORD,
        "again": scene.PASSWORD,
    }
    return {name: value for name, value in (given | changed).items() if value}


def test_newcomer_is_logged_in_as_the_firm(client: Any) -> None:
    response = client.post("/register/", fields())
    assert (response.status_code, response.url) == (302, "/enterprise/")
    actor: Any = client.get("/login/").wsgi_request.actor
    assert (actor.kind, actor.name, actor.roles) == ("firm", "示例第1精密制造有限公司", {"owner"})


def test_password_is_kept_as_it_was_typed(client: Any) -> None:
    typed = f" {scene.PASSWORD}　"
    client.post("/register/", fields(password=typed, again=typed))
    client.post("/logout/")
    assert client.post("/login/", {"login": "firm-1", "password": typed}).url == "/identity/"


def test_session_ends_with_the_browser_after_registration_and_after_login(client: Any) -> None:
    client.post("/register/", fields())
    assert client.cookies["sessionid"]["max-age"] == ""
    client.post("/logout/")
    client.post("/login/", {"login": "firm-1", "password": scene.PASSWORD})
    assert client.cookies["sessionid"]["max-age"] == ""
    assert client.session.get_expiry_age() <= 12 * 60 * 60


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"uscc": "91990000"}, "uscc", "18"),
        ({"uscc": ""}, "uscc", "请填写“统一社会信用代码”"),
        ({"name": "示例"}, "name", "须为 4 至 100 个字"),
        ({"area": "dalian-zhongshan"}, "area", "没有这个属地"),
        ({"is_employee": ""}, "is_employee", "不需要也不建议通过任何中介机构"),
        ({"email": "firm"}, "email", "电子邮箱“firm”的写法不对"),
        ({"phone": "?????"}, "phone", "联系电话"),
        ({"username": "有名"}, "username", "3 至 60 个字符"),
        ({"password": "12345678", "again": "12345678"}, "password", "密码不合要求"),
        ({"again": "another"}, "again", "两次输入的密码不一致"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    client: Any, changed: dict[str, str], field: str, words: str
) -> None:
    response = client.post("/register/", fields(**changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert words in response.context["form"].errors[field][0]
    assert not Firm.objects.exists()


def test_everything_wrong_is_said_at_once(client: Any) -> None:
    response = client.post("/register/", fields(uscc="9199", name="示例", is_employee="", phone="", again=""))
    assert list(response.context["form"].errors) == ["uscc", "name", "phone", "is_employee", "again"]


def test_duplicate_firm_learns_how_to_join(client: Any) -> None:
    scene.register()
    response = client.post("/register/", fields(username="another"))
    assert "请联系本企业已登记的负责人" in response.context["form"].errors["uscc"][0]


def test_areas_of_the_demonstration_only(client: Any) -> None:
    groups = client.get("/register/").context["form"].fields["area"].choices
    assert [group for group, _ in groups] == ["", "示例市工业和信息化局"]


def test_somebody_logged_in_registers_another_firm_without_a_new_login(client: Any) -> None:
    client.post("/register/", fields())
    assert "username" not in client.get("/register/").context["form"].fields
    second = fields(
        uscc=demonstration_code(2), name="示例第2精密制造有限公司", username="", password="", again=""
    )
    assert client.post("/register/", second).url == "/enterprise/"
    assert [one.name for one in client.get("/identity/").context["identities"]] == [
        "示例第1精密制造有限公司",
        "示例第2精密制造有限公司",
    ]
