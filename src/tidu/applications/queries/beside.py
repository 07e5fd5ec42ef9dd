"""What else is known around a case: other firms with the same contact, and what was frozen."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from tidu.applications.models import Case, CaseField, CaseStage, Snapshot
from tidu.law.procedures.moves import Kind
from tidu.programmes.queries import procedure_by_digest
from tidu.records.queries import thaw

#: Facts of which a second firm with the very same value deserves a look (同一联系人代理多家).
TELLING = ("contact_telephone", "contact_email", "address")


@dataclass(frozen=True)
class Shared:
    """So many other firms of the same batch and place state the same value of a fact."""

    fact: str
    firms: int


def shared_values(case: Case) -> list[Shared]:
    """Contacts that other firms of the same batch and place state too; two queries."""
    own = {
        (fact, value)
        for fact, value in CaseField.objects.filter(case=case, fact__in=TELLING).values_list("fact", "value")
        if value
    }
    beside = CaseField.objects.filter(
        fact__in=[fact for fact, _ in own],
        value__in=[value for _, value in own],
        case__batch_id=case.batch_id,
        case__firm__area_id=case.firm.area_id,
    ).exclude(case__firm_id=case.firm_id)
    counted = beside.order_by().values("fact", "value").annotate(firms=Count("case__firm", distinct=True))
    return [Shared(row["fact"], row["firms"]) for row in counted if (row["fact"], row["value"]) in own]


def snapshots_of(case: Case) -> QuerySet[Snapshot]:
    """Everything that was frozen of a case, the newest first."""
    return Snapshot.objects.filter(case=case).order_by("-at", "-pk")


def opinion_body(case: Case) -> Any:
    """What the panel of experts found, as it was frozen; None where none has told, or none is asked."""
    if all(stage.kind is not Kind.PANEL for stage in procedure_by_digest(case.procedure_digest).stages):
        return None
    joined = CaseStage.objects.filter(case=case).exclude(opinion="").order_by("-seq")
    digest = joined.values_list("opinion", flat=True).first()
    return None if digest is None else thaw(digest)
