"""What goes along when an office recommends or reports cases: the tables and lists that the notice names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tidu.applications.enums import CaseKind, LetterKind
from tidu.applications.models import Case, CaseStage, Letter
from tidu.applications.queries.contents import last_bodies
from tidu.documents.rows import Submitted, row_of
from tidu.documents.tables import Sheet, table_form
from tidu.law.notices import Paper
from tidu.law.procedures import Stage
from tidu.law.refusals import fill
from tidu.law.rulebook import toml_stems
from tidu.offices.models import Office
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text, procedure_of

#: How a table or list is made for which the notice names no design of its own.
DESIGNS = {"table": "recommendation-table", "list": "proposed-list"}


@dataclass(frozen=True)
class Sending:
    """Cases that one office sends to the next under one letter, which may still be without a number."""

    office: Office
    batch: Batch
    kind: LetterKind
    cases: Sequence[Case]
    number: str = ""
    issued_on: date | None = None
    stage_id: str = ""

    @classmethod
    def of(cls, letter: Letter, cases: Sequence[Case]) -> "Sending":
        """What was sent under a letter."""
        kind = LetterKind(letter.kind)
        return cls(letter.office, letter.batch, kind, cases, letter.number, letter.issued_on)

    @property
    def is_sample(self) -> bool:
        return self.office.is_demonstration

    def of_kind(self, kind: CaseKind) -> list[Case]:
        """The new applications, or the re-reviews, among the cases."""
        return [case for case in self.cases if case.kind == kind]


def stage_of(sending: Sending) -> Stage | None:
    """The stage from which the office sends: as named, else the one of its level that sends so.

    A notice may seat an office at another level than its own.
    """
    if sending.stage_id:
        return procedure_of(sending.batch).stage(sending.stage_id)
    notice = notice_text(sending.batch.notice)
    seats = {level for level, code in notice.seats.items() if code == sending.office.code}
    levels = seats or {sending.office.level}
    stages = procedure_of(sending.batch).stages
    return next((one for one in stages if one.kind.value == sending.kind and one.level in levels), None)


def papers_made(sending: Sending) -> list[Paper]:
    """The tables and lists that the notice asks for with this sending, which are made from its cases."""
    stage = stage_of(sending)
    papers = notice_text(sending.batch.notice).papers
    return [one for one in papers if stage and one.stage == stage.id and one.form in DESIGNS]


def table_of(sending: Sending, paper: Paper) -> Sheet:
    """One of them filled: the cases of the kinds it is for, new applications first."""
    cases = cases_on(sending, paper)
    form, ids = table_form(_design(paper)), [case.pk for case in cases]
    bodies, opinions = last_bodies(ids), _opinions(sending.office, ids)
    return Sheet(
        form=form,
        title=f"{sending.batch.title}{paper.title}",
        heading=_heading(sending, len(cases)),
        rows=[
            row_of(
                form.columns, Submitted(position, case, bodies.get(case.pk, {}), opinions.get(case.pk, ""))
            )
            for position, case in enumerate(cases, start=1)
        ],
        sample=sending.is_sample,
    )


def cases_on(sending: Sending, paper: Paper) -> list[Case]:
    """The cases that stand on a table or list."""
    return [case for kind in CaseKind if kind.value in paper.kinds for case in sending.of_kind(kind)]


def _design(paper: Paper) -> str:
    """The design that the paper names, or the one called like it, or the usual one."""
    named = paper.design or (paper.id if paper.form == "table" else "")
    return named if named in toml_stems("documents") else DESIGNS[paper.form]


def _heading(sending: Sending, count: int) -> list[str]:
    issued = fill("{on:day}", {"on": sending.issued_on}) if sending.issued_on else "　　　　年　　月　　日"
    return [
        f"报送单位（公章）：{sending.office.name}　　文号：{sending.number or '　　　　　　'}　　{issued}",
        f"{sending.batch.notice.title}　共 {count} 家",
    ]


def _opinions(office: Office, case_ids: Sequence[int]) -> dict[int, str]:
    """What the office wrote when it passed each case; one query."""
    passed = CaseStage.objects.filter(office=office, case_id__in=case_ids, outcome="passed").order_by("seq")
    return dict(passed.values_list("case_id", "comment"))
