"""Reading whom to call at a firm: personal data, so each reading is an entry that the firm itself sees."""

from collections.abc import Collection, Mapping
from datetime import datetime

from tidu.applications.permissions import may_work
from tidu.applications.queries.calls import unfinished
from tidu.database.scope import Actor, scope
from tidu.enterprises.contacts import ContactPoint, contacts_of
from tidu.law.refusals import Refused
from tidu.records.actions import record

MOST_AT_ONCE = 50


def read_contacts(
    *, actor: Actor, batch_id: int, case_ids: Collection[int], at: datetime
) -> Mapping[int, ContactPoint]:
    """By case of the call list whom to call, in full; recorded on the chain of each case.

    Raises Refused: office_needed, not_allowed, nobody_to_call, too_many_to_call.
    """
    with scope(actor):
        may_work(actor).require()
        listed = list(unfinished(batch_id=batch_id).filter(pk__in=list(case_ids)).select_related("chain"))
        if not listed:
            raise Refused("nobody_to_call")
        if len(listed) > MOST_AT_ONCE:
            raise Refused("too_many_to_call", count=len(listed), most=MOST_AT_ONCE)
        contacts = contacts_of([one.firm_id for one in listed])
        found = {one.pk: contacts[one.firm_id] for one in listed if one.firm_id in contacts}
        # a fixed order of locks, as everywhere
        for one in sorted(listed, key=lambda each: each.pk):
            body = {"case": one.number, "case_id": one.pk, "firm_id": one.firm_id}
            record(chain=one.chain, verb="read_contact", actor=actor, at=at, body=body)
        return found
