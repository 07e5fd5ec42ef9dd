"""A plain Word document (OOXML) of paragraphs, which an office edits further; standard library only."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Of every part, so that the same paragraphs give the same bytes."""

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Override PartName="/word/document.xml" \
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" \
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" \
Target="word/document.xml"/></Relationships>"""
_DOCUMENT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}\
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>\
<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" \
w:header="851" w:footer="992" w:gutter="0"/>\
</w:sectPr></w:body></w:document>"""
_PARAGRAPH = (
    '<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/>{indent}<w:jc w:val="{align}"/></w:pPr>'
    '<w:r><w:rPr><w:rFonts w:eastAsia="{font}" w:ascii="{font}" w:hAnsi="{font}"/><w:sz w:val="{size}"/>'
    '</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
)
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of an official letter; body text begins two characters in (GB/T 9704)."""

    text: str
    style: Literal["title", "body", "flush", "right", "note"] = "body"


_LOOKS = {
    "title": ("center", "小标宋", 44, ""),
    "body": ("both", "仿宋", 32, _INDENT),
    "flush": ("left", "仿宋", 32, ""),
    "right": ("right", "仿宋", 32, ""),
    "note": ("center", "仿宋", 24, ""),
}


def word_document(paragraphs: Sequence[Paragraph]) -> bytes:
    """The paragraphs on A4 with the margins of official letters."""
    target = BytesIO()
    body = _DOCUMENT.format(paragraphs="".join(map(_xml, paragraphs)))
    with ZipFile(target, "w") as package:
        for name, part in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", body),
        ):
            package.writestr(ZipInfo(name, _LONG_AGO), part, ZIP_DEFLATED)
    return target.getvalue()


def _xml(paragraph: Paragraph) -> str:
    align, font, size, indent = _LOOKS[paragraph.style]
    return _PARAGRAPH.format(align=align, font=font, size=size, indent=indent, text=escape(paragraph.text))
