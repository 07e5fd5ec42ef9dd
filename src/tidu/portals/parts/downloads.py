"""Giving out what we made ourselves: papers, tables and proofs, each under a name that says what it is."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def saved(content: bytes, name: str, media_type: str, *, inline: bool = False) -> HttpResponse:
    """An answer to be saved under `name` (RFC 6266); `inline` lets the browser show it."""
    disposition = content_disposition_header(as_attachment=not inline, filename=name)
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": disposition or "", "X-Content-Type-Options": "nosniff"},
    )
