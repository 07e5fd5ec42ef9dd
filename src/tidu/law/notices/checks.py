"""What must hold before a notice may be published; each check names the item and the rule it breaks."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tidu.law.calendars import quarter_window
from tidu.law.chains import load_chain
from tidu.law.notices.contradictions import out_of_reach, unfit_kinds, unfit_telephones, without_parts
from tidu.law.notices.known import Known
from tidu.law.notices.model import Notice
from tidu.law.notices.panels import unfit_panels
from tidu.law.notices.parts import Batch
from tidu.law.notices.readings import reading_problems
from tidu.law.notices.times import moment_if_known
from tidu.law.procedures import Need, Stage
from tidu.law.refusals import Refused

_LISTS = (
    "sentences",
    "readings",
    "kinds",
    "conditions",
    "batches",
    "deadlines",
    "evidence",
    "papers",
    "deliveries",
)


def check(notice: Notice, known: Known | None = None) -> None:
    """Refuse a notice that contradicts itself or names what does not exist: the first problem found."""
    for problem in problems(notice, known):
        raise problem


def problems(notice: Notice, known: Known | None = None) -> Iterator[Refused]:
    """Everything that stands against publishing a notice, each as the refusal it would cause."""
    known = known or Known.in_rulebook()
    yield from _ids_twice(notice)
    yield from reading_problems(notice)
    for find in (
        _unknown_sentences,
        _unknown_offices,
        _missing_evidence,
        _unproven,
        _unfit_batches,
        _unfit_procedure,
        _unfit_papers,
        _backwards,
        without_parts,
        unfit_kinds,
        out_of_reach,
        unfit_telephones,
        unfit_panels,
    ):
        try:
            yield from find(notice, known)
        except Refused as problem:
            yield problem


def _ids_twice(notice: Notice) -> Iterator[Refused]:
    for name in _LISTS:
        for found, times in Counter(item.id for item in getattr(notice, name)).items():
            if times > 1:
                yield Refused("notice_id_twice", field=f"{name}.{found}", value=found)


def _unknown_sentences(notice: Notice, known: Known) -> Iterator[Refused]:  # noqa: ARG001 - one shape for all
    sentences = {sentence.id for sentence in notice.sentences}
    for where, named in _rests_on(notice):
        if named not in sentences:
            yield Refused("notice_sentence_unknown", field=where, value=named, notice=notice.title)


def _rests_on(notice: Notice) -> Iterator[tuple[str, str]]:
    """Every place of the notice that names a sentence, with the sentence."""
    for name in ("kinds", "conditions", "deadlines", "papers", "deliveries"):
        for item in getattr(notice, name):
            yield f"{name}.{item.id}.sentence", item.sentence
    for one in notice.deliveries:
        if one.mailbox_sentence:
            yield f"deliveries.{one.id}.mailbox_sentence", one.mailbox_sentence
    for reading in notice.readings:
        for sentence in reading.sentences:
            yield f"readings.{reading.id}.sentences", sentence
    if notice.upkeep is not None:
        yield "upkeep.sentence", notice.upkeep.sentence


def _unknown_offices(notice: Notice, known: Known) -> Iterator[Refused]:
    offices = {office.code for office in load_chain(notice.offices).offices}
    levels = {level.id for level in known.procedure(notice.procedure).levels}
    named = {"issuer": notice.issuer}
    named |= {f"directory.{contact.office}": contact.office for contact in notice.directory}
    named |= {f"seats.{level}": office for level, office in notice.seats.items()}
    named |= {f"deliveries.{one.id}.office": one.office for one in notice.deliveries}
    for where, office in named.items():
        if office not in offices:
            yield Refused("notice_office_unknown", field=where, value=office)
    for level in notice.seats:
        if level not in levels:
            yield Refused("notice_level_unknown", field=f"seats.{level}", value=level)


def _missing_evidence(notice: Notice, known: Known) -> Iterator[Refused]:
    for item in notice.evidence:
        where = f"evidence.{item.id}"
        if item.id not in known.evidence:
            yield Refused("notice_evidence_unknown", field=where, value=item.id)
        if (item.needed == "when_claimed") != bool(item.when):
            yield Refused("notice_evidence_without_claim", field=where, title=item.title)
    named = [(f"evidence.{item.id}.when", fact) for item in notice.evidence for fact in item.when]
    named += [(f"conditions.{one.id}.facts", fact) for one in notice.conditions for fact in one.facts]
    for where, fact in named:
        if fact not in known.facts:
            yield Refused("notice_fact_unknown", field=where, value=fact)


def _unproven(notice: Notice, known: Known) -> Iterator[Refused]:
    """What the standards of the batches ask and must be proved has a paper that proves it."""
    listed = {item.id for item in notice.evidence}
    for standard in sorted({batch.standard for batch in notice.batches} & set(known.standards)):
        for fact, proofs in known.proofs(standard).items():
            if listed.isdisjoint(proofs):
                titles = [known.evidence.get(proof, proof) for proof in proofs]
                label = known.facts.get(fact, fact)
                yield Refused("notice_fact_unproven", field="evidence", value=label, proofs=titles)


def _unfit_batches(notice: Notice, known: Known) -> Iterator[Refused]:
    if not notice.batches:
        yield Refused("notice_without_batches", field="batches", notice=notice.title)
    for batch in notice.batches:
        if batch.standard not in known.standards:
            where = f"batches.{batch.id}.standard"
            yield Refused("notice_standard_unknown", field=where, value=batch.standard, batch=batch.title)
        yield from _out_of_order(notice, batch)


def _out_of_order(notice: Notice, batch: Batch) -> Iterator[Refused]:
    """The window is its quarter's (or longer), and no office is due before the firms are."""
    where = f"batches.{batch.id}"
    if batch.closes <= batch.opens:
        times = {"opens": batch.opens, "closes": batch.closes}
        yield Refused("window_ends_before_it_opens", field=f"{where}.closes", **times)
        return
    window = batch.window
    if batch.quarter is not None:
        quarter = quarter_window(batch.quarter)
        if window.opens != quarter.opens or window.closes < quarter.closes:
            yield Refused("batch_not_its_quarter", field=where, batch=batch.title, value=batch.quarter)
    for rule in notice.deadlines:
        at = moment_if_known(notice, batch, rule)
        if at is not None and at < window.closes:
            yield Refused(
                "deadline_before_window_closes",
                field=f"deadlines.{rule.id}",
                title=rule.title,
                batch=batch.title,
                at=at,
                closes=window.closes,
            )


def _unfit_procedure(notice: Notice, known: Known) -> Iterator[Refused]:
    procedure = known.procedure(notice.procedure)
    for stage in procedure.stages:
        yield from _misplaced(notice, stage)
        tables = [paper for paper in notice.papers if paper.stage == stage.id and paper.form == "table"]
        if not tables and any(Need.SUMMARY_TABLES in needs for needs in stage.needs.values()):
            yield Refused("stage_without_tables", field=f"papers.{stage.id}", stage=stage.title)
    stages = {stage.id for stage in procedure.stages}
    for rule in notice.deadlines:
        if rule.stage not in stages:
            yield Refused(
                "deadline_of_no_stage", field=f"deadlines.{rule.id}", value=rule.stage, title=rule.title
            )


def _misplaced(notice: Notice, stage: Stage) -> Iterator[Refused]:
    """The deadline and the papers that a stage names are in the notice, and belong to that stage."""
    rules, papers = {one.id: one for one in notice.deadlines}, {one.id: one for one in notice.papers}
    if stage.clock is not None and stage.clock not in rules:
        yield Refused("stage_without_deadline", field="deadlines", value=stage.clock, stage=stage.title)
    elif stage.clock is not None and rules[stage.clock].stage != stage.id:
        yield Refused("notice_deadline_misplaced", field=f"deadlines.{stage.clock}.stage", stage=stage.title)
    for paper in stage.papers:
        if paper not in papers:
            yield Refused("stage_without_paper", field="papers", value=paper, stage=stage.title)
        elif papers[paper].stage != stage.id:
            yield Refused("notice_paper_misplaced", field=f"papers.{paper}.stage", stage=stage.title)


def _unfit_papers(notice: Notice, known: Known) -> Iterator[Refused]:
    """A paper is due with a stage there is, by a deadline there is, at an address there is."""
    stages = {stage.id for stage in known.procedure(notice.procedure).stages}
    deadlines = {rule.id for rule in notice.deadlines}
    deliveries = {one.id for one in notice.deliveries}
    for paper in notice.papers:
        where = f"papers.{paper.id}"
        if paper.stage not in stages:
            yield Refused("paper_of_no_stage", field=where, value=paper.stage, title=paper.title)
        if paper.deadline is not None and paper.deadline not in deadlines:
            yield Refused("notice_deadline_unknown", field=where, value=paper.deadline, notice=notice.title)
        if paper.delivery and paper.delivery not in deliveries:
            yield Refused("notice_delivery_unknown", field=where, value=paper.delivery, notice=notice.title)
        if paper.design and paper.design not in known.designs:
            yield Refused("paper_design_unknown", field=where, value=paper.design, title=paper.title)
        if paper.copies < 1:
            yield Refused("paper_without_copies", field=where, value=paper.copies, title=paper.title)


def _backwards(notice: Notice, known: Known) -> Iterator[Refused]:
    """No stage is due before one that comes earlier on the way."""
    known_rules = {rule.id: rule for rule in notice.deadlines}
    clocks = [stage.clock for stage in known.procedure(notice.procedure).stages]
    rules = [known_rules[clock] for clock in clocks if clock in known_rules]
    for batch in notice.batches:
        timed = [(rule, at) for rule in rules if (at := moment_if_known(notice, batch, rule)) is not None]
        for (earlier, before), (later, after) in pairwise(timed):
            if after < before:
                yield Refused(
                    "deadlines_out_of_order",
                    field=f"deadlines.{later.id}",
                    batch=batch.title,
                    title=later.title,
                    at=after,
                    earlier=earlier.title,
                    before=before,
                )
