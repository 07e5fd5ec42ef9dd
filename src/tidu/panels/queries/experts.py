"""The pool as its office sees it, and an expert as he sees himself."""

from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tidu.applications.permissions import office_of
from tidu.database.scope import Actor
from tidu.law.refusals import Refused
from tidu.panels.enums import ExpertState, Oath
from tidu.panels.models import Expert, Undertaking
from tidu.panels.undertakings import OathText, current_digests, texts


def find_expert(account_id: int) -> Expert | None:
    """The expert who logs in with this account, unless he has left. The account itself must be in scope."""
    held = Expert.objects.filter(account_id=account_id, account__is_active=True)
    return held.exclude(state=ExpertState.LEFT).select_related("office").first()


def expert_of(actor: Actor) -> Expert:
    """The expert who acts. Refused("expert_needed") for anybody else, also one who has left."""
    found = find_expert(actor.account_id or 0) if actor.kind == "expert" else None
    if found is None:
        raise Refused("expert_needed")
    return found


def expert_of_chain(chain_id: int) -> Expert:
    """The expert whose ledger this is."""
    return Expert.objects.select_related("office").get(chain_id=chain_id)


def expert_for(actor: Actor, expert_id: int) -> Expert:
    """One expert of the pool of the actor's office. Refused("expert_unknown") also for another's."""
    found = (
        Expert.objects.select_related("chain", "area", "account", "office")
        .filter(pk=expert_id, office_id=office_of(actor))
        .first()
    )
    if found is None:
        raise Refused("expert_unknown")
    return found


def experts(actor: Actor, *, search: str = "", field: str = "", state: str = "") -> QuerySet[Expert]:
    """The pool of the actor's office by number; `signed` counts undertakings as they now read."""
    found = Expert.objects.filter(office_id=office_of(actor)).select_related("area", "account")
    if search:
        found = found.filter(Q(name__contains=search) | Q(number=search) | Q(employer__contains=search))
    if field:
        found = found.filter(field=field)
    if state:
        found = found.filter(state=state)
    return found.annotate(signed=_signed()).order_by("number")


def has_signed(expert: Expert) -> bool:
    """Whether the expert has signed every undertaking as it now reads."""
    return signed_digests(expert) >= current_digests()


def signed_digests(expert: Expert) -> frozenset[str]:
    """What the expert has signed so far, older wordings as well."""
    return frozenset(Undertaking.objects.filter(expert=expert).values_list("digest", flat=True))


def unsigned(expert: Expert) -> list[OathText]:
    """What the expert still has to sign, in order."""
    signed = signed_digests(expert)
    return [text for text in texts().values() if text.digest not in signed]


def drawable(office_id: int, *, on: date) -> QuerySet[Expert]:
    """Those of an office's pool whom a draw takes in: confirmed, signed, not away on this day, no officer.

    Who holds a post in any office judges no cases beside it.
    """
    found = Expert.objects.filter(office_id=office_id, state=ExpertState.CONFIRMED)
    present = found.filter(Q(away_until__isnull=True) | Q(away_until__lt=on))
    ready = present.annotate(signed=_signed()).filter(signed=len(Oath))
    officers = Q(account__posts__isnull=False, account__posts__closed_at__isnull=True)
    return ready.exclude(pk__in=found.filter(officers).values("pk")).select_related("account")


def _signed() -> Coalesce:
    asked = current_digests()
    signed = Undertaking.objects.filter(expert=OuterRef("pk"), digest__in=asked).order_by()
    count = signed.values("expert").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(count), 0)
