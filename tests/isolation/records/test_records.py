"""Who reads and who writes the ledger, as the serving role and for real."""

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import ProgrammingError, transaction
from django.db.migrations import RunSQL

from tidu.database.address import Addresses
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.records import queries
from tidu.records.actions import erase_body, freeze, open_chain, record, seal_day
from tidu.records.models import Chain, Entry, Frozen, Root
from tidu.records.policies import entries_follow
from tidu.records.verification import verify_chain

pytestmark = pytest.mark.commits

NOON = datetime(2026, 4, 1, 4, tzinfo=UTC)
FIRM = Actor(kind="firm", account_id=7, firm_id=3, name="示例精工有限公司")
RIVAL = Actor(kind="firm", account_id=9, firm_id=4, name="示例重工有限公司")
OFFICE = Actor(kind="office", account_id=8, office_id=2, name="示例区工信局")
AUDITOR = Actor(kind="auditor", account_id=10, office_id=1, name="审计")
OPERATOR = Actor(kind="operator", account_id=11, name="运行维护")
EVERYONE = [PUBLIC, FIRM, RIVAL, OFFICE, AUDITOR, OPERATOR, SYSTEM]


@pytest.fixture
def cases(fresh_database: Addresses) -> None:
    """A room above: cases that belong to firms, bound by a policy of their own."""
    with psycopg.connect(fresh_database.owner.conninfo(), autocommit=True) as connection:
        connection.execute("CREATE TABLE room_case (chain_id bigint PRIMARY KEY, firm_id bigint)")
        connection.execute("ALTER TABLE room_case ENABLE ROW LEVEL SECURITY")
        connection.execute(
            "CREATE POLICY own ON room_case FOR SELECT TO tidu_app USING (firm_id = tidu_firm())"
        )
        for operation in entries_follow("room_case").database_operations:
            assert isinstance(operation, RunSQL)
            connection.execute(str(operation.sql).encode())


@pytest.fixture
def chain(cases: None, fresh_database: Addresses) -> Chain:
    """The chain of FIRM's case, with one entry and its snapshot."""
    with scope(FIRM):
        chain = open_chain(kind="case")
        snapshot = freeze({"营业收入": 123})
        record(chain=chain, verb="case.submit", actor=FIRM, at=NOON, body={"联系人": "某"}, snapshot=snapshot)
    with psycopg.connect(fresh_database.owner.conninfo(), autocommit=True) as connection:
        connection.execute("INSERT INTO room_case VALUES (%s, %s)", [chain.pk, FIRM.firm_id])
    return chain


def test_who_sees_the_case_reads_its_entries_and_snapshots_and_nobody_else(chain: Chain) -> None:
    for model in (Entry, Frozen):
        readers = []
        for actor in EVERYONE:
            with scope(actor):
                readers += [actor] * model.objects.count()
        assert readers == [FIRM, SYSTEM]


def test_outside_any_scope_nothing_is_read(chain: Chain) -> None:
    assert (Entry.objects.count(), Chain.objects.count(), Frozen.objects.count()) == (0, 0, 0)


def test_anybody_in_scope_may_be_recorded_on_a_chain_he_cannot_read(chain: Chain) -> None:
    for actor in EVERYONE:
        with scope(actor):
            record(chain=chain, verb="case.objection", actor=actor, at=NOON, body={"事由": "不符"})
    with scope(SYSTEM):
        assert verify_chain(chain) == []
        kinds = queries.timeline(chain).values_list("actor_kind", flat=True)
        assert list(kinds) == ["firm", *(actor.kind for actor in EVERYONE)]


def test_nobody_is_recorded_as_somebody_else(chain: Chain) -> None:
    for claimed in (RIVAL, OFFICE, SYSTEM, PUBLIC):
        with (
            scope(FIRM),
            pytest.raises(ProgrammingError, match="another actor than the one in scope"),
            transaction.atomic(),
        ):
            record(chain=chain, verb="case.pass", actor=claimed, at=NOON, body={})
    with scope(SYSTEM):
        assert queries.timeline(chain).count() == 1


def test_the_system_may_record_for_another(chain: Chain) -> None:
    with scope(SYSTEM):
        record(chain=chain, verb="case.lapse", actor=FIRM, at=NOON, body={})
        assert verify_chain(chain) == []


def test_only_the_system_and_operators_erase(chain: Chain) -> None:
    with scope(SYSTEM):
        entry = chain.entries.get()
    for actor in (PUBLIC, FIRM, OFFICE, AUDITOR):
        with scope(actor), pytest.raises(ProgrammingError, match="erases a body"), transaction.atomic():
            erase_body(entry=entry, reason="想抹去", actor=actor, at=NOON)
    with scope(OPERATOR):
        erase_body(entry=entry, reason="当事人要求", actor=OPERATOR, at=NOON)
    with scope(SYSTEM):
        assert chain.entries.get(seq=1).content is None
        assert verify_chain(chain) == []


def test_the_public_and_firms_publish_nothing(chain: Chain) -> None:
    for actor in (PUBLIC, FIRM, AUDITOR):
        with scope(actor), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            freeze({"名单": []}, public=True)


def test_what_an_office_publishes_all_read(chain: Chain) -> None:
    with scope(OFFICE):
        digest = freeze({"名单": ["示例精工有限公司"]}, public=True)
    with scope(PUBLIC):
        assert queries.thaw(digest) == {"名单": ["示例精工有限公司"]}


def test_an_office_cannot_publish_a_body_it_cannot_read(chain: Chain) -> None:
    with scope(OFFICE):
        freeze({"营业收入": 123}, public=True)
    with scope(PUBLIC):
        assert not Frozen.objects.exists()


def test_only_the_system_seals_and_all_read_the_roots(chain: Chain) -> None:
    with scope(OPERATOR), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        seal_day(day=date(2026, 4, 1), at=NOON)
    with scope(SYSTEM):
        seal_day(day=date(2026, 4, 1), at=NOON)
    with scope(PUBLIC):
        assert Root.objects.get().count == 1
