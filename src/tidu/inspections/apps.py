from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "tidu.inspections"
    verbose_name = "核查"
