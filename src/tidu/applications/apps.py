"""The applications room."""

from importlib import import_module

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Cases and their flow."""

    name = "tidu.applications"
    label = "applications"
    verbose_name = "申报"

    def ready(self) -> None:
        import_module("tidu.applications.duties")
