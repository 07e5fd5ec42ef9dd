"""Drawing a sample of cases for on-site checks (抽查), by a draw that anyone can repeat."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.db import connection

from tidu.applications.actions import note_inspection, note_not_drawn
from tidu.applications.enums import InspectionState
from tidu.applications.models import Case
from tidu.applications.permissions import office_of
from tidu.applications.routing import levels_of
from tidu.database.scope import Actor, scope
from tidu.inspections.models import Inspection, Sample, SampleMember
from tidu.inspections.permissions import may_draw
from tidu.inspections.queries import drawable_cases, pool_of
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text, procedure_of
from tidu.proof.canonical import JSON
from tidu.proof.sample import Draw, draw, sample_document
from tidu.records.actions import freeze, open_chain, record

LONGEST_SEED = 40
"""Characters that an office may bring along; with the part made by chance they fill the column."""


def draw_sample(
    *,
    actor: Actor,
    batch_id: int,
    stage: str,
    rate_percent: Decimal | str,
    at: datetime,
    seed: str | None = None,
) -> Sample:
    """Draw this share of the office's cases at a stage, and plan an on-site check of each drawn one.

    `seed` is text the office brings along, such as the numbers of a public draw. A part made by chance
    at the moment of drawing is always added: who brings a seed has seen the population, and could else
    try seeds at home until the wished-for came out. A case takes part once per pool, so drawing again
    never replaces a result.
    Raises Refused: sample_rate_unreadable, sample_seed_too_long, sample_not_foreseen,
    sample_not_allowed, sample_of_nobody.
    """
    with scope(actor):
        rate = read_rate(rate_percent)
        text = _seed(seed)
        batch = Batch.objects.select_related("notice").get(pk=batch_id)
        told = procedure_of(batch).stage(stage)
        _require_draw(actor, batch, told)
        _one_at_a_time(actor)
        pool = pool_of(told, at)
        cases = drawable_cases(
            actor, batch_id=batch_id, stage=told.id, pool=pool, after_announcement=not told.inspection.blocks
        )
        if not cases:
            raise Refused("sample_of_nobody", batch=batch.title, stage=told.title)
        drawn = draw([case.number for case in cases], rate_percent=f"{rate:f}", seed=text)
        sample = _keep(actor, batch, told, drawn, at, seed_was_given=seed is not None)
        _take_part(actor, sample, cases, drawn, pool)
        _plan(actor, sample, [case for case in cases if case.number in drawn.drawn], at)
        _record(actor, sample, drawn, at)
        return sample


def read_rate(text: Decimal | str) -> Decimal:
    """A rate in per cent, above 0 and up to 100, to two decimals. Refused("sample_rate_unreadable")."""
    try:
        rate = Decimal(text)
        exact = rate == rate.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise Refused("sample_rate_unreadable", field="rate_percent", value=text) from None
    if not (exact and 0 < rate <= 100):
        raise Refused("sample_rate_unreadable", field="rate_percent", value=text)
    return rate.quantize(Decimal("0.01"))


def _seed(given: str | None) -> str:
    if given is None:
        return secrets.token_hex(32)
    if not given.strip() or len(given) > LONGEST_SEED:
        raise Refused("sample_seed_too_long", field="seed", value=given, most=LONGEST_SEED)
    return f"{given}|{secrets.token_hex(11)}"


def _require_draw(actor: Actor, batch: Batch, stage: Stage) -> None:
    answer = may_draw(actor, stage, levels_of(office_by_id(office_of(actor)), notice_text(batch.notice)))
    if not answer:
        raise Refused("sample_not_allowed", why=answer.reason)
    if stage.inspection.mode != "sample":
        raise Refused("sample_not_foreseen", stage=stage.title)


def _one_at_a_time(actor: Actor) -> None:
    """Two officers of one office who draw at once: the second draws of what the first one left."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tidu.sample', %s))", [actor.office_id])


def _keep(
    actor: Actor, batch: Batch, stage: Stage, drawn: Draw, at: datetime, *, seed_was_given: bool
) -> Sample:
    purpose = {"office": actor.name, "batch": f"{batch.notice.title} {batch.title}", "stage": stage.title}
    return Sample.objects.create(
        office_id=office_of(actor),
        batch=batch,
        stage=stage.id,
        rate_percent=Decimal(drawn.rate_percent),
        population_count=len(drawn.population),
        population_digest=drawn.population_digest,
        seed=drawn.seed,
        seed_was_given=seed_was_given,
        drawn_count=len(drawn.drawn),
        drawn_at=at,
        digest=freeze(sample_document(drawn, purpose=purpose)),
        chain=open_chain(kind="sample"),
    )


def _take_part(actor: Actor, sample: Sample, cases: Sequence[Case], drawn: Draw, pool: str) -> None:
    chosen = set(drawn.drawn)
    SampleMember.objects.bulk_create(
        SampleMember(
            sample=sample, case=case, office_id=sample.office_id, pool=pool, is_drawn=case.number in chosen
        )
        for case in cases
    )
    spared = [case.pk for case in cases if case.number not in chosen]
    note_not_drawn(actor=actor, case_ids=spared)


def _plan(actor: Actor, sample: Sample, cases: Sequence[Case], at: datetime) -> None:
    Inspection.objects.bulk_create(
        Inspection(case=case, office_id=sample.office_id, stage=sample.stage, sample=sample, planned_at=at)
        for case in cases
    )
    for case in sorted(cases, key=lambda one: one.pk):
        body = {"stage": sample.stage, "sample": sample.digest}
        note_inspection(actor=actor, case_id=case.pk, state=InspectionState.PLANNED, body=body, at=at)


def _record(actor: Actor, sample: Sample, drawn: Draw, at: datetime) -> None:
    body: dict[str, JSON] = {
        "batch": sample.batch.code,
        "stage": sample.stage,
        "rate_percent": drawn.rate_percent,
        "population": len(drawn.population),
        "population_digest": drawn.population_digest,
        "seed": drawn.seed,
        "seed_was_given": sample.seed_was_given,
        "drawn": list(drawn.drawn),
    }
    record(chain=sample.chain, verb="draw_sample", actor=actor, at=at, body=body, snapshot=sample.digest)
