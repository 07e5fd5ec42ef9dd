"""Who is at the page: the identity that the logged-in person has chosen, checked anew on every request.

    @desk("office", "auditor")
    def queue(request: HttpRequest) -> HttpResponse: ...

A post closed or a membership ended a moment ago opens nothing any more.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from tidu.database.scope import PUBLIC, Actor, Kind, scope
from tidu.enterprises.actors import actor_for_member
from tidu.enterprises.enums import MemberRole
from tidu.enterprises.queries import active_memberships
from tidu.offices.actors import actor_for_operator, actor_with_roles
from tidu.offices.enums import Role
from tidu.offices.models import Account, Post
from tidu.offices.queries import active_posts
from tidu.panels.actors import NAME, actor_for_expert
from tidu.panels.queries import find_expert

SESSION_KEY = "identity"
HOMES: dict[Kind, str] = {
    "firm": "/enterprise/",
    "office": "/office/",
    "auditor": "/office/",
    "expert": "/expert/",
    "operator": "/operator/",
}
OPERATOR = "operator"
EXPERT = "expert"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Identity:
    """One of the hats a person may wear: `key` names it in the session, `role` is for reading."""

    key: str
    actor: Actor
    role: str

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def home(self) -> str:
        """Where work begins in this identity."""
        return HOMES[self.actor.kind]


def identities(account: Account) -> list[Identity]:
    """Every identity the account may choose now: posts by office, memberships by firm, operation."""
    # accounts that an office opened never act for firms, and only these are of experts
    own = _firms(account) if account.opened_by_id is None else _experts(account)
    found = [*_offices(account), *own]
    if account.is_operator and account.is_active:
        found.append(Identity(OPERATOR, actor_for_operator(account), "运维"))
    return found


def actor_of(request: HttpRequest) -> Actor:
    """The actor of this request; the public if nobody is logged in or no identity is chosen.

    Somebody with a single identity need not choose. With a one-time password nobody acts yet.
    """
    account = request.user
    if not isinstance(account, Account) or not account.is_active:
        return PUBLIC
    person = _person(account)
    if account.one_time_until is not None:
        return person
    chosen = _chosen(account, request.session.get(SESSION_KEY, ""))
    if chosen is None:
        held = identities(account)
        chosen = held[0] if len(held) == 1 else None
        if chosen is not None:
            request.session[SESSION_KEY] = chosen.key
    return chosen.actor if chosen else person


def choose(request: HttpRequest, key: str) -> Identity | None:
    """Take on an identity for this session; None if the person does not hold it."""
    account = request.user
    chosen = _chosen(account, key) if isinstance(account, Account) else None
    if chosen is not None:
        request.session[SESSION_KEY] = chosen.key
    return chosen


def current_actor_of(request: HttpRequest) -> Actor:
    """What the request's own scope was opened with."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def desk(*kinds: Kind) -> Callable[[View], View]:
    """A page for these kinds of actor. Others are led to what they lack, or refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if current_actor_of(request).kind in kinds:
                return view(request, *args, **kwargs)
            return _lead(request)

        return entered

    return decorate


def _lead(request: HttpRequest) -> HttpResponse:
    """To the login, to a password of one's own, to the choice of an identity; or 403.

    Scripts get 401: a page that saves by itself then knows that the session has ended.
    """
    account = request.user
    if not isinstance(account, Account):
        return _away(request, reverse("account_login"))
    if account.one_time_until is not None:
        return _away(request, reverse("account_change_password"))
    if current_actor_of(request).kind == "public":
        return _away(request, reverse("choose_identity"))
    raise PermissionDenied("您当前的身份不能打开这个页面。")


def _away(request: HttpRequest, address: str) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"message": "登录已过期，请重新登录。"}, status=401)
    there = request.get_full_path() if request.method == "GET" else ""
    target = f"{address}?{urlencode({'next': there})}" if there else address
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(target)


def _person(account: Account) -> Actor:
    """Somebody known by account alone, who acts for nobody yet."""
    return Actor(kind="public", account_id=account.pk, name=PUBLIC.name)


def _chosen(account: Account, key: str) -> Identity | None:
    """The identity of this key, if the account still holds it."""
    kind, _, number = key.partition(":")
    pk = int(number) if number.isascii() and number.isdecimal() else 0
    if kind == "office":
        return next(_offices(account, pk), None)
    if kind == "firm":
        return next(_firms(account, pk), None)
    if key == EXPERT:
        return next(_experts(account), None)
    if key == OPERATOR and account.is_operator:
        return Identity(OPERATOR, actor_for_operator(account), "运维")
    return None


def _offices(account: Account, office_id: int | None = None) -> Iterator[Identity]:
    """One identity per office, with all roles held there; one query."""
    held = active_posts(account) if office_id is None else active_posts(account).filter(office=office_id)
    by_office: dict[int, list[Post]] = {}
    for post in held:
        by_office.setdefault(post.office_id, []).append(post)
    for pk, posts in by_office.items():
        roles = {post.role for post in posts}
        words = "、".join(role.label for role in Role if role in roles)
        yield Identity(f"office:{pk}", actor_with_roles(posts[0], roles), words)


def _experts(account: Account) -> Iterator[Identity]:
    """The person as an expert of a pool; read in his own scope, since who is one is nobody else's affair."""
    with scope(_person(account)):
        expert = find_expert(account.pk)
    if expert is not None:
        yield Identity(EXPERT, actor_for_expert(expert), NAME)


def _firms(account: Account, firm_id: int | None = None) -> Iterator[Identity]:
    """One identity per firm; read in the person's own scope, since memberships are nobody else's."""
    with scope(_person(account)):
        held = active_memberships(account.pk)
        members = list(held if firm_id is None else held.filter(firm=firm_id))
    for member in members:
        yield Identity(f"firm:{member.firm_id}", actor_for_member(member), MemberRole(member.role).label)
