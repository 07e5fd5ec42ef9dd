"""What this officer may do to a case now; what he may not, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tidu.applications.acts import Act
from tidu.applications.guards import lacking
from tidu.applications.models import Case, CaseStage
from tidu.applications.permissions import may, may_act_in_office
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.procedures import ACTIONS, Action, Need, Position, Procedure
from tidu.law.procedures.model import NEED_LABELS
from tidu.law.procedures.moves import Status

#: Acts on one case from its page, the address of each, and how its button looks.
SINGLE: dict[Action, tuple[str, str]] = {
    Action.RECEIVE: ("office-case-receive", "btn-main"),
    Action.PASS_REVIEW: ("office-case-pass", "btn-main"),
    Action.RETURN_FOR_MENDING: ("office-case-return", "btn-line"),
    Action.REFUSE: ("office-case-refuse", "btn-danger"),
    Action.HAND_OVER: ("office-case-hand-over", ""),
}
#: What the form of the page itself brings along, so that its absence is no reason beforehand.
TYPED = frozenset({Need.MARKED_FIELDS, Need.LETTER_NUMBER, Need.LETTER_FILE, Need.SUMMARY_TABLES})


@dataclass(frozen=True)
class Offer:
    """One button: where it sends the form, and why it cannot be pressed."""

    action: Action
    label: str
    url: str
    look: str
    answer: Answer

    @property
    def id(self) -> str:
        return self.action.value


@dataclass(frozen=True)
class Desk:
    """All that may be done on the page of one case."""

    offers: tuple[Offer, ...]
    batch_url: str
    batch_label: str
    may_act: Answer

    @property
    def any(self) -> bool:
        return bool(self.offers)

    @property
    def marks(self) -> bool:
        """Whether the firm may be asked to mend here, so that rows can be marked."""
        return any(offer.action is Action.RETURN_FOR_MENDING for offer in self.offers)


def desk_of(actor: Actor, case: Case, procedure: Procedure, row: CaseStage | None, at: datetime) -> Desk:
    """The offers at the case's position; none where the case lies with another office or has ended."""
    here = may_act_in_office(actor, case, procedure) if case.stage else Answer(False, "案件不在办理中。")
    if row is None or actor.kind != "office" or actor.office_id != case.office_id:
        return Desk((), "", "", here)
    listed = _for_many(case, procedure)
    return Desk(tuple(_offers(actor, case, procedure, row, at)), *listed, here)


def _offers(actor: Actor, case: Case, procedure: Procedure, row: CaseStage, at: datetime) -> Iterator[Offer]:
    for action in procedure.actions_at(Position(case.stage, Status(case.status))):
        if action not in SINGLE or (action is Action.RECEIVE and row.received_at is not None):
            continue
        name, look = SINGLE[action]
        answer = _answer(actor, case, procedure, row, action, at)
        yield Offer(action, ACTIONS[action].label, reverse(name, args=[case.pk]), look, answer)


def _answer(
    actor: Actor, case: Case, procedure: Procedure, row: CaseStage, action: Action, at: datetime
) -> Answer:
    answer = may(actor, case, action, procedure)
    if not answer:
        return answer
    act = Act(action, actor, at, comment="…", given=TYPED)
    missing = lacking(procedure.stage(row.stage), row, act)
    if Need.RECEIPT in missing:
        return Answer(False, "请先受理。")
    if missing:
        return Answer(False, f"还缺{'、'.join(NEED_LABELS[need] for need in missing)}。")
    return ALLOWED


def _for_many(case: Case, procedure: Procedure) -> tuple[str, str]:
    """Where the act for many is taken for which this case waits."""
    for action in procedure.actions_at(Position(case.stage, Status(case.status))):
        if ACTIONS[action].batch and action is not Action.CLEAR:
            return reverse("office-sending", args=[case.batch_id, case.stage]), ACTIONS[action].label
    return "", ""
