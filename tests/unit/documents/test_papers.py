"""Papers as set: archival, in Chinese, the same bytes for the same data; letters that Word opens."""

from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from tidu.documents.contents import sections_of
from tidu.documents.typesetting import typeset
from tidu.documents.word import Paragraph, word_document
from tidu.law.facts import Facts
from tidu.law.standards import load

AT = datetime(2026, 3, 16, 1, 0, 0, 5, tzinfo=UTC)
LETTER = {
    "title": "关于推荐2026年度第一批创新型中小企业的函",
    "mark": "草稿",
    "paragraphs": [{"text": "经审核，申报企业 2 家符合规定条件。", "style": "body"}],
}
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def test_paper_is_archival_tagged_and_titled() -> None:
    content = typeset("letter", LETTER, at=AT)
    reader = PdfReader(BytesIO(content))
    assert reader.metadata is not None
    assert reader.metadata.title == LETTER["title"]
    assert "/StructTreeRoot" in reader.root_object
    assert b"pdfaid:part>2<" in content


def test_paper_says_what_it_was_given() -> None:
    (page,) = PdfReader(BytesIO(typeset("letter", LETTER, at=AT))).pages
    assert "申报企业2家符合规定条件" in page.extract_text().replace(" ", "").replace("\n", "")


def test_same_data_give_the_same_bytes() -> None:
    assert typeset("letter", LETTER, at=AT) == typeset("letter", LETTER, at=AT)


def test_word_document_holds_its_paragraphs_in_order_and_escapes_them() -> None:
    paragraphs = [
        Paragraph("关于推荐的函", "title"),
        Paragraph("研发 < 3% & 其他"),
        Paragraph("示例局（公章）", "right"),
    ]
    package = ZipFile(BytesIO(word_document(paragraphs)))
    assert package.testzip() is None
    root = ET.fromstring(package.read("word/document.xml"))
    assert [text.text for text in root.iter(TEXT)] == [paragraph.text for paragraph in paragraphs]


@pytest.mark.parametrize(("stated", "said"), [((), True), (None, False)])
def test_list_that_was_stated_empty_is_told_from_one_that_was_not_filled(stated: object, said: bool) -> None:
    facts = Facts.of({"awards": stated}, year=2025)
    sections = sections_of(load("2022-innovative").form(), facts)
    (awards,) = (block for one in sections for block in one["blocks"] if block.get("label") == "科技奖励清单")
    assert awards["none"] is said
    assert awards["rows"] == []


def test_numbers_stand_with_their_units_and_their_years() -> None:
    facts = Facts.of({"revenue": {2025: 123_450_000}, "registered_capital": 800_000_000}, year=2025)
    blocks = [block for one in sections_of(load("2022-innovative").form(), facts) for block in one["blocks"]]
    (years,) = (block for block in blocks if block["kind"] == "years")
    assert years["years"] == ["2025", "2024", "2023"]
    assert {"label": "营业收入总额（万元）", "values": ["123.45", "", ""]} in years["lines"]
    pairs = [pair for block in blocks if block["kind"] == "pairs" for row in block["rows"] for pair in row]
    assert {"label": "注册资本", "value": "800.00 万元", "wide": False} in pairs
