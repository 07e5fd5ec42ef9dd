"""Opening what an objection says: each look is a link in its chain, under the office that took it."""

from datetime import datetime

from tidu.database.scope import Actor, scope
from tidu.proof.canonical import JSON
from tidu.publicity.models import Objection
from tidu.publicity.queries import objection_content, objection_paper
from tidu.publicity.sealing import Content, OpenedPaper
from tidu.records.actions import record


def read_objection(*, actor: Actor, objection_id: int, at: datetime) -> tuple[Objection, Content]:
    """Open who objects and what they say; only for the office that handles it.

    Refused("objection_unknown").
    """
    with scope(actor):
        objection, content = objection_content(actor, objection_id)
        _record(objection, "read_objection", {"entry": objection.entry_id}, actor, at)
        return objection, content


def read_paper(*, actor: Actor, attachment_id: int, at: datetime) -> OpenedPaper:
    """Open a paper that came with an objection. Refused("objection_unknown") as above."""
    with scope(actor):
        paper = objection_paper(actor, attachment_id)
        objection = Objection.objects.select_related("chain").get(attachments=attachment_id)
        _record(objection, "read_objection_paper", {"paper": attachment_id}, actor, at)
        return paper


def _record(objection: Objection, verb: str, body: dict[str, JSON], actor: Actor, at: datetime) -> None:
    record(chain=objection.chain, verb=verb, actor=actor, at=at, body=body)
