"""Sample papers (样张) for the invented firms and offices, set as real PDFs."""

from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import serif_path

from tidu.database.scope import Actor, scope
from tidu.files.actions import append_chunk, finish_upload, start_upload
from tidu.files.models import StoredFile

TEMPLATE = Path(__file__).parent / "paper.typ"


@cache
def paper(title: str, holder: str, lines: tuple[str, ...] = (), *, pages: int = 1) -> bytes:
    """A PDF with a heading, who it is about and some lines; every page is marked 样张."""
    inputs = {"title": title, "holder": holder, "lines": "\n".join(lines), "pages": str(pages)}
    return bytes(typst.compile(str(TEMPLATE), sys_inputs=inputs, font_paths=[str(serif_path().parent)]))


def upload(actor: Actor, name: str, content: bytes, at: datetime) -> StoredFile:
    """Bring a file in the way a browser does: announced, sent, inspected."""
    with scope(actor):
        begun = start_upload(actor=actor, name=name, size=len(content), at=at)
        append_chunk(token=begun.token, offset=0, chunk=content, at=at)
        return finish_upload(token=begun.token, at=at)
