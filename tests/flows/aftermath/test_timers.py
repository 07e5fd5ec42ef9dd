"""The timers, as the worker calls them: each may run twice, and late."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django import app
from tests import cases

from tidu.aftermath import tasks
from tidu.aftermath.actions import unfollowed
from tidu.database.scope import SYSTEM, scope
from tidu.law.calendars import legal_day
from tidu.records.models import Entry, Root

pytestmark = pytest.mark.django_db

TIMERS = {
    "tidu.aftermath.carry_on_bulk": "*/5 * * * *",
    "tidu.aftermath.discard_uploads": "30 19 * * *",
    "tidu.aftermath.follow_overlooked": "*/10 * * * *",
    "tidu.aftermath.forget_sessions": "40 19 * * *",
    "tidu.aftermath.lapse_unmended": "10 * * * *",
    "tidu.aftermath.lapse_unrenewed": "5 * * * *",
    "tidu.aftermath.remind_of_opinions": "30 0 * * *",
    "tidu.aftermath.seal_yesterday": "20 16 * * *",
    "tidu.deployment.forget_done_jobs": "50 19 * * *",
    "tidu.deployment.rescue_stalled_jobs": "*/2 * * * *",
}


def test_every_timer_is_known_to_the_worker() -> None:
    known = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    assert {name: cron for name, cron in known.items() if name.startswith("tidu.")} == TIMERS


def test_the_night_is_sealed_once(round_: cases.Round) -> None:
    for _ in range(2):
        tasks.seal_yesterday(0)
    with scope(SYSTEM):
        root = Root.objects.get()
        assert root.day == legal_day(timezone.now()) - timedelta(days=1)
        assert root.count == Entry.objects.count()


def test_entries_whose_job_was_lost_are_followed(
    round_: cases.Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.follow_overlooked(0)
    with scope(SYSTEM):
        assert unfollowed().exists(), "what is new still has its own job"
    monkeypatch.setattr(tasks, "OVERLOOKED", timedelta(seconds=-1))
    tasks.follow_overlooked(0)
    with scope(SYSTEM):
        assert not unfollowed().exists()


def test_the_job_of_an_entry_follows_it(round_: cases.Round) -> None:
    with scope(SYSTEM):
        entry = unfollowed().earliest("pk")
    tasks.follow(entry.pk)
    with scope(SYSTEM):
        assert not unfollowed().filter(pk=entry.pk).exists()


def test_sessions_that_expired_are_forgotten_and_others_kept(db: None) -> None:
    for days in (-1, 1):
        session = SessionStore()
        session["who"] = "somebody"
        session.set_expiry(timezone.now() + timedelta(days=days))
        session.save()
    tasks.forget_sessions(0)
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 0
    assert Session.objects.count() == 1
