"""Keeping the pool: entering experts, noting how they did their work, letting them go."""

from collections.abc import Sequence
from datetime import datetime

from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.panels.actions.recusal import leave_draws
from tidu.panels.enums import ExpertState
from tidu.panels.lists import Result, Row, against_pool
from tidu.panels.locks import lock_expert, one_at_a_time, reason_given, require_keeping
from tidu.panels.models import ConductNote, Expert
from tidu.proof.canonical import JSON
from tidu.records.actions import open_chain, record


def enter_experts(*, actor: Actor, rows: Sequence[Row], at: datetime) -> list[Expert]:
    """Enter experts in the pool of the actor's office, by hand or from a sheet: all of them, or none.

    Refused("panel_act_not_allowed"), ("expert_list_not_right") with the first row that is in the pool before.
    """
    with scope(actor):
        office_id = require_keeping(actor)
        one_at_a_time("tidu.panels.pool", office_id)
        checked = against_pool([Result(row.number, row.name, row) for row in rows], office_id)
        if wrong := [result for result in checked if result.row is None]:
            raise Refused(
                "expert_list_not_right", field="file", count=len(wrong), first=wrong[0].number,
                why=wrong[0].problems[0],
            )  # fmt: skip
        taken = Expert.objects.filter(office_id=office_id).count()
        return [_enter(actor, office_id, f"E{taken + n:04d}", row, at) for n, row in enumerate(rows, start=1)]


def note_conduct(*, actor: Actor, expert_id: int, text: str, at: datetime) -> ConductNote:
    """Write down how an expert did his work. Refused("expert_unknown"), ("panel_reason_missing")."""
    with scope(actor):
        expert = lock_expert(actor, expert_id)
        said = reason_given(text)
        refuse_marked({"text": said})
        note = ConductNote.objects.create(expert=expert, office_id=expert.office_id, text=said, at=at)
        _record(expert, "note_conduct", actor, at)
        return note


def release_expert(*, actor: Actor, expert_id: int, reason: str, at: datetime) -> Expert:
    """Let an expert go from the pool: his account opens nothing any more. Twice is once.

    In every draw that sends cases a substitute takes over what he has not answered.
    Refused("expert_unknown"), ("panel_reason_missing").
    """
    with scope(actor):
        expert = lock_expert(actor, expert_id)
        if expert.state == ExpertState.LEFT:
            return expert
        expert.state, expert.reason, expert.gone_at = ExpertState.LEFT, reason_given(reason), at
        expert.save(update_fields=["state", "reason", "gone_at"])
        _record(expert, "release_expert", actor, at, reason=expert.reason)
        leave_draws(expert, actor, at)
        return expert


def _enter(actor: Actor, office_id: int, number: str, row: Row, at: datetime) -> Expert:
    refuse_marked(row)
    expert = Expert.objects.create(
        office_id=office_id,
        number=number,
        name=row.name,
        field=row.field,
        sectors=list(row.sectors),
        area_id=row.area_id,
        employer=row.employer,
        employer_uscc=row.employer_uscc,
        served=list(row.served),
        most_cases=row.most_cases,
        entered_at=at,
        chain=open_chain(kind="expert"),
    )
    _record(expert, "enter_expert", actor, at, field=row.field.value, sectors=list(row.sectors))
    return expert


def _record(expert: Expert, verb: str, actor: Actor, at: datetime, **said: JSON) -> None:
    """No name, no unit: the number alone stands for the expert."""
    record(chain=expert.chain, verb=verb, actor=actor, at=at, body={"expert": expert.number, **said})
