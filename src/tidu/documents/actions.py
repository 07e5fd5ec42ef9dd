"""What this room does that is remembered: whoever takes a whole case along is named in its ledger."""

from datetime import datetime

from tidu.applications.queries import case_for
from tidu.database.scope import Actor, scope
from tidu.documents.dossiers.making import Dossier, dossier_of
from tidu.documents.permissions import may_make_dossier
from tidu.law.refusals import Refused
from tidu.proof.canonical import JSON
from tidu.records.actions import record


def make_dossier(*, actor: Actor, case_id: int, at: datetime) -> Dossier:
    """Everything about one case in one file; the ledger inside ends with the entry that says so.

    Raises Refused: case_unknown, dossier_not_allowed.
    """
    with scope(actor):
        case = case_for(actor, case_id)
        answer = may_make_dossier(actor, case)
        if not answer:
            raise Refused("dossier_not_allowed", number=case.number, why=answer.reason)
        body: dict[str, JSON] = {"case": case.number, "case_id": case.pk, "firm_id": case.firm_id}
        record(chain=case.chain, verb="dossier", actor=actor, at=at, body=body)
        return dossier_of(case, made_by=actor.name, at=at)
