"""Files as people send them, made on the spot; the bad ones are bad in one way each."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFD = "http://www.ofdspec.org/2016"
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


@cache
def pdf(text: str = "审计报告", *, pages: int = 1) -> bytes:
    """An A4 PDF that says ``text`` on each page."""
    source = "#pagebreak()\n".join(['#set text(font: "Noto Sans SC")\n' + text + "\n"] * pages)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.compile(source.encode(), font_paths=fonts)


def changed_pdf(change: Callable[[PdfWriter], object], *, text: str = "审计报告") -> bytes:
    """A PDF after ``change`` was done to it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(text))))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def action(kind: str) -> DictionaryObject:
    return DictionaryObject(
        {NameObject("/S"): NameObject(kind), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


def opening(writer: PdfWriter) -> None:
    """A script that runs when the document is opened."""
    writer.root_object[NameObject("/OpenAction")] = action("/JavaScript")


def scripted(writer: PdfWriter) -> None:
    """A script of the document's own."""
    tree = DictionaryObject(
        {NameObject("/Names"): ArrayObject([TextStringObject("a"), action("/JavaScript")])}
    )
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): tree})


def launching(writer: PdfWriter) -> None:
    """A link that starts a program."""
    annotate(writer, {"/Subtype": NameObject("/Link"), "/A": action("/Launch")})


def pinned(writer: PdfWriter) -> None:
    """A file pinned onto a page."""
    annotate(writer, {"/Subtype": NameObject("/FileAttachment")})


def commented(writer: PdfWriter) -> None:
    """A comment beside the text."""
    annotate(writer, {"/Subtype": NameObject("/Text"), "/Contents": TextStringObject("机密★10年")})


def titled(writer: PdfWriter) -> None:
    """A title that stands on no page."""
    writer.add_metadata({"/Title": "机密★10年"})


def annotate(writer: PdfWriter, entries: Mapping[str, object]) -> None:
    annotation = DictionaryObject({NameObject(key): value for key, value in entries.items()})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return output.getvalue()


def docx(*runs: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word document of one paragraph, in as many runs as Word likes to cut it."""
    texts = "".join(f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs or ("正文",))
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p>{texts}</w:p></w:body></w:document>'
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document} | dict(more or {}))


def xlsx(*cells: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    strings = "".join(f"<si><t>{escape(cell)}</t></si>" for cell in cells)
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}"><sheets><sheet name="表一"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
    }
    return zipped(parts | dict(more or {}))


def ofd(text: str = "电子发票", *, pages: int = 1) -> bytes:
    places = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    written = f"<ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>"
    content = f'<ofd:Page xmlns:ofd="{OFD}">{written}</ofd:Page>'
    parts = {f"Doc_0/Pages/Page_{n}/Content.xml": content for n in range(pages)}
    document = f'<ofd:Document xmlns:ofd="{OFD}"><ofd:Pages>{places}</ofd:Pages></ofd:Document>'
    return zipped({"OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}"/>', "Doc_0/Document.xml": document} | parts)


def image(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", size, "white").save(output, kind)
    return output.getvalue()


def png_bomb(side: int = 60_000) -> bytes:
    """A few octets that say they unfold to a picture of ``side`` by ``side``."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def old_office(*, encrypted: bool) -> bytes:
    """The compound file that old Word wrote, and that new Word wraps a protected document in."""
    inside = "EncryptedPackage" if encrypted else "WordDocument"
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + inside.encode("utf-16-le") + bytes(1000)
