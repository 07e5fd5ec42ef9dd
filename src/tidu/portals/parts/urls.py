"""The specimen's addresses, only in the demonstration and at a developer's desk."""

from django.conf import settings
from django.urls import URLPattern, path

from tidu.portals.parts.specimen import specimen

urlpatterns: list[URLPattern] = (
    [
        path("specimen/", specimen, name="specimen"),
        path("specimen/<slug:name>/", specimen, name="specimen-page"),
    ]
    if settings.DEMONSTRATION or settings.DEBUG
    else []
)
