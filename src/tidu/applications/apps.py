"""The applications room."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Cases and their flow."""

    name = "tidu.applications"
    label = "applications"
    verbose_name = "申报"
