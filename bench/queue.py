"""Every list page over 100,000 cases: queries, waiting time, and the same SQL alone.

Each page is asked for by whoever opens it, as whole requests through the product's own middleware, turn by
turn with its statements sent alone over the same connection, so that both meet the same noise.
"""

import math
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any

import psycopg

CASES = 100_000
ACTED_ON = 500
"""Cases of one act on many."""
AIM = 300.0
"""Milliseconds within which 95 of 100 requests are to be answered."""
LEAST, SECONDS = 5, 6.0
"""How often each page is asked for at least, and the time it may take beyond that."""

Statement = tuple[str, Any]


@dataclass(frozen=True)
class Page:
    """One list as somebody opens it. `who` is a login name of the demonstration; nobody's is the public's."""

    title: str
    who: str
    address: str


def pages(batch_id: int) -> list[Page]:
    """Every list page, also filtered, searched and far down."""
    county, city, province = "dongqu", "shi", "sheng"
    return [
        Page("待办（县）", county, "/office/queue/"),
        Page("待办（市）", city, "/office/queue/"),
        Page("全部案件（市）", city, "/office/queue/?tab=all"),
        Page("全部案件，第 200 页", city, "/office/queue/?tab=all&page=200"),
        Page("按企业名称搜索", city, "/office/queue/?tab=all&q=精密"),
        Page("按批次和结论筛选", city, f"/office/queue/?tab=all&batch={batch_id}&verdict=unmet"),
        Page("主管部门首页", city, "/office/"),
        Page("批次", city, "/office/batches/"),
        Page("批次内各阶段", city, f"/office/batches/{batch_id}/"),
        Page("进度", city, f"/office/board/?batch={batch_id}"),
        Page("办不下去的案件", city, f"/office/board/cases/?batch={batch_id}"),
        Page("逐日进度（省）", province, f"/office/board/days/?batch={batch_id}"),
        Page("催办名单", city, f"/office/calls/?batch={batch_id}"),
        Page("实地核查", county, "/office/inspections/"),
        Page("公示名单", city, "/office/lists/"),
        Page("异议", city, "/office/objections/"),
        Page("收件登记", city, "/office/deliveries/"),
        Page("同事的案件", city, "/office/colleagues/"),
        Page("批量办理", city, "/office/bulk/"),
        Page("企业：我的申报", "firm00", "/enterprise/cases/"),
        Page("公众：公示", "", "/publicity/"),
        Page("公众：公告", "", "/announcements/"),
        Page("公众：称号查询", "", "/titles/?q=精密"),
    ]


def measure(*, rounds: int) -> dict[str, Any]:
    """Per page: queries with few and with many cases, the 50th and 95th of 100 waits, the SQL alone."""
    with _province() as conninfo:
        from bench.multitude import multiply
        from tidu.applications.models import Case
        from tidu.database.scope import SYSTEM, scope

        with scope(SYSTEM):
            batch_id = Case.objects.filter(stage_kind="review").latest("pk").batch_id
        few = {page.title: len(_statements(page)) for page in pages(batch_id)}
        there = multiply(conninfo, cases=CASES)
        _tell(f"{there:,} 件案件")
        load = os.getloadavg()[0]
        rows = [_row(page, few[page.title], rounds) for page in pages(batch_id)]
        rows.append(_many_at_once())
    return {
        "title": f"各列表页，{there:,} 件案件：语句数、等待时间（毫秒）与单独发送同样语句之比",
        "machine": f"{os.cpu_count()} 核，量之前系统负载 {load:.1f}；页面与单独的语句轮流",
        "rows": rows,
        "notes": [
            f"目标：95% 的请求在 {AIM:.0f} 毫秒以内，语句数不随案件数变化。",
            "p95 取第 ⌈0.95 × 次数⌉ 位：不足 20 次的，就是最慢的一次。",
        ],
    }


@contextmanager
def _province() -> Iterator[str]:
    """The demonstration's province, in which everything has been done by real actions."""
    from tidu.database.roles import ensure_database
    from tidu.deployment import assets, site

    with site.database_up() as addresses:
        with psycopg.connect(addresses.owner.conninfo(), autocommit=True) as owner:
            owner.execute("DROP OWNED BY CURRENT_USER")
        ensure_database(addresses)
        site.ready()
        site.migrate()
        assets.collect()
        from tidu.demonstration import seed

        seed.run(lambda _: None)
        yield addresses.owner.conninfo()


def _row(page: Page, few: int, rounds: int) -> dict[str, Any]:
    statements = _statements(page)
    client = _client(page.who)
    ours, alone = _waits(
        lambda: _ask(client, page.address), lambda: _send(statements), most=max(rounds, LEAST) * 4
    )
    _tell(f"{page.title}：{statistics.median(ours):.0f}")
    return {
        "page": page.title,
        "queries_few": few,
        "queries_many": len(statements),
        "times": len(ours),
        "p50_ms": round(statistics.median(ours), 1),
        "p95_ms": round(p95(ours), 1),
        "sql_p50_ms": round(statistics.median(alone), 1),
        "sql_p95_ms": round(p95(alone), 1),
        "ours_to_sql": round(statistics.median(ours) / statistics.median(alone), 2),
        "within_aim": p95(ours) <= AIM,
    }


def p95(waits: Sequence[float]) -> float:
    """The shortest of these waits within which at least 95 of 100 lie; of fewer than 20 the longest."""
    return sorted(waits)[math.ceil(0.95 * len(waits)) - 1]


def _waits(
    act: Callable[[], None], beside: Callable[[], None], *, most: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of both, turn by turn: at least LEAST times, until SECONDS are over; once to warm up."""
    found: tuple[list[float], list[float]] = ([], [])
    act()
    beside()
    end = time.perf_counter() + SECONDS
    while len(found[0]) < LEAST or (len(found[0]) < most and time.perf_counter() < end):
        for waits, one in zip(found, (act, beside), strict=True):
            began = time.perf_counter()
            one()
            waits.append(1000 * (time.perf_counter() - began))
    return found


def _tell(text: str) -> None:
    """To whoever waits; the figures themselves go to standard output."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _client(who: str) -> Any:
    from django.test import Client

    from tidu.offices.models import Account

    client = Client(HTTP_HOST="127.0.0.1")
    if who:
        client.force_login(Account.objects.get(username=who))
    return client


def _ask(client: Any, address: str) -> None:
    response = client.get(address, follow=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def _statements(page: Page) -> list[Statement]:
    """What the page asks of the database, savepoints and all."""
    from django.db import connection

    captured: list[Statement] = []

    def note(execute: Callable[..., Any], query: str, params: Any, many: bool, context: Any) -> Any:
        captured.append((query, params))
        return execute(query, params, many, context)

    client = _client(page.who)
    _ask(client, page.address)
    with connection.execute_wrapper(note):
        _ask(client, page.address)
    return captured


def _send(statements: list[Statement]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        for query, params in statements:
            cursor.execute(query, params)
            if cursor.description:
                cursor.fetchall()
        transaction.set_rollback(True)


def _many_at_once() -> dict[str, Any]:
    """One act on 500 cases through the one door, each in a transaction of its own, watched from outside."""
    from django.utils import timezone

    from tidu.applications.actions import confirm_bulk
    from tidu.applications.models import Case
    from tidu.database.scope import SYSTEM, scope
    from tidu.demonstration.world import officer

    county = officer("shili-east")
    with scope(SYSTEM):
        waiting = Case.objects.filter(
            office_id=county.office_id or 0,
            status="in_review",
            stages__received_at=None,
            stages__left_at=None,
        )
        chosen = dict(waiting.order_by("pk").values_list("pk", "version")[:ACTED_ON])
    began = time.perf_counter()
    bulk = confirm_bulk(actor=county, action="receive", case_versions=chosen, comment="", at=timezone.now())
    confirmed = time.perf_counter()
    seen = _watched(county, bulk)
    done = time.perf_counter()
    return {
        "act_on_many": len(chosen),
        "done": seen[-1].done,
        "refused": seen[-1].refused,
        "confirmed_ms": round(1000 * (confirmed - began), 1),
        "per_second": round(len(chosen) / (done - confirmed), 1),
        "seen_on_the_way": [progress.through for progress in seen],
    }


def _watched(actor: Any, bulk: Any) -> list[Any]:
    """Carries the act out, and asks every second, as its page does, how far it has come."""
    from django.db import connection
    from django.utils import timezone

    from tidu.applications.actions import carry_out_bulk
    from tidu.applications.queries import progress_of
    from tidu.database.scope import scope

    def carry_out() -> None:
        carry_out_bulk(bulk_id=bulk.pk, now=timezone.now)
        connection.close()

    work = Thread(target=carry_out)
    work.start()
    seen = []
    while work.is_alive():
        work.join(1.0)
        with scope(actor):
            seen.append(progress_of(bulk))
        _tell(f"批量办理 {seen[-1].through}/{seen[-1].cases}")
    return seen
