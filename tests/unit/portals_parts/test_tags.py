"""What the tags write: exact, with units, and 未填 where nothing is known."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from tidu.law.facts.definitions import Fact, FactKind
from tidu.portals.parts.context import Page

NOW = datetime(2026, 3, 6, 2, 42, 5, tzinfo=UTC)
PAGE = Page(now=NOW, demonstration=False, authority="", help_phone="")


def render(source: str, address: str = "/", **words: object) -> str:
    request = RequestFactory().get(address)
    context = Context({"request": request, "page": PAGE, **words})
    return Template("{% load parts %}" + source).render(context)


@pytest.mark.parametrize(
    ("fen", "shown"),
    [
        (0, "0.00"),
        (1, "0.000001"),
        (126_530_000, "126.53"),
        (5_250_000_000, "5,250.00"),
        (123_456_789_012, "123,456.789012"),
        (-200_000, "-0.20"),
    ],
)
def test_money_is_ten_thousand_yuan_to_the_fen(fen: int, shown: str) -> None:
    assert render("{% money fen %}", fen=fen) == (
        f'<span class="amount">{shown}<span class="unit">万元</span></span>'
    )


@pytest.mark.parametrize("tag", ["money", "count", "share", "fact_value fact"])
def test_missing_number_is_not_zero(tag: str) -> None:
    fact = Fact("employees", "从业人员", FactKind.COUNT, unit="人")
    assert render(f"{{% {tag} nothing %}}", nothing=None, fact=fact) == '<span class="missing">未填</span>'


def test_count_carries_its_unit() -> None:
    assert (
        render('{% count 12345 "件" %}') == '<span class="amount">12,345<span class="unit">件</span></span>'
    )


def test_share_is_a_percentage() -> None:
    assert render("{% share x %}", x=Fraction(12653, 525000)) == (
        '<span class="amount">2.41<span class="unit">%</span></span>'
    )


def test_value_of_a_fact_is_written_in_its_unit() -> None:
    fact = Fact("debt_ratio", "资产负债率", FactKind.SHARE, unit="%")
    assert render("{% fact_value fact 540800 %}", fact=fact) == (
        '<span class="amount">54.08<span class="unit">%</span></span>'
    )


def test_moment_is_beijing_time_to_the_second_in_its_title() -> None:
    assert render("{% moment at %}", at=NOW) == (
        '<time datetime="2026-03-06T10:42:05+08:00" title="北京时间 2026-03-06 10:42:05">'
        "2026-03-06 10:42</time>"
    )


def test_no_moment_is_a_dash() -> None:
    assert render("{% moment nothing %}{% day nothing %}{% left nothing %}", nothing=None).count("—") == 3


def test_day_with_and_without_its_year() -> None:
    shown = render('{% day on %}{% day on "short" %}', on=date(2026, 3, 6))
    assert shown == (
        '<time datetime="2026-03-06">2026年3月6日</time><time datetime="2026-03-06">3月6日</time>'
    )


def test_time_left_counts_from_the_page_and_names_the_deadline() -> None:
    midnight = datetime(2026, 3, 8, 16, tzinfo=UTC)
    assert render("{% left at %}", at=midnight) == (
        '<time class="left left-now" data-deadline datetime="2026-03-09T00:00:00+08:00"'
        ' title="截止 2026年3月8日 24:00">剩 2 天 13 小时</time>'
    )


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [("met", "ok", "符合"), ("unmet", "no", "不符合"), ("open", "open", "待补充")],
)
def test_outcome_is_said_in_words(value: str, kind: str, words: str) -> None:
    assert render("{% outcome value %}", value=value) == f'<span class="pill {kind}">{words}</span>'


def test_what_people_write_is_escaped() -> None:
    shown = render("{% pill text %}{% copy_button text %}", text='<b onclick="x">')
    assert "<b " not in shown


def test_menu_item_is_current_below_its_own_address() -> None:
    source = '{% nav_item "待办" "/office/cases/" 37 %}'
    assert 'aria-current="page"' in render(source, "/office/cases/12/")
    assert 'aria-current="page"' not in render(source, "/office/titles/")


def test_home_is_current_only_at_home() -> None:
    assert 'aria-current="page"' not in render('{% nav_item "首页" "/office/" %}', "/office/cases/")


def test_pager_keeps_the_other_words_of_the_address() -> None:
    shown = render("{% pager rows %}", "/list/?q=华瑞&page=2", rows=Paginator(range(60), 20).get_page(2))
    assert 'href="?q=%E5%8D%8E%E7%91%9E&amp;page=3"' in shown
    assert "共 60 条，第 21–40 条" in shown


def test_pager_of_one_page_only_counts() -> None:
    shown = render('{% pager rows "家" %}', rows=Paginator(range(3), 20).get_page(1))
    assert "共 3 家" in shown
    assert "<a" not in shown


@pytest.mark.parametrize(
    ("address", "following", "said"),
    [
        ("/", "?sort=score", ""),
        ("/?sort=score", "?sort=-score", ' aria-sort="ascending"'),
        ("/?sort=-score&page=4", "?sort=score", ' aria-sort="descending"'),
    ],
)
def test_header_sorts_and_turns(address: str, following: str, said: str) -> None:
    shown = render('{% sortable_header "得分" "score" numeric=True %}', address)
    assert f'<th scope="col" class="num"{said}>' in shown
    assert f'href="{following}"' in shown


def test_filters_show_what_the_address_says() -> None:
    choices = [{"name": "state", "label": "状态", "options": [("open", "待审核"), ("back", "退回")]}]
    shown = render("{% filters choices %}", "/?q=华瑞&state=back&sort=-score", choices=choices)
    assert 'value="华瑞"' in shown
    assert '<option value="back" selected>退回</option>' in shown
    assert '<input type="hidden" name="sort" value="-score">' in shown
    assert "清除" in shown


def test_timeline_shows_who_did_what_and_why() -> None:
    step = {"title": "退回补正", "at": NOW, "actor": "示例市工业和信息化局", "comment": "请核对\n研发费用"}
    shown = render("{% timeline steps %}", steps=[step])
    assert "示例市工业和信息化局" in shown
    assert "<blockquote>请核对<br>研发费用</blockquote>" in shown


def test_waiting_step_shows_what_is_left() -> None:
    step = {"title": "等待补正", "state": "waits", "deadline": NOW + timedelta(hours=37)}
    assert "剩 1 天 13 小时" in render("{% timeline steps %}", steps=[step])
