"""批量办理: an act confirmed once for many cases; each goes through the one door in its own transaction.

Confirming writes down what was seen; carrying out takes what waits, one after the other, and may stop and
begin again at any moment: an item is taken, done and marked in the same transaction.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tidu.applications.actions.review import pass_review, receive
from tidu.applications.enums import BulkAction, BulkState
from tidu.applications.models import BulkAct, BulkItem, Case
from tidu.applications.permissions import may_work, office_of
from tidu.applications.queries.bulk import actor_of_bulk
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.refusals import Refused, sentence
from tidu.records.actions import open_chain, record

MOST = 1000
"""Cases of one act; whoever has more does them in two."""


def confirm_bulk(
    *,
    actor: Actor,
    action: BulkAction | str,
    case_versions: Mapping[int, int | None],
    comment: str,
    at: datetime,
) -> BulkAct:
    """Confirm an act for these cases at the versions that were seen. Nothing happens to them yet.

    Raises Refused: office_needed, not_allowed, no_case_chosen, bulk_too_many, comment_missing,
    bulk_case_unknown.
    """
    with scope(actor):
        may_work(actor).require()
        chosen = BulkAction(action)
        if not case_versions:
            raise Refused("no_case_chosen", action=chosen.label)
        if len(case_versions) > MOST:
            raise Refused("bulk_too_many", count=len(case_versions), most=MOST)
        if chosen is BulkAction.PASS_REVIEW and not comment.strip():
            raise Refused("comment_missing", action=chosen.label, field="comment")
        held = Case.objects.filter(pk__in=case_versions, office_id=office_of(actor))
        known = dict(held.values_list("pk", "version"))
        if len(known) < len(case_versions):
            raise Refused("bulk_case_unknown", count=len(case_versions) - len(known))
        bulk = BulkAct.objects.create(
            office_id=office_of(actor),
            by_id=actor.account_id or 0,
            roles=sorted(actor.roles),
            actor_name=actor.name,
            action=chosen,
            comment=comment.strip() if chosen is BulkAction.PASS_REVIEW else "",
            at=at,
            chain=open_chain(kind="bulk"),
        )
        BulkItem.objects.bulk_create(
            BulkItem(bulk=bulk, case_id=case_id, seen_version=case_versions[case_id] or known[case_id])
            for case_id in sorted(case_versions)
        )
        body: dict[str, Any] = {
            "bulk": bulk.pk,
            "action": chosen.value,
            "cases": len(case_versions),
            "comment": bulk.comment,
        }
        record(chain=bulk.chain, verb="confirm_bulk", actor=actor, at=at, body=body)
        return bulk


def carry_out_bulk(*, bulk_id: int, now: Callable[[], datetime]) -> BulkAct:
    """Do what waits of a confirmed act, each case in a transaction of its own; refusals are kept with it.

    Two who carry out the same act share the work. A fault leaves its case waiting, the others are done
    first, and it is raised at the end.
    """
    bulk = _bulk(bulk_id)
    faults: list[Exception] = []
    for item_id in _waiting(bulk):
        try:
            _do(bulk, item_id, now())
        except Exception as fault:  # noqa: BLE001 - one case must not stop the others
            faults.append(fault)
    if faults:
        raise faults[0]
    return _finish(bulk, now())


def _bulk(bulk_id: int) -> BulkAct:
    with scope(SYSTEM):
        return BulkAct.objects.select_related("chain").get(pk=bulk_id)


def _waiting(bulk: BulkAct) -> list[int]:
    with scope(SYSTEM):
        waiting = BulkItem.objects.filter(bulk=bulk, state=BulkState.WAITING)
        return list(waiting.order_by("case_id").values_list("pk", flat=True))


def _do(bulk: BulkAct, item_id: int, done_at: datetime) -> None:
    """One case. Somebody else's item is passed over; what is refused is an answer and no fault."""
    actor = actor_of_bulk(bulk)
    with scope(actor):
        taken = BulkItem.objects.select_for_update(skip_locked=True).filter(
            pk=item_id, state=BulkState.WAITING
        )
        item = taken.first()
        if item is None:
            return
        try:
            with transaction.atomic():
                _act(bulk, item, actor)
            item.state = BulkState.DONE
        except Refused as refused:
            item.state, item.reason = BulkState.REFUSED, sentence(refused)
        item.done_at = done_at
        item.save(update_fields=["state", "reason", "done_at"])


def _act(bulk: BulkAct, item: BulkItem, actor: Actor) -> None:
    case_id, seen = item.case_id, item.seen_version
    if bulk.action == BulkAction.RECEIVE:
        receive(actor=actor, case_id=case_id, expected_version=seen, at=bulk.at)
    else:
        pass_review(actor=actor, case_id=case_id, expected_version=seen, comment=bulk.comment, at=bulk.at)


def _finish(bulk: BulkAct, at: datetime) -> BulkAct:
    """Close the act once nothing waits; the last one who carries it out does so, once."""
    with scope(actor_of_bulk(bulk)):
        found = BulkAct.objects.select_for_update(of=("self",)).select_related("chain").get(pk=bulk.pk)
        states = list(found.items.values_list("state", flat=True))
        if found.finished_at is None and BulkState.WAITING not in states:
            found.finished_at = at
            found.save(update_fields=["finished_at"])
            body: dict[str, Any] = {
                "bulk": found.pk,
                "done": states.count(BulkState.DONE),
                "refused": states.count(BulkState.REFUSED),
            }
            record(chain=found.chain, verb="finish_bulk", actor=actor_of_bulk(found), at=at, body=body)
        return found
