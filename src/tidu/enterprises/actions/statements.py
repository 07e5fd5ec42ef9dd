"""Facts as stated once: who said it, when, from which paper. Nothing stated is ever changed."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from tidu.database.scope import SYSTEM, Actor, scope
from tidu.enterprises.enums import Source
from tidu.enterprises.models import Firm, Statement
from tidu.enterprises.permissions import may_state
from tidu.law.refusals import Refused
from tidu.proof.canonical import JSON
from tidu.records.actions import freeze, record


def append_statement(
    *,
    actor: Actor,
    firm: Firm,
    source: Source | str,
    facts: Mapping[str, Any],
    references: Mapping[str, Any],
    snapshot: str,
    at: datetime,
) -> Statement:
    """Append what `source` stated about the firm.

    `facts` is the body of `Facts.to_json`; `references` names paper and page per fact;
    `snapshot` is the digest of the frozen body these facts come from, or "" to freeze them now.
    """
    with scope(actor):
        may_state(actor, firm, Source(source)).require()
        if not facts:
            raise Refused("statement_empty", field="facts")
        with nullcontext() if source == Source.FIRM else scope(SYSTEM):
            digest = snapshot or freeze({"facts": dict(facts), "references": dict(references)})
            statement = Statement.objects.create(
                firm=firm,
                source=Source(source),
                at=at,
                facts=dict(facts),
                references=dict(references),
                snapshot=digest,
            )
            body: dict[str, JSON] = {"source": statement.source, "statement": statement.pk}
            record(chain=firm.chain, verb="state", actor=actor, at=at, body=body, snapshot=digest)
            return statement
