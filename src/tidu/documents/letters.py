"""A draft of the formal letter (正式文件) that goes with recommended or reported cases.

The office edits it, gives it its number and seals it; here is only room for both, and nothing is drawn.
"""

from dataclasses import dataclass
from datetime import datetime

from tidu.applications.enums import CaseKind, LetterKind
from tidu.documents.produced import PDF, Document, file_name
from tidu.documents.sendings import Sending, cases_on, papers_made
from tidu.documents.typesetting import typeset
from tidu.documents.word import DOCX, Paragraph, word_document
from tidu.law import plain
from tidu.law.refusals import fill
from tidu.law.rulebook import read_toml

FORMS = {LetterKind.RECOMMEND: "recommendation-letter", LetterKind.REPORT: "report-letter"}
COUNTED = {CaseKind.NEW: "申报企业 {count} 家", CaseKind.RE_REVIEW: "复核企业 {count} 家"}
NO_NUMBER = "（文号：　　　　　　）"
DAY = "　　　　年　　月　　日"
SAMPLE = "样张：内容虚构，不作任何用途。"
DRAFT = "草稿：由本单位修改、编号、用印后生效。"


@dataclass(frozen=True)
class LetterForm:
    """The words of a letter as the rulebook has them, with places to fill."""

    title: str
    paragraphs: tuple[str, ...]
    attachments: str


def letter_paragraphs(sending: Sending) -> list[Paragraph]:
    """The letter from its title to the place for the seal."""
    form = plain.read(LetterForm, read_toml("documents", FORMS[sending.kind]))
    words = {
        "batch": sending.batch.title,
        "title_kind": sending.batch.notice.get_title_kind_display(),
        "notice": sending.batch.notice.title,
        "counts": _counts(sending),
        "attachments": "　".join(f"{n}.{title}" for n, title in enumerate(_attachments(sending), start=1)),
    }
    issued = fill("{on:day}", {"on": sending.issued_on}) if sending.issued_on else DAY
    return [
        Paragraph(SAMPLE if sending.is_sample else DRAFT, "note"),
        Paragraph(fill(form.title, words), "title"),
        Paragraph(sending.number or NO_NUMBER, "note"),
        Paragraph(f"{sending.office.parent.name if sending.office.parent else '　　　　　　'}：", "flush"),
        *(Paragraph(fill(text, words)) for text in form.paragraphs),
        *([Paragraph(fill(form.attachments, words))] if words["attachments"] else []),
        Paragraph(f"{sending.office.name}（公章）", "right"),
        Paragraph(issued, "right"),
    ]


def letter_as_word(sending: Sending) -> Document:
    """The draft to be edited."""
    paragraphs = letter_paragraphs(sending)
    return Document(file_name(_stem(paragraphs), suffix="docx"), DOCX, word_document(paragraphs))


def letter_as_pdf(sending: Sending, *, at: datetime) -> Document:
    """The draft to be read and printed."""
    paragraphs = letter_paragraphs(sending)
    data = {
        "title": _stem(paragraphs),
        "mark": "样张" if sending.is_sample else "草稿",
        "paragraphs": [vars(paragraph) for paragraph in paragraphs],
    }
    return Document(file_name(_stem(paragraphs), suffix="pdf"), PDF, typeset("letter", data, at=at))


def _stem(paragraphs: list[Paragraph]) -> str:
    return next(paragraph.text for paragraph in paragraphs if paragraph.style == "title")


def _counts(sending: Sending) -> str:
    counted = {kind: len(sending.of_kind(kind)) for kind in CaseKind}
    return "、".join(fill(COUNTED[kind], {"count": count}) for kind, count in counted.items() if count)


def _attachments(sending: Sending) -> list[str]:
    """The tables and lists that go along: those that have rows."""
    return [paper.title for paper in papers_made(sending) if cases_on(sending, paper)]
