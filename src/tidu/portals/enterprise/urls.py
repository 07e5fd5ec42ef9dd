"""Every page of the firm by name."""

from django.urls import URLPattern, path

from tidu.portals.enterprise.views import (
    cases,
    copies,
    documents,
    evidence,
    form,
    home,
    inbox,
    members,
    profile,
    submission,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="enterprise-home"),
    path("batches/<int:batch_id>/", home.checklist, name="enterprise-checklist"),
    path("profile/", profile.profile, name="enterprise-profile"),
    path("profile/fields/", profile.save, name="enterprise-profile-save"),
    path("profile/<slug:section_id>/", profile.section, name="enterprise-profile-section"),
    path("profile/<slug:section_id>/state/", profile.state, name="enterprise-profile-state"),
    path("members/", members.members, name="enterprise-members"),
    path("members/<int:member_id>/", members.change, name="enterprise-member"),
    path("messages/", inbox.inbox, name="enterprise-inbox"),
    path("messages/all/", inbox.read_all, name="enterprise-inbox-read-all"),
    path("messages/<int:message_id>/", inbox.read, name="enterprise-message"),
    path("cases/", cases.case_list, name="enterprise-cases"),
    path("cases/begin/", cases.begin, name="enterprise-case-begin"),
    path("cases/<int:case_id>/", cases.case_page, name="enterprise-case"),
    path("cases/<int:case_id>/withdraw/", cases.take_back, name="enterprise-case-withdraw"),
    path("cases/<int:case_id>/copy/", cases.copy, name="enterprise-case-copy"),
    path("cases/<int:case_id>/national/", cases.national, name="enterprise-case-national"),
    path("cases/<int:case_id>/form/", form.start, name="enterprise-case-form-start"),
    path("cases/<int:case_id>/form/<slug:section_id>/", form.section, name="enterprise-case-form"),
    path("cases/<int:case_id>/form/<slug:section_id>/state/", form.state, name="enterprise-case-state"),
    path("cases/<int:case_id>/fields/", form.save, name="enterprise-case-save"),
    path("cases/<int:case_id>/review/", submission.review, name="enterprise-case-review"),
    path("cases/<int:case_id>/submit/", submission.send, name="enterprise-case-submit"),
    path("cases/<int:case_id>/receipt/", submission.receipt, name="enterprise-receipt"),
    path("cases/<int:case_id>/submitted/<int:number>/", copies.snapshot, name="enterprise-snapshot"),
    path("cases/<int:case_id>/form.pdf", documents.form, name="enterprise-case-paper"),
    path("cases/<int:case_id>/retype/", copies.retype, name="enterprise-retype"),
    path("cases/<int:case_id>/point/", evidence.point, name="enterprise-point"),
    path("cases/<int:case_id>/uploads/<slug:item_id>/", evidence.upload_start, name="enterprise-upload"),
    path(
        "cases/<int:case_id>/uploads/<slug:item_id>/<str:token>/",
        evidence.upload_piece,
        name="enterprise-upload-piece",
    ),
    path("cases/<int:case_id>/papers/<int:paper_id>/", evidence.paper, name="enterprise-paper"),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/picture/",
        evidence.picture,
        name="enterprise-paper-picture",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/download/",
        evidence.download,
        name="enterprise-paper-download",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/remove/",
        evidence.take_out,
        name="enterprise-paper-remove",
    ),
]
