from django.apps import AppConfig


class OperatorConfig(AppConfig):
    name = "tidu.portals.operator"
    verbose_name = "运维"
