"""Publicity lists and announcements as everybody finds, reads and saves them."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests import cases, scene
from tests.flows.portals_public.conftest import stand_at, text_of
from tests.flows.publicity.publishing import announced, entry_of, period_over, publish
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case
from tidu.publicity.actions import close_list
from tidu.publicity.models import Announcement, PublicityList
from tidu.publicity.queries import list_entries


@beginning
def made(opened_round: cases.Round, waiting: list[Case], published: PublicityList) -> Announcement:
    """Both firms announced by the province once the list was over."""
    opened_round.at = period_over(published)
    close_list(actor=opened_round.city, list_id=published.pk, at=opened_round.at)
    cases.to_announcement(opened_round, waiting)
    return announced(opened_round, waiting)


@pytest.fixture
def announcement(round_: cases.Round, made: Announcement, monkeypatch: pytest.MonkeyPatch) -> Announcement:
    """Made a moment ago."""
    stand_at(monkeypatch, round_.at + timedelta(hours=1))
    return made


def page(publicity: PublicityList) -> str:
    return f"/publicity/{publicity.token}/"


def test_open_list_stands_on_the_first_page_with_the_time_left(
    listed: PublicityList, visitor: Client
) -> None:
    shown = text_of(visitor.get("/"))
    assert page(listed) in shown
    assert "正在公示" in shown


def test_list_names_every_firm_and_where_to_object(
    listed: PublicityList, waiting: list[Case], visitor: Client
) -> None:
    shown = text_of(visitor.get(page(listed)))
    for case in waiting:
        entry = entry_of(case)
        assert entry.firm_name in shown
        assert f'href="{page(listed)}{entry.position}/"' in shown


def test_nobody_can_object_once_the_period_is_over(
    listed: PublicityList, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "提出异议</a>" in text_of(visitor.get(page(listed)))
    stand_at(monkeypatch, period_over(listed))
    shown = text_of(visitor.get(page(listed)))
    assert "提出异议</a>" not in shown
    assert "公示期已满，不再受理异议" in shown
    assert "现在不能对这家企业提出异议" in text_of(visitor.get(f"{page(listed)}1/"))


def test_list_is_found_by_a_firm_on_it(listed: PublicityList, waiting: list[Case], visitor: Client) -> None:
    uscc = entry_of(waiting[0]).uscc
    assert page(listed) in text_of(visitor.get("/publicity/", {"q": uscc}))
    assert page(listed) not in text_of(visitor.get("/publicity/", {"q": "没有这家企业"}))


def test_lists_are_told_apart_by_whether_they_are_open(
    listed: PublicityList, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page(listed) in text_of(visitor.get("/publicity/", {"state": "open"}))
    assert page(listed) not in text_of(visitor.get("/publicity/", {"state": "over"}))
    stand_at(monkeypatch, period_over(listed))
    assert page(listed) not in text_of(visitor.get("/publicity/", {"state": "open"}))


def test_list_is_searched_by_name_and_filtered_by_kind(
    listed: PublicityList, waiting: list[Case], visitor: Client
) -> None:
    first, second = (entry_of(case) for case in waiting)
    shown = text_of(visitor.get(page(listed), {"q": first.firm_name}))
    assert first.firm_name in shown
    assert second.uscc not in shown
    assert first.uscc not in text_of(visitor.get(page(listed), {"kind": "re_review"}))


def test_frozen_list_has_the_digest_that_the_page_shows(listed: PublicityList, visitor: Client) -> None:
    saved = visitor.get(f"{page(listed)}list.json").content
    assert hashlib.sha256(saved).hexdigest() == listed.digest
    assert listed.digest in text_of(visitor.get(page(listed)))


def test_list_is_saved_as_a_workbook_that_says_it_is_a_sample(listed: PublicityList, visitor: Client) -> None:
    sheet = load_workbook(BytesIO(visitor.get(f"{page(listed)}list.xlsx").content)).worksheets[0]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [listed.title]
    assert rows[3] == ["序号", "企业名称", "统一社会信用代码", "属地", "类别", "状态"]
    assert [row[2] for row in rows[4:6]] == [entry.uscc for entry in list_entries(listed)]
    assert rows[6] == ["样张：内容虚构，不作任何用途。"]


def test_list_is_saved_as_text_with_commas(listed: PublicityList, visitor: Client) -> None:
    saved = visitor.get(f"{page(listed)}list.csv").content.decode("utf-8-sig").splitlines()
    assert saved[0] == "序号,企业名称,统一社会信用代码,属地,类别,状态"
    assert len(saved) == 3


def test_announcement_leads_each_firm_to_its_title(
    announcement: Announcement, waiting: list[Case], visitor: Client
) -> None:
    follow_all(announcement.published_at)
    shown = text_of(visitor.get(f"/announcements/{announcement.token}/"))
    assert announcement.number in shown
    assert shown.count("查验称号</a>") == len(waiting)
    assert announcement.token in text_of(visitor.get("/announcements/", {"q": entry_of(waiting[0]).uscc}))


def test_announcement_is_saved_in_every_form(announcement: Announcement, visitor: Client) -> None:
    address = f"/announcements/{announcement.token}/list"
    assert hashlib.sha256(visitor.get(f"{address}.json").content).hexdigest() == announcement.digest
    assert visitor.get(f"{address}.xlsx").content[:2] == b"PK"
    assert announcement.valid_from.isoformat() in visitor.get(f"{address}.csv").content.decode()


@pytest.mark.parametrize("address", ["publicity", "announcements"])
@pytest.mark.django_db
def test_unknown_token_is_not_found(address: str, visitor: Client) -> None:
    answer = visitor.get(f"/{address}/{'0' * 32}/")
    assert answer.status_code == 404
    assert "没有找到这份" in text_of(answer)


def test_list_takes_the_same_queries_for_one_firm_and_a_dozen(round_: cases.Round, visitor: Client) -> None:
    short = publish(round_, cases.to_publicity(round_, [1]))
    long = publish(round_, cases.to_publicity(round_, range(2, 14)))
    assert (
        scene.queries_of(visitor, page(long)) == scene.queries_of(visitor, page(short)) <= scene.MOST_QUERIES
    )
    assert visitor.get(page(long)).context["rows"].paginator.count == 12
