"""What must hold before a notice may be published; each check names the item and the rule it breaks."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from tidu.law import procedures
from tidu.law.calendars import quarter_window
from tidu.law.chains import load_chain
from tidu.law.facts import load_vocabulary
from tidu.law.notices.model import Notice
from tidu.law.notices.parts import Batch
from tidu.law.notices.readings import reading_problems
from tidu.law.notices.times import moment_if_known
from tidu.law.procedures import Need, Procedure
from tidu.law.refusals import Refused
from tidu.law.rulebook import toml_stems

_LISTS = ("sentences", "readings", "kinds", "conditions", "batches", "deadlines", "evidence", "papers")


@dataclass(frozen=True)
class Known:
    """What a notice may name, and for each fact that must be proved the kinds of evidence that do."""

    standards: Collection[str]
    facts: Collection[str]
    evidence: Collection[str]
    proofs: Mapping[str, Collection[str]]
    procedure: Callable[[str], Procedure]

    @classmethod
    def in_rulebook(cls) -> "Known":
        """What the rulebook holds."""
        vocabulary = load_vocabulary()
        stated = vocabulary.facts.values()
        return cls(
            standards=toml_stems("standards"),
            facts={*vocabulary.facts, *vocabulary.derived},
            evidence=vocabulary.evidence.keys(),
            proofs={fact.id: fact.evidence for fact in stated if fact.required and fact.evidence},
            procedure=procedures.load,
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
    for find in (_unknown_sentences, _unknown_offices, _missing_evidence, _unfit_batches, _unfit_procedure):
        try:
            yield from find(notice, known)
        except Refused as problem:
            yield problem


def _ids_twice(notice: Notice) -> Iterator[Refused]:
    for name in (
        "sentences",
        "readings",
        "kinds",
        "conditions",
        "batches",
        "deadlines",
        "evidence",
        "papers",
    ):
        for found, times in Counter(item.id for item in getattr(notice, name)).items():
            if times > 1:
                yield Refused("notice_id_twice", field=f"{name}.{found}", value=found)


def _unknown_sentences(notice: Notice, known: Known) -> Iterator[Refused]:  # noqa: ARG001 - one shape for all
    sentences = {sentence.id for sentence in notice.sentences}
    named = [item.sentence for item in notice.kinds]
    named += [item.sentence for item in notice.conditions]
    named += [item.sentence for item in notice.deadlines]
    named += [item.sentence for item in notice.papers]
    named += [sentence for reading in notice.readings for sentence in reading.sentences]
    if notice.upkeep is not None:
        named.append(notice.upkeep.sentence)
    for sentence in named:
        if sentence not in sentences:
            yield Refused(
                "notice_sentence_unknown", field=f"sentences.{sentence}", value=sentence, notice=notice.title
            )


def _unknown_offices(notice: Notice, known: Known) -> Iterator[Refused]:
    offices = {office.code for office in load_chain(notice.offices).offices}
    levels = {level.id for level in known.procedure(notice.procedure).levels}
    named = {"issuer": notice.issuer}
    named |= {f"directory.{contact.office}": contact.office for contact in notice.directory}
    named |= {f"seats.{level}": office for level, office in notice.seats.items()}
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
    named = [fact for item in notice.evidence for fact in item.when]
    named += [fact for condition in notice.conditions for fact in condition.facts]
    for fact in named:
        if fact not in known.facts:
            yield Refused("notice_fact_unknown", field="facts", value=fact)
    listed = {item.id for item in notice.evidence}
    for fact, proofs in known.proofs.items():
        if listed.isdisjoint(proofs):
            yield Refused("notice_fact_unproven", field="evidence", value=fact, proofs=list(proofs))


def _unfit_batches(notice: Notice, known: Known) -> Iterator[Refused]:
    if not notice.batches:
        yield Refused("notice_without_batches", field="batches", notice=notice.title)
    for batch in notice.batches:
        where = f"batches.{batch.id}"
        if batch.standard not in known.standards:
            yield Refused("notice_standard_unknown", field=where, value=batch.standard, batch=batch.title)
        for kind in batch.kinds:
            if notice.kind(kind).recognised == "named" and not batch.re_reviews:
                yield Refused("batch_without_re_reviews", field=where, batch=batch.title)
        yield from _out_of_order(notice, batch)


def _out_of_order(notice: Notice, batch: Batch) -> Iterator[Refused]:
    """The window is its quarter's (or longer), and no office is due before the firms are."""
    where, window = f"batches.{batch.id}", batch.window
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
        if stage.clock is not None and notice.rule(stage.clock).stage != stage.id:
            yield Refused("notice_deadline_misplaced", field=f"deadlines.{stage.clock}", stage=stage.title)
        for paper in stage.papers:
            if notice.paper(paper).stage != stage.id:
                yield Refused("notice_paper_misplaced", field=f"papers.{paper}", stage=stage.title)
        tables = [paper for paper in notice.papers if paper.stage == stage.id and paper.form == "table"]
        if not tables and any(Need.SUMMARY_TABLES in needs for needs in stage.needs.values()):
            yield Refused("stage_without_tables", field=f"papers.{stage.id}", stage=stage.title)
    stages = {stage.id for stage in procedure.stages}
    for rule in notice.deadlines:
        if rule.stage not in stages:
            yield Refused(
                "deadline_of_no_stage", field=f"deadlines.{rule.id}", value=rule.stage, title=rule.title
            )
