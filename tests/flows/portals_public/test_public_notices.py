"""The notice as everybody reads it: word for word, with our readings marked and its versions kept."""

import hashlib
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import Settings
from tests import rounds, scene
from tests.flows.portals_public.conftest import stand_at, text_of

from tidu.database.scope import Actor
from tidu.law.notices import Change, Corrigendum
from tidu.programmes.actions import issue_corrigendum
from tidu.programmes.models import Notice

pytestmark = pytest.mark.django_db
PAGE = "/notices/shili-2026-innovative/"


@pytest.fixture
def publisher() -> Actor:
    scene.open_offices()
    return rounds.publisher()


@pytest.fixture
def notice(publisher: Actor) -> Notice:
    return rounds.publish(publisher)


def test_every_sentence_and_heading_stands_on_the_page_word_for_word(notice: Notice, visitor: Client) -> None:
    shown = text_of(visitor.get(PAGE))
    text = rounds.notice_of_shili()
    assert [one.id for one in text.sentences if f'<span id="{one.id}">{one.text}</span>' not in shown] == []
    assert [words for words in text.headings.values() if words not in shown] == []


def test_every_reading_of_ours_is_shown_and_marked(notice: Notice, visitor: Client) -> None:
    shown = text_of(visitor.get(PAGE))
    readings = rounds.notice_of_shili().readings
    assert [one.id for one in readings if f"<b>{one.label}：</b>" not in shown] == []
    assert shown.count('<span class="mark">本系统理解</span> <b>') == len(readings)


def test_windows_and_deadlines_end_at_24_of_their_last_day(notice: Notice, visitor: Client) -> None:
    shown = text_of(visitor.get(PAGE))
    assert "2026年1月1日 00:00 起" in shown
    assert ">2026年3月31日 24:00</time> 止" in shown
    assert "区级推荐" in shown
    assert ">2026年4月10日 24:00</time>" in shown


def test_way_of_a_case_is_drawn_from_the_procedure(notice: Notice, visitor: Client) -> None:
    shown = text_of(visitor.get(PAGE))
    steps = [
        "填报并提交",
        "区级审核",
        "区级推荐",
        "市级复核（第二次审核）",
        "市级公示",
        "报省备案",
        "省级公告",
    ]
    places = [shown.index(f"<li><b>{step}</b>") for step in steps]
    assert places == sorted(places)
    assert "也可能：退回补正、不予通过、移交属地" in shown


def test_frozen_text_has_the_digest_that_the_page_shows(notice: Notice, visitor: Client) -> None:
    saved = visitor.get(f"{PAGE}v1.json")
    digest = hashlib.sha256(saved.content).hexdigest()
    assert digest == notice.digest
    assert digest in text_of(visitor.get(PAGE))
    assert saved.headers["Content-Disposition"] == 'attachment; filename="shili-2026-innovative-v1.json"'


def test_corrigendum_shows_what_it_changed_and_keeps_the_first_text(
    notice: Notice, publisher: Actor, visitor: Client
) -> None:
    first = notice.digest
    later = Change("batches.2026-1.moved.county-recommend", "2026-04-15 24:00")
    issue_corrigendum(
        actor=publisher,
        notice_id=notice.pk,
        corrigendum=Corrigendum("示工信〔2026〕9号", "系统维护", (later,)),
        at=rounds.PUBLISHED,
    )
    shown = text_of(visitor.get(PAGE))
    assert "已更正，现为第 2 版" in shown
    assert "示工信〔2026〕9号" in shown
    assert "2026年度第一批区级推荐期限" in shown
    assert "更正原因：系统维护" in shown
    assert hashlib.sha256(visitor.get(f"{PAGE}v1.json").content).hexdigest() == first


def test_unknown_notice_and_unknown_version_are_not_found(notice: Notice, visitor: Client) -> None:
    assert visitor.get("/notices/nowhere/").status_code == 404
    assert visitor.get(f"{PAGE}v7.json").status_code == 404


def test_notice_is_found_by_a_part_of_its_title(notice: Notice, visitor: Client) -> None:
    assert PAGE in text_of(visitor.get("/notices/", {"q": "创新型"}))
    assert PAGE not in text_of(visitor.get("/notices/", {"q": "专精特新"}))


def test_list_takes_the_same_queries_for_one_notice_and_fifty(
    notice: Notice, publisher: Actor, visitor: Client
) -> None:
    for_one = scene.queries_of(visitor, "/notices/")
    for number in range(49):
        rounds.publish(publisher, notice=replace(rounds.notice_of_shili(), id=f"shili-{number}"))
    assert scene.queries_of(visitor, "/notices/") == for_one <= scene.MOST_QUERIES
    assert visitor.get("/notices/").context["rows"].paginator.count == 50


def test_notice_takes_few_queries(notice: Notice, visitor: Client) -> None:
    assert scene.queries_of(visitor, PAGE) <= scene.MOST_QUERIES


def test_real_notice_in_a_demonstration_leads_to_the_national_platform(
    publisher: Actor, visitor: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMONSTRATION = True
    stand_at(monkeypatch, rounds.PUBLISHED)
    real = replace(rounds.notice_of_shili(), id="a-real-one", demonstration=False)
    rounds.publish(publisher, notice=real)
    Notice.objects.filter(slug=rounds.publish(publisher).slug).update(is_demonstration=True)
    begin = "看准备清单，开始申报"
    assert begin in text_of(visitor.get(PAGE))
    shown = text_of(visitor.get("/notices/a-real-one/"))
    assert begin not in shown
    assert "到优质中小企业梯度培育平台申报" in shown
