"""Reading inspections, samples and credit checks. All of it runs inside `with scope(actor)`."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet

from tidu.applications.enums import CaseStatus
from tidu.applications.models import Case, CaseStage
from tidu.applications.permissions import office_of
from tidu.applications.queries import open_stage, visible_cases
from tidu.database.scope import Actor
from tidu.inspections.enums import CreditResult, CreditSource, InspectionStatus
from tidu.inspections.models import CreditCheck, Inspection, Sample, SampleMember
from tidu.law.calendars import legal_day
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused
from tidu.proof.canonical import canonical_bytes
from tidu.records.queries import thaw


def inspections_of(case: Case) -> QuerySet[Inspection]:
    """The checks of a case with what was found; four queries, however many there are.

    A firm gets no notes and no photos: the database withholds these rows from it.
    """
    found = Inspection.objects.filter(case=case).select_related("office", "sample")
    return found.prefetch_related("findings", "photos__file", "note").order_by("planned_at", "pk")


def planned_inspections(actor: Actor) -> QuerySet[Inspection]:
    """What this office has still to look at on site, the longest planned first."""
    planned = Inspection.objects.filter(office_id=office_of(actor), status=InspectionStatus.PLANNED)
    still = Q(case__office_id=office_of(actor)) | Q(case__status=CaseStatus.RECOGNISED)
    return (
        planned.filter(still)
        .select_related("case__firm__area", "case__batch", "sample")
        .order_by("planned_at", "pk")
    )


def credit_checks_of(case: Case) -> QuerySet[CreditCheck]:
    """Every look-up made for a case, at whichever stage, the newest first."""
    return (
        CreditCheck.objects.filter(case=case).select_related("office", "scan").order_by("-recorded_at", "-pk")
    )


def checks_that_count(case: Case, stage: CaseStage) -> dict[CreditSource, CreditCheck]:
    """The newest look-up in each system since the case entered this stage."""
    found = CreditCheck.objects.filter(case=case, stage=stage.stage, recorded_at__gte=stage.entered_at)
    return {CreditSource(check.source): check for check in found.order_by("recorded_at", "pk")}


def credit_outcome(checks: Mapping[CreditSource, CreditCheck]) -> bool | None:
    """No if any system says something, yes if both say nothing, None while one was not looked up."""
    if any(check.result != CreditResult.CLEAR for check in checks.values()):
        return False
    return True if set(checks) == set(CreditSource) else None


def credit_clear_on(case: Case) -> date | None:
    """The day on which a case was found clear at its current stage: the older of both look-ups.

    None if it was not found clear.
    """
    stage = open_stage(case)
    checks = checks_that_count(case, stage) if stage else {}
    return min(check.checked_on for check in checks.values()) if credit_outcome(checks) else None


def samples(*, batch_id: int | None = None) -> QuerySet[Sample]:
    """The samples drawn by the asking office and by those below it, the newest first."""
    found = Sample.objects.select_related("office", "batch")
    return found.filter(Q(batch_id=batch_id) if batch_id is not None else Q()).order_by("-drawn_at")


def sample_record(sample_id: int) -> bytes:
    """The frozen record of a draw, which `python -m tidu.proof verify` draws again.

    Refused("sample_unknown") also when the asker may not read it.
    """
    sample = Sample.objects.filter(pk=sample_id).first()
    if sample is None:
        raise Refused("sample_unknown")
    return canonical_bytes(thaw(sample.digest))


def sample_by_id(sample_id: int) -> Sample:
    """One draw. Refused("sample_unknown") also when the asker may not read it."""
    sample = samples().filter(pk=sample_id).first()
    if sample is None:
        raise Refused("sample_unknown")
    return sample


def members_of(sample: Sample) -> QuerySet[SampleMember]:
    """The cases that took part in a draw, those drawn first."""
    members = SampleMember.objects.filter(sample=sample).select_related("case__firm__area")
    return members.order_by("-is_drawn", "case__number")


def pool_of(stage: Stage, at: datetime) -> str:
    """What a case takes part in once: the stage; after the announcement the stage and the year."""
    return stage.id if stage.inspection.blocks else f"{stage.id} {legal_day(at).year}"


def drawable_cases(
    actor: Actor, *, batch_id: int, stage: str, pool: str, after_announcement: bool
) -> list[Case]:
    """The cases that may still take part in a draw of this office.

    At a stage: those that lie there with the office. After the announcement: those announced in
    the batch. Not again: those that took part in a draw of the same pool, or are being looked at anyway.
    """
    cases = visible_cases(actor).filter(batch_id=batch_id)
    if after_announcement:
        cases = cases.filter(status=CaseStatus.RECOGNISED)
    else:
        cases = cases.filter(stage=stage, office_id=office_of(actor))
    taken = _taken(actor, stage, pool)
    return [case for case in cases.order_by("number") if case.pk not in taken]


def _taken(actor: Actor, stage: str, pool: str) -> set[int]:
    took_part = SampleMember.objects.filter(office_id=office_of(actor), pool=pool)
    looked_at = Inspection.objects.filter(office_id=office_of(actor), stage=stage, sample=None)
    return {*took_part.values_list("case_id", flat=True), *looked_at.values_list("case_id", flat=True)}
