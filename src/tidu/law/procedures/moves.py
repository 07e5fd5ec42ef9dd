"""The table of actions: what may be done to a case in which status, at which kind of stage.

Everything that speaks of the flow reads this table: the actions of applications,
permissions, database constraints' tests, the diagram. A procedure only arranges
kinds of stages; it adds no row here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from tidu.law.refusals import Refused


class Status(StrEnum):
    """Where a case stands; together with its stage this says all about the flow."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    PASSED = "passed"
    LISTED = "listed"
    SUSPENDED = "suspended"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


TERMINAL = frozenset({Status.RECOGNISED, Status.NOT_RECOGNISED, Status.WITHDRAWN, Status.LAPSED})


class Kind(StrEnum):
    """What a stage does."""

    REVIEW = "review"
    PANEL = "panel"
    RECOMMEND = "recommend"
    PUBLICITY = "publicity"
    REPORT = "report"
    ANNOUNCE = "announce"


class Action(StrEnum):
    """What someone does to a case."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    RETURN_FOR_MENDING = "return_for_mending"
    RESUBMIT = "resubmit"
    PASS_REVIEW = "pass_review"  # noqa: S105 - not a password
    REFUSE = "refuse"
    JOIN_OPINION = "join_opinion"
    RECOMMEND = "recommend"
    LIST = "list"
    SUSPEND = "suspend"
    RESUME = "resume"
    STRIKE = "strike"
    CLEAR = "clear"
    REPORT = "report"
    ANNOUNCE = "announce"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class ActionRule:
    """Who takes an action, its Chinese name, and whether it is done for a list of cases at once."""

    label: str
    by: Literal["firm", "office", "system"]
    batch: bool = False


ACTIONS: Mapping[Action, ActionRule] = {
    Action.SUBMIT: ActionRule("提交", "firm"),
    Action.RECEIVE: ActionRule("受理", "office"),
    Action.RETURN_FOR_MENDING: ActionRule("退回补正", "office"),
    Action.RESUBMIT: ActionRule("补正后提交", "firm"),
    Action.PASS_REVIEW: ActionRule("审核通过", "office"),
    Action.REFUSE: ActionRule("不予通过", "office"),
    Action.JOIN_OPINION: ActionRule("专家意见汇入", "system"),
    Action.RECOMMEND: ActionRule("推荐", "office", batch=True),
    Action.LIST: ActionRule("公示", "office", batch=True),
    Action.SUSPEND: ActionRule("暂停公示结论（异议核实）", "office"),
    Action.RESUME: ActionRule("异议不成立，恢复", "office"),
    Action.STRIKE: ActionRule("异议成立，移出名单", "office"),
    Action.CLEAR: ActionRule("公示无异议", "office", batch=True),
    Action.REPORT: ActionRule("报送备案", "office", batch=True),
    Action.ANNOUNCE: ActionRule("公告", "office", batch=True),
    Action.WITHDRAW: ActionRule("撤回", "firm"),
    Action.LAPSE: ActionRule("逾期终止", "system"),
    Action.HAND_OVER: ActionRule("移交属地", "office"),
}


@dataclass(frozen=True)
class Move:
    """One row: in `status` at a stage of `kind`, `action` leads to `to` (None: to the next stage).

    `kind` is None where the case has not entered any stage yet.
    """

    status: Status
    kind: Kind | None
    action: Action
    to: Status | None


def _waiting(kind: Kind, onward: Action, to: Status | None = None) -> tuple[Move, ...]:
    """A case waits at a stage that acts on lists: it is carried along, left out for good, or withdrawn."""
    return (
        Move(Status.PASSED, kind, onward, to),
        Move(Status.PASSED, kind, Action.REFUSE, Status.NOT_RECOGNISED),
        Move(Status.PASSED, kind, Action.WITHDRAW, Status.WITHDRAWN),
    )


_REVIEW = Kind.REVIEW
_PANEL = Kind.PANEL
_PUBLICITY = Kind.PUBLICITY

MOVES: tuple[Move, ...] = (
    Move(Status.DRAFT, None, Action.SUBMIT, None),
    Move(Status.DRAFT, None, Action.WITHDRAW, Status.WITHDRAWN),
    Move(Status.IN_REVIEW, _REVIEW, Action.RECEIVE, Status.IN_REVIEW),
    Move(Status.IN_REVIEW, _REVIEW, Action.RETURN_FOR_MENDING, Status.RETURNED),
    Move(Status.IN_REVIEW, _REVIEW, Action.PASS_REVIEW, None),
    Move(Status.IN_REVIEW, _REVIEW, Action.REFUSE, Status.NOT_RECOGNISED),
    Move(Status.IN_REVIEW, _REVIEW, Action.HAND_OVER, Status.IN_REVIEW),
    Move(Status.IN_REVIEW, _REVIEW, Action.WITHDRAW, Status.WITHDRAWN),
    Move(Status.RETURNED, _REVIEW, Action.RESUBMIT, Status.IN_REVIEW),
    Move(Status.RETURNED, _REVIEW, Action.REFUSE, Status.NOT_RECOGNISED),
    Move(Status.RETURNED, _REVIEW, Action.LAPSE, Status.LAPSED),
    Move(Status.RETURNED, _REVIEW, Action.WITHDRAW, Status.WITHDRAWN),
    # the experts advise, they decide nothing: the office does, at the stage that follows
    Move(Status.IN_REVIEW, _PANEL, Action.JOIN_OPINION, None),
    Move(Status.IN_REVIEW, _PANEL, Action.WITHDRAW, Status.WITHDRAWN),
    *_waiting(Kind.RECOMMEND, Action.RECOMMEND),
    *_waiting(_PUBLICITY, Action.LIST, Status.LISTED),
    Move(Status.LISTED, _PUBLICITY, Action.SUSPEND, Status.SUSPENDED),
    Move(Status.LISTED, _PUBLICITY, Action.CLEAR, None),
    Move(Status.LISTED, _PUBLICITY, Action.WITHDRAW, Status.WITHDRAWN),
    Move(Status.SUSPENDED, _PUBLICITY, Action.RESUME, Status.LISTED),
    Move(Status.SUSPENDED, _PUBLICITY, Action.STRIKE, Status.NOT_RECOGNISED),
    Move(Status.SUSPENDED, _PUBLICITY, Action.WITHDRAW, Status.WITHDRAWN),
    *_waiting(Kind.REPORT, Action.REPORT),
    *_waiting(Kind.ANNOUNCE, Action.ANNOUNCE),
)

_BY_KEY = {(move.status, move.kind, move.action): move for move in MOVES}


def actions_allowed(status: Status, kind: Kind | None) -> tuple[Action, ...]:
    """What may be done to a case in `status` at a stage of `kind`, in the order of the table."""
    return tuple(move.action for move in MOVES if move.status == status and move.kind == kind)


def allows(status: Status, kind: Kind | None, action: Action) -> bool:
    """Whether the table has a row for this action."""
    return (status, kind, action) in _BY_KEY


def move_for(status: Status, kind: Kind | None, action: Action) -> Move:
    """The row of the table. Refused("action_not_possible") if there is none."""
    try:
        return _BY_KEY[status, kind, action]
    except KeyError:
        raise Refused(
            "action_not_possible",
            action=ACTIONS[action].label,
            status=status_label(status, kind),
            possible=[ACTIONS[a].label for a in actions_allowed(status, kind)] or ["无"],
        ) from None


def entry_status(kind: Kind) -> Status:
    """The status in which a case enters a stage: it is reviewed there, or waits for the stage's list."""
    return Status.IN_REVIEW if kind in (Kind.REVIEW, Kind.PANEL) else Status.PASSED


_STATUS_LABELS = {
    Status.DRAFT: "草稿",
    Status.IN_REVIEW: "审核中",
    Status.RETURNED: "退回补正",
    Status.PASSED: "审核通过",
    Status.LISTED: "公示中",
    Status.SUSPENDED: "异议核实中",
    Status.RECOGNISED: "已公告",
    Status.NOT_RECOGNISED: "未通过",
    Status.WITHDRAWN: "已撤回",
    Status.LAPSED: "逾期终止",
}
_WAITING_LABELS = {
    Kind.RECOMMEND: "待推荐",
    Kind.PUBLICITY: "待公示",
    Kind.REPORT: "待上报",
    Kind.ANNOUNCE: "待公告",
}


def status_label(status: Status, kind: Kind | None = None) -> str:
    """The Chinese name of a status; a case that waits is named after what it waits for."""
    if status is Status.IN_REVIEW and kind is Kind.PANEL:
        return "专家评审中"
    if status is Status.PASSED and kind in _WAITING_LABELS:
        return _WAITING_LABELS[kind]
    return _STATUS_LABELS[status]
