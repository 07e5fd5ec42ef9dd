"""Scans and photos that come with an act: sent in pieces by script, or whole with the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST

from tidu.files.limits import Limits, installed
from tidu.files.models import StoredFile, Upload
from tidu.portals.office.access import require_officer
from tidu.portals.parts import uploads
from tidu.portals.parts.actors import current_actor_of

SCANS = ("pdf", "jpg", "jpeg", "png")
PHOTOS = ("jpg", "jpeg", "png")
MEGABYTES = 50


@dataclass(frozen=True)
class Sent:
    """A file that is in the store already: its number and the name under which it came."""

    file_id: int
    name: str

    def __str__(self) -> str:
        return f"{self.file_id}/{self.name}"


@dataclass(frozen=True)
class Given:
    """What a form brought: files sent before by script, and files that came with the form itself."""

    sent: tuple[Sent, ...] = ()
    whole: tuple["UploadedFile[Any]", ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sent or self.whole)


class ScanInput(forms.FileInput):
    """A box to upload into; what was sent stays in hidden fields when the form comes back."""

    template_name = "office/scan_input.html"
    allow_multiple_selected = True

    def __init__(self, *, formats: Iterable[str] = SCANS, most: int = 1) -> None:
        super().__init__()
        self.formats, self.most = tuple(formats), most

    def value_from_datadict(
        self, data: Any, files: "MultiValueDict[str, UploadedFile[Any]]", name: str
    ) -> Given:
        stated = data.getlist(name) if hasattr(data, "getlist") else []
        whole = files.getlist(f"{name}-file") if hasattr(files, "getlist") else []
        return Given(tuple(filter(None, map(_read, stated))), tuple(whole))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}-file" not in files

    def format_value(self, value: Any) -> Any:
        return value.sent if isinstance(value, Given) else ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["value"] = self.format_value(value)
        context["box"] = {
            "address": reverse("office-upload", args=[name]),
            "accept": ",".join(f".{one}" for one in self.formats),
            "formats": "、".join(sorted({one.upper().replace("JPEG", "JPG") for one in self.formats})),
            "megabytes": limits_for(self.formats).megabytes,
            "bytes": limits_for(self.formats).octets,
            "most": self.most,
        }
        return context


class ScanField(forms.Field):
    """One scan, or several photos; `clean` answers `Given`."""

    def __init__(self, *, formats: Iterable[str] = SCANS, most: int = 1, **kwargs: Any) -> None:
        super().__init__(widget=ScanInput(formats=formats, most=most), **kwargs)
        self.formats, self.most = tuple(formats), most

    def clean(self, value: Given) -> Given:
        if self.required and not value:
            raise forms.ValidationError("请上传文件。")
        if len(value.sent) + len(value.whole) > self.most:
            raise forms.ValidationError(f"最多上传 {self.most} 个文件，请移去多余的。")
        return value


def taken(request: HttpRequest, given: Given | None, formats: Iterable[str] = SCANS) -> list[Sent]:
    """The files of a form, all of them in the store now. Refuses what `files.actions` refuses."""
    if given is None:
        return []
    at, actor = request.arrived_at, current_actor_of(request)  # type: ignore[attr-defined]
    stored = [
        Sent(uploads.take_whole(actor, file, at=at, limits=limits_for(formats)).pk, file.name or "")
        for file in given.whole
    ]
    return [*given.sent, *stored]


def first_taken(request: HttpRequest, given: Given | None) -> int | None:
    """The number of the one scan, None if none came."""
    found = taken(request, given)
    return found[0].file_id if found else None


def limits_for(formats: Iterable[str]) -> Limits:
    """What may be sent along with an office's act."""
    return installed().narrowed(formats=formats, megabytes=MEGABYTES)


@require_POST
@require_officer
def begin(request: HttpRequest, field: str) -> HttpResponse:
    """Begin sending a paper for a field of a form."""
    return uploads.begin(request, limits=limits_for(_formats(field)))


@require_http_methods(["HEAD", "PATCH"])
@require_officer
def proceed(request: HttpRequest, field: str, token: str) -> HttpResponse:
    """Send it on; once whole its number goes into the form."""
    if request.method == "HEAD":
        return uploads.offset(token)
    return uploads.proceed(request, token, _sent, limits=limits_for(_formats(field)))


def _formats(field: str) -> tuple[str, ...]:
    return PHOTOS if field == "photos" else SCANS


def _sent(file: StoredFile, upload: Upload) -> dict[str, Any]:
    return {"file": file.pk, "name": upload.name}


def _read(text: str) -> Sent | None:
    number, _, name = text.partition("/")
    return Sent(int(number), name) if number.isascii() and number.isdecimal() else None
