"""The operator's addresses."""

from django.urls import path

from tidu.portals.operator import views

urlpatterns = [
    path("", views.home, name="operator-home"),
    path("administrator/", views.open_first_administrator, name="operator-administrator"),
]
