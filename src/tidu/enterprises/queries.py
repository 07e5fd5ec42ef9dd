"""Reading firms, their members and their profile. Firms are public; the rest is the firm's own."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Func, Q, QuerySet, TextField, Value

from tidu.enterprises.models import Firm, Member, ProfileField
from tidu.law.facts import Facts, load_vocabulary, value_from_json
from tidu.law.refusals import Refused

WHOLE_CODE = 18

REGISTERED = frozenset({"credit_code", "enterprise_name"})
"""The facts that the registration itself says: a form shows them, and nobody types them."""


def search(text: str) -> QuerySet[Firm]:
    """Firms with this code, or with this text in their name; nobody for an empty text.

    Two characters suffice: an index over the pairs of neighbouring characters of the name serves them.
    """
    wanted = text.strip()
    if not wanted:
        return Firm.objects.none()
    if wanted.isascii():
        code = wanted.upper()
        by_code = Q(uscc=code) if len(code) == WHOLE_CODE else Q(uscc__startswith=code)
        return Firm.objects.filter(by_code | Q(name__contains=wanted))
    pairs = Func(Value(wanted, TextField()), function="enterprises_bigrams")
    return Firm.objects.filter(name_bigrams__contains=pairs, name__contains=wanted)


def firm_by_uscc(uscc: str) -> Firm | None:
    """The registered firm with this code."""
    return Firm.objects.select_related("area__office").filter(uscc=uscc).first()


def firms_by_uscc(codes: Iterable[str]) -> dict[str, Firm]:
    """The registered firms with these codes, by their code; one query."""
    return {firm.uscc: firm for firm in Firm.objects.filter(uscc__in=list(codes))}


def firm_by_id(firm_id: int) -> Firm:
    """A firm with its place and the office that serves it."""
    return Firm.objects.select_related("area__office").get(pk=firm_id)


def active_memberships(account_id: int) -> QuerySet[Member]:
    """The firms that an account acts for now. The account itself must be in scope, or the system.

    Asked on every request: it reads what makes an identity (role, firm and its name) and nothing more.
    """
    held = Member.objects.filter(account_id=account_id, account__is_active=True, left_at__isnull=True)
    known = held.select_related("firm").only("account_id", "role", "firm__name")
    return known.order_by("firm__name")


def members(firm: Firm) -> QuerySet[Member]:
    """Those who act for the firm now, and after them those who left."""
    return firm.members.select_related("account").order_by(
        F("left_at").desc(nulls_first=True), "joined_at", "pk"
    )


def profile_fields(firm: Firm) -> QuerySet[ProfileField]:
    """Every field of the profile as it stands."""
    return ProfileField.objects.filter(firm=firm)


def registered_facts(firm: Firm) -> dict[str, str]:
    """What the registration itself says, by fact; a form shows it and never asks for it."""
    return {"credit_code": firm.uscc, "enterprise_name": firm.name}


def profile_rows(firm_id: int) -> list[tuple[str, int, Any, str]]:
    """(fact, period, value, raw) of every field that says something, for an application to begin with."""
    rows = ProfileField.objects.filter(firm_id=firm_id).exclude(value__isnull=True, raw="")
    return list(rows.order_by("fact", "period").values_list("fact", "period", "value", "raw"))


def facts_from_rows(
    rows: Iterable[tuple[str, int, Any, str]], *, year: int, as_of: date | None = None
) -> Facts:
    """What stored fields say, exactly, with `year` as 上年.

    Unreadable fields are missing; a fact that has retired from the vocabulary is left out.
    """
    known = load_vocabulary()
    stated = {
        (fact, period or None): value_from_json(known.fact(fact), value)
        for fact, period, value, _ in rows
        if value is not None and fact in known.facts
    }
    return Facts.of(stated, year=year, as_of=as_of)


def member_of(firm: Firm, member_id: int) -> Member:
    """A current member of the firm. Refused `member_unknown` for any other number."""
    found = members(firm).filter(pk=member_id, left_at__isnull=True).first()
    if found is None:
        raise Refused("member_unknown", field="member", firm=firm.name)
    return found
