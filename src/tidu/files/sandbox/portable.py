"""PDF: whether it opens, how many pages, what it says, and that it does nothing."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from tidu.law.refusals import Refused

MOST_CHARACTERS = 5_000_000
ACTIVE = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}
CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen"}
MALFORMED = (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)
"""What pypdf raises on files that break the format."""


def read(path: Path, name: str, *, most_pages: int) -> tuple[int, str]:
    """Pages and text. A password needed merely to change a file does not matter, one to open it does."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("file_encrypted" if locked else "file_damaged", name=name) from error
    pages = len(document)
    if pages == 0:
        raise Refused("file_damaged", name=name)
    if pages > most_pages:
        return pages, ""
    beside = check_passive(path, name)
    return pages, "\n".join([text_of(document), *beside])


def text_of(document: pypdfium2.PdfDocument) -> str:
    texts: list[str] = []
    length = 0
    for page in document:
        texts.append(page.get_textpage().get_text_bounded())
        length += len(texts[-1])
        page.close()
        if length > MOST_CHARACTERS:
            break
    return "\n".join(texts)


def check_passive(path: Path, name: str) -> list[str]:
    """Refuses scripts, programs to start and files inside: a reader might run them, or not show them.

    Returns what is said beside the pages: in comments, in the fields of forms, in the file's properties.
    """
    try:
        reader = PdfReader(path)
        if any(_runs(action) for action in _actions(reader)):
            raise Refused("file_active", name=name)
        if _carries_files(reader):
            raise Refused("file_carries_files", name=name)
        return [*_remarks(reader), *_properties(reader)]
    except MALFORMED as error:
        raise Refused("file_damaged", name=name) from error


def _actions(reader: PdfReader) -> Iterator[Any]:
    root = reader.root_object
    yield root.get("/OpenAction")
    yield from _values(root.get("/AA"))
    names = _resolved(root.get("/Names")) or {}
    if "/JavaScript" in names:
        yield {"/S": "/JavaScript"}
    for page in reader.pages:
        yield from _values(page.get("/AA"))
        for annotation in _annotations(page):
            yield annotation.get("/A")
            yield from _values(annotation.get("/AA"))


def _carries_files(reader: PdfReader) -> bool:
    names = _resolved(reader.root_object.get("/Names")) or {}
    if "/EmbeddedFiles" in names:
        return True
    return any(
        annotation.get("/Subtype") in CARRIERS for page in reader.pages for annotation in _annotations(page)
    )


def _remarks(reader: PdfReader) -> Iterator[str]:
    for page in reader.pages:
        for annotation in _annotations(page):
            for key in ("/Contents", "/V", "/RC"):
                said = _resolved(annotation.get(key))
                if isinstance(said, str):
                    yield said


def _properties(reader: PdfReader) -> list[str]:
    """Title, subject and the like; many writers put nonsense here, which is no reason to refuse."""
    with suppress(*MALFORMED):
        return [str(_resolved(value)) for value in (reader.metadata or {}).values()]
    return []


def _annotations(page: Any) -> list[Any]:
    return [_resolved(annotation) for annotation in _resolved(page.get("/Annots")) or []]


def _runs(action: Any) -> bool:
    action = _resolved(action)
    return isinstance(action, dict) and action.get("/S") in ACTIVE


def _values(dictionary: Any) -> list[Any]:
    resolved = _resolved(dictionary)
    return list(resolved.values()) if isinstance(resolved, dict) else []


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
