"""Error pages: plain Chinese, a next step, and no need of a database."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import RequestFactory

from tidu.portals.parts.errors import TROUBLES, csrf_failure, permission_denied, trouble


def asked() -> HttpRequest:
    return RequestFactory().get("/somewhere/")


@pytest.mark.parametrize("status", sorted(TROUBLES))
def test_page_says_what_happened_and_what_to_do(status: int) -> None:
    response = trouble(asked(), status, reference="7f3a")
    text = response.content.decode()
    assert response.status_code == status
    assert TROUBLES[status].title in text
    assert "下一步：" in text
    assert "7f3a" in text


def test_every_page_says_what_this_system_is_not() -> None:
    text = trouble(asked(), 404).content.decode()
    assert "本系统不是国家优质中小企业梯度培育平台" in text
    assert "https://zjtx.miit.gov.cn" in text


def test_scripts_get_json() -> None:
    call = RequestFactory().post("/x/", headers={"Accept": "application/json"})
    said = json.loads(trouble(call, 409, sentence="这一项已被他人改动。").content)
    assert said["message"] == "这一项已被他人改动。"
    assert said["remedy"]


def test_htmx_gets_one_sentence() -> None:
    call = RequestFactory().get("/x/", headers={"HX-Request": "true"})
    assert trouble(call, 404).content.decode() == TROUBLES[404].sentence


def test_refusal_of_permission_gives_its_reason() -> None:
    text = permission_denied(asked(), PermissionDenied("本局不办理这个区县的申请。")).content.decode()
    assert "本局不办理这个区县的申请。" in text


def test_stale_form_is_explained() -> None:
    response = csrf_failure(asked(), "CSRF cookie not set.")
    assert response.status_code == 403
    assert "操作没有生效" in response.content.decode()
