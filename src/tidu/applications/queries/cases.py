"""The cases an actor may read, and one of them whole."""

from django.db.models import Exists, OuterRef, QuerySet

from tidu.applications.enums import LIVE
from tidu.applications.models import Case, CaseReader, Snapshot
from tidu.database.scope import Actor
from tidu.law.refusals import Refused


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Cases the actor may read: its own, those on whose route its office stands, or those before an expert.

    The database enforces the same rule; saying it here too lets the planner use the index.
    """
    cases = Case.objects.select_related("firm__area", "batch__notice", "office")
    if actor.kind in ("system", "expert"):  # which cases are before an expert, the panels room's policy says
        return cases
    if actor.kind == "firm":
        return cases.filter(firm_id=actor.firm_id or 0)
    if actor.kind in ("office", "auditor"):
        return cases.filter(
            Exists(CaseReader.objects.filter(case=OuterRef("pk"), office_id=actor.office_id or 0))
        )
    return cases.none()


def cases_held(actor: Actor) -> QuerySet[Case]:
    """Live cases that lie with the actor's office now: all of them are in its sight."""
    cases = Case.objects.select_related("firm__area", "batch__notice", "office")
    return cases.filter(office_id=actor.office_id or 0, status__in=LIVE)


def cases_in_sight(actor: Actor) -> int:
    """How many cases the actor's office may read, wherever they lie; one query."""
    return CaseReader.objects.filter(office_id=actor.office_id or 0).count()


def case_for(actor: Actor, case_id: int) -> Case:
    """One case. Refused("case_unknown") whether it does not exist or is not for this actor."""
    try:
        return (
            visible_cases(actor)
            .select_related("chain", "title", "assigned_to", "firm__area__office")
            .get(pk=case_id)
        )
    except Case.DoesNotExist:
        raise Refused("case_unknown") from None


def case_status(actor: Actor, case_id: int) -> str:
    """How a case stands, without reading the rest of it. Refused("case_unknown") as for `case_for`."""
    found = visible_cases(actor).filter(pk=case_id).values_list("status", flat=True).first()
    if found is None:
        raise Refused("case_unknown")
    return found


def firm_cases(actor: Actor) -> QuerySet[Case]:
    """The firm's own cases, the newest first."""
    return visible_cases(actor).filter(firm_id=actor.firm_id or 0).order_by("-opened_at")


def last_submission(case: Case) -> Snapshot | None:
    """The newest submission's snapshot, None while the case is a draft."""
    return case.snapshots.filter(kind="submission").order_by("-round").first()
