"""What is accepted by its content and what is refused, each with its own reason."""

import errno
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfWriter
from tests.unit.files import samples

from tidu.files.limits import extension
from tidu.files.sandbox import process
from tidu.files.sandbox.inspection import inspect_file
from tidu.files.sandbox.terms import DONE, FAILED, TOO_MUCH, Inspected, Rules
from tidu.law.refusals import Refused, sentence

CLAIMS = {"jpg": "jpeg"}


def rules_for(name: str) -> Rules:
    claimed = CLAIMS.get(extension(name), extension(name))
    return Rules(claimed, pages=5, pixels=1_000_000, uncompressed=20_000_000)


Send = Callable[[str, bytes], Inspected]


@pytest.fixture
def send(tmp_path: Path) -> Send:
    """Inspects octets under a name, here and not in the sandbox, which has its own tests below."""

    def inspect(name: str, content: bytes) -> Inspected:
        path = tmp_path / "quarantined"
        path.write_bytes(content)
        return inspect_file(path, name, rules_for(name))

    return inspect


ACCEPTED = [
    ("审计报告.pdf", samples.pdf, ("pdf", 1)),
    ("审计报告.pdf", lambda: samples.pdf(pages=5), ("pdf", 5)),
    ("照片.jpg", lambda: samples.image("JPEG"), ("jpeg", 1)),
    ("截图.png", lambda: samples.image("PNG"), ("png", 1)),
    ("说明.docx", lambda: samples.docx("研发费用", "占比"), ("docx", None)),
    ("台账.xlsx", lambda: samples.xlsx("商业秘密保护制度"), ("xlsx", None)),
    ("发票.ofd", lambda: samples.ofd(pages=2), ("ofd", 2)),
]


@pytest.mark.parametrize(
    ("name", "content", "found"), ACCEPTED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_as_it_says_is_accepted(
    send: Send, name: str, content: Callable[[], bytes], found: tuple[str, int | None]
) -> None:
    assert send(name, content()) == Inspected(*found)


def locked(writer: PdfWriter) -> None:
    writer.encrypt(user_password="打开", owner_password="修改")


def protected(writer: PdfWriter) -> None:
    writer.encrypt(user_password="", owner_password="修改")


def test_a_password_only_against_changes_does_not_matter(send: Send) -> None:
    assert send("审计报告.pdf", samples.changed_pdf(protected)) == Inspected("pdf", 1)


REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a picture named as a PDF": ("a.pdf", lambda: samples.image("PNG"), "file_mislabelled"),
    "a PDF named as a picture": ("a.jpg", samples.pdf, "file_mislabelled"),
    "a workbook named as a document": ("a.docx", samples.xlsx, "file_mislabelled"),
    "a web page named as a PDF": ("a.pdf", lambda: b"<html><script>alert(1)</script>", "file_unrecognised"),
    "some other archive": ("a.docx", lambda: samples.zipped({"a.txt": "a"}), "file_unrecognised"),
    "a program": ("a.pdf", lambda: b"MZ" + bytes(100), "file_unrecognised"),
    "nothing but the first octets of a PDF": ("a.pdf", lambda: b"%PDF-1.7\n", "file_damaged"),
    "a PDF cut off": ("a.pdf", lambda: samples.pdf()[:900], "file_damaged"),
    "an archive cut off": ("a.docx", lambda: samples.docx()[:60], "file_damaged"),
    "a picture cut off": ("a.png", lambda: samples.image("PNG", (900, 900))[:100], "file_damaged"),
    "a PDF with a password": ("a.pdf", lambda: samples.changed_pdf(locked), "file_encrypted"),
    "a Word document with a password": (
        "a.docx",
        lambda: samples.old_office(encrypted=True),
        "file_encrypted",
    ),
    "an old Word document": ("a.docx", lambda: samples.old_office(encrypted=False), "file_of_old_office"),
    "a PDF of too many pages": ("a.pdf", lambda: samples.pdf(pages=6), "file_too_many_pages"),
    "an OFD of too many pages": ("a.ofd", lambda: samples.ofd(pages=6), "file_too_many_pages"),
    "a PDF with a script": ("a.pdf", lambda: samples.changed_pdf(samples.scripted), "file_active"),
    "a PDF that runs a script on opening": (
        "a.pdf",
        lambda: samples.changed_pdf(samples.opening),
        "file_active",
    ),
    "a PDF that starts a program": ("a.pdf", lambda: samples.changed_pdf(samples.launching), "file_active"),
    "a PDF with a file inside": (
        "a.pdf",
        lambda: samples.changed_pdf(lambda w: w.add_attachment("内.exe", b"MZ")),
        "file_carries_files",
    ),
    "a PDF with a file pinned on": (
        "a.pdf",
        lambda: samples.changed_pdf(samples.pinned),
        "file_carries_files",
    ),
    "a workbook with macros": (
        "a.xlsx",
        lambda: samples.xlsx(more={"xl/vbaProject.bin": b"x"}),
        "file_active",
    ),
    "a document with a program inside": (
        "a.docx",
        lambda: samples.docx(more={"word/embeddings/oleObject1.bin": b"x"}),
        "file_carries_files",
    ),
    "a document that swells": (
        "a.docx",
        lambda: samples.docx(more={"word/media/1.bmp": bytes(9_000_000)}),
        "file_swells",
    ),
    "a document that swells by many parts": (
        "a.xlsx",
        lambda: samples.xlsx(more={f"xl/{n}.xml": bytes(999_999) for n in range(21)}),
        "file_swells",
    ),
    "a document with an entity bomb": (
        "a.docx",
        lambda: samples.docx(more={"word/header1.xml": '<!DOCTYPE a [<!ENTITY a "b">]><a>&a;</a>'}),
        "file_damaged",
    ),
    "a document that is not XML": (
        "a.docx",
        lambda: samples.docx(more={"word/header1.xml": "<a>"}),
        "file_damaged",
    ),
    "a picture of too many pixels": ("a.png", lambda: samples.image("PNG", (1001, 1000)), "image_too_large"),
    "a picture that says it is gigantic": ("a.png", samples.png_bomb, "image_too_large"),
    "a PDF with a secrecy mark": ("a.pdf", lambda: samples.pdf("机密★10年"), "secrecy_mark_in_document"),
    "a document with a secrecy mark cut into runs": (
        "a.docx",
        lambda: samples.docx("绝", "密", "★"),
        "secrecy_mark_in_document",
    ),
    "a document with a secrecy mark in its header": (
        "a.docx",
        lambda: samples.docx(
            more={"word/header2.xml": f'<w:hdr xmlns:w="{samples.WORD}"><w:p><w:t>秘密★</w:t></w:p></w:hdr>'}
        ),
        "secrecy_mark_in_document",
    ),
    "a workbook with a secrecy mark": (
        "a.xlsx",
        lambda: samples.xlsx("甲", "秘密★长期"),
        "secrecy_mark_in_document",
    ),
    **{
        f"a workbook with a secrecy mark in {place}": (
            "a.xlsx",
            partial(samples.xlsx, "甲", more={part: text}),
            "secrecy_mark_in_document",
        )
        for place, part, text in (
            (
                "a comment cut into runs",
                "xl/comments1.xml",
                "<comments><comment><text><r><t>机密</t></r><r><t>★10年</t></r></text></comment></comments>",
            ),
            (
                "a comment where another program keeps it",
                "xl/comments/comment1.xml",
                "<comments><commentList><comment><text><t>机密★10年</t></text></comment></commentList></comments>",
            ),
            (
                "an answer to a comment",
                "xl/threadedComments/threadedComment1.xml",
                "<ThreadedComments><threadedComment><text>机密★10年</text></threadedComment></ThreadedComments>",
            ),
            (
                "a text box",
                "xl/drawings/drawing1.xml",
                '<d xmlns:a="a"><a:p><a:r><a:t>机</a:t></a:r><a:r><a:t>密★10年</a:t></a:r></a:p></d>',
            ),
            (
                "the title of a chart",
                "xl/charts/chart1.xml",
                '<c xmlns:a="a"><a:p><a:r><a:t>机密★10年</a:t></a:r></a:p></c>',
            ),
            ("the result of a formula", "xl/worksheets/一览.xml", '<s><c t="str"><v>机密★10年</v></c></s>'),
            (
                "its header of the first page",
                "xl/worksheets/sheet1.xml",
                "<s><firstHeader>机密★</firstHeader></s>",
            ),
            ("its title", "docProps/core.xml", "<p><title>机密★10年</title></p>"),
        )
    },
    "a document with a secrecy mark in a comment": (
        "a.docx",
        lambda: samples.docx(more={"word/comments.xml": "<c><p><t>机密</t><t>★10年</t></p></c>"}),
        "secrecy_mark_in_document",
    ),
    "a document with a secrecy mark in a drawing": (
        "a.docx",
        lambda: samples.docx(more={"word/diagrams/data1.xml": "<d><p><t>机密★10年</t></p></d>"}),
        "secrecy_mark_in_document",
    ),
    "a PDF with a secrecy mark in a comment": (
        "a.pdf",
        lambda: samples.changed_pdf(samples.commented),
        "secrecy_mark_in_document",
    ),
    "a PDF with a secrecy mark in its title": (
        "a.pdf",
        lambda: samples.changed_pdf(samples.titled),
        "secrecy_mark_in_document",
    ),
    "an OFD with a secrecy mark": ("a.ofd", lambda: samples.ofd("绝密★启用前"), "secrecy_mark_in_document"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_acceptable_is_refused_with_its_own_reason(send: Send, case: str) -> None:
    name, content, code = REFUSED[case]
    with pytest.raises(Refused) as refusal:
        send(name, content())
    assert refusal.value.code == code
    assert name in sentence(refusal.value)


# The process in which this is done when it matters


@pytest.fixture
def quarantined(tmp_path: Path) -> Path:
    return tmp_path / "quarantined"


def test_the_sandbox_answers_what_it_found(quarantined: Path) -> None:
    quarantined.write_bytes(samples.pdf(pages=2))
    found = process.inspect(quarantined, name="审计报告.pdf", rules=rules_for("审计报告.pdf"))
    assert found == Inspected(kind="pdf", pages=2)


def test_a_refusal_comes_out_of_the_sandbox_as_it_is(quarantined: Path) -> None:
    quarantined.write_bytes(samples.pdf("机密★长期"))
    with pytest.raises(Refused) as refusal:
        process.inspect(quarantined, name="说明.pdf", rules=rules_for("说明.pdf"))
    assert refusal.value.code == "secrecy_mark_in_document"
    assert refusal.value.values == {"label": "说明.pdf", "value": "机密★长期"}


def test_a_file_that_brings_its_worker_down_is_refused(quarantined: Path) -> None:
    """Here: one that is not there, so that the worker fails in a way nobody foresaw."""
    with pytest.raises(Refused, match="file_damaged"):
        process.inspect(quarantined, name="a.pdf", rules=rules_for("a.pdf"))


def test_a_sandbox_that_died_is_started_anew(quarantined: Path) -> None:
    quarantined.write_bytes(samples.image("PNG"))
    for _ in range(2):
        assert process.inspect(quarantined, name="a.png", rules=rules_for("a.png")).kind == "png"
        running = process._sandbox._process
        assert running is not None
        running.kill()
        running.wait()


def test_files_are_inspected_side_by_side(quarantined: Path) -> None:
    quarantined.write_bytes(samples.pdf())

    def inspect(_: int) -> Inspected:
        return process.inspect(quarantined, name="a.pdf", rules=rules_for("a.pdf"))

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(inspect, range(40))) == {Inspected("pdf", 1)}


def confined(source: str) -> bytes:
    """What a worker prints that is confined as workers are, and then runs ``source``."""
    program = f"from tidu.files.sandbox.__main__ import *\nconfine()\n{source}"
    command = [sys.executable, "-P", "-s", "-c", program]
    return subprocess.run(command, env=process.environment(), capture_output=True, check=True).stdout


def test_a_worker_writes_no_file(quarantined: Path) -> None:
    write = f"open({str(quarantined)!r}, 'wb', 0).write(b'x')"
    printed = confined(f"try: {write}\nexcept OSError as error: print(error.errno)")
    assert printed == f"{errno.EFBIG}\n".encode()


def test_a_worker_has_little_memory() -> None:
    printed = confined("try: bytes(2_000_000_000)\nexcept MemoryError: print('refused')")
    assert printed == b"refused\n"


def test_a_worker_does_not_know_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDU_SEALING_KEY", "secret")
    assert confined("print('TIDU_SEALING_KEY' in os.environ)") == b"False\n"


@pytest.mark.parametrize(
    ("work", "answer"),
    [
        ("b'whole'", b"whole" + DONE),
        ("os.kill(os.getpid(), signal.SIGXCPU)", TOO_MUCH),
        ("os.kill(os.getpid(), signal.SIGALRM)", TOO_MUCH),
        ("os.kill(os.getpid(), signal.SIGKILL)", TOO_MUCH),
        ("os._exit(3)", FAILED),
        ("1 / 0", FAILED),
    ],
)
def test_the_guard_says_how_the_worker_ended(work: str, answer: bytes) -> None:
    program = f"""TASKS["work"] = lambda: {work}\nguard(b'["work", {{}}]', sys.stdout.fileno())"""
    assert confined(program) == answer
