"""The picture of a procedure, drawn from its stages and the table of actions."""

from tidu.law.procedures.model import DRAFT, Position, Procedure
from tidu.law.procedures.moves import ACTIONS, TERMINAL, status_label


def diagram(procedure: Procedure) -> str:
    """A Mermaid state diagram of every position a case can reach."""
    levels = {level.id: level.title for level in procedure.levels}
    lines = ["stateDiagram-v2", f"    [*] --> {_name(DRAFT)}"]
    for position in reachable(procedure):
        lines.append(f"    {_name(position)}: {_label(procedure, position, levels)}")
        for action in procedure.actions_at(position):
            target = procedure.move(position, action)
            lines.append(f"    {_name(position)} --> {_name(target)}: {ACTIONS[action].label}")
        if position.status in TERMINAL:
            lines.append(f"    {_name(position)} --> [*]")
    return "\n".join(dict.fromkeys(lines)) + "\n"


def reachable(procedure: Procedure) -> list[Position]:
    """Every position a case can come to, nearest first."""
    found = [DRAFT]
    for position in found:
        for action in procedure.actions_at(position):
            target = procedure.move(position, action)
            if target not in found:
                found.append(target)
    return found


def _name(position: Position) -> str:
    """The node of a position; ends are drawn once, whatever stage they were reached from."""
    if position.stage is None or position.status in TERMINAL:
        return position.status.value
    return f"{position.stage.replace('-', '_')}__{position.status.value}"


def _label(procedure: Procedure, position: Position, levels: dict[str, str]) -> str:
    if position.stage is None or position.status in TERMINAL:
        return status_label(position.status)
    stage = procedure.stage(position.stage)
    return f"{levels[stage.level]}·{stage.title}·{status_label(position.status, stage.kind)}"
