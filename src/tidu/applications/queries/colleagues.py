"""Who in an office has how much on the list; a case of somebody whose post is closed is nobody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet

from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case
from tidu.applications.permissions import office_of
from tidu.applications.queries.cases import cases_held
from tidu.database.scope import Actor
from tidu.offices.models import Account, Post
from tidu.offices.queries import acting_posts


@dataclass(frozen=True)
class Workload:
    """One colleague's list. `account` is None for what is on nobody's."""

    account: Account | None
    is_at_work: bool
    cases: int = 0
    waiting: int = 0
    overdue: int = 0
    due_at: datetime | None = None


def is_held() -> Exists:
    """Of a case: whether the colleague it is assigned to still has a post in the office that holds it."""
    open_posts = Post.objects.filter(
        account_id=OuterRef("assigned_to_id"),
        office_id=OuterRef("office_id"),
        closed_at__isnull=True,
        account__is_active=True,
    )
    return Exists(open_posts)


def unassigned(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those that are on nobody's list, or on that of somebody whose post is closed."""
    return cases.filter(Q(assigned_to__isnull=True) | ~is_held())


def with_holder(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Each with `is_held`: whether `assigned_to` is somebody who still works on it."""
    held = ExpressionWrapper(Q(assigned_to__isnull=False) & Q(is_held()), output_field=BooleanField())
    return cases.annotate(is_held=held).select_related("assigned_to")


def cases_of_colleague(actor: Actor, account_id: int) -> QuerySet[Case]:
    """The live cases of the actor's office that are on a colleague's list, the nearest deadline first."""
    cases = cases_held(actor).filter(assigned_to_id=account_id)
    return cases.order_by("due_at", "submitted_at", "pk")


def colleagues(actor: Actor) -> list[Account]:
    """Those of the office who act on cases, each once, by login name; one query."""
    found = {post.account_id: post.account for post in acting_posts(office_of(actor))}
    return list(found.values())


def workloads(actor: Actor, *, at: datetime) -> Sequence[Workload]:
    """Everybody at work in the office with their lists, and those who left something; three queries."""
    lying = cases_held(actor).select_related(None).order_by()
    counted: dict[int | None, dict[str, Any]] = {
        row["assigned_to"]: {name: row[name] for name in ("cases", "waiting", "overdue", "due_at")}
        for row in lying.values("assigned_to").annotate(
            cases=Count("pk"),
            waiting=Count("pk", filter=Q(status__in=[CaseStatus.IN_REVIEW, CaseStatus.PASSED])),
            overdue=Count("pk", filter=Q(due_at__lte=at)),
            due_at=Min("due_at"),
        )
    }
    at_work = {one.pk: one for one in colleagues(actor)}
    gone = Account.objects.filter(pk__in=[pk for pk in counted if pk and pk not in at_work]).order_by(
        "username"
    )
    rows = [Workload(one, is_at_work=True, **counted.get(one.pk, {})) for one in at_work.values()]
    rows += [Workload(one, is_at_work=False, **counted[one.pk]) for one in gone]
    if None in counted:
        rows.append(Workload(None, is_at_work=False, **counted[None]))
    return rows
