"""Taking many cases through the door at once: all of them, or none and the one that stopped it named."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tidu.applications.actions import Offline, perform
from tidu.applications.models import Case
from tidu.applications.queries import visible_cases
from tidu.database.scope import Actor
from tidu.inspections.queries import credit_clear_on
from tidu.law.calendars import legal_day
from tidu.law.procedures import ACTIONS, Action, Need
from tidu.law.refusals import Refused
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text


def move_all(  # noqa: PLR0913 - everything that an act on many may bring
    *,
    actor: Actor,
    action: Action,
    batch: Batch,
    case_versions: Mapping[int, int | None],
    at: datetime,
    given: frozenset[Need] = frozenset(),
    details: Mapping[str, Any] | None = None,
    own: Mapping[int, Mapping[str, Any]] | None = None,
    offline: Offline | None = None,
    dated: date | None = None,
) -> list[Case]:
    """Take one action on each of these cases of one batch, at the version that was seen.

    `details` are said of all of them, `own` of each by its number; `dated` is the day of the paper.
    Raises Refused: no_case_chosen, case_of_other_batch, and those of the door, which name the case.
    """
    if not case_versions:
        raise Refused("no_case_chosen", action=ACTIONS[action].label)
    moved = []
    # a fixed order, so that two officers who chose the same cases cannot lock each other out
    for case_id in sorted(case_versions):
        case = perform(
            case_id=case_id,
            action=action,
            actor=actor,
            at=at,
            expected_version=case_versions[case_id],
            given=given,
            details={**(details or {}), **(own or {}).get(case_id, {})},
            offline=offline,
            dated=dated,
        )
        if case.batch_id != batch.pk:
            raise Refused("case_of_other_batch", number=case.number, batch=batch.title)
        moved.append(case)
    return moved


def require_fresh_credit(*, actor: Actor, batch: Batch, case_ids: Collection[int], at: datetime) -> None:
    """Before a list or an announcement, clear credit must be no older than the notice's reading allows.

    A case that was not found clear at all is left to the door, which says what it lacks.
    Raises Refused("credit_check_too_old").
    """
    days = notice_text(batch.notice).count("credit_check_fresh_days")
    oldest = legal_day(at) - timedelta(days=days)
    for case in visible_cases(actor).filter(pk__in=case_ids, batch=batch).order_by("number"):
        clear_on = credit_clear_on(case)
        if clear_on is not None and clear_on < oldest:
            raise Refused(
                "credit_check_too_old", number=case.number, firm=case.firm.name, value=clear_on, days=days
            )
