"""The acts from which stories are made; each is the product's own action, done by somebody of the cast."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from tidu.applications import actions
from tidu.applications.contents import completeness, notice_of
from tidu.applications.models import Case
from tidu.database.scope import Actor, scope
from tidu.demonstration.cast import Cast
from tidu.demonstration.forms import Invented, Typed
from tidu.demonstration.papers import paper, upload
from tidu.inspections.actions import Found, Visit, record_credit_check, record_inspection
from tidu.inspections.enums import CreditSource, InspectionResult
from tidu.law.calendars import legal_day
from tidu.law.facts import format_value, load_vocabulary
from tidu.programmes.models import Batch

NOTHING: Typed = {}
UNDRAWN = "件数少，逐家到现场核查或书面核对，未另行抽取。（演示）"
"""Why cases go up that took part in no draw for on-site checks."""


def apply_as(
    cast: Cast, firm: Invented, batch: Batch, at: datetime, *, kind: str = "new", also: Typed = NOTHING
) -> Case:
    """Open an application; the form comes from the profile, what the notice asks is uploaded one by one.

    `also` is typed beyond the profile.
    """
    registered, actor = cast.firms[firm.index]
    with scope(actor):
        case = actions.open_case(
            actor=actor,
            firm_id=registered.pk,
            batch_id=batch.pk,
            kind=kind,
            at=at,
        )
        for (fact, period), raw in also.items():
            actions.save_field(
                actor=actor, case_id=case.pk, fact=fact, period=period, raw=raw, expected_version=0, at=at
            )
        _attach_papers(actor, firm, case, at)
        return case


def _attach_papers(actor: Actor, firm: Invented, case: Case, at: datetime) -> None:
    figures = {(f.fact, f.period): f.value for f in case.fields.filter(fact__in=["revenue", "rd_expense"])}
    lines = tuple(_line(*key, value) for key, value in sorted(figures.items()) if value is not None)
    titles = {item.id: item.title for item in notice_of(case).evidence}
    for item in completeness(case, at=at).missing_evidence:
        title = titles[item]
        if item == "audit_report":
            content = paper(title, firm.name, lines, pages=3)
        elif item.startswith("signed_"):
            content = paper(title, firm.name, (f"案号：{case.number}", "声明：已签章（样张）"))
        else:
            # the same for everybody, so that it is typeset and kept once
            content = paper(title, "示例企业（演示）")
        file = upload(actor, f"{item}.pdf", content, at)
        evidence = actions.attach_evidence(
            actor=actor, case_id=case.pk, item=item, file_id=file.pk, name=f"{title}.pdf", at=at
        )
        if item == "audit_report":
            for fact, period in figures:
                actions.point_to_evidence(
                    actor=actor,
                    case_id=case.pk,
                    fact=fact,
                    period=period,
                    evidence_id=evidence.pk,
                    page=2,
                    at=at,
                )


def _line(fact: str, year: int, value: int) -> str:
    """One figure of the sample audit report, as it is printed."""
    definition = load_vocabulary().fact(fact)
    return f"{definition.label}（{year}年）：{format_value(definition, value)} {definition.unit}"


def submit(cast: Cast, firm: Invented, case: Case, at: datetime) -> None:
    """The firm signs its declaration and submits."""
    _, actor = cast.firms[firm.index]
    actions.submit(actor=actor, case_id=case.pk, expected_version=None, declared=True, at=at)


def check_credit(office: Actor, cases: Iterable[Case], at: datetime) -> None:
    """Look both credit systems up for the stage where each case lies."""
    for case in cases:
        for source in CreditSource:
            record_credit_check(
                actor=office, case_id=case.pk, source=source, checked_on=legal_day(at), result="clear", at=at
            )


def review(office: Actor, cases: Iterable[Case], at: datetime, *, comment: str) -> None:
    """Receive, check and pass."""
    for case in cases:
        actions.receive(actor=office, case_id=case.pk, expected_version=None, at=at)
        check_credit(office, [case], at)
        actions.pass_review(actor=office, case_id=case.pk, expected_version=None, comment=comment, at=at)


def inspect(office: Actor, cases: Iterable[Case], at: datetime) -> None:
    """Two officers look at each firm on site and find it as it says."""
    found = Found("主导产品生产线", "与申报材料所述一致", "生产线运转正常，与材料一致", is_consistent=True)
    for case in cases:
        visit = Visit(
            visited_on=legal_day(at),
            inspectors=("企业股负责岗", "企业股经办岗"),
            result=InspectionResult.CONSISTENT,
            findings=(found,),
            summary="现场与填报一致。（演示）",
        )
        record_inspection(actor=office, case_id=case.pk, visit=visit, at=at)


def examine(office: Actor, cases: Iterable[Case], at: datetime, *, comment: str) -> None:
    """Receive, check, look at on site, and pass."""
    for case in cases:
        actions.receive(actor=office, case_id=case.pk, expected_version=None, at=at)
        check_credit(office, [case], at)
        inspect(office, [case], at)
        actions.pass_review(actor=office, case_id=case.pk, expected_version=None, comment=comment, at=at)


def recommend(office: Actor, batch: Batch, cases: Iterable[Case], number: str, at: datetime) -> None:
    """One formal letter with its scan for all these cases."""
    letter = replace(_letter(office, number, "推荐文件", at), undrawn_reason=UNDRAWN)
    actions.recommend(actor=office, batch_id=batch.pk, case_versions=_any(cases), letter=letter, at=at)


def report(office: Actor, batch: Batch, cases: Iterable[Case], number: str, at: datetime) -> None:
    """Report the cleared list for filing."""
    letter = _letter(office, number, "报送备案文件", at)
    actions.report(actor=office, batch_id=batch.pk, case_versions=_any(cases), letter=letter, at=at)


def _letter(office: Actor, number: str, title: str, at: datetime) -> actions.LetterText:
    return actions.LetterText(number, legal_day(at), scan(office, number, title, at))


def scan(office: Actor, number: str, title: str, at: datetime) -> int:
    """The scanned letter, as a stored file."""
    return upload(office, f"{title}.pdf", paper(title, office.name, (f"文号：{number}",)), at).pk


def _any(cases: Iterable[Case]) -> dict[int, int | None]:
    """Whatever version they have: nobody else is at work in a story."""
    return {case.pk: None for case in cases}
