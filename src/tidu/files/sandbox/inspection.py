"""What a file is by its content, and whether it is acceptable."""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tidu.files.sandbox import documents, images, portable
from tidu.files.sandbox.terms import Inspected, Rules
from tidu.law.refusals import Refused
from tidu.law.secrecy import find_marks

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Old Word and Excel files, and the wrapping of those protected by a password."""

ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
LABELS = {
    "pdf": "PDF",
    "jpeg": "JPEG 图片",
    "png": "PNG 图片",
    "docx": "Word 文档",
    "xlsx": "Excel 工作簿",
    "ofd": "OFD 文件",
}


@dataclass(frozen=True)
class Content:
    """What was read of a file: its pages, if it has such, and its text, if it has any."""

    pages: int | None
    text: str = ""


def inspect_file(path: Path, name: str, rules: Rules) -> Inspected:
    """Kind and number of pages of an acceptable file; raises Refused with the sentence's values."""
    kind = identify(path, name)
    if kind != rules.claimed:
        raise Refused("file_mislabelled", name=name, claimed=LABELS[rules.claimed], found=LABELS[kind])
    content = read(path, name, kind, rules)
    if content.pages is not None and content.pages > rules.pages:
        raise Refused("file_too_many_pages", name=name, pages=content.pages, most=rules.pages)
    marks = find_marks(content.text)
    if marks:
        raise Refused("secrecy_mark_in_document", label=name, value=marks[0].text)
    return Inspected(kind, content.pages)


def identify(path: Path, name: str) -> str:
    """The kind by the first octets, for zipped kinds by what is inside."""
    with path.open("rb") as file:
        start = file.read(1024)
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if start.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(OLE):
        encrypted = ENCRYPTED_PACKAGE in path.read_bytes()
        raise Refused("file_encrypted" if encrypted else "file_of_old_office", name=name)
    if start.startswith(b"PK\x03\x04"):
        return _identify_zip(path, name)
    raise Refused("file_unrecognised", name=name)


def read(path: Path, name: str, kind: str, rules: Rules) -> Content:
    if kind == "pdf":
        return Content(*portable.read(path, name, most_pages=rules.pages))
    if kind in {"jpeg", "png"}:
        images.check(path, name, kind, most_pixels=rules.pixels)
        return Content(pages=1)
    return Content(*documents.read(path, name, kind, most_octets=rules.uncompressed))


def _identify_zip(path: Path, name: str) -> str:
    try:
        with ZipFile(path) as archive:
            parts = set(archive.namelist())
    except BadZipFile as error:
        raise Refused("file_damaged", name=name) from error
    for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd")):
        if part in parts:
            return kind
    raise Refused("file_unrecognised", name=name)
