from importlib import import_module

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "tidu.inspections"
    verbose_name = "核查"

    def ready(self) -> None:
        import_module("tidu.inspections.duties")
