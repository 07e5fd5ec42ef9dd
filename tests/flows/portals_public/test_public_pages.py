"""What everybody reads without logging in: the first page, the directory, help, what crawlers may read."""

import pytest
from django.test import Client
from tests import rounds, scene
from tests.flows.portals_public.conftest import stand_at, text_of

from tidu.database.scope import SYSTEM
from tidu.offices.actions import NewOffice, open_office
from tidu.offices.enums import Level
from tidu.portals.public.urls import urlpatterns

pytestmark = pytest.mark.django_db
PLAIN = [str(each.pattern) for each in urlpatterns if "<" not in str(each.pattern)]


@pytest.mark.parametrize("address", PLAIN)
def test_every_page_opens_without_login_even_in_an_empty_installation(address: str, visitor: Client) -> None:
    assert visitor.get(f"/{address}").status_code == 200


@pytest.mark.parametrize("address", [address for address in PLAIN if not address.endswith((".txt", ".json"))])
def test_every_page_says_what_it_is_not_and_that_nothing_is_charged(address: str, visitor: Client) -> None:
    shown = text_of(visitor.get(f"/{address}"))
    assert "本系统不是国家优质中小企业梯度培育平台" in shown
    assert "https://zjtx.miit.gov.cn" in shown
    assert "不收取任何费用" in shown


def test_first_page_shows_what_is_open_and_until_when(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.open_offices()
    rounds.publish()
    stand_at(monkeypatch, rounds.PUBLISHED)
    shown = text_of(visitor.get("/"))
    assert "2026年度第一批创新型中小企业" in shown
    assert ">2026年3月31日 24:00</time>" in shown
    assert "剩 57 天" in shown
    assert "2026年度第二批" not in shown


def test_directory_gives_each_office_below_the_one_above_it(visitor: Client) -> None:
    scene.open_offices()
    shown = text_of(visitor.get("/directory/"))
    places = [shown.index(words) for words in ("depth-0", "depth-1", "depth-2")]
    assert places == sorted(places)
    assert "000-00000102" in shown
    assert "演示单位" in shown


def test_crawlers_stay_away_from_desks_and_objections(visitor: Client) -> None:
    shown = text_of(visitor.get("/robots.txt"))
    for kept in ("/enterprise/", "/office/", "/operator/", "/objections/"):
        assert f"Disallow: {kept}\n" in shown


def test_whoever_is_logged_in_finds_the_way_back_to_their_desk(visitor: Client) -> None:
    scene.open_offices()
    _, member = scene.register()
    visitor.force_login(member.account)
    shown = text_of(visitor.get("/"))
    assert 'href="/enterprise/">进入工作台' in shown
    assert "登录（企业、主管部门）" not in shown


def test_directory_takes_the_same_queries_for_one_office_and_fifty_more(visitor: Client) -> None:
    city = scene.open_offices()[scene.CITY]
    before = scene.queries_of(visitor, "/directory/")
    for number in range(50):
        new = NewOffice(f"more-{number}", f"示例第{number}区工信局", Level.COUNTY, is_demonstration=True)
        open_office(actor=SYSTEM, office=new, parent=city, at=scene.AT)
    assert scene.queries_of(visitor, "/directory/") == before <= scene.MOST_QUERIES
    assert text_of(visitor.get("/directory/")).count("示例第") == 50
