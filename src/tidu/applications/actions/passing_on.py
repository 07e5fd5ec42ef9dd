"""转交: cases of one colleague go to another of the same office (leave, illness, a new post)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from tidu.applications.models import Case
from tidu.applications.permissions import may_work, office_of
from tidu.applications.queries.colleagues import cases_of_colleague
from tidu.database.scope import Actor, scope
from tidu.law.refusals import Refused
from tidu.offices.queries import acting_posts
from tidu.records.actions import record


def pass_on(
    *,
    actor: Actor,
    from_account_id: int,
    to_account_id: int | None,
    case_ids: Collection[int] | None,
    at: datetime,
) -> list[Case]:
    """Move all cases, or the chosen ones, from one colleague's list to another's, or to nobody's.

    Recorded on each case, without the reason: why a colleague is away is nobody else's business, and the
    firm reads the ledger. What is no longer on the first colleague's list is passed over.
    Raises Refused: not_allowed, colleague_unknown, passed_on_to_the_same, nothing_to_pass_on.
    """
    with scope(actor):
        may_work(actor).require()
        if from_account_id == to_account_id:
            raise Refused("passed_on_to_the_same", field="to")
        _require_colleague(actor, to_account_id)
        cases = cases_of_colleague(actor, from_account_id)
        if case_ids is not None:
            cases = cases.filter(pk__in=list(case_ids))
        # a fixed order of locks, so that two who pass on at once do not wait for each other for ever
        held = list(cases.select_for_update(of=("self",)).select_related("chain").order_by("pk"))
        if not held:
            raise Refused("nothing_to_pass_on")
        Case.objects.filter(pk__in=[case.pk for case in held]).update(assigned_to=to_account_id)
        for case in held:
            body: dict[str, Any] = {
                "case": case.number,
                "case_id": case.pk,
                "to_account": to_account_id,
                "from_account": from_account_id,
            }
            record(chain=case.chain, verb="pass_on", actor=actor, at=at, body=body)
        return held


def _require_colleague(actor: Actor, account_id: int | None) -> None:
    """Somebody who acts on the office's cases, or nobody. Refused("colleague_unknown")."""
    if account_id is not None and not acting_posts(office_of(actor)).filter(account_id=account_id).exists():
        raise Refused("colleague_unknown", field="to")
