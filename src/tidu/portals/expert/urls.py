"""The expert's addresses."""

from django.urls import path

from tidu.portals.expert import cases, home

urlpatterns = [
    path("", home.show, name="expert-home"),
    path("invitation/accept/", home.accept, name="expert-accept"),
    path("invitation/decline/", home.decline, name="expert-decline"),
    path("undertakings/", home.sign, name="expert-sign"),
    path("absence/", home.stay, name="expert-absence"),
    path("conflicts/", home.declare, name="expert-conflict"),
    path("reminders/read/", home.read, name="expert-reminders-read"),
    path("cases/<int:case_id>/", cases.show, name="expert-case"),
    path("cases/<int:case_id>/opinion/", cases.answer, name="expert-opinion"),
    path("cases/<int:case_id>/recuse/", cases.withdraw, name="expert-recuse"),
    path("cases/<int:case_id>/papers/<int:evidence_id>/", cases.paper, name="expert-paper"),
    path("cases/<int:case_id>/papers/<int:evidence_id>/picture/", cases.picture, name="expert-paper-picture"),
    path(
        "cases/<int:case_id>/papers/<int:evidence_id>/original/", cases.original, name="expert-paper-original"
    ),
]
