"""What goes along when an office recommends or reports cases: summary tables and the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tidu.applications.enums import CaseKind, LetterKind
from tidu.applications.models import Case, CaseStage, Letter
from tidu.applications.queries.contents import last_bodies
from tidu.documents.rows import Submitted, row_of
from tidu.documents.tables import Sheet, table_form
from tidu.law.refusals import fill
from tidu.offices.models import Office
from tidu.programmes.models import Batch

TABLES = {CaseKind.NEW: "recommendation-table", CaseKind.RE_REVIEW: "re-review-table"}
PROPOSED = "proposed-list"


@dataclass(frozen=True)
class Sending:
    """Cases that one office sends to the next under one letter, which may still be without a number."""

    office: Office
    batch: Batch
    kind: LetterKind
    cases: Sequence[Case]
    number: str = ""
    issued_on: date | None = None

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


def summary_table(sending: Sending, kind: CaseKind) -> Sheet:
    """推荐情况汇总表 of the new applications, 复核情况汇总表 of the re-reviews (附件3, 附件4)."""
    return _table(sending, TABLES[kind], sending.of_kind(kind))


def proposed_list(sending: Sending) -> Sheet:
    """拟公告名单: all cases, new applications first."""
    ordered = [case for kind in CaseKind for case in sending.of_kind(kind)]
    return _table(sending, PROPOSED, ordered)


def _table(sending: Sending, form_id: str, cases: Sequence[Case]) -> Sheet:
    form, ids = table_form(form_id), [case.pk for case in cases]
    bodies, opinions = last_bodies(ids), _opinions(sending.office, ids)
    return Sheet(
        form=form,
        title=f"{sending.batch.title}{form.title}",
        heading=_heading(sending, len(cases)),
        rows=[
            row_of(
                form.columns, Submitted(position, case, bodies.get(case.pk, {}), opinions.get(case.pk, ""))
            )
            for position, case in enumerate(cases, start=1)
        ],
        sample=sending.is_sample,
    )


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
