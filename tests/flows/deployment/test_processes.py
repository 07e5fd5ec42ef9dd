"""The real web server and the real worker over one database."""

import time
from urllib.request import urlopen

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob

from tidu.deployment.processes import Listen, NotServing, wait_until_it_answers, web_and_worker

pytestmark = pytest.mark.commits

RESCUE = "tidu.deployment.rescue_stalled_jobs"
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


def statuses() -> dict[str, str]:
    return dict(ProcrastinateJob.objects.values_list("queue_name", "status"))


def test_the_site_serves_a_page_and_its_style(site: str) -> None:
    with urlopen(f"{site}/login/") as answer:
        assert answer.status == 200
        assert "<title>" in answer.read().decode()
    with urlopen(f"{site}/static/parts/tidu.css") as answer:
        assert answer.headers["Content-Type"].startswith("text/css")


def test_the_job_of_a_dead_worker_is_given_back() -> None:
    stalled = app.configure_task("nobody.does.this", allow_unknown=True, queue=ELSEWHERE).defer()
    take_and_die(stalled)
    app.configure_task(RESCUE).defer(timestamp=int(time.time()))
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(queues=["default"], wait=False, install_signal_handlers=False)
    assert statuses() == {ELSEWHERE: "todo", "default": "succeeded"}


def test_a_web_server_that_cannot_start_is_reported_at_once(site: str) -> None:
    taken = Listen(port=int(site.rsplit(":", 1)[1]))
    with web_and_worker(taken, {"DJANGO_SETTINGS_MODULE": "no.such.settings"}) as children:
        children[1].wait()
        with pytest.raises(NotServing):
            wait_until_it_answers(Listen(port=1), children)
