"""Papers and tables that the documents room makes, as answers of the web; each portal mounts its own."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse

from tidu.applications.enums import CaseKind
from tidu.applications.models import Case
from tidu.documents.forms import draft_form, submitted_form
from tidu.documents.letters import letter_as_pdf, letter_as_word
from tidu.documents.produced import PDF, Document
from tidu.documents.sendings import Sending, proposed_list, summary_table
from tidu.portals.parts.downloads import saved

Made = Callable[[Sending, datetime], Document]

PAPERS: Mapping[str, Made] = {
    "recommendation-table.xlsx": lambda sending, _: summary_table(sending, CaseKind.NEW).as_workbook(),
    "re-review-table.xlsx": lambda sending, _: summary_table(sending, CaseKind.RE_REVIEW).as_workbook(),
    "proposed-list.xlsx": lambda sending, _: proposed_list(sending).as_workbook(),
    "proposed-list.csv": lambda sending, _: proposed_list(sending).as_csv(),
    "letter.docx": lambda sending, _: letter_as_word(sending),
    "letter.pdf": lambda sending, at: letter_as_pdf(sending, at=at),
}
"""What can be made of cases that are sent on together, by the last part of its address."""


def answered(made: Document) -> HttpResponse:
    """The document to be saved; a PDF is shown, to be printed from there."""
    return saved(made.content, made.name, made.media_type, inline=made.media_type == PDF)


def case_form(case: Case, *, round_: int | None, at: datetime, as_it_stands: bool = False) -> HttpResponse:
    """自评表: as submitted in a round, the last one unless named; or as it stands, a draft."""
    if as_it_stands or case.submitted_at is None:
        return answered(draft_form(case, at=at))
    return answered(submitted_form(case, round_))


def sending_paper(sending: Sending, paper: str, at: datetime) -> HttpResponse:
    """One of `PAPERS`; 404 for any other name."""
    if paper not in PAPERS:
        raise Http404(paper)
    return answered(PAPERS[paper](sending, at))


def round_asked(request: HttpRequest) -> int | None:
    """The submission that the address asks for by `?round=`."""
    said = request.GET.get("round", "")
    return int(said) if said.isascii() and said.isdecimal() else None
