"""Each portal brings its own addresses; a portal without a ``urls`` module has none."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

PORTALS = (
    ("", "tidu.portals.public.urls"),
    ("", "tidu.portals.entrance.urls"),
    ("enterprise/", "tidu.portals.enterprise.urls"),
    ("office/", "tidu.portals.office.urls"),
    ("expert/", "tidu.portals.expert.urls"),
    ("operator/", "tidu.portals.operator.urls"),
    ("", "tidu.portals.parts.urls"),
)

handler400 = "tidu.portals.parts.errors.bad_request"
handler403 = "tidu.portals.parts.errors.permission_denied"
handler404 = "tidu.portals.parts.errors.page_not_found"
handler429 = "tidu.portals.parts.errors.too_many_requests"
handler500 = "tidu.deployment.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for prefix, module in PORTALS if find_spec(module)
]
