"""异议人身份对企业和被反映单位保密: in no row, entry, message or file that they can read."""

import json
from datetime import UTC, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from tests import cases, scene
from tests.flows.publicity.publishing import OBJECTOR, entry_of, object_to, publish
from tests.plugins.beginnings import beginning

from tidu.aftermath.actions import follow_all
from tidu.applications.models import Case
from tidu.database.scope import PUBLIC, SYSTEM, Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.enums import Role
from tidu.publicity.actions import Paper, accept_objection, uphold_objection
from tidu.publicity.models import Objection, ObjectionAttachment
from tidu.publicity.queries import list_document, objection_content, objection_paper, objections_for
from tidu.records.models import Entry
from tidu.records.queries import timeline

pytestmark = pytest.mark.commits

PAPER = "异议人甲乙丙的证明.png"
SECRETS = (OBJECTOR.name, OBJECTOR.contact, OBJECTOR.text, PAPER)


@beginning
def round_() -> cases.Round:
    return cases.open_round()


@beginning
def case(round_: cases.Round) -> Case:
    """Listed; an objection that complains of the district was accepted by the city and upheld."""
    (case,) = cases.to_publicity(round_)
    publish(round_, [case])
    return case


@beginning
def objection(round_: cases.Round, case: Case) -> Objection:
    upload = cases.uploaded(PUBLIC, cases.picture(), PAPER, round_.at)
    filed = object_to(
        round_, case, complained_office_id=round_.east.office_id, papers=(Paper(upload, PAPER),)
    )
    accept_objection(actor=round_.city, objection_id=filed.pk, at=round_.at)
    upheld = uphold_objection(
        actor=round_.city,
        objection_id=filed.pk,
        decision=f"{OBJECTOR.name}所述属实",
        reason="主导产品已停产。",
        at=round_.at,
    )
    follow_all(round_.at)
    return upheld


def others(round_: cases.Round) -> dict[str, Actor]:
    """Everybody but those who sign in the handling office."""
    return {
        "the firm": round_.firms[1],
        "the office complained of": round_.east,
        "its neighbour": round_.west,
        "the office above": round_.province,
        "an auditor of the handling office": scene.office_actor(scene.CITY, Role.AUDITOR),
        "an auditor of the office complained of": scene.office_actor(scene.EAST, Role.AUDITOR),
        "the public": PUBLIC,
    }


def everything_readable(actor: Actor) -> str:
    """Every row of every table as this actor gets it, bodies of the ledger spelt out."""
    found = []
    with scope(actor):
        for model in apps.get_models():
            table = model._meta.db_table
            if not table.startswith(("django_", "auth_", "account_", "mfa_", "socialaccount_")):
                with connection.cursor() as cursor:
                    cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t')
                    found += [json.dumps(row, ensure_ascii=False) for (row,) in cursor.fetchall()]
        found += [str(entry.content) for entry in Entry.objects.all()]
    return "\n".join(found)


def tables_with(text: str) -> set[str]:
    """Every table of the database, the framework's too, that holds this text; sessions are decoded."""
    with scope(SYSTEM), connection.cursor() as cursor:
        found = set()
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            if any(text in row for (row,) in cursor.fetchall()):
                found.add(table)
    if any(text in json.dumps(session.get_decoded()) for session in Session.objects.all()):
        found.add("django_session")
    return found


def test_no_row_tells_anybody_else_who_objected(round_: cases.Round, objection: Objection) -> None:
    for who, actor in others(round_).items():
        text = everything_readable(actor)
        assert [secret for secret in SECRETS if secret in text] == [], who
        assert objection.token not in text, who


def test_what_they_search_through_holds_what_could_have_leaked(
    round_: cases.Round, case: Case, objection: Objection
) -> None:
    """The firm and the office complained of do read that it was struck, and why."""
    for actor in (round_.firms[1], round_.east):
        text = everything_readable(actor)
        assert "主导产品已停产。" in text
        assert case.number in text
    assert f"{OBJECTOR.name}所述属实" in everything_readable(round_.city)


def test_not_even_the_database_holds_it_in_clear_but_in_the_decision(
    round_: cases.Round, objection: Objection
) -> None:
    text = everything_readable(SYSTEM)
    assert [secret for secret in SECRETS if secret in text] == [OBJECTOR.name]
    with scope(SYSTEM):
        Objection.objects.filter(pk=objection.pk)
        assert OBJECTOR.name in Objection.objects.get(pk=objection.pk).decision


def test_nobody_else_gets_a_row_a_content_or_a_paper(round_: cases.Round, objection: Objection) -> None:
    with scope(round_.city):
        attachment = ObjectionAttachment.objects.get()
        assert objection_content(round_.city, objection.pk)[1] == OBJECTOR
        assert objection_paper(round_.city, attachment.pk).name == PAPER
    for who, actor in others(round_).items():
        with scope(actor):
            assert not Objection.objects.exists(), who
            assert not ObjectionAttachment.objects.exists(), who
            assert not timeline(objection.chain), who
            with pytest.raises(Refused) as refused:
                objection_paper(actor, attachment.pk)
            assert refused.value.code == "objection_unknown", who
        if actor.office_id is not None:
            with scope(actor):
                assert not objections_for(actor), who


def test_the_ledger_names_the_public_whoever_filed(round_: cases.Round, case: Case) -> None:
    objection = object_to(round_, case, actor=round_.firms[1])
    with scope(round_.city):
        (entry,) = timeline(objection.chain)
        assert (entry.verb, entry.actor_kind, entry.firm_id, entry.account_id) == (
            "file_objection",
            "public",
            None,
            None,
        )


def test_query_code_of_somebody_logged_in_stands_in_the_row_of_the_objection_alone(
    round_: cases.Round, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, now = entry_of(case), round_.at + timedelta(hours=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now.astimezone(UTC))
    _, member = scene.register(9)
    client = Client()
    client.force_login(member.account)
    said = {"name": OBJECTOR.name, "contact": OBJECTOR.contact, "text": OBJECTOR.text, "office": ""}
    assert client.post(f"/publicity/{entry.list.token}/{entry.position}/", said).status_code == 302
    client.get("/objections/received/")
    with scope(SYSTEM):
        code = Objection.objects.get().token
    assert tables_with(f'"_auth_user_id": "{member.account_id}"') == {"django_session"}
    assert tables_with(code) == {"publicity_objection"}


def test_the_published_list_says_nothing_of_objections(round_: cases.Round, objection: Objection) -> None:
    with scope(PUBLIC):
        publicity = entry_of(Case(pk=objection.entry.case_id)).list
        assert "异议" not in list_document(publicity.token).decode()
        assert [entry.verb for entry in timeline(publicity.chain)] == ["publish_list"]
