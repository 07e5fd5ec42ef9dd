"""专家意见汇入: what a panel found joins its case, and the office that decides has it before it."""

import secrets
from datetime import datetime
from typing import Any

from tidu.applications.acts import Act
from tidu.applications.contents import standard_of
from tidu.applications.door import settle, take
from tidu.applications.enums import SnapshotKind
from tidu.applications.models import Case, Snapshot
from tidu.applications.opinions import PanelOpinion
from tidu.database.scope import Actor, scope
from tidu.law.procedures import Action
from tidu.law.refusals import Refused
from tidu.law.secrecy import refuse_marked
from tidu.records.actions import freeze

SALT = 16
"""Octets."""


def join_opinion(*, actor: Actor, case_id: int, opinion: PanelOpinion, at: datetime) -> Case:
    """Freeze the opinion of the panel, and move the case to the stage that decides with it.

    Only the system does it, once all opinions of the panel are in. The entry itself says no more
    than that it happened: the firm reads the ledger of its case. It reads the digest as well, therefore
    the body carries a number by chance: answers are few, and could be tried out.
    Raises Refused: opinion_incomplete, opinion_of_nobody, opinion_miscounted, expert_by_name,
    field_unknown, marked_secret, case_unknown, act_not_allowed.
    """
    with scope(actor):
        held = take(case_id, Act(Action.JOIN_OPINION, actor, at), None)
        if held.stage is None:
            raise Refused("case_unknown")
        opinion.check(standard_of(held.case).vocabulary.facts)
        case, body = held.case, opinion.as_body()
        refuse_marked(body)
        where: dict[str, Any] = {"case": case.number, "round": case.round, "stage": held.stage.stage}
        digest = freeze(where | {"opinion": body, "salt": secrets.token_hex(SALT)})
        Snapshot.objects.create(case=case, kind=SnapshotKind.OPINION, round=case.round, digest=digest, at=at)
        held.stage.opinion = digest
        return settle(held, snapshot=digest)
