"""The addresses behind `upload.js`: a portal gives them its guard, its limits and what a whole file becomes.

POST  address          {name, size} → 201 {token}
HEAD  address + token/ → Upload-Offset
PATCH address + token/ with Upload-Offset and a piece → 200 {…} with Upload-Offset; 409 if it was behind;
      an empty piece at the end asks for the last answer again
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException

from tidu.database.scope import Actor
from tidu.files.actions import CHUNK_LIMIT, append_chunk, finish_upload, received, start_upload
from tidu.files.limits import Limits
from tidu.files.models import StoredFile, Upload
from tidu.files.queries import upload_offset
from tidu.law.refusals import Refused, sentence
from tidu.portals.parts.actors import current_actor_of
from tidu.portals.parts.refusals import MOVED, status_of

OFFSET = "Upload-Offset"

Finished = Callable[[StoredFile, Upload], Mapping[str, Any]]
"""What a whole, clean file becomes; what it returns is sent to the page.

Of an upload that was finished before and whose answer was lost, `Upload.file_id` is set already: what became
of it is told again."""

Arrived = Callable[[Upload, datetime], Mapping[str, Any]]
"""What is done once the last piece is there."""


def begin(request: HttpRequest, *, limits: Limits | None = None, actor: Actor | None = None) -> HttpResponse:
    """Begin an upload of the announced name and size; refused by these alone before anything is sent.

    `actor` sends it, whoever is at the page: what somebody objects is never tied to their account.
    """
    name, size = _announced(request)
    sender = actor or current_actor_of(request)
    try:
        upload = start_upload(actor=sender, name=name, size=size, at=_arrived(request), limits=limits)
    except Refused as refused:
        return _no(refused)
    return JsonResponse({"token": upload.token}, status=201)


def offset(token: str) -> HttpResponse:
    """How much of an upload has arrived."""
    try:
        arrived, size = upload_offset(token)
    except Refused as refused:
        return _no(refused)
    return HttpResponse(headers={OFFSET: str(arrived), "Upload-Length": str(size)})


def proceed(
    request: HttpRequest, token: str, finished: Finished, *, limits: Limits | None = None
) -> HttpResponse:
    """Put one piece at its place; the last piece lets the file be inspected and handed to `finished`."""

    def keep(upload: Upload, at: datetime) -> Mapping[str, Any]:
        return finished(finish_upload(token=token, at=at, limits=limits), upload)

    return collect(request, token, keep)


def collect(request: HttpRequest, token: str, arrived: Arrived) -> HttpResponse:
    """Put one piece at its place; with the last one `arrived` decides; an action may finish it later."""
    at = _arrived(request)
    try:
        upload = append_chunk(token=token, offset=_offset_of(request), chunk=request.body, at=at)
        here = received(upload)
        if here < upload.declared_size:
            return HttpResponse(status=204, headers={OFFSET: str(here)})
        said = arrived(upload, at)
    except Refused as refused:
        return _no(refused)
    return JsonResponse(dict(said), headers={OFFSET: str(upload.declared_size)})


def take_whole(
    actor: Actor, file: UploadedFile[Any], *, at: datetime, limits: Limits | None = None
) -> StoredFile:
    """A file that came with a plain form, where no script sent it in pieces. Refuses as the others do."""
    upload = collect_whole(actor, file, at=at, limits=limits)
    return finish_upload(token=upload.token, at=at, limits=limits)


def collect_whole(
    actor: Actor, file: UploadedFile[Any], *, at: datetime, limits: Limits | None = None
) -> Upload:
    """The same, not yet finished: an action does it."""
    upload = start_upload(actor=actor, name=file.name or "", size=file.size or 0, at=at, limits=limits)
    sent = 0
    for piece in file.chunks(CHUNK_LIMIT):
        append_chunk(token=upload.token, offset=sent, chunk=piece, at=at)
        sent += len(piece)
    return upload


def _announced(request: HttpRequest) -> tuple[str, int]:
    """Name and size; nonsense reads as a nameless empty file, which is refused with its sentence."""
    try:
        said = json.loads(request.body)
        return str(said["name"]), int(said["size"])
    except (ValueError, KeyError, TypeError, OverflowError, RawPostDataException):
        return "", 0


def _offset_of(request: HttpRequest) -> int:
    stated = request.headers.get(OFFSET, "")
    return int(stated) if stated.isascii() and stated.isdecimal() else -1


def _arrived(request: HttpRequest) -> datetime:
    arrived: datetime = request.arrived_at  # type: ignore[attr-defined]
    return arrived


def _no(refused: Refused) -> HttpResponse:
    """The sentence; a piece that came too early or twice is told where to go on."""
    status = status_of(refused)
    headers = {OFFSET: str(refused.values["wanted"])} if status == MOVED else {}
    return JsonResponse({"message": sentence(refused)}, status=status, headers=headers)
