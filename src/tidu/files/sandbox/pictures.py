"""A page as a picture of our own making, the only thing of an upload that is shown inside a page of ours."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

TALLEST = 4
"""A picture is at most so many times as tall as it is wide; what is longer is cut off."""


def draw(path: Path, kind: str, page: int, width: int) -> bytes:
    """Page ``page``, from 1, as a PNG ``width`` pixels wide."""
    image = _page(path, page, width) if kind == "pdf" else _image(path, width)
    image = image.crop((0, 0, image.width, min(image.height, image.width * TALLEST)))
    output = io.BytesIO()
    image.save(output, "PNG", optimize=False, compress_level=6)
    return output.getvalue()


def _page(path: Path, page: int, width: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    document.init_forms()  # else what was typed into a form's fields would not be drawn
    sheet = document[page - 1]
    across, down = sheet.get_size()
    tallest = across * TALLEST
    crop = (0, max(0, down - tallest), 0, 0)
    picture: Image.Image = sheet.render(scale=width / across, crop=crop).to_pil()
    return picture.convert("RGB")


def _image(path: Path, width: int) -> Image.Image:
    with Image.open(path, formats=["JPEG", "PNG"]) as image:
        image.draft("RGB", (width * 2, width * 2 * TALLEST))
        upright = ImageOps.exif_transpose(image)
        size = (width, max(1, round(upright.height * width / upright.width)))
        return upright.convert("RGB").resize(size if upright.width > width else upright.size)
