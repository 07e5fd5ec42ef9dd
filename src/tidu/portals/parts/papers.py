"""Looking at a paper page by page: pictures of our own making, never the stored bytes themselves.

A portal decides who may read a paper; `Sheet` then tells its page what to draw, and `pictured`
answers the picture's address.
"""

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest

from tidu.files.downloads import picture
from tidu.files.enums import VIEWABLE
from tidu.files.models import StoredFile

WIDTHS = {"1": 960, "2": 1440, "3": 2000}
"""The three sizes in which a page can be asked for: as wide as the column, and enlarged."""


@dataclass(frozen=True)
class Sheet:
    """One page of a paper in its viewer. The addresses are the portal's own."""

    title: str
    file: StoredFile
    page: int
    viewer: str
    pictures: str
    original: str

    @property
    def pages(self) -> int:
        return self.file.pages or 0

    @property
    def is_viewable(self) -> bool:
        """Whether pages can be shown here; else the paper is only to be saved."""
        return self.file.kind in VIEWABLE and self.pages > 0

    @property
    def before(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def page_asked(request: HttpRequest, pages: int | None) -> int:
    """The page that the address asks for, brought within the paper."""
    said = request.GET.get("page", "")
    number = int(said) if said.isascii() and said.isdecimal() else 1
    return max(1, min(number, pages or 1))


def pictured(request: HttpRequest, file: StoredFile) -> FileResponse:
    """The picture of the page and size that the address asks for. Refused("page_not_viewable")."""
    width = WIDTHS.get(request.GET.get("size", ""), WIDTHS["1"])
    return picture(file, page=page_asked(request, file.pages), width=width)
