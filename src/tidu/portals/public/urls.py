"""Every public page by name."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from tidu.portals.public.views import (
    directory,
    draw_verify,
    draws,
    home,
    notices,
    objections,
    publicity,
    selfcheck,
    standards,
    titles,
)


class Token(StringConverter):
    """A public token, made by chance."""

    regex = "[0-9A-Za-z_-]{8,64}"


class SheetForm(StringConverter):
    """How a list is saved."""

    regex = "xlsx|csv"


class Digest(StringConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


register_converter(Token, "token")
register_converter(Digest, "digest")
register_converter(SheetForm, "sheet")

urlpatterns: list[URLPattern] = [
    path("", home.home, name="public-home"),
    path("help/", home.help_, name="public-help"),
    path("robots.txt", home.robots, name="public-robots"),
    path("notices/", notices.notices, name="public-notices"),
    path("notices/<slug:slug>/", notices.notice, name="public-notice"),
    path("notices/<slug:slug>/v<int:version>.json", notices.frozen, name="public-notice-frozen"),
    path("standards/", standards.standards, name="public-standards"),
    path("standards/<slug:standard>/", standards.standard, name="public-standard"),
    path("standards/<slug:standard>/standard.toml", standards.text, name="public-standard-text"),
    path("standards/<slug:standard>/<digest:digest>/", standards.version, name="public-standard-version"),
    path(
        "standards/<slug:standard>/<digest:digest>/standard.json",
        standards.frozen,
        name="public-standard-frozen",
    ),
    path("schemas/<slug:name>.json", standards.described, name="public-schema"),
    path("check/", selfcheck.choose, name="public-check"),
    path("check/<slug:standard>/", selfcheck.check, name="public-check-form"),
    path("publicity/", publicity.lists, name="public-lists"),
    path("publicity/<token:token>/", publicity.one_list, name="public-list"),
    path("publicity/<token:token>/list.json", publicity.frozen_list, name="public-list-frozen"),
    path("publicity/<token:token>/list.<sheet:form>", publicity.list_sheet, name="public-list-sheet"),
    path("publicity/<token:token>/<int:position>/", objections.object_to, name="public-object"),
    path(
        "publicity/<token:token>/<int:position>/papers/",
        objections.paper_begin,
        name="public-object-papers",
    ),
    path(
        "publicity/<token:token>/<int:position>/papers/<token:upload>/",
        objections.paper_piece,
        name="public-object-paper",
    ),
    path("objections/", objections.standing, name="public-objections"),
    path("objections/received/", objections.received, name="public-objection-received"),
    path("announcements/", publicity.all_announcements, name="public-announcements"),
    path("announcements/<token:token>/", publicity.one_announcement, name="public-announcement"),
    path(
        "announcements/<token:token>/list.json",
        publicity.frozen_announcement,
        name="public-announcement-frozen",
    ),
    path(
        "announcements/<token:token>/list.<sheet:form>",
        publicity.announcement_sheet,
        name="public-announcement-sheet",
    ),
    path("titles/", titles.titles, name="public-titles"),
    path("titles/<token:token>/", titles.title, name="public-title"),
    path("titles/<token:token>/proof.json", titles.proof, name="public-title-proof"),
    path("titles/<token:token>/sealed-<int:seq>.json", titles.sealed, name="public-title-sealed"),
    path("directory/", directory.offices, name="public-directory"),
    path("draws/", draws.index, name="public-draws"),
    path("draws/<token:token>/record.json", draws.record, name="public-draw-record"),
    path("draws/<token:token>/record.pdf", draws.paper, name="public-draw-minutes"),
    path("draws/verify/", draw_verify.verify, name="public-draw-verify"),
    path("roots/", titles.nightly_roots, name="public-roots"),
    path("roots/roots.json", titles.roots_file, name="public-roots-file"),
]
