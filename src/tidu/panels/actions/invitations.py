"""From an entry in the pool to somebody who may be drawn: invited, confirmed, undertakings signed."""

from collections.abc import Collection
from datetime import date, datetime

from tidu.database.scope import Actor, scope
from tidu.law.calendars import legal_day
from tidu.law.refusals import Refused
from tidu.offices.actions import create_account, replace_password
from tidu.offices.locks import lock_account
from tidu.offices.passwords import ONE_TIME_VALIDITY, one_time_password
from tidu.panels.actors import NAME
from tidu.panels.enums import ExpertState
from tidu.panels.locks import lock_expert, lock_self, reason_given
from tidu.panels.models import Expert, Undertaking
from tidu.panels.permissions import may_serve
from tidu.panels.queries import unsigned
from tidu.panels.queries.tasks import open_tasks
from tidu.proof.canonical import JSON
from tidu.records.actions import freeze, record


def invite_expert(*, actor: Actor, expert_id: int, username: str, at: datetime) -> tuple[Expert, str]:
    """Open an account for an expert; with its one-time password, which is shown once.

    Refused("expert_unknown"), ("expert_invited_before"), ("username_…").
    """
    with scope(actor):
        expert = lock_expert(actor, expert_id)
        if expert.state != ExpertState.ENTERED:
            raise Refused("expert_invited_before", number=expert.number, state=expert.get_state_display())
        password = one_time_password()
        expert.account = create_account(
            username=username, password=password, name=NAME, at=at,
            one_time_until=at + ONE_TIME_VALIDITY, opened_by=expert.office,
        )  # fmt: skip
        expert.state = ExpertState.INVITED
        expert.save(update_fields=["account", "state"])
        _record(expert, "invite_expert", actor, at)
        return expert, password


def renew_expert_password(*, actor: Actor, expert_id: int, at: datetime) -> str:
    """A new one-time password for an expert who forgot his; recorded.

    Who gives it could use it. Refused("expert_not_invited"), ("expert_has_cases") while opinions are awaited
    of him: nobody of the office that drew him may hold his password then.
    """
    with scope(actor):
        expert = lock_expert(actor, expert_id)
        if expert.account is None:
            raise Refused("expert_not_invited", number=expert.number)
        if awaited := open_tasks(expert).filter(answered_at__isnull=True).count():
            raise Refused("expert_has_cases", number=expert.number, count=awaited)
        password = replace_password(account=lock_account(expert.account), at=at)
        _record(expert, "renew_expert_password", actor, at)
        return password


def accept_invitation(*, actor: Actor, at: datetime) -> Expert:
    """The expert confirms that he takes part. Refused("expert_needed"), ("expert_answered_before")."""
    with scope(actor):
        expert = _answering(actor)
        expert.state, expert.confirmed_at = ExpertState.CONFIRMED, at
        expert.save(update_fields=["state", "confirmed_at"])
        _record(expert, "accept_invitation", actor, at)
        return expert


def decline_invitation(*, actor: Actor, reason: str, at: datetime) -> Expert:
    """The expert does not take part, and says why. As `accept_invitation`, and ("panel_reason_missing")."""
    with scope(actor):
        expert = _answering(actor)
        expert.state, expert.reason, expert.gone_at = ExpertState.DECLINED, reason_given(reason), at
        expert.save(update_fields=["state", "reason", "gone_at"])
        _record(expert, "decline_invitation", actor, at, reason=expert.reason)
        return expert


def sign_undertakings(*, actor: Actor, digests: Collection[str], at: datetime) -> list[Undertaking]:
    """Sign every undertaking that is not signed yet; `digests` are of the texts as the expert saw them.

    Refused("expert_not_confirmed"), ("undertakings_changed") where a text reads otherwise by now, or one is
    left out.
    """
    with scope(actor):
        expert = lock_self(actor)
        _require_serving(expert)
        asked = unsigned(expert)
        if not {text.digest for text in asked} <= set(digests):
            raise Refused("undertakings_changed", field="digests")
        signed = [
            Undertaking.objects.create(expert=expert, oath=text.oath, digest=text.digest, signed_at=at)
            for text in asked
        ]
        if asked:
            body: dict[str, JSON] = {text.oath.value: text.digest for text in asked}
            words = freeze({text.oath.value: text.body for text in asked})
            body["expert"] = expert.number
            record(
                chain=expert.chain, verb="sign_undertakings", actor=actor, at=at, body=body, snapshot=words
            )
        return signed


def stay_away(*, actor: Actor, until: date | None, at: datetime) -> Expert:
    """The expert takes no cases up to and including this day; None: he takes them again.

    Refused("expert_not_confirmed"), ("expert_away_in_the_past").
    """
    with scope(actor):
        expert = lock_self(actor)
        _require_serving(expert)
        if until is not None and until < legal_day(at):
            raise Refused("expert_away_in_the_past", field="until", value=until, today=legal_day(at))
        expert.away_until = until
        expert.save(update_fields=["away_until"])
        _record(expert, "stay_away", actor, at, until=until)
        return expert


def _answering(actor: Actor) -> Expert:
    expert = lock_self(actor)
    if expert.state != ExpertState.INVITED:
        raise Refused("expert_answered_before", state=expert.get_state_display())
    return expert


def _require_serving(expert: Expert) -> None:
    answer = may_serve(expert)
    if not answer:
        raise Refused("expert_not_confirmed", why=answer.reason)


def _record(expert: Expert, verb: str, actor: Actor, at: datetime, **said: JSON) -> None:
    record(chain=expert.chain, verb=verb, actor=actor, at=at, body={"expert": expert.number, **said})
