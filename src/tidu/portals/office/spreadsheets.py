"""Reading a sheet that somebody uploads: its cells, within limits."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.files.uploadedfile import UploadedFile
from python_calamine import CalamineError, CalamineWorkbook

from tidu.law.refusals import Refused
from tidu.law.sheets import Cell

OCTETS = 2 * 1024 * 1024
UNPACKED = 32 * 1024 * 1024
"""What a list may come to when unpacked: five hundred rows need a hundredth of it."""


def first_sheet(file: "UploadedFile[Any] | None") -> list[list[Cell]]:
    """The first sheet. Refused("title_list_unreadable") also for what would unpack to far too much."""
    name = file.name if file else ""
    try:
        if file is None or (file.size or 0) > OCTETS:
            raise Refused("title_list_unreadable", field="file", value=name)
        content = file.read()
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > UNPACKED:
                raise Refused("title_list_unreadable", field="file", value=name)
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        # a row may be shorter in the file than on the screen; the numbers of the rows must be the screen's
        return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except (BadZipFile, CalamineError):
        raise Refused("title_list_unreadable", field="file", value=name) from None
