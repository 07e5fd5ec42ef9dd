"""Pictures: that they open whole and unfold to a bearable size."""

from pathlib import Path

from PIL import Image, UnidentifiedImageError

from tidu.law.refusals import Refused

Image.MAX_IMAGE_PIXELS = None  # the library's own limit: ours comes first and says how large
FORMATS = {"jpeg": "JPEG", "png": "PNG"}


def check(path: Path, name: str, kind: str, *, most_pixels: int) -> None:
    """Refuses a damaged picture, and one with more pixels than the limit before it is unfolded."""
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as image:
            pixels = image.width * image.height
            if pixels > most_pixels:
                raise Refused(
                    "image_too_large",
                    name=name,
                    width=image.width,
                    height=image.height,
                    most=most_pixels // 10_000,
                )
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Refused("file_damaged", name=name) from error
