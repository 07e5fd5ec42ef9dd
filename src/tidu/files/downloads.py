"""Giving a file out. What an outsider sent is only ever saved, never shown inside a page of ours."""

from pathlib import Path

from django.http import FileResponse

from tidu.files.enums import MEDIA_TYPES
from tidu.files.models import StoredFile
from tidu.files.queries import open_file, page_picture

LOCKED_DOWN = "default-src 'none'; sandbox"


def attachment(file: StoredFile, *, name: str) -> FileResponse:
    """The file to be saved under ``name`` (RFC 6266 and 8187); whether it may be had was decided before."""
    response = FileResponse(
        open_file(file), as_attachment=True, filename=name, content_type=MEDIA_TYPES[file.kind]
    )
    return _guarded(response)


def picture(file: StoredFile, *, page: int, width: int) -> FileResponse:
    """Our own picture of a page, the one thing shown in place. Raises Refused: page_not_viewable."""
    path: Path = page_picture(file, page=page, width=width)
    return _guarded(FileResponse(path.open("rb"), content_type="image/png"))


def _guarded(response: FileResponse) -> FileResponse:
    """No guessing of types, nothing runs, nothing stays in a shared cache."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = LOCKED_DOWN
    response.headers["Cache-Control"] = "private, max-age=600"
    return response
