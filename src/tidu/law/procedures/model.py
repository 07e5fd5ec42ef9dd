"""A procedure: ordered stages, each at one level's office, each of one kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from tidu.law.procedures.moves import (
    Action,
    Kind,
    Status,
    actions_allowed,
    entry_status,
    move_for,
)
from tidu.law.refusals import Refused


class Need(StrEnum):
    """What an act must bring along before it counts."""

    RECEIPT = "receipt"
    COMMENT = "comment"
    MARKED_FIELDS = "marked_fields"
    INSPECTION = "inspection"
    CREDIT_CHECK = "credit_check"
    PAPERS = "papers"
    PANEL_OPINION = "panel_opinion"
    LETTER_NUMBER = "letter_number"
    LETTER_FILE = "letter_file"
    SUMMARY_TABLES = "summary_tables"
    OBJECTIONS_SETTLED = "objections_settled"
    PERIOD_OVER = "period_over"


NEED_LABELS: Mapping[Need, str] = {
    Need.RECEIPT: "已受理",
    Need.COMMENT: "意见或理由",
    Need.MARKED_FIELDS: "需补正的栏目",
    Need.INSPECTION: "实地核查记录",
    Need.CREDIT_CHECK: "信用查询记录",
    Need.PAPERS: "纸质材料已收齐",
    Need.PANEL_OPINION: "专家组意见",
    Need.LETTER_NUMBER: "文号",
    Need.LETTER_FILE: "正式文件扫描件",
    Need.SUMMARY_TABLES: "汇总表",
    Need.OBJECTIONS_SETTLED: "异议均已办结",
    Need.PERIOD_OVER: "公示期满",
}


@dataclass(frozen=True)
class Level:
    """One level of offices in a procedure, lowest first. `id` is an office's level."""

    id: str
    title: str


@dataclass(frozen=True)
class Inspection:
    """Whether a stage looks at firms on site: none, every case, or those drawn as a sample.

    A later inspection (`blocks` false) looks at firms after the act and does not hold it up.
    """

    mode: Literal["none", "every", "sample"] = "none"
    blocks: bool = True

    @property
    def is_drawn(self) -> bool:
        """Whether a sample is drawn before the case goes on."""
        return self.mode == "sample" and self.blocks


@dataclass(frozen=True)
class Stage:
    """One step of a procedure.

    `level` names the office that acts, `role` the post that may decide there,
    `clock` the deadline the notice must give, `needs` what each act must bring
    along, `papers` the notice's papers that are due with the stage's act, `tells`
    the message (of rulebook/messages/case.toml) that an act sends the firm here
    instead of the usual one.
    """

    id: str
    level: str
    kind: Kind
    title: str
    role: Literal["clerk", "leader"]
    text: str = ""
    clock: str | None = None
    inspection: Inspection = Inspection()
    credit_check: bool = False
    needs: Mapping[Action, tuple[Need, ...]] = field(default_factory=dict)
    papers: tuple[str, ...] = ()
    tells: Mapping[Action, str] = field(default_factory=dict)

    def needs_for(self, action: Action) -> tuple[Need, ...]:
        """What `action` must bring along here; nothing unless the procedure says so."""
        return self.needs.get(action, ())


@dataclass(frozen=True)
class Position:
    """Where a case stands: its stage (None before the first and after the last) and status."""

    stage: str | None
    status: Status


DRAFT = Position(None, Status.DRAFT)


@dataclass(frozen=True)
class Procedure:
    """Levels from the lowest to the highest and stages in their order."""

    id: str
    title: str
    levels: tuple[Level, ...]
    stages: tuple[Stage, ...]

    def stage(self, stage_id: str) -> Stage:
        """The stage of that id. Refused("procedure_stage_unknown")."""
        for stage in self.stages:
            if stage.id == stage_id:
                return stage
        raise Refused("procedure_stage_unknown", value=stage_id, procedure=self.title)

    def level(self, level_id: str) -> Level:
        """The level of that id. Refused("procedure_level_unknown")."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise Refused("procedure_level_unknown", value=level_id, procedure=self.title)

    def first_stage(self, present: Collection[str] | None = None) -> Stage:
        """Where a submission arrives. Refused("procedure_without_stage") if no level is present."""
        stages = self._present(present)
        if not stages:
            raise Refused("procedure_without_stage", procedure=self.title)
        return stages[0]

    def next_stage(self, after: str, present: Collection[str] | None = None) -> Stage | None:
        """The stage that follows, None after the last.

        `present` are the levels that have an office above this firm; stages of
        other levels are passed over (a firm directly under a city has no county).
        """
        index = self.stages.index(self.stage(after))
        following = [s for s in self._present(present) if self.stages.index(s) > index]
        return following[0] if following else None

    def actions_at(self, position: Position) -> tuple[Action, ...]:
        """What may be done to a case at this position."""
        return actions_allowed(position.status, self._kind(position))

    def move(self, position: Position, action: Action, present: Collection[str] | None = None) -> Position:
        """Where a case stands after `action`. Refused("action_not_possible")."""
        row = move_for(position.status, self._kind(position), action)
        if row.to is None:
            return self._onward(position, present)
        # a case that ended stays at the stage where it ended, so that its office keeps it in sight
        return Position(position.stage, row.to)

    def _onward(self, position: Position, present: Collection[str] | None) -> Position:
        following = (
            self.first_stage(present) if position.stage is None else self.next_stage(position.stage, present)
        )
        if following is None:
            return Position(position.stage, Status.RECOGNISED)
        return Position(following.id, entry_status(following.kind))

    def _kind(self, position: Position) -> Kind | None:
        return None if position.stage is None else self.stage(position.stage).kind

    def _present(self, present: Collection[str] | None) -> tuple[Stage, ...]:
        return tuple(s for s in self.stages if present is None or s.level in present)
