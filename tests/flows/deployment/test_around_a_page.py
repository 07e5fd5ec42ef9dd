"""What happens around every page: arrival time, scope, one transaction, safety headers, honest failures."""

from datetime import datetime

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

pytestmark = [pytest.mark.commits, pytest.mark.urls("tests.flows.deployment.pages")]

JSON = {"Accept": "application/json"}


@pytest.fixture
def visitor() -> Client:
    """Sees the error page as a person would, not the exception."""
    return Client(raise_request_exception=False)


def remembered() -> list[str]:
    return list(Session.objects.values_list("session_key", flat=True))


def test_a_stranger_is_the_public(visitor: Client) -> None:
    assert visitor.get("/tell/").json()["kind"] == "public"


def test_arrival_is_taken_before_anything_else(visitor: Client) -> None:
    before = timezone.now()
    at = datetime.fromisoformat(visitor.get("/tell/").json()["at"])
    assert before <= at <= timezone.now()


def test_a_post_writes(visitor: Client) -> None:
    assert visitor.post("/write/").status_code == 200
    assert remembered() == ["written"]


def test_more_than_any_form_may_bring_is_not_read(visitor: Client) -> None:
    much = visitor.generic("POST", "/write/", b"", CONTENT_LENGTH=str(settings.LARGEST_REQUEST + 1))
    assert much.status_code == 413
    assert "文件太大" in much.content.decode()
    assert remembered() == []


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_reading_page_cannot_write(visitor: Client, method: str) -> None:
    assert getattr(visitor, method)("/write/").status_code == 500
    assert remembered() == []


def test_a_page_that_fails_leaves_nothing_behind(visitor: Client) -> None:
    answer = visitor.post("/write-and-fail/")
    assert answer.status_code == 500
    assert "本次操作没有生效" in answer.content.decode()
    assert remembered() == []


def test_every_answer_forbids_inline_script_and_style(visitor: Client) -> None:
    for address in ("/tell/", "/miss/"):
        policy = visitor.get(address).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_the_database_lost_in_the_middle_of_a_save_is_said_plainly(visitor: Client) -> None:
    answer = visitor.post("/lose-the-database/", headers=JSON)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["message"] == "数据库暂时不可用，您填写的内容仍在本页，请稍后重试。"
    assert remembered() == []


def test_after_the_database_was_lost_the_next_page_works(visitor: Client) -> None:
    visitor.post("/lose-the-database/")
    assert visitor.post("/write/").status_code == 200


def test_a_database_that_cannot_be_reached_is_said_plainly(visitor: Client) -> None:
    connection.close()
    place, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], "/nonexistent"
    try:
        answer = visitor.get("/tell/")
    finally:
        connection.settings_dict["HOST"] = place
    assert answer.status_code == 503
    assert "数据库暂时不可用，您填写的内容仍在本页，请稍后重试。" in answer.content.decode()
