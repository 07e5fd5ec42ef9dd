"""Word, Excel and OFD: zipped XML. That it unpacks to a bearable size, holds no macros, and what it says."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile, ZipInfo

from tidu.law.refusals import Refused

MOST_PARTS = 10_000
RATIO = 200
"""How many times its packed size a part of more than a megabyte may unpack to; real ones stay below 50."""

ENCRYPTED = 0x1
MACROS = re.compile(r"(?i)(vbaProject\.bin|/activeX/|/macrosheets/)")
CARRIED = re.compile(r"(?i)(^|/)embeddings/.*\.(bin|exe|zip|rar|7z|docm|xlsm)$")

TEXT_PARTS = {
    "docx": re.compile(r"^(word/(?!theme/|styles|settings|fontTable|numbering).*|docProps/.*)\.xml$"),
    "xlsx": re.compile(r"^(xl/(?!theme/|styles|calcChain|pivotCache/).*|docProps/.*)\.xml$"),
    "ofd": re.compile(r"(^OFD|/(Content|Annotation|Document))\.xml$"),
}
"""Where a person's words may stand: in the sheet or page, beside it (comments, text boxes, charts), in what
the file says of itself. How parts are called is the writing program's choice, so few are left out by name."""
PROPERTIES = ("title", "subject", "description", "keywords", "category", "lpwstr")
HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
BLOCKS = {
    "docx": ("p", "pt", *PROPERTIES),
    "xlsx": ("si", "is", "p", "pt", "comment", "threadedComment", "sheet", *HEADERS, *PROPERTIES),
    "ofd": ("TextObject", "Page", "Remark", "DocInfo"),
}
"""The elements whose text belongs together: a mark may be cut into several runs within one."""


def read(path: Path, name: str, kind: str, *, most_octets: int) -> tuple[int | None, str]:
    """Pages (of an OFD; the others have none before they are printed) and text."""
    try:
        with ZipFile(path) as archive:
            check_archive(archive, name, most_octets)
            texts: list[str] = []
            pages = 0
            for part in archive.infolist():
                if TEXT_PARTS[kind].search(part.filename):
                    tree = parse(archive.read(part), name)
                    texts.extend(blocks(tree, BLOCKS[kind]))
                    pages += sum(
                        1 for element in tree.iter() if local(element) == "Page" and element.get("BaseLoc")
                    )
    except (BadZipFile, ET.ParseError, NotImplementedError, EOFError) as error:
        raise Refused("file_damaged", name=name) from error
    return (pages or None) if kind == "ofd" else None, "\n".join(texts)


def check_archive(archive: ZipFile, name: str, most_octets: int) -> None:
    """Judges by the directory alone, before anything is unpacked."""
    parts = archive.infolist()
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > most_octets
        or any(map(swells, parts))
    ):
        raise Refused("file_swells", name=name)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Refused("file_encrypted", name=name)
    if any(MACROS.search(part.filename) for part in parts):
        raise Refused("file_active", name=name)
    if any(CARRIED.search(part.filename) for part in parts):
        raise Refused("file_carries_files", name=name)


def swells(part: ZipInfo) -> bool:
    return part.file_size > 1024 * 1024 and part.file_size > RATIO * max(part.compress_size, 1)


def parse(data: bytes, name: str) -> ET.Element:
    """Document type declarations, the way to entity bombs, have no place in these formats."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused("file_damaged", name=name)
    return ET.fromstring(data)  # noqa: S314


def blocks(tree: ET.Element, names: tuple[str, ...]) -> Iterator[str]:
    for element in tree.iter():
        if local(element) in names or element.get("t") == "str":  # a cell whose formula makes a text
            yield "".join(
                (*element.itertext(), *(f" {value}" for key, value in element.items() if key == "name"))
            )


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
