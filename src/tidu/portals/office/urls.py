"""The addresses under /office/."""

from django.urls import include, path

from tidu.portals.office import scans
from tidu.portals.office.accounts import accounts_urls
from tidu.portals.office.documents import documents_urls
from tidu.portals.office.views import (
    batches,
    board,
    case,
    checking,
    deciding,
    directory,
    finding,
    home,
    inbox,
    objections,
    publicity,
    queue,
    samples,
    sending,
)

_case = [
    path("", case.show, name="office-case"),
    path("next/", queue.following, name="office-next"),
    path("receive/", deciding.receive, name="office-case-receive"),
    path("pass/", deciding.pass_, name="office-case-pass"),
    path("return/", deciding.return_, name="office-case-return"),
    path("refuse/", deciding.refuse, name="office-case-refuse"),
    path("hand-over/", deciding.hand_over, name="office-case-hand-over"),
    path("assign/", deciding.assign, name="office-case-assign"),
    path("national/", deciding.note_national, name="office-case-national"),
    path("findings/<slug:fact_id>/<int:period>/", finding.record, name="office-finding"),
    path("credit/", checking.credit, name="office-credit"),
    path("credit/<int:check_id>/scan/", checking.credit_scan, name="office-credit-scan"),
    path("inspections/plan/", checking.plan, name="office-plan"),
    path("inspections/record/", checking.visit, name="office-visit"),
    path("inspections/<int:inspection_id>/", checking.inspection, name="office-inspection"),
    path("inspections/<int:inspection_id>/photos/<int:photo_id>/", checking.photo, name="office-photo"),
    path("papers/<int:evidence_id>/", case.paper, name="office-paper"),
    path("papers/<int:evidence_id>/picture/", case.picture, name="office-paper-picture"),
    path("papers/<int:evidence_id>/original/", case.original, name="office-paper-original"),
    path("snapshots/<int:snapshot_id>/", case.snapshot, name="office-snapshot"),
]

_objection = [
    path("", objections.show, name="office-objection"),
    path("read/", objections.read, name="office-objection-read"),
    path("papers/<int:attachment_id>/", objections.paper, name="office-objection-paper"),
    path("accept/", objections.accept, name="office-objection-accept"),
    path("uphold/", objections.uphold, name="office-objection-uphold"),
    path("dismiss/", objections.dismiss, name="office-objection-dismiss"),
]

urlpatterns = [
    path("", home.show, name="office-home"),
    path("queue/", queue.show, name="office-queue"),
    path("queue/export/", queue.export, name="office-queue-export"),
    path("cases/<int:case_id>/", include(_case)),
    path("batches/", batches.index, name="office-batches"),
    path("batches/<int:batch_id>/", batches.show, name="office-batch"),
    path("batches/<int:batch_id>/letters/<int:letter_id>/", batches.letter_scan, name="office-letter-scan"),
    path("batches/<int:batch_id>/stages/<slug:stage_id>/", sending.show, name="office-sending"),
    path("batches/<int:batch_id>/stages/<slug:stage_id>/credit/", sending.look_up, name="office-credit-many"),
    path("batches/<int:batch_id>/stages/<slug:stage_id>/sample/", samples.draw, name="office-draw"),
    path("lists/", publicity.index, name="office-lists"),
    path("lists/<slug:token>/", publicity.show, name="office-list"),
    path("lists/<slug:token>/close/", publicity.close, name="office-list-close"),
    path("objections/", objections.index, name="office-objections"),
    path("objections/<int:objection_id>/", include(_objection)),
    path("inspections/", samples.index, name="office-inspections"),
    path("samples/<int:sample_id>/", samples.show, name="office-sample"),
    path("samples/<int:sample_id>/record/", samples.record, name="office-sample-record"),
    path("board/", board.show, name="office-board"),
    path("board/export/", board.export, name="office-board-export"),
    path("messages/", inbox.show, name="office-inbox"),
    path("messages/read/", inbox.read_all, name="office-inbox-read"),
    path("messages/<int:message_id>/", inbox.follow, name="office-message"),
    path("directory/", directory.show, name="office-directory"),
    path("uploads/<slug:field>/", scans.begin, name="office-upload"),
    path("uploads/<slug:field>/<slug:token>/", scans.proceed, name="office-upload-piece"),
    path("accounts/", include(accounts_urls)),
    path("documents/", include(documents_urls)),
]
