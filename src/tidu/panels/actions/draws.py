"""Drawing experts into panels (双随机 之一): frozen and committed to, then seeded, then drawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tidu.applications.permissions import office_of
from tidu.applications.routing import levels_of
from tidu.database.scope import SYSTEM, Actor, scope
from tidu.law.calendars import legal_day
from tidu.law.notices import PanelTerms, panel_terms
from tidu.law.procedures import Stage
from tidu.law.refusals import Refused
from tidu.offices.queries import office_by_id
from tidu.panels.actions.dispatch import send_waiting
from tidu.panels.actions.happening import kernels_words, lock_draw, record_in
from tidu.panels.actions.plans import DrawPlan, Shown
from tidu.panels.actions.recusal import replace_gone
from tidu.panels.drawing import EXPERT, candidate, cases_in_hand, input_of
from tidu.panels.enums import CURRENT, DrawState
from tidu.panels.locks import one_at_a_time, reason_given
from tidu.panels.lottery import refuse_early
from tidu.panels.models import Draw, Expert, Hand, PoolMember, Witness
from tidu.panels.permissions import may_draw_panels
from tidu.panels.queries.experts import drawable
from tidu.panels.secrets import Secrets, open_secrets, seal_secrets
from tidu.panels.terms import days_given, short_of_terms
from tidu.programmes.models import Batch
from tidu.programmes.queries import batch_by_id, notice_text, procedure_of
from tidu.proof import draw as kernel
from tidu.proof.canonical import JSON
from tidu.records.actions import freeze, open_chain


def freeze_draw(*, actor: Actor, batch_id: int, stage: str, plan: DrawPlan, at: datetime) -> Draw:
    """Freeze the pool as it stands and everything else the result depends on; publish the commitment.

    Refused("batch_unknown"), ("draw_not_allowed"), ("draw_going_on"), ("draw_replaces_nothing"),
    ("draw_refused") with the rule that cannot be kept; ("panels_short_of_notice") and its like where the
    notice asks for more, ("panel_days_beyond_notice") where it gives experts less time than the plan.
    """
    with scope(actor):
        batch = batch_by_id(batch_id)
        told = procedure_of(batch).stage(stage)
        _require_draw(actor, batch, told)
        office_id = office_of(actor)
        one_at_a_time("tidu.panels.draw", office_id)
        before = _replaced(actor, batch, told, plan, at)
        kept = Secrets.by_chance(overseer_keeps=bool(plan.overseers_anchor))
        chain = open_chain(kind="draw")
        experts = list(drawable(office_id, on=legal_day(at)))
        purpose = {"office": actor.name, "batch": f"{batch.notice.title} {batch.title}", "stage": told.title}
        with kernels_words():
            frozen = kernel.draw_input(
                draw=chain.token,
                purpose=purpose,
                frozen_on=legal_day(at).isoformat(),
                candidates=_candidates(experts, kept, plan),
                replaces=kernel.Replaces(before.commitment, plan.reason.strip()) if before else None,
                **_sources(kept, actor, plan),
                **plan.rules,
            )
        terms = panel_terms(notice_text(batch.notice))
        days = _days_kept(plan, terms)
        draw = Draw.objects.create(
            office_id=office_id,
            batch=batch,
            stage=told.id,
            mode=plan.mode,
            by_area=plan.by_area,
            days=days,
            counting=terms.counting,
            commitment=kernel.commitment(frozen),
            input=freeze(kernel.input_document(frozen), public=True),
            sealed=seal_secrets(kept, chain.token),
            frozen_at=at,
            replaces=before,
            reason=reason_given(plan.reason) if before else "",
            chain=chain,
        )
        _take_part(draw, kept, experts, plan.witnesses)
        body: dict[str, JSON] = {
            "commitment": draw.commitment, "candidates": len(experts),
            "days": days, "counting": terms.counting, **purpose,
        }  # fmt: skip
        record_in(draw, actor, "freeze_draw", at, body, snapshot=draw.input)
        return draw


def take_commitment(*, actor: Actor, draw_id: int, name: str, commitment: str, at: datetime) -> Witness:
    """Write down what a witness commits to, once and before anything is shown.

    Refused("draw_unknown"), ("draw_not_allowed"), ("draw_moved_on"), ("witness_unknown"),
    ("witness_commitment_unreadable"), ("witness_committed_before").
    """
    with scope(actor):
        draw = _lock_own(actor, draw_id, DrawState.FROZEN)
        witness = Witness.objects.filter(draw=draw, name=name).first()
        if witness is None:
            raise Refused("witness_unknown", field="name", value=name)
        if witness.commitment:
            raise Refused("witness_committed_before", field="name", value=name, at=witness.committed_at)
        text = commitment.strip().lower()
        if len(text) != 64 or set(text) - set("0123456789abcdef"):
            raise Refused("witness_commitment_unreadable", field="commitment", value=commitment)
        witness.commitment, witness.committed_at = text, at
        witness.save(update_fields=["commitment", "committed_at"])
        record_in(draw, actor, "take_commitment", at, {"witness": name, "commitment": text})
        return witness


def draw_panels(*, actor: Actor, draw_id: int, shown: Shown, at: datetime) -> Draw:
    """Check what is shown against what was committed to, seed the draw, draw the panels, send waiting cases.

    Refused("draw_unknown"), ("draw_not_allowed"), ("draw_moved_on"), ("draw_refused"),
    ("lottery_not_yet_drawn") before the day of a public draw.
    """
    with scope(actor):
        draw = _lock_own(actor, draw_id, DrawState.FROZEN)
        frozen, kept = input_of(draw), open_secrets(draw)
        refuse_early(frozen.seed.public_draw, legal_day(at))
        committed = dict(draw.witnesses.exclude(commitment="").values_list("name", "commitment"))
        with kernels_words():
            reveals = kernel.Reveals(
                kept.secret.hex(),
                tuple(
                    kernel.WitnessReveal(name, *shown.witnesses[name])
                    for name in frozen.seed.witnesses
                    if name in shown.witnesses
                ),
                shown.public_draw,
            )
            seed = kernel.seed(frozen, committed, reveals)
            drawn = kernel.draw_panels(frozen, seed)
        draw.reveals, draw.seed = kernel.reveals_document(reveals), seed.hex()
        draw.drawn = freeze(kernel.drawn_document(drawn), public=True)
        draw.state, draw.drawn_at = DrawState.DRAWN, at
        draw.save(update_fields=["reveals", "seed", "drawn", "state", "drawn_at"])
        body: dict[str, JSON] = {
            "seed": draw.seed, "reveals": draw.reveals, "panels": [panel.id for panel in drawn.panels],
        }  # fmt: skip
        record_in(draw, actor, "draw_panels", at, body, snapshot=draw.drawn)
        replace_gone(draw, actor, at)
        with scope(SYSTEM):
            send_waiting(draw, at)
        return draw


def _require_draw(actor: Actor, batch: Batch, stage: Stage) -> None:
    levels = levels_of(office_by_id(office_of(actor)), notice_text(batch.notice))
    answer = may_draw_panels(actor, stage, levels)
    if not answer:
        raise Refused("draw_not_allowed", why=answer.reason)


def _lock_own(actor: Actor, draw_id: int, state: DrawState) -> Draw:
    draw = lock_draw(draw_id, office_id=office_of(actor))
    _require_draw(actor, draw.batch, procedure_of(draw.batch).stage(draw.stage))
    if draw.state != state:
        raise Refused("draw_moved_on", state=draw.get_state_display())
    return draw


def _replaced(actor: Actor, batch: Batch, stage: Stage, plan: DrawPlan, at: datetime) -> Draw | None:
    """The current draw of the stage, put aside for a redraw that names it and says why."""
    before = Draw.objects.select_for_update(of=("self",)).select_related("chain").filter(
        office_id=office_of(actor), batch=batch, stage=stage.id, state__in=CURRENT
    ).first()  # fmt: skip
    if before is None:
        if plan.replaces is not None:
            raise Refused("draw_replaces_nothing")
        return None
    if plan.replaces != before.pk:
        raise Refused("draw_going_on", at=before.frozen_at, state=before.get_state_display())
    if Hand.objects.filter(draw=before).exists():
        raise Refused("draw_has_cases", count=Hand.objects.filter(draw=before).count())
    reason = reason_given(plan.reason)
    before.state = DrawState.REPLACED
    before.save(update_fields=["state"])
    record_in(before, actor, "replace_draw", at, {"reason": reason})
    return before


def _days_kept(plan: DrawPlan, terms: PanelTerms) -> int:
    """How long opinions take, once the plan gives no panel and no expert less than the notice asks for."""
    for short in short_of_terms(plan.divisions, terms):
        raise short
    return days_given(plan.days, terms)


def _take_part(draw: Draw, kept: Secrets, experts: Sequence[Expert], witnesses: Sequence[str]) -> None:
    """Whom the draw took in under which pseudonym, and who watches it."""
    PoolMember.objects.bulk_create(
        PoolMember(draw=draw, expert=one, pseudonym=kept.pseudonym(EXPERT, one.pk)) for one in experts
    )
    Witness.objects.bulk_create(Witness(draw=draw, name=name) for name in witnesses)


def _candidates(experts: Sequence[Expert], kept: Secrets, plan: DrawPlan) -> tuple[kernel.Candidate, ...]:
    in_hand = cases_in_hand(experts)
    return tuple(
        candidate(one, kept, cap=plan.cap, in_hand=in_hand[one.pk], by_area=plan.by_area) for one in experts
    )


def _sources(kept: Secrets, actor: Actor, plan: DrawPlan) -> dict[str, Any]:
    """From what the seed will come, and the two chains of the dispatch."""
    committed = kernel.secret_commitment(kept.secret)
    length = plan.most_dispatches
    own, overseers = kept.chains
    anchor = plan.overseers_anchor.strip().lower() or kernel.anchor(overseers, length)
    return {
        "seed": kernel.SeedPlan(committed, tuple(plan.witnesses), plan.public_draw),
        "chains": (
            kernel.LinkChain(actor.name, kernel.anchor(own, length), length),
            kernel.LinkChain(plan.overseer.strip(), anchor, length),
        ),
    }
