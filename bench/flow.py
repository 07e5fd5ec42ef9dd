"""Autosave and submit per second, whole requests over HTTP, beside the same SQL alone and a bare Django view.

Three ways to do the same work with the same durability, in turn within each round:

- ours: the product's server, session, permission, law, ledger and page included;
- bare: the same server program, with a view that only runs the statements of our request in a transaction;
- sql: the statements sent straight to PostgreSQL, one connection per sender.

The statements are captured from a rehearsal of our own request that is rolled back, so both peers do exactly
the same to the database. Load generator, web server and database share the machine's cores.
"""

import os
import pickle
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlencode

import psycopg

ROOT = Path(__file__).resolve().parents[1]
SENDERS = 8
AUTOSAVES, SUBMITS = 96, 24
"""Requests of each way in each round."""
WARMING = 2
"""Rounds before those that count: every process of the site has then done everything once."""
TOKEN = "b" * 32
PORTS = {"ours": 8431, "bare": 8432}
WAYS = ("ours", "bare", "sql")

Job = tuple[str, int, Any]
"""Kind of request, its number among the captured, and the applicant."""


def measure(*, rounds: int) -> dict[str, Any]:
    """Medians over the rounds, and our share of each peer's rate."""
    with _world(rounds) as (jobs, send):
        rates: dict[tuple[str, str], list[float]] = {}
        with ThreadPoolExecutor(SENDERS) as pool:
            for number in range(WARMING + rounds):
                for kind in ("autosave", "submit"):
                    for way in WAYS[number % 3 :] + WAYS[: number % 3]:
                        rate = _timed(pool, send[way], jobs[way, kind, number])
                        if number >= WARMING:
                            rates.setdefault((kind, way), []).append(rate)
    return _report(rates, rounds)


def _timed(pool: ThreadPoolExecutor, send: Callable[[Job], None], work: Sequence[Job]) -> float:
    began = time.perf_counter()
    for _ in pool.map(send, work):
        pass
    return len(work) / (time.perf_counter() - began)


def _report(rates: dict[tuple[str, str], list[float]], rounds: int) -> dict[str, Any]:
    medians = {key: statistics.median(values) for key, values in rates.items()}
    rows = []
    for kind in ("autosave", "submit"):
        row: dict[str, Any] = {"request": kind}
        for way in WAYS:
            spread = rates[kind, way]
            row[f"{way}_per_second"] = round(medians[kind, way], 1)
            row[f"{way}_range"] = f"{min(spread):.1f}～{max(spread):.1f}"
        row["ours_to_bare"] = round(medians[kind, "ours"] / medians[kind, "bare"], 2)
        row["ours_to_sql"] = round(medians[kind, "ours"] / medians[kind, "sql"], 2)
        rows.append(row)
    return {
        "title": "保存与提交：每秒请求数，与同样语句的裸视图、直接发送同样语句相比（中位数）",
        "machine": f"{os.cpu_count()} 核；负载、网站、数据库共用；{SENDERS} 路并发；{rounds} 轮",
        "rows": rows,
        "notes": ["目标：不低于裸视图的一半。"],
    }


Work = dict[tuple[str, str, int], list[Job]]
"""By way, kind of request and round."""


@contextmanager
def _world(rounds: int) -> Iterator[tuple[Work, dict[str, Callable[[Job], None]]]]:
    """Everything that must stand before the clock starts."""
    from tidu.database.roles import ensure_database
    from tidu.deployment import assets, processes, site

    with ExitStack() as stack:
        addresses = stack.enter_context(site.database_up())
        with psycopg.connect(addresses.owner.conninfo(), autocommit=True) as owner:
            owner.execute("DROP OWNED BY CURRENT_USER")
        ensure_database(addresses)
        site.ready()
        site.migrate()
        assets.collect()
        jobs, statements = _prepare(rounds)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for kind, lists in statements.items():
            (folder / f"{kind}.pickle").write_bytes(pickle.dumps(lists))
        _serve(stack, processes, folder)
        direct = _Direct(addresses.app.conninfo(), statements)
        stack.callback(direct.close)
        yield jobs, {"ours": _ours, "bare": _bare, "sql": direct}


def _prepare(rounds: int) -> tuple[Work, dict[str, list[Any]]]:
    """Applicants shared out among the ways, and what our request for each of them does to the database."""
    from django.utils import timezone

    from bench.crowd import gather_crowd
    from bench.rehearsal import rehearse

    per_way = (WARMING + rounds) * SUBMITS
    crowd = gather_crowd(3 * per_way, timezone.now())
    jobs: Work = {}
    statements: dict[str, list[Any]] = {"autosave": [], "submit": []}
    for place, way in enumerate(WAYS):
        mine = crowd[place * per_way : (place + 1) * per_way]
        for number in range(WARMING + rounds):
            group = mine[number * SUBMITS : (number + 1) * SUBMITS]
            saves = [(one, one.fields[k]) for k in range(AUTOSAVES // SUBMITS) for one in group]
            for kind, targets in (("autosave", saves), ("submit", [(one, None) for one in group])):
                work: list[Job] = []
                for target in targets:
                    work.append((kind, len(statements[kind]), target))
                    statements[kind].append(rehearse(kind, target) if way != "ours" else None)
                jobs[way, kind, number] = work
    return jobs, statements


def _serve(stack: ExitStack, processes: Any, folder: Path) -> None:
    """The product's server, and the same program with the bare view."""
    for way, settings in (("ours", "tidu.deployment.settings"), ("bare", "bench.bare_settings")):
        listen = processes.Listen(port=PORTS[way])
        variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": settings,
            "BENCH_STATEMENTS": str(folder),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        child = subprocess.Popen(processes.web_command(listen), env=variables, start_new_session=True)
        stack.callback(child.wait)
        stack.callback(child.terminate)
        processes.wait_until_it_answers(listen)


def request_of(kind: str, target: Any) -> tuple[str, dict[str, str]]:
    """The address and the form of one request."""
    applicant, field = target
    if kind == "submit":
        return f"/enterprise/cases/{applicant.case_id}/submit/", {"version": "1", "declared": "on"}
    fact, period = field
    form = {"name": f"{fact}.{period}" if period else fact, "value": "1234.5", "version": "1"}
    return f"/enterprise/cases/{applicant.case_id}/fields/", form


def _ours(job: Job) -> None:
    kind, _, target = job
    address, form = request_of(kind, target)
    headers = {
        "Cookie": f"sessionid={target[0].session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "Accept": "application/json" if kind == "autosave" else "text/html",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    status = _post("ours", address, urlencode(form), headers)
    if status != (200 if kind == "autosave" else 302):
        raise RuntimeError(f"{address}: {status}")


def _bare(job: Job) -> None:
    kind, number, _ = job
    status = _post("bare", f"/{kind}/{number}/", "", {})
    if status != 200:
        raise RuntimeError(f"{kind} {number}: {status}")


def _post(way: str, address: str, body: str, headers: dict[str, str]) -> int:
    connection = HTTPConnection("127.0.0.1", PORTS[way])
    try:
        connection.request("POST", address, body, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


class _Direct:
    """Sends statements on as many connections as there are senders."""

    def __init__(self, conninfo: str, statements: dict[str, list[Any]]) -> None:
        self._statements = statements
        self._free: SimpleQueue[psycopg.Connection[Any]] = SimpleQueue()
        self._all = [
            psycopg.connect(conninfo, cursor_factory=psycopg.ClientCursor, prepare_threshold=None)
            for _ in range(SENDERS)
        ]
        for connection in self._all:
            self._free.put(connection)

    def __call__(self, job: Job) -> None:
        kind, number, _ = job
        connection = self._free.get()
        try:
            with connection.transaction(), connection.cursor() as cursor:
                for sql, parameters in self._statements[kind][number]:
                    cursor.execute(sql, parameters)
                    if cursor.description:
                        cursor.fetchall()
        finally:
            self._free.put(connection)

    def close(self) -> None:
        for connection in self._all:
            connection.close()
