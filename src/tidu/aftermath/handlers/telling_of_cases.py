"""A case has moved: the firm is told, and the office to which it came.

Who is told follows from the rule that says who may read: nobody is told of a case they could not open.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from tidu.applications.enums import PapersState
from tidu.applications.models import Case, CaseStage
from tidu.applications.queries import case_for, desk_of, visible_cases
from tidu.database.scope import SYSTEM, Actor
from tidu.law.notices import Paper, moment_of
from tidu.law.notices.papers import papers_asked
from tidu.law.procedures import Action, Procedure
from tidu.law.refusals import fill
from tidu.messages.actions import Recipient, send
from tidu.messages.templates import Template, template_for, told_of
from tidu.offices.queries import office_by_code
from tidu.programmes.queries import batch_text, notice_text, procedure_by_digest
from tidu.records.models import Entry

FOLLOWS = told_of("case")

NO_LIMIT = "未定"


def run(entry: Entry) -> None:
    """Tell the firm, and the office that has the case now or had it until it was withdrawn."""
    case = case_for(SYSTEM, entry.content["case_id"])
    desk = desk_of(case.pk, entry.content.get("next_stage") or entry.content.get("stage") or "")
    values = _values(entry, case, desk)
    for recipient in _recipients(entry, case, desk):
        template = _template(entry, case, recipient)
        if template is not None:
            send(entry=entry, recipient=recipient, letter=template.written(values), at=entry.at)


def _template(entry: Entry, case: Case, recipient: Recipient) -> Template | None:
    """What the procedure says of this act at this stage, else the usual message of the act."""
    stage = entry.content.get("stage")
    tells = procedure_by_digest(case.procedure_digest).stage(stage).tells if stage else {}
    special = tells.get(Action(entry.verb)) if entry.verb in set(Action) else None
    found = template_for("case", special, recipient.kind) if special else None
    return found or template_for("case", entry.verb, recipient.kind)


def _recipients(entry: Entry, case: Case, desk: CaseStage | None) -> Iterator[Recipient]:
    """The firm of the case, and the desk it lies on unless that office has just acted itself."""
    yield Recipient("firm", case.firm_id)
    if desk is not None and desk.office_id != entry.office_id:
        clerk = Actor(kind="office", office_id=desk.office_id)
        if visible_cases(clerk).filter(pk=case.pk).exists():
            yield Recipient("office", desk.office_id)


def _values(entry: Entry, case: Case, desk: CaseStage | None) -> dict[str, Any]:
    content, procedure = entry.content, procedure_by_digest(case.procedure_digest)
    return {
        "case_id": case.pk,
        "number": case.number,
        "firm": case.firm.name,
        "batch": case.batch.title,
        "kind": case.get_kind_display(),
        "title_kind": case.get_title_kind_display(),
        "office": entry.actor_name,
        "holder": desk.office.name if desk else "",
        "at": entry.at,
        "round": content.get("round", case.round),
        "comment": content.get("comment", ""),
        "stage": _stage(procedure, content.get("stage")),
        "next_stage": _stage(procedure, content.get("next_stage")),
        "due": _moment(desk.due_at if desk else None),
        "asked_by": _moment(content.get("asked_by")),
        "letter": content.get("letter", ""),
        "list": content.get("list", ""),
        "announcement": content.get("number", ""),
        "announced_on": _day(content.get("announced_on")),
        "valid_from": _day(content.get("valid_from")),
        **_papers(case),
        "papers_state": _papers_state(content),
    }


def _papers(case: Case) -> dict[str, str]:
    """What the firm prepares on paper, by when and where it goes; empty where the notice asks for none."""
    notice, batch = notice_text(case.batch.notice), batch_text(case.batch)
    papers = papers_asked(notice, case.kind)
    due = [moment_of(notice, batch, notice.rule(paper.deadline)) for paper in papers if paper.deadline]
    to = [notice.delivery(paper.delivery).office for paper in papers if paper.delivery]
    return {
        "firm_papers": "；".join(_asked_for(paper) for paper in papers),
        "papers_due": _moment(min(due, default=None)),
        "papers_to": office_by_code(to[0]).name if to else "",
    }


def _papers_state(content: Mapping[str, Any]) -> str:
    """Where the case stands on paper after what was just received; empty for other acts."""
    if "papers" not in content:
        return ""
    if content.get("refused"):
        return f"逾期收到，不予受理（依据通知：{content['rule']}）"
    lacking = content["lacking"]
    return PapersState(content["papers"]).label + (f"，还缺：{lacking}" if lacking else "")


def _asked_for(paper: Paper) -> str:
    """One paper with its copies and how it is to be made up."""
    how = f"（{paper.text.removesuffix('。')}）" if paper.text else ""
    return f"{paper.title} {paper.copies} 份{how}"


def _stage(procedure: Procedure, stage: str | None) -> str:
    return procedure.stage(stage).title if stage else ""


def _moment(at: datetime | str | None) -> str:
    """A moment, also one that the ledger keeps as text, or that there is none."""
    if not at:
        return NO_LIMIT
    return fill("{at:end}", {"at": datetime.fromisoformat(at) if isinstance(at, str) else at})


def _day(day: str | None) -> str:
    return fill("{day:day}", {"day": date.fromisoformat(day)}) if day else ""
