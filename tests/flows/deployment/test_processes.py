"""The real web server and the real worker over one database."""

import os
import sys
import time
from urllib.request import urlopen

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.plugins.browser import free_port

from tidu.deployment.processes import (
    Listen,
    NotServing,
    Process,
    wait_until_it_answers,
    web_and_worker,
)

pytestmark = pytest.mark.commits

RESCUE = "tidu.deployment.rescue_stalled_jobs"
FORGET = "tidu.deployment.forget_done_jobs"
ELSEWHERE = "elsewhere"
"""A queue that no worker serves, so that a job given back to it stays there to be seen."""


def take_and_die(job_id: int) -> None:
    """A worker took the job and has not been heard of for ten minutes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 minutes')"
            " RETURNING id"
        )
        (worker_id,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker_id, job_id],
        )


def finish_long_ago(job_id: int, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job_id])
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job_id])
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - interval '31 days' WHERE job_id = %s", [job_id]
        )


def run(timer: str) -> None:
    """The timer strikes once, with a real worker of this process."""
    app.configure_task(timer).defer(timestamp=int(time.time()))
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(queues=["default"], wait=False, install_signal_handlers=False)


def statuses() -> dict[str, str]:
    return dict(ProcrastinateJob.objects.values_list("queue_name", "status"))


def test_the_site_serves_a_page_and_its_style(site: str) -> None:
    with urlopen(f"{site}/login/") as answer:
        assert answer.status == 200
        assert "<title>" in answer.read().decode()
    with urlopen(f"{site}/static/parts/tidu.css") as answer:
        assert answer.headers["Content-Type"].startswith("text/css")


def test_done_jobs_go_after_a_month_and_failed_ones_stay() -> None:
    for status in ("succeeded", "failed"):
        finish_long_ago(
            app.configure_task("nobody.does.this", allow_unknown=True, queue=status).defer(), status
        )
    run(FORGET)
    assert statuses() == {"failed": "failed", "default": "succeeded"}


def test_the_job_of_a_dead_worker_is_given_back() -> None:
    stalled = app.configure_task("nobody.does.this", allow_unknown=True, queue=ELSEWHERE).defer()
    take_and_die(stalled)
    run(RESCUE)
    assert statuses() == {ELSEWHERE: "todo", "default": "succeeded"}


def test_a_web_server_that_cannot_start_is_reported_at_once() -> None:
    taken = Listen(port=free_port())
    with web_and_worker(taken, {"DJANGO_SETTINGS_MODULE": "no.such.settings"}) as children:
        for child in children:
            child.running.wait()
        with pytest.raises(NotServing):
            wait_until_it_answers(taken, children)


def test_a_process_that_ends_is_started_again_after_a_longer_and_longer_pause() -> None:
    process = Process("worker", [sys.executable, "-c", "raise SystemExit(3)"], os.environ, pause=0.001)
    pauses = []
    for _ in range(3):
        process.running.wait()
        ended = process.running
        while process.running is ended:
            process.keep_alive()
        pauses.append(process.pause)
    process.running.wait()
    assert pauses == [0.002, 0.004, 0.008]
