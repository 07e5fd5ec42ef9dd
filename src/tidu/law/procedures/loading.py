"""Reading a procedure and finding what is wrong with it."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from tidu.law import plain
from tidu.law.procedures.model import Need, Procedure, Stage
from tidu.law.procedures.moves import ACTIONS, MOVES, Kind
from tidu.law.refusals import Refused
from tidu.law.rulebook import read_toml


@cache
def load(procedure_id: str) -> Procedure:
    """The procedure in rulebook/procedures. Refused("procedure_unknown")."""
    try:
        return from_json(read_toml("procedures", procedure_id))
    except FileNotFoundError:
        raise Refused("procedure_unknown", value=procedure_id) from None


def load_bytes(content: bytes) -> Procedure:
    """A procedure from the bytes of a TOML file or of its frozen JSON."""
    text = content.decode()
    return from_json(json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text))


def from_json(data: Mapping[str, Any]) -> Procedure:
    """A procedure from plain data, checked. `plain.write(procedure)` gives the data back."""
    procedure = plain.read(Procedure, data)
    check(procedure)
    return procedure


def check(procedure: Procedure) -> None:
    """Refuse a procedure that could not be followed to its end."""
    _check_names(procedure)
    ranks = {level.id: rank for rank, level in enumerate(procedure.levels)}
    highest = -1
    for stage in procedure.stages:
        if stage.level not in ranks:
            raise Refused(
                "procedure_level_unknown", field=stage.id, value=stage.level, procedure=procedure.title
            )
        if ranks[stage.level] < highest:
            raise Refused("stage_goes_down", field=stage.id, stage=stage.title)
        highest = ranks[stage.level]
        _check_needs(stage)
        _check_messages(stage)
    _check_panels(procedure)
    _check_ends(procedure)


def _check_names(procedure: Procedure) -> None:
    for ids in ([s.id for s in procedure.stages], [level.id for level in procedure.levels]):
        for name in ids:
            if ids.count(name) > 1:
                raise Refused("procedure_name_twice", field=name, value=name)
    unused = [
        level.title for level in procedure.levels if level.id not in {s.level for s in procedure.stages}
    ]
    if unused:
        raise Refused("level_without_stage", value=unused[0])


def _check_needs(stage: Stage) -> None:
    possible = {move.action for move in MOVES if move.kind is stage.kind}
    for action in (*stage.needs, *stage.tells):
        if action not in possible:
            raise Refused(
                "stage_action_impossible", field=stage.id, stage=stage.title, value=ACTIONS[action].label
            )
    for needs in stage.needs.values():
        if Need.INSPECTION in needs and (stage.inspection.mode == "none" or not stage.inspection.blocks):
            raise Refused("stage_needs_no_inspection", field=stage.id, stage=stage.title)


def _check_panels(procedure: Procedure) -> None:
    """Experts advise: right after them the same level's office decides (第十条), with their opinion."""
    has_panel = False
    for stage, following in pairwise((*procedure.stages, None)):
        if stage is None:
            continue
        if stage.kind is Kind.PANEL:
            has_panel = True
            if following is None or following.kind is not Kind.REVIEW or following.level != stage.level:
                raise Refused("panel_without_decision", field=stage.id, stage=stage.title)
        elif not has_panel and any(Need.PANEL_OPINION in needs for needs in stage.needs.values()):
            raise Refused("stage_needs_no_panel", field=stage.id, stage=stage.title)


def _check_messages(stage: Stage) -> None:
    for message in stage.tells.values():
        if message not in read_toml("messages", "case"):
            raise Refused("stage_message_unknown", field=stage.id, stage=stage.title, value=message)


def _check_ends(procedure: Procedure) -> None:
    if not procedure.stages:
        raise Refused("procedure_without_stage", procedure=procedure.title)
    if procedure.stages[0].kind is not Kind.REVIEW:
        raise Refused("procedure_begins_without_review", stage=procedure.stages[0].title)
    if procedure.stages[-1].kind is not Kind.ANNOUNCE:
        raise Refused("procedure_ends_without_announcement", stage=procedure.stages[-1].title)
    for stage in procedure.stages[:-1]:
        if stage.kind is Kind.ANNOUNCE:
            raise Refused("announcement_before_the_end", stage=stage.title)
