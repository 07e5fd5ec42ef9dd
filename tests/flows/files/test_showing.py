"""A file goes out: saved under its name, or shown as a picture of our own making."""

from collections.abc import Iterable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import cast
from urllib.parse import quote

import pytest
from django.http import FileResponse
from PIL import Image
from tests.flows.files.conftest import Send
from tests.unit.files import samples

from tidu.files.downloads import attachment, picture
from tidu.files.queries import page_picture
from tidu.law.refusals import Refused


def octets(response: FileResponse) -> bytes:
    with closing(response):
        return b"".join(cast("Iterable[bytes]", response.streaming_content))


def test_a_file_is_saved_and_never_shown(send: Send) -> None:
    response = attachment(send("审计报告.pdf", samples.pdf()), name="2025年 审计“报告”.pdf")
    saved_as = quote("2025年 审计“报告”.pdf")
    assert response.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{saved_as}"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"].startswith("private")
    assert octets(response) == samples.pdf()


@pytest.mark.parametrize(
    ("name", "content", "asked", "drawn"),
    [
        ("审计报告.pdf", samples.pdf(pages=2), 200, 240),
        ("审计报告.pdf", samples.pdf(pages=2), 960, 960),
        ("现场.jpg", samples.image("JPEG", (4000, 3000)), 9000, 2000),
    ],
    ids=["pdf small", "pdf", "photo"],
)
def test_a_page_is_shown_at_one_of_a_few_widths(
    send: Send, name: str, content: bytes, asked: int, drawn: int
) -> None:
    response = picture(send(name, content), page=1, width=asked)
    assert response.headers["Content-Type"] == "image/png"
    with Image.open(BytesIO(octets(response))) as image:
        assert (image.format, image.width) == ("PNG", drawn)


def test_each_page_has_its_own_picture_made_once(send: Send, store_root: Path) -> None:
    file = send("审计报告.pdf", samples.pdf("第一份", pages=2))
    paths = [page_picture(file, page=page, width=240) for page in (1, 2, 1)]
    assert paths[0] == paths[2] != paths[1]
    assert len(list((store_root / "previews").rglob("*.png"))) == 2


@pytest.mark.parametrize("page", [0, 3, -1])
def test_there_is_no_picture_of_a_page_that_is_not_there(send: Send, page: int) -> None:
    with pytest.raises(Refused, match="page_not_viewable"):
        page_picture(send("审计报告.pdf", samples.pdf(pages=2)), page=page, width=240)


def test_there_is_no_picture_of_a_workbook(send: Send) -> None:
    with pytest.raises(Refused, match="page_not_viewable"):
        page_picture(send("台账.xlsx", samples.xlsx("甲")), page=1, width=240)


def test_a_picture_of_an_endless_page_is_cut_off(send: Send) -> None:
    file = send("长图.png", samples.image("PNG", (50, 5000)))
    with Image.open(page_picture(file, page=1, width=240)) as image:
        assert image.height <= 4 * image.width
