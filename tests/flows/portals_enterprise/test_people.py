"""Colleagues and messages."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.flows.portals_enterprise.desk import Desk, said, sit_down

from tidu.database.scope import SYSTEM, scope
from tidu.enterprises.models import Member
from tidu.messages.actions import Letter, Recipient, send
from tidu.programmes.models import Batch
from tidu.records.models import Entry

pytestmark = pytest.mark.django_db

MEMBERS, INBOX = "/enterprise/members/", "/enterprise/messages/"
COLLEAGUE = {
    "name": "财务岗",
    "username": "firm-1-finance",
    "role": "editor",
    "phone": "",
    "is_employee": "on",
}


def test_a_colleague_logs_in_with_the_password_shown_once(desk: Desk) -> None:
    answer = desk.client.post(MEMBERS, COLLEAGUE)
    assert answer.status_code == 200
    password = answer.context["shown"][1]
    assert "no-store" in answer.headers["Cache-Control"]
    assert password not in said(desk.client.get(MEMBERS))
    login = Client().post("/login/", {"login": "firm-1-finance", "password": password})
    assert login.status_code == 302


def test_an_agent_is_not_a_colleague(desk: Desk) -> None:
    answer = desk.client.post(MEMBERS, {**COLLEAGUE, "is_employee": ""})
    assert answer.status_code == 422
    assert "中介" in said(answer)


def test_the_last_owner_stays(desk: Desk) -> None:
    with scope(SYSTEM):
        member = Member.objects.get(firm=desk.firm)
    answer = desk.client.post(f"{MEMBERS}{member.pk}/", {"do": "remove"})
    assert answer.status_code == 422
    assert "至少保留一名负责人" in said(answer)


def test_a_colleague_who_is_removed_no_longer_acts(desk: Desk) -> None:
    desk.client.post(MEMBERS, COLLEAGUE)
    with scope(SYSTEM):
        member = Member.objects.get(account__username="firm-1-finance")
    assert desk.client.post(f"{MEMBERS}{member.pk}/", {"do": "viewer"}).status_code == 302
    assert desk.client.post(f"{MEMBERS}{member.pk}/", {"do": "remove"}).status_code == 302
    assert re.search("财务岗.*已离开", said(desk.client.get(MEMBERS)), re.DOTALL)


def test_members_of_another_firm_cannot_be_touched(desk: Desk, batch: Batch) -> None:
    stranger = sit_down(7)
    with scope(SYSTEM):
        member = Member.objects.get(firm=desk.firm)
    assert stranger.client.post(f"{MEMBERS}{member.pk}/", {"do": "remove"}).status_code == 404


def test_a_viewer_manages_nobody(batch: Batch) -> None:
    viewer = sit_down(8, role="viewer")
    assert "添加同事" not in said(viewer.client.get(MEMBERS))
    assert viewer.client.post(MEMBERS, COLLEAGUE).status_code == 403


def message_to(desk: Desk, subject: str, *, needs_action: bool = False) -> None:
    with scope(SYSTEM):
        entry = Entry.objects.filter(chain=desk.firm.chain).latest("seq")
        send(
            entry=entry,
            recipient=Recipient("firm", desk.firm.pk),
            letter=Letter(subject, "请于期限前补正。", "/enterprise/cases/", needs_action),
            at=timezone.now(),
        )


def test_a_message_is_read_and_leads_on(desk: Desk) -> None:
    message_to(desk, "请补正材料", needs_action=True)
    page = desk.client.get(f"{INBOX}?show=act")
    message = page.context["rows"].object_list[0]
    assert "需办理" in said(page)
    answer = desk.client.post(f"{INBOX}{message.pk}/")
    assert answer.headers["Location"] == "/enterprise/cases/"
    assert desk.client.get(f"{INBOX}?show=unread").context["rows"].paginator.count == 0


def test_messages_of_others_are_neither_shown_nor_marked(desk: Desk, batch: Batch) -> None:
    message_to(desk, "请补正材料")
    message = desk.client.get(INBOX).context["rows"].object_list[0]
    stranger = sit_down(9)
    assert stranger.client.get(INBOX).context["rows"].paginator.count == 0
    stranger.client.post(f"{INBOX}{message.pk}/")
    assert desk.client.get(INBOX).context["unread"].all == 1
    desk.client.post(f"{INBOX}all/")
    assert desk.client.get(INBOX).context["unread"].all == 0
