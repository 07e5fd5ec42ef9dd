"""Reading offices, areas, accounts and posts. The directory of offices is public."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from tidu.law.refusals import Refused
from tidu.offices.enums import LOWEST_FIRST, Level, Role
from tidu.offices.models import Account, Area, Office, Post

_UPWARDS = """
    WITH RECURSIVE chain AS (
        SELECT id, parent_id FROM offices_office WHERE id = %s
        UNION SELECT upper.id, upper.parent_id
        FROM offices_office upper JOIN chain ON upper.id = chain.parent_id
    ) SELECT id FROM chain
"""
_DOWNWARDS = """
    WITH RECURSIVE chain AS (
        SELECT id FROM offices_office WHERE id = %s
        UNION SELECT lower.id FROM offices_office lower JOIN chain ON lower.parent_id = chain.id
    ) SELECT id FROM chain
"""


def office_by_code(code: str) -> Office:
    """The office with this code. Refused `office_unknown` if there is none."""
    found = Office.objects.filter(code=code).first()
    if found is None:
        raise Refused("office_unknown", field="office", value=code)
    return found


def office_by_id(office_id: int) -> Office:
    """The office of an actor. Refused `office_unknown` if there is none."""
    found = Office.objects.select_related("chain", "parent").filter(pk=office_id).first()
    if found is None:
        raise Refused("office_unknown", field="office", value=office_id)
    return found


def office_chain(office: Office) -> dict[Level, Office]:
    """The office and those above it, each by its level, lowest first."""
    uppers = Office.objects.filter(pk__in=RawSQL(_UPWARDS, [office.pk]))  # noqa: S611
    found = {Level(upper.level): upper for upper in uppers}
    return {level: found[level] for level in LOWEST_FIRST if level in found}


def offices_up(office_id: int) -> set[int]:
    """The ids of the office and of those above it."""
    return set(Office.objects.filter(pk__in=RawSQL(_UPWARDS, [office_id])).values_list("pk", flat=True))  # noqa: S611


def offices_below(office: Office) -> QuerySet[Office]:
    """Every office that stands below this one, without itself."""
    return Office.objects.filter(pk__in=RawSQL(_DOWNWARDS, [office.pk])).exclude(pk=office.pk)  # noqa: S611


def roots(*, demonstration: bool | None = None) -> QuerySet[Office]:
    """The offices that stand below no other one in this installation."""
    found = Office.objects.filter(parent__isnull=True)
    return found if demonstration is None else found.filter(is_demonstration=demonstration)


def areas(*, demonstration: bool | None = None) -> QuerySet[Area]:
    """Where a firm can belong, with its office; closed offices serve no area."""
    found = Area.objects.filter(office__closed_at__isnull=True).select_related("office__parent")
    if demonstration is not None:
        found = found.filter(office__is_demonstration=demonstration)
    return found.order_by("office__code", "code")


def areas_under(office_id: int) -> QuerySet[Area]:
    """The areas that an office and those below it serve."""
    return Area.objects.filter(office__in=RawSQL(_DOWNWARDS, [office_id])).order_by("office__code", "code")  # noqa: S611


def area_by_code(code: str) -> Area:
    """The area with this code. Refused `area_unknown` if there is none."""
    found = Area.objects.filter(code=code).select_related("office").first()
    if found is None:
        raise Refused("area_unknown", field="area", value=code)
    return found


@dataclass(frozen=True)
class Entry:
    """An office in the directory, with those directly below it."""

    office: Office
    areas: tuple[Area, ...]
    below: tuple["Entry", ...] = field(default=())


def directory(root: Office | None = None) -> list[Entry]:
    """The tree of open offices with telephones and areas; two queries, however many offices."""
    found = Office.objects.filter(closed_at__isnull=True).prefetch_related(
        Prefetch("areas", Area.objects.order_by("code"))
    )
    if root is not None:
        found = found.filter(pk__in=RawSQL(_DOWNWARDS, [root.pk]))  # noqa: S611
    by_parent: dict[int | None, list[Office]] = {}
    for office in found:
        by_parent.setdefault(office.parent_id, []).append(office)
    top = [root] if root is not None else by_parent.get(None, [])
    known = {office.pk: office for offices in by_parent.values() for office in offices}
    return [_entry(known[office.pk], by_parent) for office in top if office.pk in known]


def _entry(office: Office, by_parent: dict[int | None, list[Office]]) -> Entry:
    below = tuple(_entry(lower, by_parent) for lower in by_parent.get(office.pk, []))
    return Entry(office, tuple(office.areas.all()), below)


def offices_beside(office: Office) -> QuerySet[Office]:
    """Open offices of the same level under the same office above, without itself."""
    beside = Office.objects.filter(parent_id=office.parent_id, level=office.level, closed_at__isnull=True)
    return beside.exclude(pk=office.pk).order_by("code")


def acting_posts(office_id: int) -> QuerySet[Post]:
    """The posts in an office whose holders may act on cases."""
    held = Post.objects.filter(
        office_id=office_id,
        role__in=(Role.CLERK, Role.LEADER),
        closed_at__isnull=True,
        account__is_active=True,
    )
    return held.select_related("account").order_by("account__username", "role")


def colleague_of(office_id: int, account_id: int) -> Account:
    """Somebody who holds or held a post in an office. Refused `colleague_unknown` for anybody else."""
    found = Account.objects.filter(pk=account_id, posts__office_id=office_id).distinct().first()
    if found is None:
        raise Refused("colleague_unknown")
    return found


def active_posts(account: Account) -> QuerySet[Post]:
    """The posts that the account holds now, in offices that are open."""
    return Post.objects.filter(
        account=account, account__is_active=True, closed_at__isnull=True, office__closed_at__isnull=True
    ).select_related("office", "account")


def posts_below(office: Office) -> QuerySet[Post]:
    """Every post ever held in this office and those below it, open ones first."""
    held = Post.objects.filter(office__in=RawSQL(_DOWNWARDS, [office.pk]))  # noqa: S611
    return held.select_related("office", "account").order_by(
        F("closed_at").desc(nulls_first=True), "office__code", "account__username", "role", "pk"
    )


def post_below(office: Office, post_id: int) -> Post:
    """One of these posts. Refused `post_unknown` for any other number."""
    found = posts_below(office).filter(pk=post_id).first()
    if found is None:
        raise Refused("post_unknown", field="post")
    return found


def offices_administered_by(office: Office) -> QuerySet[Office]:
    """The office and those below it that are open."""
    found = Office.objects.filter(pk__in=RawSQL(_DOWNWARDS, [office.pk]))  # noqa: S611
    return found.filter(closed_at__isnull=True).order_by("code")


def offices_without_administrator(within: Office | None = None) -> QuerySet[Office]:
    """Open offices in which nobody can open an account yet; all of them, or one and those below it."""
    found = Office.objects.all() if within is None else offices_administered_by(within)
    return found.filter(~_administrators(), closed_at__isnull=True).order_by("code")


def has_administrator(office: Office) -> bool:
    """Whether somebody administers the accounts of this office."""
    return Office.objects.filter(_administrators(), pk=office.pk).exists()


def _administrators() -> Exists:
    held = Post.objects.filter(office=OuterRef("pk"), role=Role.ADMINISTRATOR, closed_at__isnull=True)
    return Exists(held.filter(account__is_active=True))
