"""Many write on one chain at once: every entry has its place, none is lost, none doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from operator import itemgetter
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from tidu.database.scope import SYSTEM, scope
from tidu.law.refusals import Refused
from tidu.records.actions import freeze, open_chain, record, seal_day
from tidu.records.models import Chain, Frozen, Root
from tidu.records.verification import verify_all

pytestmark = pytest.mark.commits

NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)
WRITERS = 8


def at_once(work: Callable[[int], object]) -> list[object]:
    """Runs ``work(n)`` in threads that start together, each on its own connection: results or refusals."""
    barrier = Barrier(WRITERS)

    def run(n: int) -> object:
        try:
            barrier.wait()
            with scope(SYSTEM):
                return work(n)
        except (Refused, IntegrityError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(run, range(WRITERS)))


def test_entries_written_at_once_on_one_chain_follow_each_other() -> None:
    with scope(SYSTEM):
        chain = open_chain(kind="case")

    def write(n: int) -> object:
        mine = Chain.objects.get(pk=chain.pk)
        return [record(chain=mine, verb="case.note", actor=SYSTEM, at=NOON, body={"n": n}) for _ in range(5)]

    at_once(write)
    with scope(SYSTEM):
        written = list(chain.entries.order_by("seq").values_list("seq", "written_at"))
        assert [seq for seq, _ in written] == list(range(1, 5 * WRITERS + 1))
        assert written == sorted(written, key=itemgetter(1))
        assert list(verify_all()) == []


def test_chains_do_not_wait_for_each_other() -> None:
    """One holds his chain locked for as long as all others need for theirs."""
    with scope(SYSTEM):
        chains = [open_chain(kind="case") for _ in range(WRITERS)]
    everyone = Barrier(WRITERS, timeout=30)

    def write(n: int) -> object:
        entry = record(chain=chains[n], verb="case.note", actor=SYSTEM, at=NOON, body={})
        everyone.wait()
        return entry.seq

    assert at_once(write) == [1] * WRITERS


def test_the_same_body_frozen_at_once_is_stored_once() -> None:
    digests = at_once(lambda _: freeze({"n": 1}, public=True))
    with scope(SYSTEM):
        assert set(digests) == {Frozen.objects.get().digest}


def test_a_night_sealed_by_many_at_once_is_sealed_once() -> None:
    with scope(SYSTEM):
        chain = open_chain(kind="case")
        record(chain=chain, verb="case.note", actor=SYSTEM, at=NOON, body={})
    sealed = at_once(lambda _: seal_day(day=date(2026, 4, 1), at=NOON))
    assert sum(isinstance(result, Root) for result in sealed) == 1
    assert {result.code for result in sealed if isinstance(result, Refused)} == {"day_already_sealed"}
    with scope(SYSTEM):
        assert list(verify_all()) == []
