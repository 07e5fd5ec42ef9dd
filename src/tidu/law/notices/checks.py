"""What must hold before a notice may be published; each check names the item and the rule it breaks."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from tidu.law import procedures, standards
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


@dataclass(frozen=True)
class Known:
    """What a notice may name; `proofs` are, of a standard, the facts it asks and the evidence for each."""

    standards: Collection[str]
    facts: Collection[str]
    evidence: Collection[str]
    proofs: Callable[[str], Mapping[str, Collection[str]]]
    procedure: Callable[[str], Procedure]

    @classmethod
    def in_rulebook(cls) -> "Known":
        """What the rulebook holds."""
        vocabulary = load_vocabulary()
        return cls(
            standards=toml_stems("standards"),
            facts={*vocabulary.facts, *vocabulary.derived},
            evidence=vocabulary.evidence.keys(),
            proofs=_asked_by,
            procedure=procedures.load,
        )

    def with_procedure(self, procedure: Procedure) -> "Known":
        """The same, with one procedure more: brought along from a file, or frozen with a batch."""
        others = self.procedure
        return replace(self, procedure=lambda id_: procedure if id_ == procedure.id else others(id_))


def _asked_by(standard: str) -> dict[str, tuple[str, ...]]:
    """The facts that the form of a standard requires, with what proves each."""
    fields = [field for section in standards.load(standard).form() for field in section.fields]
    return {f.fact.id: f.fact.evidence for f in fields if f.is_required and f.fact.evidence}


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
    named = [item.sentence for item in notice.kinds]
    named += [item.sentence for item in notice.conditions]
    named += [item.sentence for item in notice.deadlines]
    named += [item.sentence for item in notice.papers]
    for one in notice.deliveries:
        named += [one.sentence, *([one.mailbox_sentence] if one.mailbox_sentence else [])]
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
    named |= {f"deliveries.{one.id}": one.office for one in notice.deliveries}
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


def _unproven(notice: Notice, known: Known) -> Iterator[Refused]:
    """What the standards of the batches ask and must be proved has a paper that proves it."""
    listed = {item.id for item in notice.evidence}
    for standard in sorted({batch.standard for batch in notice.batches} & set(known.standards)):
        for fact, proofs in known.proofs(standard).items():
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
        if paper.copies < 1:
            yield Refused("paper_without_copies", field=where, value=paper.copies, title=paper.title)


def _backwards(notice: Notice, known: Known) -> Iterator[Refused]:
    """No stage is due before one that comes earlier on the way."""
    clocks = [stage.clock for stage in known.procedure(notice.procedure).stages if stage.clock is not None]
    rules = [notice.rule(clock) for clock in clocks]
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
