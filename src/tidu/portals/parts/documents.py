"""Papers and tables that the documents room makes, as answers of the web; each portal mounts its own."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from tidu.applications.models import Case
from tidu.documents.forms import draft_form, submitted_form
from tidu.documents.letters import letter_as_pdf, letter_as_word
from tidu.documents.minutes import MinutesOf, minutes
from tidu.documents.produced import PDF, Document
from tidu.documents.sendings import DESIGNS, Sending, papers_made, table_of
from tidu.law.notices import Paper
from tidu.panels.models import Draw
from tidu.panels.queries.custody import custody_of
from tidu.panels.queries.draws import record_of
from tidu.portals.parts.downloads import saved
from tidu.programmes.models import Batch
from tidu.programmes.queries import notice_text

Made = Callable[[Sending, datetime], Document]

LETTERS: Mapping[str, Made] = {
    "letter.docx": lambda sending, _: letter_as_word(sending),
    "letter.pdf": lambda sending, at: letter_as_pdf(sending, at=at),
}
"""Drafts of the letter, by the last part of their address."""


def answered(made: Document) -> HttpResponse:
    """The document to be saved; a PDF is shown, to be printed from there."""
    return saved(made.content, made.name, made.media_type, inline=made.media_type == PDF)


def case_form(case: Case, *, round_: int | None, at: datetime, as_it_stands: bool = False) -> HttpResponse:
    """自评表: as submitted in a round, the last one unless named; or as it stands, a draft."""
    if as_it_stands or case.submitted_at is None:
        return answered(draft_form(case, at=at))
    return answered(submitted_form(case, round_))


def sending_paper(sending: Sending, paper: str, at: datetime) -> HttpResponse:
    """A draft of the letter, or `<id>.xlsx` or `<id>.csv` of a table the notice names; else 404."""
    if paper in LETTERS:
        return answered(LETTERS[paper](sending, at))
    stem, _, suffix = paper.rpartition(".")
    named = next((one for one in papers_made(sending) if one.id == stem), None)
    if named is None or suffix not in ("xlsx", "csv"):
        raise Http404(paper)
    sheet = table_of(sending, named)
    return answered(sheet.as_workbook() if suffix == "xlsx" else sheet.as_csv())


def draw_minutes(request: HttpRequest, draw: Draw, *, names: Mapping[str, str] | None = None) -> HttpResponse:
    """抽取笔录 as a paper; `names` by pseudonym only for those who may read the pool."""
    about = MinutesOf(
        state=draw.get_state_display(),
        frozen_at=draw.frozen_at,
        drawn_at=draw.drawn_at,
        record_address=request.build_absolute_uri(reverse("public-draw-record", args=[draw.chain.token])),
        check_address=request.build_absolute_uri(reverse("public-draw-verify")),
        is_sample=draw.office.is_demonstration,
        overseer_keeps=custody_of(draw) is not None,
        names=names or {},
    )
    return answered(minutes(record_of(draw), about, at=request.arrived_at))  # type: ignore[attr-defined]


def papers_along(batch: Batch, stage_id: str) -> list[Paper]:
    """The tables and lists that go along from a stage, for the links to them."""
    return [one for one in notice_text(batch.notice).papers if one.stage == stage_id and one.form in DESIGNS]


def round_asked(request: HttpRequest) -> int | None:
    """The submission that the address asks for by `?round=`."""
    said = request.GET.get("round", "")
    return int(said) if said.isascii() and said.isdecimal() else None
