"""What the database itself refuses of experts, whoever asks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, models
from tests import pool, scene
from tests.plugins.beginnings import beginning

from tidu.database.scope import Actor, scope
from tidu.law.identity import demonstration_code
from tidu.panels.actions import declare_conflict, note_conduct
from tidu.panels.models import ConductNote, Expert, Undertaking
from tidu.records.actions import open_chain

Changes = tuple[tuple[str, dict[str, Any]], ...]
"""Named constraints, each with a change that it refuses."""

OF_AN_EXPERT: Changes = (
    ("expert_has_name_and_employer", {"name": ""}),
    ("expert_field_known", {"field": "poetry", "sectors": []}),
    ("expert_of_an_industry_has_sectors", {"sectors": []}),
    ("expert_of_an_industry_has_sectors", {"field": "finance"}),
    ("expert_takes_some_cases", {"most_cases": 0}),
    ("expert_invited_iff_account", {"state": "asleep"}),
    ("expert_invited_iff_account", {"account": None}),
    ("expert_invited_iff_account", {"state": "entered"}),
    ("expert_confirmed_at_some_time", {"confirmed_at": None}),
    ("expert_gone_with_a_reason", {"state": "left"}),
    ("expert_gone_with_a_reason", {"state": "left", "reason": "调离", "gone_at": scene.AT - timedelta(1)}),
    ("expert_gone_with_a_reason", {"reason": "调离"}),
)

OTHERS = {
    "expert_number_once_per_office", "expert_in_a_pool_once", "undertaking_known", "undertaking_signed_once",
    "conflict_said_once", "conflict_carries_a_reason", "conflict_named_by_an_office_or_declared",
    "conduct_note_says_something",
}  # fmt: skip
"""Constraints of rows that are only ever added."""


@beginning
def actor(province: Actor, expert: Expert) -> Actor:
    return pool.ready(province, expert)


def test_an_expert_stands_as_it_should(
    province: Actor, actor: Actor, expert: Expert, subtests: pytest.Subtests
) -> None:
    for constraint, changes in OF_AN_EXPERT:
        with (
            subtests.test(constraint),
            scope(province),
            pytest.raises(IntegrityError, match=f'"{constraint}"'),
        ):
            Expert.objects.filter(pk=expert.pk).update(**changes)


def again(row: models.Model, **changes: object) -> None:
    """The same row once more, or one that differs in this."""
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    type(row)._default_manager.create(**values | changes)


Another = tuple[str, Actor, models.Model, dict[str, Any]]
"""A further constraint, who writes the row that it refuses, what the row is like, and how it differs."""


def said(province: Actor, actor: Actor, expert: Expert) -> Iterator[Another]:
    scene.register(1)
    conflict = declare_conflict(actor=actor, uscc=demonstration_code(1), reason="亲属任职", at=scene.AT)
    note = note_conduct(actor=province, expert_id=expert.pk, text="按时", at=scene.AT)
    with scope(actor):
        expert.refresh_from_db()
        chain = open_chain(kind="expert").pk
        undertaking = Undertaking.objects.filter(expert=expert)[0]
    other = {"number": "E0002", "account_id": None, "state": "entered", "chain_id": chain}
    yield "expert_number_once_per_office", province, expert, other | {"number": "E0001", "name": "示例专家09"}
    yield "expert_in_a_pool_once", province, expert, other
    yield "undertaking_known", actor, undertaking, {"oath": "silence"}
    yield "undertaking_signed_once", actor, undertaking, {}
    yield "conflict_said_once", actor, conflict, {}
    yield "conflict_carries_a_reason", actor, conflict, {"reason": ""}
    yield "conflict_named_by_an_office_or_declared", actor, conflict, {"office_id": province.office_id}
    yield "conduct_note_says_something", province, note, {"text": ""}


def test_every_other_row_is_whole_and_there_once(
    province: Actor, actor: Actor, expert: Expert, subtests: pytest.Subtests
) -> None:
    tried = set()
    for constraint, writer, row, changes in said(province, actor, expert):
        tried.add(constraint)
        with subtests.test(constraint), scope(writer), pytest.raises(IntegrityError, match=f'"{constraint}"'):
            again(row, **changes)
    assert tried == OTHERS


def test_what_was_said_is_never_changed(province: Actor, actor: Actor, expert: Expert) -> None:
    note_conduct(actor=province, expert_id=expert.pk, text="按时", at=scene.AT)
    with scope(province), pytest.raises(ProgrammingError, match="permission denied"):
        ConductNote.objects.update(text="迟到")
