"""Writing the ledger: entries, frozen bodies, erasure, nights."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.proof.canonical import NotCanonical
from tidu.proof.documents import document_breaks
from tidu.proof.roots import FIRST_PREVIOUS
from tidu.records import queries
from tidu.records.actions import erase_body, freeze, open_chain, record, seal_day
from tidu.records.models import BODY_LIMIT, Chain, Entry, Frozen
from tidu.records.verification import verify_all, verify_chain

FIRM = Actor(kind="firm", account_id=7, firm_id=3, name="示例精工有限公司")
OFFICE = Actor(kind="office", account_id=8, office_id=2, name="示例区工信局")


def test_an_entry_says_who_did_what_when_and_on_what(chain: Chain, noon: datetime) -> None:
    snapshot = freeze({"营业收入": 1})
    with scope(FIRM):
        record(chain=chain, verb="case.submit", actor=FIRM, at=noon, body={"意见": "提交"}, snapshot=snapshot)
    entry = queries.timeline(chain).get()
    assert (entry.seq, entry.verb, entry.actor_kind, entry.actor_name) == (
        1,
        "case.submit",
        "firm",
        FIRM.name,
    )
    assert (entry.account_id, entry.office_id, entry.firm_id) == (7, None, 3)
    assert (entry.at, entry.content) == (noon, {"意见": "提交"})
    assert queries.thaw(snapshot) == {"营业收入": 1}


def test_entries_follow_each_other(chain: Chain, noon: datetime) -> None:
    entries = [record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={"n": n}) for n in range(3)]
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    assert verify_chain(chain) == []
    stored = Chain.objects.get(pk=chain.pk)
    assert (
        (stored.head_seq, stored.head_digest)
        == (chain.head_seq, chain.head_digest)
        == (3, entries[-1].digest)
    )


def test_what_is_returned_is_what_was_stored(chain: Chain, noon: datetime) -> None:
    entry = record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})
    stored = Entry.objects.get(pk=entry.pk)
    assert entry.link(chain.token) == stored.link(chain.token)


def test_the_time_of_writing_is_the_databases(chain: Chain, noon: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        before = cursor.fetchone()[0]
        entry = record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})
        cursor.execute("SELECT clock_timestamp()")
        assert before <= entry.written_at <= cursor.fetchone()[0]


@pytest.mark.parametrize("entries", [1, 3])
def test_recording_takes_three_statements(
    chain: Chain, noon: datetime, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3 * entries):
        for _ in range(entries):
            record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})


def test_the_same_transaction_defers_one_job_for_the_aftermath(chain: Chain, noon: datetime) -> None:
    entry = record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args, job.status) == ("tidu.aftermath.follow", {"entry_id": entry.pk}, "todo")


def test_a_failed_action_leaves_neither_entry_nor_job(chain: Chain, noon: datetime) -> None:
    with transaction.atomic():
        record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})
        transaction.set_rollback(True)
    assert not queries.timeline(chain).exists()
    assert not ProcrastinateJob.objects.exists()
    assert verify_chain(chain) == []


def test_a_body_too_large_is_refused_before_the_database_is_asked(chain: Chain, noon: datetime) -> None:
    with pytest.raises(ValueError, match="freeze it"):
        record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={"文": "长" * BODY_LIMIT})


@pytest.mark.parametrize("body", [{"比例": 0.1}, {1: "键"}])
def test_a_body_without_canonical_form_is_refused(
    chain: Chain, noon: datetime, body: dict[str, float]
) -> None:
    with pytest.raises(NotCanonical):
        record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body=body)  # type: ignore[arg-type]


def test_a_body_is_frozen_once(system: None) -> None:
    assert freeze({"b": 1, "a": 2}) == freeze({"a": 2, "b": 1})
    assert bytes(Frozen.objects.get().body) == b'{"a":2,"b":1}'


def test_a_frozen_body_may_become_public_but_not_private_again(system: None) -> None:
    digest = freeze({"公示": "名单"})
    assert freeze({"公示": "名单"}, public=True) == digest
    freeze({"公示": "名单"})
    assert Frozen.objects.get().public


# Erasure


def test_an_erased_body_is_gone_and_the_chain_still_holds(chain: Chain, noon: datetime) -> None:
    entry = record(chain=chain, verb="case.contact", actor=SYSTEM, at=noon, body={"联系人": "某"})
    record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={})
    erasure = erase_body(entry=entry, reason="当事人要求", actor=SYSTEM, at=noon)
    entry.refresh_from_db()
    assert (entry.content, entry.salt) == (None, None)
    assert (erasure.seq, erasure.content) == (3, {"seq": 1, "reason": "当事人要求"})
    assert list(verify_all()) == []


def test_erasing_needs_a_reason_and_something_to_erase(chain: Chain, noon: datetime) -> None:
    entry = record(chain=chain, verb="case.contact", actor=SYSTEM, at=noon, body={"联系人": "某"})
    with pytest.raises(Refused, match="erasure_without_reason"):
        erase_body(entry=entry, reason=" ", actor=SYSTEM, at=noon)
    erasure = erase_body(entry=entry, reason="当事人要求", actor=SYSTEM, at=noon)
    with pytest.raises(Refused, match="body_already_erased"):
        erase_body(entry=entry, reason="再来一次", actor=SYSTEM, at=noon)
    with pytest.raises(Refused, match="erasure_not_erasable"):
        erase_body(entry=erasure, reason="抹去痕迹", actor=SYSTEM, at=noon)


# Nights

NIGHT = date(2026, 4, 1)


def test_a_night_seals_every_entry_not_sealed_before(chain: Chain, noon: datetime) -> None:
    entries = [record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={"n": n}) for n in range(5)]
    first = seal_day(day=NIGHT, at=noon)
    late = record(chain=chain, verb="case.note", actor=SYSTEM, at=noon - timedelta(days=9), body={})
    second = seal_day(day=NIGHT + timedelta(days=1), at=noon)
    assert (first.count, first.previous) == (5, FIRST_PREVIOUS)
    assert (second.count, second.previous) == (1, first.digest)
    assert [leaf.entry for leaf in first.leaves.order_by("index")] == entries
    assert second.leaves.get().entry == late
    assert list(verify_all()) == []


def test_a_night_without_entries_is_sealed_too(system: None, noon: datetime) -> None:
    assert seal_day(day=NIGHT, at=noon).count == 0
    assert list(verify_all()) == []


@pytest.mark.parametrize("day", [NIGHT, NIGHT - timedelta(days=1)])
def test_no_night_is_sealed_twice_or_backwards(system: None, noon: datetime, day: date) -> None:
    seal_day(day=NIGHT, at=noon)
    with pytest.raises(Refused, match="day_already_sealed"):
        seal_day(day=day, at=noon)


# What is published


@pytest.mark.parametrize("size", [1, 2, 7])
def test_each_sealed_entry_has_a_proof_that_stands_alone(chain: Chain, noon: datetime, size: int) -> None:
    entries = [
        record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={"n": n}) for n in range(size)
    ]
    assert queries.inclusion_proof(entries[0]) is None
    seal_day(day=NIGHT, at=noon)
    proofs = [queries.inclusion_proof(entry) for entry in entries]
    assert [document_breaks(json.loads(json.dumps(proof))) for proof in proofs] == [[]] * size


def test_a_chain_and_the_roots_are_published_as_proofs(chain: Chain, noon: datetime) -> None:
    record(chain=chain, verb="case.note", actor=SYSTEM, at=noon, body={"意见": "同意"})
    seal_day(day=NIGHT, at=noon)
    seal_day(day=NIGHT + timedelta(days=1), at=noon)
    withheld = json.dumps(queries.chain_proof(chain, bodies=False), ensure_ascii=False)
    shown = json.dumps(queries.chain_proof(chain, bodies=True), ensure_ascii=False)
    assert "同意" in shown
    assert "同意" not in withheld
    assert document_breaks(json.loads(shown)) == document_breaks(json.loads(withheld)) == []
    assert document_breaks(queries.roots_proof()) == []
    assert [root.day for root in queries.roots()] == [NIGHT + timedelta(days=1), NIGHT]


def test_a_chain_that_is_not_there_is_not_written(system: None, noon: datetime) -> None:
    with pytest.raises(Chain.DoesNotExist):
        record(chain=Chain(pk=0), verb="case.note", actor=SYSTEM, at=noon, body={})


def test_a_chain_cannot_be_written_outside_any_scope(db: None, noon: datetime) -> None:
    with scope(SYSTEM):
        chain = open_chain(kind="case")
    with pytest.raises(Chain.DoesNotExist):
        record(chain=chain, verb="case.note", actor=PUBLIC, at=noon, body={})
