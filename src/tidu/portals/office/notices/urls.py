"""The addresses under /office/notices/."""

from django.urls import URLPattern, URLResolver, include, path

from tidu.portals.office.notices.views import correcting, editing, listing, publishing, showing

_draft = [
    path("", editing.overview, name="office-notice-draft"),
    path("preview/", showing.preview, name="office-notice-preview"),
    path("publish/", publishing.publish, name="office-notice-publish"),
    path("discard/", editing.discard, name="office-notice-discard"),
    path("notice.toml", editing.export, name="office-notice-file"),
    path("<slug:section_id>/", editing.section, name="office-notice-section"),
]

notices_urls: list[URLPattern | URLResolver] = [
    path("", listing.index, name="office-notices"),
    path("begin/", listing.begin, name="office-notice-begin"),
    path("import/", listing.from_file, name="office-notice-import"),
    path("drafts/<int:draft_id>/", include(_draft)),
    path("<slug:slug>/corrigendum/", correcting.correct, name="office-notice-corrigendum"),
]
