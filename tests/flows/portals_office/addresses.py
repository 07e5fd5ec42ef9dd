"""The accounts' addresses beside the entrance, whatever else the office's portal has."""

from django.urls import include, path

from tidu.deployment.urls import handler400, handler403, handler404, handler500
from tidu.portals.entrance.urls import urlpatterns as entrance
from tidu.portals.office.accounts import accounts_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*entrance, path("office/accounts/", include(accounts_urls))]
