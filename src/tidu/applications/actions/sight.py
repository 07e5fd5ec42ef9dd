"""A case comes into the sight of an office that has had no part in it."""

from datetime import datetime

from tidu.applications.door import lock
from tidu.applications.routing import let_read
from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id


def let_office_read(*, actor: Actor, case_id: int, office_id: int, at: datetime) -> None:
    """Let an office above read a case from now on: it decides on an objection that those below may not.

    Done by the system, and in no ledger: who reads the case's would learn that somebody objected, and to
    whom. Raises Refused: act_not_allowed, case_unknown, office_unknown.
    """
    with scope(actor):
        case = lock(case_id)
        if actor.kind != "system":
            raise Refused("act_not_allowed", number=case.number, action="开放查看", why="只能由系统办理。")
        let_read(case, [office_by_id(office_id)], at)
