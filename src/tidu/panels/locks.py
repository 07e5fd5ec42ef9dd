"""What the acts of the room begin with: the right post, a row held, a reason given."""

from django.db import connection
from django.db.models import QuerySet

from tidu.applications.permissions import office_of
from tidu.database.scope import Actor
from tidu.law.refusals import Refused
from tidu.panels.models import Expert
from tidu.panels.permissions import may_keep_pool
from tidu.panels.queries import expert_of


def require_keeping(actor: Actor) -> int:
    """The office whose pool the actor keeps. Refused("panel_act_not_allowed")."""
    answer = may_keep_pool(actor)
    if not answer:
        raise Refused("panel_act_not_allowed", why=answer.reason)
    return office_of(actor)


def lock_expert(actor: Actor, expert_id: int) -> Expert:
    """One expert of the actor's own pool, held. Refused("expert_unknown")."""
    found = _held().filter(pk=expert_id, office_id=require_keeping(actor)).first()
    if found is None:
        raise Refused("expert_unknown")
    return found


def lock_self(actor: Actor) -> Expert:
    """The expert who acts, held. Refused("expert_needed")."""
    return _held().get(pk=expert_of(actor).pk)


def one_at_a_time(name: str, number: int) -> None:
    """Until the transaction ends nobody else does this with the thing of this number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [name, number])


def reason_given(reason: str) -> str:
    """Why something is done. Refused("panel_reason_missing")."""
    if not reason.strip():
        raise Refused("panel_reason_missing", field="reason")
    return reason.strip()[:200]


def _held() -> QuerySet[Expert]:
    """Not held against rows that only name him: a draw that is held gives him cases meanwhile."""
    held = Expert.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("chain", "office", "account")
